// Answers of the gateway and of the companion, as changes of a journal record. What an answer means is the core's word.
import { jsonOf } from './api.js';
import * as core from './core.js';
import { state } from './state.js';

const BALANCE = /balance|insufficient|quota|余额|额度|欠费/i;
/** @type {Record<number, string>} */
const BY_STATUS = { 401: 'key', 402: 'balance', 403: 'forbidden', 408: 'timeout', 413: 'too-large', 429: 'busy' };

/**
 * The answer to a create: { state: 'following' | 'refused' | 'unknown', … }.
 * @param {Answer} answer
 * @returns {Outcome}
 */
export function readCreate({ status, bytes, retryAfter }) {
  const json = jsonOf(bytes);
  const refusal = companionRefusal(json);
  if (refusal)
    return {
      state: refusal.charge === 'possible' ? 'unknown' : 'refused',
      failure: { kind: 'companion', words: refusal.message },
    };
  if (json?.accepted === false && Array.isArray(json.findings))
    return { state: 'refused', failure: { kind: 'guard', message: json.findings[0]?.message ?? '' } };
  const answer = core.readCreateAnswer(bytes, status);
  if (answer.outcome === 'created') {
    return {
      state: 'following',
      task_id: answer.task_id,
      status: answer.status ?? 'queued',
      follow_since: Date.now(),
      failure: null,
      ...chargeOf(json),
    };
  }
  const message = ('message' in answer && answer.message) || messageOf(json);
  const task_id = 'task_id' in answer ? answer.task_id : undefined;
  const failure = {
    kind: task_id ? 'contradicts' : kindOf(status, answer, json, message),
    status,
    retryAfter,
    message: message ?? '',
    code: ('code' in answer && answer.code) || '',
    task_id,
  };
  // Only an answer that says no and names no task is a no: anything else may hide a task that was made. A proxy's 408 does not know.
  const saysNo = answer.outcome === 'refused' || (codeOf(json) !== undefined && !isSuccess(json));
  const sure = !task_id && status < 500 && status !== 408 && (status >= 400 || saysNo);
  return { state: sure ? 'refused' : 'unknown', failure };
}

/**
 * @param {number} status
 * @param {CreateAnswer | TaskAnswer} answer
 * @param {Foreign} json
 * @param {string | undefined} message
 */
function kindOf(status, answer, json, message) {
  if (status >= 500) return 'server'; // whatever it says, a task may have been made
  if (BALANCE.test(message ?? '')) return 'balance';
  if (BY_STATUS[status]) return BY_STATUS[status];
  if (json === undefined) return 'not-json';
  // A status of 400 says so, too, whatever code stands beside it.
  const saysParameters = answer.outcome === 'refused' && answer.reason === 'parameters';
  if (saysParameters && String(codeOf(json)) !== '20002') return 'refused';
  if (answer.outcome === 'refused')
    return { key: 'key', parameters: 'parameters', server: 'server-code', busy: 'busy' }[answer.reason] ?? 'code';
  if (status >= 400) return 'refused';
  return codeOf(json) === undefined || isSuccess(json) ? 'not-understood' : 'code';
}

/**
 * Does the answer's code mean success, by the core's word?
 * @param {Foreign} json
 */
const isSuccess = (json) => core.readCreateAnswer({ code: json.code, data: { task_id: 'x' } }).outcome === 'created';
/** @param {Foreign} json */
const codeOf = (json) => json?.code ?? undefined;

/**
 * What an answer says in words, wherever it says it.
 * @param {Foreign} json
 */
export const messageOf = (json) =>
  [json?.msg, json?.message, json?.error?.message, json?.error].find((m) => typeof m === 'string' && m);

/**
 * The companion's own refusal: it explains itself in both languages. Whatever the API answers it passes on as it is, and that is none.
 * @param {Foreign} json
 */
export function companionRefusal(json) {
  const error = state.companion ? json?.error : null;
  return typeof error?.kind === 'string' &&
    typeof error.message?.en === 'string' &&
    typeof error.message.zh === 'string'
    ? error
    : null;
}

/**
 * What the companion's own journal knows of an attempt whose answer this page never saw; null while it is still waiting itself.
 * @param {Foreign} told
 * @returns {Outcome | null}
 */
export function readAttempt(told) {
  if (told.state === 'in_flight') return null;
  if (told.state === 'never_seen') return { state: 'refused', failure: { kind: 'never-seen' } };
  return readCreate({
    status: told.status,
    bytes: new TextEncoder().encode(JSON.stringify(told.answer)),
    retryAfter: null,
  });
}

/**
 * The answer about a task: a new state, or only fresher status, or trouble on the way; and what was charged, where it says so.
 * @param {Answer} answer
 * @returns {Partial<Attempt>}
 */
export function readTask({ status, bytes, retryAfter }) {
  const json = jsonOf(bytes);
  const refusal = companionRefusal(json);
  if (refusal) return { trouble: { kind: 'companion', words: refusal.message } };
  const answer = core.readTaskAnswer(bytes, status);
  const change = status < 400 ? changeBy(answer, rawStatus(json)) : null;
  if (change) return { ...change, ...chargeOf(json) };
  const message = ('message' in answer && answer.message) || messageOf(json);
  return { trouble: { kind: kindOf(status, answer, json, message), status, retryAfter, message: message ?? '' } };
}

/**
 * @param {TaskAnswer} answer
 * @param {string | undefined} raw
 * @returns {Partial<Attempt> | null}
 */
function changeBy(answer, raw) {
  if (answer.outcome === 'queued') return { status: raw ?? 'queued', progress: null };
  if (answer.outcome === 'running') return { status: raw ?? 'processing', progress: answer.progress ?? null };
  if (answer.outcome === 'done')
    return {
      state: 'completed',
      status: raw,
      video_url: answer.video_url,
      done_at: Date.now(),
      expires_at: (answer.expires_at ?? Date.now() / 1000 + resultLifetime()) * 1000,
    };
  if (answer.outcome === 'failed')
    return { state: 'failed', status: raw, error_message: answer.message ?? '', done_at: Date.now() };
  if (answer.outcome === 'cancelled') return { state: 'canceled', status: raw, done_at: Date.now() };
  return answer.outcome === 'unknown' && answer.status ? { status: answer.status, progress: null } : null;
}

/** The platform's own coin: what `data.cost` and the balances are in. */
export const COIN = 'JimiCoin';

/**
 * What an answer says was charged, and the tokens that it counts, as members of a record.
 * @param {Foreign} json
 */
function chargeOf(json) {
  const { cost, usage } = json?.data ?? {};
  const amount = amountOf(cost);
  if (amount === null) return {};
  return {
    charged: { amount, currency: COIN, tokens: Number.isFinite(usage?.total_tokens) ? usage.total_tokens : null },
  };
}

/**
 * A number of an answer as a decimal; null for what is none.
 * @param {unknown} number
 */
export function amountOf(number) {
  const text = typeof number === 'number' || typeof number === 'string' ? String(number) : '';
  return /^-?\d{1,12}(\.\d{1,12})?$/.test(text) ? text : null;
}

/** @param {Foreign} json */
const rawStatus = (json) => {
  const status = json?.data?.status ?? json?.status;
  return typeof status === 'string' ? status : undefined;
};

/** How long a result lives, read off the core: the expiry of a task completed one second after the epoch. */
function resultLifetime() {
  const data = { status: 'completed', completed_at: 1, result: { video_url: 'https://example.com/' } };
  const answer = core.readTaskAnswer({ code: 0, data });
  return answer.outcome === 'done' && answer.expires_at !== undefined ? answer.expires_at - 1 : 0;
}

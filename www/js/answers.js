// Turns responses of the API and the companion into changes of a journal record. The ledger, which has to be loaded, decides what
// they mean.
import { jsonOf } from './api.js';
import { readCreateAnswer, readTaskAnswer } from './ledger.js';
import { state } from './state.js';

const BALANCE = /balance|insufficient|quota|余额|额度|欠费/i;
/** @type {Record<number, string>} */
const BY_STATUS = { 401: 'key', 402: 'balance', 403: 'forbidden', 408: 'timeout', 413: 'too-large', 429: 'busy' };

/**
 * The response to a create request: { state: 'following' | 'refused' | 'unknown', … }.
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
  const answer = readCreateAnswer(bytes, status);
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
  const isRefusal = answer.outcome === 'refused';
  // A code that no document lists says nothing about the task: “系统繁忙” was seen for one that was later completed.
  const saysNo = status >= 400 || isRefusal || failure.kind === 'balance';
  const namesTask = Boolean(task_id);
  // A 408 may come from a proxy that did not wait for the service.
  const brokeOff = status >= 500 || (status === 408 && !isRefusal);
  const sure = saysNo && !namesTask && !brokeOff;
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
  // The ledger also says so for status 400, whatever the code.
  const saysParameters = answer.outcome === 'refused' && answer.reason === 'parameters';
  if (saysParameters && String(codeOf(json)) !== '20002') return 'refused';
  if (answer.outcome === 'refused')
    return { key: 'key', parameters: 'parameters', server: 'server-code', busy: 'busy' }[answer.reason] ?? 'code';
  if (status >= 400) return 'refused';
  return codeOf(json) === undefined || isSuccess(json) ? 'not-understood' : 'code';
}

/**
 * Whether the ledger takes the response's code for success.
 * @param {Foreign} json
 */
const isSuccess = (json) => readCreateAnswer({ code: json.code, data: { task_id: 'x' } }).outcome === 'created';
/** @param {Foreign} json */
const codeOf = (json) => json?.code ?? undefined;

/**
 * The message in a response, whichever member has it.
 * @param {Foreign} json
 */
export const messageOf = (json) =>
  [json?.msg, json?.message, json?.error?.message, json?.error].find((m) => typeof m === 'string' && m);

/**
 * The companion's own refusal, explained in both languages; null for an API response that it passed on.
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
 * The outcome in the companion's journal of an attempt whose response never reached this page; null while it is in flight.
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
 * Reads the response to a task query: a new state, a fresher status, or why the query failed; and the charge, if stated.
 * @param {Answer} answer
 * @returns {Partial<Attempt>}
 */
export function readTask({ status, bytes, retryAfter }) {
  const json = jsonOf(bytes);
  const refusal = companionRefusal(json);
  if (refusal) return { trouble: { kind: 'companion', words: refusal.message } };
  const answer = readTaskAnswer(bytes, status);
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

/** The platform's own currency, of `data.cost` and of balances. */
export const COIN = 'JimiCoin';

/**
 * The charge and the token count in a response, as members of a record.
 * @param {Foreign} json
 */
function chargeOf(json) {
  const { cost, usage } = json?.data ?? {};
  const amount = amountOf(cost);
  if (amount === null) return {};
  // The completion tokens are what is billed.
  const tokens = [usage?.completion_tokens, usage?.total_tokens].find(Number.isFinite) ?? null;
  return { charged: { amount, currency: COIN, tokens } };
}

/**
 * A number in a response as a decimal string; null for anything else.
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

/** Seconds until a result expires, as the ledger has it: asked for a task that was completed at second 1. */
function resultLifetime() {
  const data = { status: 'completed', completed_at: 1, result: { video_url: 'https://example.com/' } };
  const answer = readTaskAnswer({ code: 0, data });
  return answer.outcome === 'done' && answer.expires_at !== undefined ? answer.expires_at - 1 : 0;
}

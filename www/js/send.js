// Sending: one POST per deliberate action, written down before it leaves, never repeated by the page.
import { CallError, PATIENCE, call, jsonOf, probe } from './api.js';
import { COMPANION, CREATE, apiOrigin } from './origins.js';
import { readAttempt, readCreate } from './answers.js';
import { at } from './dom.js';
import { amend, readAll, write } from './journal.js';
import { t } from './i18n.js';
import { compareAmounts } from './money.js';
import { highest, priceText } from './price.js';
import { changeDraft, state, update } from './state.js';
import { offer } from './views/pay.js';

/** How long an equal draft counts as sent just now. */
const RECENT_MS = 10 * 60_000;

/**
 * Sends what Send offered when it was pressed. If that is another request, price or verdict by the time that it can be sent, it is
 * shown and not sent.
 * @param {string} meant
 */
export function sendMeant(meant) {
  if (state.held)
    update((s) => {
      s.held = false;
    });
  if (offer() === meant || !state.result.report.accepted) return send(); // which only says what is wrong, where something is
  update((s) => {
    s.view = 'compose';
    s.toast = { words: t('send.changed') };
  });
  location.hash = '#compose';
  return at('verdict').focus();
}

/**
 * Sends the draft that is shown, if it may be sent; resolves when the attempt is over. `unchecked` skips the look at CORS;
 * `instead` is the attempt of unknown outcome that the user chose to repeat; `past` lets this one request break the rules.
 */
export async function send({ unchecked = false, instead = /** @type {string | null} */ (null), past = false } = {}) {
  if (state.busy || !state.ready) return;
  const { result } = state;
  if (!result.report.accepted && !past) {
    update((s) => {
      s.tried = true;
      s.failure = null;
    });
    at('summary-box')?.focus();
    return;
  }
  const { text, quote, media, report, skipped, losses, entry } = result;
  const job = {
    text,
    quote,
    media,
    model: report.model ?? state.draft.model,
    route: report.route,
    edition: report.edition,
    broken: report.findings.filter((f) => f.severity === 'error'),
    skipped,
    losses,
    entry,
    draft: structuredClone(state.draft),
    instead,
  };
  update((s) => {
    s.busy = { at: Date.now() };
    s.failure = null;
  });
  try {
    await attemptOf(job, unchecked);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    update((s) => {
      s.failure = { kind: error.kind, ...error.detail, sent: false };
    });
  } finally {
    update((s) => {
      s.busy = null;
    });
  }
}

/** Nothing leaves without a key: where it is missing is said. */
export function requireKey() {
  if (state.companion ? !state.companion.has_key : !state.key.held)
    throw new CallError(state.companion ? 'companion-no-key' : 'no-key');
}

/**
 * @param {DraftJob} job
 * @param {boolean} unchecked
 */
async function attemptOf(job, unchecked) {
  requireKey();
  const repeated = job.instead === null ? null : state.records.get(job.instead);
  const before = repeated ? [repeated] : recent(job.text, [...state.records.values()]);
  if (!(await agreed(job, before))) return;
  if (!unchecked) await probe();
  const record = newRecord(job);
  let other = await alone('seedance-send', () => journalUnlessRecent(record, before));
  if (other) {
    if (!(await agreed(job, [other]))) return;
    await alone('seedance-send', () => write(record));
  }
  if (repeated) await amend(repeated.attempt, { passed_over: true });
  await alone(lockOf(record.attempt), () => post(record, job.media));
}

/**
 * Does the user's own limit ask for a confirmation of this price?
 * @param {Quote} quote
 * @param {string} limit
 */
function needsConsent(quote, limit) {
  const amount = highest(quote);
  if (amount === null) return 'unknown';
  if (!limit) return null;
  if (compareAmounts(amount, limit) > 0) return 'above';
  return quote.kind === 'at-least' ? 'open' : null;
}

/**
 * Asks where asking is due: past the rules, above the limit, without a known price, or just after an equal one.
 * @param {DraftJob} job
 * @param {Attempt[]} before
 */
async function agreed(job, before) {
  const reason = job.broken.length ? 'past' : needsConsent(job.quote, state.settings.limit);
  if (!reason && !before.length) return true;
  const { confirmSend } = await import('./views/confirm.js');
  const { busy } = state;
  update((s) => {
    s.busy = { at: Date.now(), ...busy, asking: true };
  });
  const yes = await confirmSend({ job, reason, before });
  update((s) => {
    s.busy = busy;
  });
  at('send').focus();
  return yes;
}

/**
 * Attempts with this body that were sent just now.
 * @param {string} text
 * @param {Attempt[]} records
 */
export const recent = (text, records) =>
  records
    .filter((r) => r.body === text && r.state !== 'refused' && Date.now() - r.at < RECENT_MS)
    .sort((a, b) => b.at - a.at);

/**
 * Sends one row of a batch that was agreed on as a whole: one attempt, written down before it leaves. Resolves with its record, or
 * with null where the row was sent before, here or in another tab.
 * @param {Job} job
 */
export async function sendRow(job) {
  const record = newRecord(job);
  const isFirst = await alone('seedance-send', async () => {
    if (attemptsOf(job.row ?? '', await readAll()).length) return false;
    await write(record);
    return true;
  });
  if (!isFirst) return null;
  await alone(lockOf(record.attempt), () => transmit(record, job.media));
  return state.records.get(record.attempt);
}

/**
 * The attempts of a row that made a task, or may have made one.
 * @param {string} row
 * @param {Attempt[]} records
 */
export const attemptsOf = (row, records) => records.filter((r) => r.row === row && r.state !== 'refused');

/**
 * Writes the attempt down, or hands back one of another tab that came first.
 * @param {Attempt} record
 * @param {Attempt[]} acknowledged
 */
async function journalUnlessRecent(record, acknowledged) {
  const seen = new Set(acknowledged.map((r) => r.attempt));
  const other = recent(record.body, await readAll()).find((r) => !seen.has(r.attempt));
  if (other) return other;
  await write(record);
  return null;
}

/** @param {Job} job */
const newRecord = (job) => ({
  attempt: uuid(),
  at: Date.now(),
  state: 'sending',
  model: job.model,
  route: job.route,
  edition: job.edition,
  ...(job.broken?.length ? { allowed: [...new Set(job.broken.map(({ rule }) => rule))] } : {}),
  body: job.text,
  draft: job.draft,
  project: job.project ?? state.settings.project ?? '',
  ...(job.row ? { row: job.row } : {}),
  quoted: {
    text: priceText(job.quote),
    amount: highest(job.quote),
    currency: job.quote.currency ?? '',
    kind: job.quote.kind,
    quantity: job.quote.unit === 'second' && 'quantity' in job.quote ? job.quote.quantity : undefined,
    unit_price: job.quote.unit_price,
  },
  origin: apiOrigin(),
});

/**
 * What the companion wants to know beside the body: which attempt this is, what it is held to, and what its price limit has to go by.
 * @param {Attempt} record
 * @param {MediaFacts | undefined} media
 */
const forCompanion = (record, media) => ({
  'Seedance-Attempt': record.attempt,
  'Seedance-Edition': record.edition,
  ...(record.allowed ? { 'Seedance-Allow': record.allowed.join(', ') } : {}),
  ...(media ? { 'Seedance-Media': JSON.stringify(media) } : {}),
});

/**
 * @param {Attempt} record
 * @param {MediaFacts | undefined} media
 */
async function post(record, media) {
  update((s) => {
    s.busy = { at: Date.now(), ...s.busy, attempt: record.attempt };
  });
  const outcome = await transmit(record, media);
  const { failure } = outcome;
  if (outcome.state === 'refused' && failure)
    update((s) => {
      s.failure = { ...failure, attempt: record.attempt, sent: true };
    });
}

/**
 * The one POST of an attempt, and what became of it, in the journal.
 * @param {Attempt} record
 * @param {MediaFacts | undefined} media
 */
async function transmit(record, media) {
  ownAttempts.add(record.attempt);
  const headers = { 'Content-Type': 'application/json', ...(state.companion ? forCompanion(record, media) : {}) };
  /** @type {Outcome} */
  let outcome;
  try {
    outcome = readCreate(await call(CREATE, { method: 'POST', headers, body: record.body, patience: PATIENCE.create }));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    outcome = { state: 'unknown', failure: { kind: error.kind === 'network' ? 'lost' : error.kind } };
  }
  if (outcome.state === 'unknown' && state.companion) outcome = await askCompanion(record.attempt, outcome);
  await settle(record, outcome);
  return outcome;
}

/** The attempts that this very tab sent. */
export const ownAttempts = new Set();

/**
 * Writes down what became of an attempt, whatever became of the journal meanwhile.
 * @param {Attempt} record
 * @param {Outcome} outcome
 */
const settle = (record, outcome) => write({ ...record, ...outcome, answered_at: Date.now() });

/**
 * The companion journals every attempt too: what it knows ends the doubt.
 * @param {string} attempt
 * @param {Outcome} otherwise
 */
async function askCompanion(attempt, otherwise) {
  for (let tries = 0; tries < 40; tries += 1) {
    const told = await call(`${COMPANION}/attempts/${attempt}`)
      .then((answer) => jsonOf(answer.bytes))
      .catch(() => null);
    if (!told?.state) return otherwise;
    const outcome = readAttempt(told);
    if (outcome) return outcome;
    await new Promise((wake) => {
      setTimeout(wake, 3000);
    });
  }
  return otherwise;
}

/** Records that a dead page left behind as "sending": nobody knows any more what became of them. Each may wait for minutes. */
export const adoptOrphans = () =>
  Promise.all([...state.records.values()].filter((r) => r.state === 'sending').map(adopt));

/**
 * A tab that still sends holds the attempt's lock; the tab that adopts it holds it too, so that one alone asks.
 * @param {Attempt} record
 */
async function adopt({ attempt }) {
  const orphaned = async () => {
    const record = (await readAll()).find((r) => r.attempt === attempt);
    if (record?.state !== 'sending') return; // its tab has come to an end meanwhile
    const doubt = { state: 'unknown', failure: { kind: 'closed' } };
    await settle(record, state.companion ? await askCompanion(attempt, doubt) : doubt);
  };
  if (navigator.locks)
    await navigator.locks.request(lockOf(attempt), { ifAvailable: true }, (lock) => lock && orphaned());
  else await orphaned();
}

/**
 * The user found the task of a lost answer in the console.
 * @param {string} attempt
 * @param {string} taskId
 */
export const attachTask = (attempt, taskId) =>
  amend(attempt, { state: 'following', task_id: taskId, status: 'queued', failure: null, follow_since: Date.now() });

/**
 * The user looked and found nothing.
 * @param {string} attempt
 */
export const notCreated = (attempt) => amend(attempt, { state: 'refused', failure: { kind: 'not-found' } });

/**
 * Puts a record's draft back into the form, with the measurements it had.
 * @param {Attempt} record
 */
export function refillFrom(record) {
  changeDraft((draft, s) => {
    s.draft = structuredClone(record.draft);
    s.touched = new Set(Object.keys(record.draft));
    s.failure = null;
    s.view = 'compose';
  }, t('again.done'));
  location.hash = '#compose';
}

/**
 * The same draft once more, by the user's own decision: it asks, and the earlier attempt stands in no way after that.
 * @param {string} attempt
 */
export function sendAgain(attempt) {
  const record = state.records.get(attempt);
  if (!record) return undefined;
  refillFrom(record);
  return send({ instead: attempt, past: Boolean(record.allowed) });
}

/** @param {string} attempt */
const lockOf = (attempt) => `seedance-attempt-${attempt}`;
/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// Sending: one POST per deliberate action, journalled before it is sent, never repeated by the page.
import { CallError, PATIENCE, call, probe } from './api.js';
import { CREATE, apiOrigin } from './origins.js';
import { readCreate } from './answers.js';
import { at } from './dom.js';
import { askCompanion, askLater, findOut, isStillInDoubt, lockOf, settle } from './doubt.js';
import { reopen } from './drafts.js';
import { amend, readAll, write } from './journal.js';
import { t } from './i18n.js';
import { needLedger } from './ledger.js';
import { alone } from './locks.js';
import { compareAmounts } from './money.js';
import { goTo } from './pages.js';
import { highest, priceText } from './price.js';
import { state, update } from './state.js';
import { offer } from './views/pay.js';

/** How long an equal draft counts as sent just now. */
const RECENT_MS = 10 * 60_000;

/**
 * Sends what Send offered when it was pressed. If the request, price or verdict has changed before it can be sent, the change is
 * shown instead.
 * @param {string} meant
 */
export function sendMeant(meant) {
  if (state.held) update({ held: false });
  if (offer() === meant || !state.result.report.accepted) return send(); // which only shows errors if there are any
  update({ toast: { words: t('send.changed') } });
  goTo('compose');
  return at('verdict').focus();
}

/**
 * Sends the draft that is shown, if it may be sent; resolves when the attempt is over. `unchecked` skips probe();
 * `instead` is the attempt of unknown outcome that the user repeats; `past` lets this one request break the rules.
 */
export async function send({ unchecked = false, instead = /** @type {string | null} */ (null), past = false } = {}) {
  if (state.busy || !state.ready) return;
  const { result } = state;
  if (!result.report.accepted && !past) {
    update({ tried: true, failure: null });
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
    open: state.open,
    instead,
  };
  update({ busy: { at: Date.now() }, failure: null });
  try {
    await attemptOf(job, unchecked);
  } catch (error) {
    showUnsent(error);
  } finally {
    update({ busy: null });
  }
}

/**
 * Says why nothing was sent; throws any error that is not a CallError.
 * @param {unknown} error
 */
function showUnsent(error) {
  if (!(error instanceof CallError)) throw error;
  update({ failure: { kind: error.kind, ...error.detail, sent: false } });
}

/** Throws if there is no key, here or in the companion. */
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
  await needLedger();
  const repeated = job.instead === null ? null : state.records.get(job.instead);
  const before = repeated ? [repeated] : recent(job.text, [...state.records.values()]);
  if (!(await agreed(job, before))) return;
  if (!unchecked) await probe();
  if (repeated && !isStillInDoubt(repeated)) return;
  const record = newRecord(job);
  let other = await alone('seedance-send', () => journalUnlessRecent(record, before));
  if (other) {
    if (!(await agreed(job, [other]))) return;
    await alone('seedance-send', () => write(record));
  }
  if (repeated) await amend(repeated.attempt, { passed_over: true });
  await alone(lockOf(record.attempt), () => post(record, job));
}

/**
 * Why this price needs the user's consent, or null.
 * @param {Quote} quote
 */
function needsConsent(quote) {
  const { limit, limit_currency } = state.settings;
  const amount = highest(quote);
  if (amount === null) return 'unknown';
  if (!limit) return null;
  if (quote.currency !== limit_currency) return 'currency';
  if (compareAmounts(amount, limit) > 0) return 'above';
  return quote.kind === 'at-least' ? 'open' : null;
}

/**
 * Asks if need be: past the rules, above the limit or in another currency, without a known price, or just after an equal request.
 * @param {DraftJob} job
 * @param {Attempt[]} before
 */
async function agreed(job, before) {
  const reason = job.broken.length ? 'past' : needsConsent(job.quote);
  if (!reason && !before.length) return true;
  const { confirmSend } = await import('./views/confirm.js');
  const { busy } = state;
  update({ busy: { at: Date.now(), ...busy, asking: true } });
  const yes = await confirmSend({ job, reason, before });
  update({ busy });
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
 * Sends one row of a confirmed batch: one attempt, journalled before it is sent. Resolves with its record, or with null if the
 * row was sent before, here or in another tab.
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
 * Journals the attempt, or returns an equal one that another tab sent first.
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
 * Headers for the companion: the attempt, the edition and allowed rules it is held to, and the media facts for the price limit.
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
 * @param {DraftJob} job
 */
async function post(record, { media, open }) {
  update({ busy: { at: Date.now(), ...state.busy, attempt: record.attempt } });
  const outcome = await transmit(record, media);
  const { failure } = outcome;
  // If another draft is open by now, its bar does not speak of this one; the stage has the reason.
  if (outcome.state === 'refused' && failure && open === state.open)
    update({ failure: { ...failure, attempt: record.attempt, sent: true } });
}

/**
 * Makes the one POST of an attempt, and journals its outcome.
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
  if (outcome.state === 'unknown' && !outcome.failure?.task_id && state.companion)
    outcome = await askCompanion(record.attempt, outcome);
  await settle(record, outcome);
  askLater();
  return outcome;
}

/** The attempts that this tab sent. */
export const ownAttempts = new Set();

/**
 * Puts a record's draft back into the form, beside what is being written.
 * @param {Attempt} record
 */
export function refillFrom({ draft }) {
  reopen(draft, t('again.done'));
  update({ touched: new Set(Object.keys(draft)), failure: null });
  goTo('compose');
}

/**
 * Sends the same draft again, as the user chose: it asks first, and then the earlier attempt is no longer in doubt. Nothing is sent
 * if the earlier one's response has come meanwhile, even while the user is asked.
 * @param {string} attempt
 */
export async function sendAgain(attempt) {
  const record = state.records.get(attempt);
  if (!record || state.busy) return;
  update({ busy: { at: Date.now(), asking: true, attempt }, failure: null });
  try {
    await alone(lockOf(attempt), () => findOut(attempt));
  } catch (error) {
    showUnsent(error);
    return;
  } finally {
    update({ busy: null });
  }
  if (!isStillInDoubt(record)) return;
  refillFrom(record);
  await send({ instead: attempt, past: Boolean(record.allowed) });
}

/** A random UUID. `crypto.randomUUID` exists only on pages that are served securely. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

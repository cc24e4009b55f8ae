// Attempts of unknown outcome: asks the companion what became of them, and takes what the user has found out.
import { CallError, call, jsonOf } from './api.js';
import { COMPANION } from './origins.js';
import { readAttempt } from './answers.js';
import { amend, readAll, write } from './journal.js';
import { needLedger } from './ledger.js';
import { ifFree } from './locks.js';
import { state } from './state.js';

/** How long the companion waits for a lost response to come late, and how often it is asked whether it came. */
const LATE_MS = 10 * 60_000;
const LATE_GAP_MS = 10_000;
const HIDDEN_GAP_MS = 60_000;

/**
 * Journals an attempt's outcome, even if its record was cleared meanwhile.
 * @param {Attempt} record
 * @param {Outcome} outcome
 */
export const settle = (record, outcome) => write({ ...record, ...outcome, answered_at: Date.now() });

/**
 * Asks the companion's journal for the outcome; `otherwise` if it is unknown there.
 * @param {string} attempt
 * @param {Outcome} otherwise
 */
export async function askCompanion(attempt, otherwise) {
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

/** Finds out what became of records that a closed page left as "sending", or whose response may come late. Each may take minutes. */
export async function adoptOrphans() {
  await Promise.all([...state.records.values()].filter(isOpen).map(adopt));
  askLater();
}

let later = 0;
/** Asks the companion again in a while if a response may still come, or could not be read. */
export function askLater() {
  clearTimeout(later);
  const gap = document.visibilityState === 'hidden' ? HIDDEN_GAP_MS : LATE_GAP_MS;
  if (state.companion && [...state.records.values()].some(isOpen)) later = setTimeout(adoptOrphans, gap);
}

/** @param {Attempt} record */
const isOpen = (record) => record.state === 'sending' || mayComeLate(record);

/**
 * Whether the companion may still learn which task an attempt made, even if the user has found none.
 * @param {Attempt} record
 */
function mayComeLate({ state: name, failure, at: begun, answered_at = begun }) {
  const isLost = (name === 'unknown' && !failure?.task_id) || failure?.kind === 'not-found';
  return Boolean(state.companion) && isLost && Date.now() - answered_at < LATE_MS;
}

/**
 * A tab that still sends holds the attempt's lock; so does the tab that adopts it, so that only one asks.
 * @param {Attempt} record
 */
const adopt = ({ attempt }) =>
  ifFree(lockOf(attempt), () => findOut(attempt)).catch((error) => {
    if (!(error instanceof CallError)) throw error; // else askLater() has it asked again
  });

/**
 * Finds out what became of an attempt, and journals it; throws a CallError if the companion's answer could not be read.
 * @param {string} attempt
 */
export async function findOut(attempt) {
  if (state.companion) await needLedger();
  const record = (await readAll()).find((r) => r.attempt === attempt);
  if (!record || !isOpen(record)) return; // its tab has finished meanwhile
  /** @type {Outcome} */
  const doubt = { state: 'unknown', failure: { kind: 'closed' } };
  const outcome = state.companion ? await askCompanion(attempt, doubt) : doubt;
  const latest = state.records.get(attempt) ?? record;
  if (latest.task_id) return; // the user has found it meanwhile
  // A companion that never saw an attempt that was once answered has another journal, and cannot know.
  const isNews = (outcome.state !== 'unknown' && outcome.failure?.kind !== 'never-seen') || outcome.failure?.task_id;
  if (latest.state === 'sending' || isNews) await settle({ ...latest, failure: null }, outcome);
}

/**
 * The user found the task of a lost response in the console.
 * @param {string} attempt
 * @param {string} taskId
 */
export const attachTask = (attempt, taskId) =>
  amend(attempt, { state: 'following', task_id: taskId, status: 'queued', failure: null, follow_since: Date.now() });

/**
 * The user looked there and found none.
 * @param {string} attempt
 */
export const notCreated = (attempt) => amend(attempt, { state: 'refused', failure: { kind: 'not-found' } });

/**
 * Whether nothing was learned of an attempt of unknown outcome since its record looked like this.
 * @param {Attempt} record
 */
export function isStillInDoubt({ attempt, failure }) {
  const now = state.records.get(attempt);
  return now?.state === 'unknown' && now.failure?.task_id === failure?.task_id;
}

/** @param {string} attempt */
export const lockOf = (attempt) => `seedance-attempt-${attempt}`;

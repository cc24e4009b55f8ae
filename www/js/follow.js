// Follows tasks: one tab polls for all. Gaps grow, Retry-After is obeyed, and a failed poll is never shown as a failed task.
import { CallError, call } from './api.js';
import { TASK, apiOrigin } from './origins.js';
import { readTask } from './answers.js';
import { amend } from './journal.js';
import { needLedger } from './ledger.js';
import { lead } from './locks.js';
import { onChange, state, update } from './state.js';

const GAPS_S = [3, 5, 8, 10];
const HIDDEN_GAP_S = 60;
const FOLLOW_FOR_MS = 30 * 60_000; // the vendor's notes cap polling at about half an hour

/** @typedef {{ tries: number, due: number, asking: boolean, hurry: boolean }} Plan when an attempt is asked about next */
const plans = /** @type {Map<string, Plan>} */ (new Map()); // by attempt
let leading = false;
let timer = 0;

/** Starts following: waits for the lock of the tab that polls, and asks when the tab is shown. */
export function startFollowing() {
  lead('seedance-follow', () => {
    leading = true;
    tick();
  });
  onChange(tick); // new work comes from this tab and from the others alike
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && askNow());
  addEventListener('online', askNow);
}

/** Asks about every running task without waiting: the user came back, or pressed a button. */
export function askNow() {
  for (const plan of plans.values()) {
    plan.due = Math.min(plan.due, Date.now());
    plan.hurry = plan.asking; // that response may be outdated
  }
  tick();
}

/**
 * Follows a paused task again.
 * @param {string} attempt
 */
export async function followAgain(attempt) {
  plans.delete(attempt);
  await amend(attempt, { state: 'following', follow_since: Date.now() });
}

const running = () => [...state.records.values()].filter((r) => r.state === 'following' && r.task_id);

/**
 * Why a task cannot be asked about right now.
 * @param {Attempt} record
 */
export function hindrance(record) {
  if (record.origin !== apiOrigin()) return 'other-origin';
  if (state.companion ? !state.companion.has_key : !state.key.held) return 'no-key';
  return null;
}

function tick() {
  clearTimeout(timer);
  if (!leading) return;
  const now = Date.now();
  let next = Infinity;
  for (const record of running()) {
    if (hindrance(record)) continue;
    const plan = plans.get(record.attempt) ?? newPlan(record, now);
    if (plan.asking) continue;
    if (plan.due <= now) ask(record, plan);
    else next = Math.min(next, plan.due);
  }
  if (next < Infinity) timer = setTimeout(tick, Math.max(50, next - now));
}

/**
 * @param {Attempt} record
 * @param {number} now
 */
function newPlan(record, now) {
  const plan = { tries: 0, due: record.checked_at ? now : now + gap(0), asking: false, hurry: false };
  plans.set(record.attempt, plan);
  return plan;
}

/** @param {number} tries */
const gap = (tries) => {
  const seconds = GAPS_S[Math.min(tries, GAPS_S.length - 1)] * (0.9 + Math.random() * 0.2);
  return 1000 * (document.visibilityState === 'hidden' ? Math.max(seconds, HIDDEN_GAP_S) : seconds);
};

/**
 * @param {Attempt} record
 * @param {Plan} plan
 */
async function ask(record, plan) {
  plan.asking = true;
  /** @type {Partial<Attempt>} */
  let change;
  let wait = 0;
  try {
    await needLedger();
    const answer = await call(TASK + encodeURIComponent(record.task_id ?? ''));
    change = readTask(answer);
    wait = (answer.retryAfter ?? 0) * 1000;
  } catch (error) {
    change = { trouble: { kind: error instanceof CallError ? error.kind : 'network' } };
  }
  plan.asking = false;
  plan.tries += 1;
  const now = Date.now();
  plan.due = plan.hurry && !wait ? now : now + Math.max(gap(plan.tries), wait);
  plan.hurry = false;
  const latest = state.records.get(record.attempt);
  if (latest?.state !== 'following') {
    tick();
    return;
  }
  const started = latest.follow_since ?? latest.at;
  if (!change.state && now - started > FOLLOW_FOR_MS) change = { ...change, state: 'paused' };
  if (change.state) plans.delete(record.attempt);
  await amend(record.attempt, { trouble: null, ...change, checked_at: now });
}

/** Redraws clocks once a second while something runs or expires. */
export function startClock() {
  setInterval(() => {
    if (state.busy || state.records.size) update();
  }, 1000);
}

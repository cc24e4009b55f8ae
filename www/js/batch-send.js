// Sending a batch: after one question each chosen row is sent once, one after the other, until the next would fail, too.
import { CallError, probe } from './api.js';
import { batch, resultOf, toSend } from './batch.js';
import { emptyDraft } from './draft.js';
import { fillFrom } from './fill.js';
import { needLedger } from './ledger.js';
import { ifFree } from './locks.js';
import { requireKey, sendRow } from './send.js';
import { update } from './state.js';
import { bodyText } from './verdict.js';

/** @typedef {{ failure?: Failure, elsewhere?: boolean, row?: number, record?: string, left?: number }} Stopped why sending stopped */
export const run = {
  sending: /** @type {{ done: number, of: number, asking?: boolean } | null} */ (null),
  halted: false,
  stopped: /** @type {Stopped | null} */ (null),
};

/**
 * A row as a job for send.js, with the draft that it would be in the form.
 * @param {Row} row
 */
function jobOf(row) {
  const { report, quote, media } = resultOf(row);
  const draft = emptyDraft();
  fillFrom(draft, report.request);
  draft.reference_videos.forEach((item, i) => {
    const seconds = row.media?.reference_videos?.[i]?.seconds;
    if (Number.isFinite(seconds)) item.typed = { seconds: String(seconds) };
  });
  return {
    row: row.id,
    n: batch.rows.indexOf(row) + 1,
    text: bodyText(report.request),
    model: report.model,
    route: report.route,
    edition: report.edition,
    project: batch.name,
    quote,
    media,
    draft,
  };
}

/** Failures that the next row would meet as well. */
const STOPS = ['key', 'forbidden', 'balance', 'busy', 'companion', 'server-code'];

/**
 * Asks once for all chosen rows, then sends each once; stops at an unknown outcome or a failure in STOPS. One tab sends a batch at
 * a time; others say so.
 * @param {(jobs: Job[]) => Promise<boolean>} ask
 */
export async function sendChosen(ask) {
  if (run.sending) return;
  const jobs = toSend().map(jobOf);
  if (!jobs.length) return;
  set({ sending: { done: 0, of: jobs.length, asking: true }, halted: false, stopped: null });
  try {
    requireKey();
    await needLedger();
    if (!(await ask(jobs))) return;
    await probe();
    set({ sending: { done: 0, of: jobs.length } });
    await ifFree(
      'seedance-batch',
      () => sendAll(jobs),
      () => set({ stopped: { elsewhere: true } }),
    );
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    set({ stopped: { failure: { kind: error.kind, ...error.detail } } });
  } finally {
    set({ sending: null });
  }
}

/** @param {object} more */
const set = (more) => update(() => Object.assign(run, more));
export const halt = () => set({ halted: true });

/**
 * Whether the row is still there, chosen and as it was when its user agreed to send it.
 * @param {Job} job
 */
const isMeant = (job) =>
  batch.rows.some((row) => row.id === job.row && !row.left && bodyText(resultOf(row).report.request) === job.text);

/** @param {Job[]} jobs */
async function sendAll(jobs) {
  for (const [done, job] of jobs.entries()) {
    if (run.halted) return;
    const record = isMeant(job) ? await sendRow(job) : null;
    set({ sending: { done: done + 1, of: jobs.length } });
    const stops =
      record?.state === 'unknown' || (record?.state === 'refused' && STOPS.includes(record.failure?.kind ?? ''));
    if (stops) {
      set({ stopped: { row: job.n, record: record.attempt, left: jobs.length - done - 1 } });
      return;
    }
  }
}

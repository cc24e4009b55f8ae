// Saves a result: through the companion, else as a file if its host lets a page read it, else in a new tab.
import { amend } from './journal.js';
import { mayConnect } from './policy.js';
import { state, update } from './state.js';
import { deadline } from './api.js';

const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * A descriptive name for the file.
 * @param {Attempt} record
 */
export const fileName = (record) => `${record.model}-${record.task_id}.mp4`.replace(/[^\w.-]+/g, '_');

/**
 * Only such links are opened, played or saved; anything else is shown as text.
 * @param {string | undefined} url
 * @returns {url is string}
 */
export const isResultLink = (url) => /^https:\/\/[^\s/]/i.test(url ?? '');

/** @param {Attempt} record */
export const companionLink = (record) =>
  state.companion && record.origin === state.companion.api_origin
    ? `${state.companion.saves}/${encodeURIComponent(record.task_id ?? '')}`
    : null;

/**
 * Saves a real file where possible, else opens the link; shows what happened.
 * @param {Attempt} record
 */
export async function saveResult(record) {
  const say = (/** @type {string} */ words) => update({ saving: { ...state.saving, [record.attempt]: words } });
  say('save.running');
  const outcome = await saveFile(record);
  if (outcome === 'closed') window.open(record.video_url, '_blank', 'noopener,noreferrer');
  say({ saved: 'save.done', gone: 'save.gone', closed: 'save.tab' }[outcome]);
}

/**
 * Saves one after the other; resolves with how many became files, and how many need a click of their own.
 * @param {Attempt[]} records
 */
export async function saveAll(records) {
  let saved = 0;
  for (const record of records) if ((await saveFile(record)) === 'saved') saved += 1;
  return { saved, left: records.length - saved };
}

/**
 * `saved`, `gone` if the link no longer works, `closed` if no page may read it.
 * @param {Attempt} record
 */
async function saveFile(record) {
  const through = companionLink(record);
  if (through) {
    Object.assign(document.createElement('a'), { href: through, download: fileName(record) }).click();
    await markSaved(record);
    return 'saved';
  }
  const link = record.video_url ?? '';
  if (!mayConnect(link)) return 'closed';
  const clock = deadline(120_000);
  try {
    const answer = await fetch(link, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: clock.signal,
    });
    if (!answer.ok) return 'gone';
    if (Number(answer.headers.get('content-length')) > MOST_BYTES) return 'closed';
    (await import('./exporters.js')).offer(fileName(record), await answer.blob());
    await markSaved(record);
    return 'saved';
  } catch {
    return 'closed';
  } finally {
    clock.stop();
  }
}

/**
 * Marks a result as saved, so that its expiry needs no warning.
 * @param {Attempt} record
 */
export const markSaved = ({ attempt }) => amend(attempt, { saved_at: Date.now() });

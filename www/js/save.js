// Saving a result: through the companion, else as a file where its host lets a page read it, else in a new tab.
import { mayConnect } from './policy.js';
import { state, update } from './state.js';
import { deadline } from './api.js';

const MOST_BYTES = 1024 * 1024 * 1024;

/** A name for the file that says what it is. */
export const fileName = (record) => `${record.model}-${record.task_id}.mp4`.replace(/[^\w.-]+/g, '_');

/** Only such links are opened, played or saved; anything else is shown as text. */
export const isResultLink = (url) => /^https:\/\/[^\s/]/i.test(url ?? '');

export const companionLink = (record) =>
  state.companion && record.origin === state.companion.api_origin
    ? `${state.companion.saves}/${encodeURIComponent(record.task_id)}`
    : null;

/** Saves a real file where possible; tells the user what happened. */
export async function saveResult(record) {
  const say = (words) =>
    update((s) => {
      s.saving = { ...s.saving, [record.attempt]: words };
    });
  if (!mayConnect(record.video_url)) return openInTab(record, say);
  say('save.running');
  const clock = deadline(120_000);
  try {
    const answer = await fetch(record.video_url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: clock.signal,
    });
    if (!answer.ok) return say('save.gone');
    if (Number(answer.headers.get('content-length')) > MOST_BYTES) return openInTab(record, say);
    (await import('./exporters.js')).offer(fileName(record), await answer.blob());
    return say('save.done');
  } catch {
    return openInTab(record, say);
  } finally {
    clock.stop();
  }
}

function openInTab(record, say) {
  window.open(record.video_url, '_blank', 'noopener,noreferrer');
  say('save.tab');
}

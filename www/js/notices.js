// A notice when a task ends out of sight: in another tab, or while this one is hidden.
import { t } from './i18n.js';
import { ownAttempts } from './send.js';
import { onChange, state, update } from './state.js';
import { load, save } from './store.js';
import { stateWords } from './views/tasks.js';

const ENDS = ['completed', 'failed', 'canceled'];
const seen = new Map(); // attempt → its last seen state

export function watchEnds() {
  for (const { attempt, state: name } of state.records.values()) seen.set(attempt, name);
  onChange(notice);
}

function notice() {
  const ended = [...state.records.values()].filter(
    ({ attempt, state: name }) => ENDS.includes(name) && !ENDS.includes(seen.get(attempt) ?? name),
  );
  for (const { attempt, state: name } of state.records.values()) seen.set(attempt, name);
  for (const record of ended) tell(record);
}

const LONGEST = 60;

/**
 * Shows a toast unless the task is on screen, and a system notification if the page is hidden and the user wants that.
 * @param {Attempt} record
 */
function tell(record) {
  const { prompt } = JSON.parse(record.body);
  const short = prompt.length > LONGEST ? `${prompt.slice(0, LONGEST)}…` : prompt;
  const words = t('library.show', { state: stateWords(record), prompt: short });
  if (document.visibilityState === 'hidden' && wantsNotices())
    new Notification(t('title'), { body: words, tag: record.attempt, lang: state.lang });
  if (ownAttempts.has(record.attempt) && state.view === 'compose') return;
  update({ toast: { words: words.replaceAll('`', '’') } });
}

const may = () => 'Notification' in globalThis && Notification.permission === 'granted';
export const wantsNotices = () => may() && load('notices') === true;

/**
 * The browser asks the user once, and keeps a no.
 * @param {boolean} on
 */
export async function chooseNotices(on) {
  save('notices', on && (await Notification.requestPermission()) === 'granted');
  update();
}

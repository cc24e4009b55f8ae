// Imports the history that this browser keeps for the companion's former address, 127.0.0.1, by a window opened there.
import { amountOf } from './answers.js';
import { adoptOrphans } from './doubt.js';
import { t } from './i18n.js';
import { write } from './journal.js';
import { state, update } from './state.js';

const PATIENCE = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TEXTS = ['model', 'body', 'state', 'origin'];

/** @param {unknown} value */
const isText = (value) => typeof value === 'string';
/** @param {unknown} value */
const isTextOrNone = (value) => value == null || isText(value);

/**
 * Another program may answer at that address, so only what has the shape of a record is accepted.
 * @param {Foreign} record
 */
const isRecord = (record) =>
  UUID.test(record?.attempt) &&
  Number.isFinite(record.at) &&
  TEXTS.every((name) => isText(record[name])) &&
  ['task_id', 'status', 'video_url', 'project', 'row'].every((name) => isTextOrNone(record[name])) &&
  Boolean(record.draft && record.quoted) &&
  (record.charged == null ||
    (isText(record.charged.amount) && amountOf(record.charged.amount) !== null && isText(record.charged.currency))) &&
  ['text', 'amount', 'currency'].every((name) => isTextOrNone(record.quoted[name])) &&
  (record.allowed == null || (Array.isArray(record.allowed) && record.allowed.every(isText)));

/**
 * Imports records that are missing here, and says how many.
 * @param {Companion} companion
 */
export async function importFormer({ former_origin: origin }) {
  const history = await readThere(origin);
  const say = (/** @type {string} */ words) => update({ toast: { words } });
  if (!Array.isArray(history)) return say(t('former.failed', { origin }));
  const records = history.filter((record) => isRecord(record) && !state.records.has(record.attempt));
  for (const record of records) await write(record);
  adoptOrphans();
  return say(records.length ? t('former.done', { n: records.length }) : t('former.none'));
}

/**
 * Opens the window, asks it once it is ready, and closes it in any case; undefined if it does not respond.
 * @param {string} origin
 */
function readThere(origin) {
  const there = window.open(`${origin}${location.pathname}companion/history`, '_blank', 'popup,width=480,height=320');
  return new Promise((resolve) => {
    const end = (/** @type {unknown} */ history) => {
      removeEventListener('message', listen);
      there?.close();
      resolve(history);
    };
    const listen = (/** @type {MessageEvent} */ event) => {
      if (event.source !== there || event.origin !== origin) return;
      if (event.data === 'ready') there?.postMessage('history?', origin);
      else end(event.data?.history);
    };
    addEventListener('message', listen);
    setTimeout(end, there ? PATIENCE : 0);
  });
}

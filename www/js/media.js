// Measures reference videos and audio: by the browser's own player first, then by the MP4 boxes of the file.
import { deadline } from './api.js';
import { loadLedger, measureMedia } from './ledger.js';
import { loadPart } from './part.js';
import { mayConnect } from './policy.js';
import { state, update } from './state.js';

const AT_ONCE = 4;
const PATIENCE_MS = 8000;

const waiting = /** @type {string[]} */ ([]); // ids of items
const running = /** @type {Map<string, AbortController>} */ (new Map()); // by ids of items

const measurable = () => [...state.draft.reference_videos, ...state.draft.reference_audios];

/**
 * Whether an item that was removed while it was measured is there again, by an undo.
 * @param {Item} item
 */
const isLost = ({ id, status }) =>
  ['waiting', 'measuring'].includes(status) && !running.has(id) && !waiting.includes(id);

/** Queues video and audio that was not measured yet, and drops work for what is gone. */
export function measureAll() {
  const items = measurable();
  const known = new Set(items.map((item) => item.id));
  for (const [id, control] of running) if (!known.has(id)) control.abort();
  for (let at = waiting.length; (at -= 1) >= 0;) if (!known.has(waiting[at])) waiting.splice(at, 1);
  for (const item of items) {
    if (item.status !== 'new' && !isLost(item)) continue;
    item.status = /^https:\/\/\S*$/i.test(item.url) ? 'waiting' : 'unreadable';
    if (item.status === 'waiting') waiting.push(item.id);
  }
  pump();
}

/**
 * Stops measuring one video; its length can still be typed.
 * @param {string} id
 */
export function cancelMeasure(id) {
  running.get(id)?.abort();
  const at = waiting.indexOf(id);
  if (at >= 0) waiting.splice(at, 1);
  settle(id, null, 'canceled');
}

/**
 * Measures an item again.
 * @param {string} id
 */
export async function measureAgain(id) {
  const item = find(id);
  const held = files.get(id);
  if (!item) return;
  const { url } = item;
  const file = held?.url === url ? held.file : null; // the link may have been changed since
  item.status = file ? 'measuring' : 'new';
  item.measured = null;
  if (file) running.set(id, new AbortController());
  update();
  if (!file) return;
  const { measured, status } = await measureFile(file);
  running.delete(id);
  if (status !== 'unloaded') files.delete(id);
  const now = find(id);
  if (now?.url === url && now.status === 'measuring') settle(id, measured, status);
}

/** Uploaded files that the ledger has not read yet, with their links (which tell less), by item ID. */
const files = /** @type {Map<string, { file: File, url: string }>} */ (new Map());

/**
 * Measures a file while it is uploaded; returns a function that updates its item.
 * @param {File} file
 */
export async function measureUpload(file) {
  const facts = await measureFile(file);
  return (/** @type {Item} */ item) => {
    Object.assign(item, facts);
    if (facts.status === 'unloaded') files.set(item.id, { file, url: item.url });
  };
}

/** @param {string} id */
const find = (id) => measurable().find((item) => item.id === id);

function pump() {
  while (running.size < AT_ONCE && waiting.length) {
    const item = find(waiting.shift() ?? '');
    if (item) start(item);
  }
}

/** @param {Item} item */
async function start(item) {
  const control = new AbortController();
  running.set(item.id, control);
  item.status = 'measuring';
  const { url } = item;
  const measured = await measure(url, control.signal);
  if (running.get(item.id) === control) running.delete(item.id);
  const now = find(item.id);
  if (now && now.url === url && now.status === 'measuring') settle(item.id, measured ?? null, statusOf(measured));
  pump();
}

/**
 * `unloaded` if only the ledger, which could not be loaded, could tell.
 * @param {Measured | null | undefined} measured
 */
function statusOf(measured) {
  if (measured) return 'measured';
  return measured === undefined ? 'unloaded' : 'unreadable';
}

/**
 * @param {string} id
 * @param {Measured | null} measured
 * @param {string} status
 */
function settle(id, measured, status) {
  const item = find(id);
  if (!item) return;
  update(() => {
    item.measured = measured ? { ...item.measured, ...measured } : item.measured;
    item.status = status;
  });
}

/**
 * What can be read of a video at an https link; null if nothing can, undefined if that needs the missing ledger.
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function measure(url, signal) {
  const clock = deadline(PATIENCE_MS);
  const either = AbortSignal.any([signal, clock.signal]);
  const seen = await byPlayer(url, either);
  const facts = seen || either.aborted ? seen : await byFile(url, either).catch(() => null);
  clock.stop();
  return facts;
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
function byPlayer(url, signal) {
  const video = document.createElement('video');
  return new Promise((resolve) => {
    const done = (/** @type {Measured | null} */ value) => {
      video.removeAttribute('src');
      video.load();
      resolve(value);
    };
    const read = () => {
      if (Number.isFinite(video.duration))
        done({
          seconds: video.duration,
          ...(video.videoWidth ? { width: video.videoWidth, height: video.videoHeight } : {}),
        });
      else video.currentTime = 1e7; // a live WebM tells its length only after a far seek
    };
    video.preload = 'metadata';
    video.muted = true;
    video.addEventListener('loadedmetadata', read, { once: true });
    video.addEventListener('durationchange', () => video.readyState && Number.isFinite(video.duration) && read());
    video.addEventListener('error', () => done(null), { once: true });
    signal.addEventListener('abort', () => done(null), { once: true });
    if (signal.aborted) done(null);
    else video.src = url;
  });
}

/**
 * What the file itself says, without a player: null if it cannot be read, undefined if the ledger could not be loaded.
 * @param {Blob} blob
 */
const readFile = async (blob) =>
  (await loadPart('measure', loadLedger)) ? measureMedia(blob).catch(() => null) : undefined;

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function byFile(url, signal) {
  if (!mayConnect(url)) return null;
  const answer = await fetch(url, { signal, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
  if (!answer.ok) return null;
  return readFile(await answer.blob());
}

/**
 * Facts of a file that the user chose, and how measuring ended. The player's facts win over the file's; the size is certain.
 * @param {File} file
 */
export async function measureFile(file) {
  const url = URL.createObjectURL(file);
  const clock = deadline(PATIENCE_MS);
  try {
    const [seen, told] = await Promise.all([byPlayer(url, clock.signal), readFile(file)]);
    const measured = { ...told, ...seen, bytes: file.size };
    const known = Number.isFinite(measured.seconds) ? 'measured' : 'unreadable';
    return { measured, status: told === undefined ? 'unloaded' : known };
  } finally {
    clock.stop();
    URL.revokeObjectURL(url);
  }
}

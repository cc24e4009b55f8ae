// The journal of attempts and tasks in IndexedDB: written before a request is sent, read back after a crash.
// Without storage it is kept in memory only, and the page says so.
import { state, update } from './state.js';
import { storageTrouble } from './store.js';

const STORE = 'attempts';
let db = /** @type {IDBDatabase | null} */ (null);
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('seedance') : null;

/** @param {IDBRequest} request */
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

/** Opens the journal and reads it into the state; other tabs' changes follow by themselves. */
export async function openJournal() {
  try {
    const request = indexedDB.open('seedance', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'attempt' });
    const opened = await settled(request);
    // The user clears the site's data, or a later version of the page needs another journal.
    opened.onversionchange = opened.onclose = () => {
      opened.close();
      db = null;
      update({ storage: 'closed' });
    };
    db = opened;
    await reload();
    navigator.storage?.persist?.().catch(() => {});
  } catch (error) {
    db = null;
    storageTrouble(error);
  }
  channel?.addEventListener('message', ({ data }) =>
    data === 'cleared' ? forget() : reload([data]).catch(storageTrouble),
  );
}

/** @param {string[]} [only] */
async function reload(only) {
  if (!db) return;
  const attempts = db.transaction(STORE).objectStore(STORE);
  const found = only ? [await settled(attempts.get(only[0]))].filter(Boolean) : await settled(attempts.getAll());
  update((s) => {
    for (const attempt of only ?? []) s.records.delete(attempt); // it may have been removed in another tab
    for (const record of found) s.records.set(record.attempt, record);
  });
}

/**
 * Changes what is stored and tells the other tabs. If storage fails, the change is in memory only, and the page says so.
 * @param {string} news the attempt that changed, or `cleared`
 * @param {(store: IDBObjectStore) => unknown} change
 */
async function store(news, change) {
  if (!db) return;
  try {
    const transaction = db.transaction(STORE, 'readwrite', { durability: 'strict' });
    await change(transaction.objectStore(STORE));
    await finished(transaction);
    channel?.postMessage(news);
  } catch (error) {
    storageTrouble(error);
  }
}

/** @param {Attempt} record */
export async function write(record) {
  update((s) => s.records.set(record.attempt, record));
  await store(record.attempt, (attempts) => attempts.put(record));
}

/**
 * Changes some members of a record, unless it was cleared meanwhile.
 * @param {string} attempt
 * @param {Partial<Attempt>} change
 */
export async function amend(attempt, change) {
  const record = state.records.get(attempt);
  if (record) await write({ ...record, ...change });
}

/** The records of every tab, straight from storage; without storage those of this tab. */
export async function readAll() {
  await reload().catch(storageTrouble);
  return [...state.records.values()];
}

/**
 * False while it is being sent: it may become a task that costs money.
 * @param {Attempt} record
 */
export const mayBeForgotten = (record) => record.state !== 'sending';

const forget = () =>
  update((s) => {
    for (const record of [...s.records.values()].filter(mayBeForgotten)) s.records.delete(record.attempt);
    if (s.failure?.attempt && !s.records.has(s.failure.attempt)) s.failure = null;
  });

/**
 * Forgets one record, here and in the other tabs.
 * @param {string} attempt
 */
export async function remove(attempt) {
  update((s) => {
    s.records.delete(attempt);
    if (s.failure?.attempt === attempt) s.failure = null;
  });
  await store(attempt, (attempts) => attempts.delete(attempt));
}

/** Forgets every record that is not being sent, here and in other tabs. */
export async function clearJournal() {
  forget();
  await store('cleared', async (attempts) => {
    const kept = await settled(attempts.getAll());
    for (const record of kept.filter(mayBeForgotten)) attempts.delete(record.attempt);
  });
}

/** The history as text for a file. Records never hold a key. */
export const exportText = () =>
  JSON.stringify(
    [...state.records.values()].sort((a, b) => a.at - b.at),
    null,
    2,
  );

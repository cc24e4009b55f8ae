// The journal of attempts and tasks in IndexedDB: written before a request is sent, read back after a crash.
// Without storage it is kept in memory, and the page says so.
import { state, update } from './state.js';
import { storageTrouble } from './store.js';

const STORE = 'attempts';
let db = null;
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('seedance') : null;

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const finished = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = transaction.onerror = () => reject(transaction.error);
});

/** Opens the journal and reads it into the state; other tabs' changes follow by themselves. */
export async function openJournal() {
  try {
    const request = indexedDB.open('seedance', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'attempt' });
    db = await settled(request);
    db.onversionchange = () => db.close();
    await reload();
    navigator.storage?.persist?.().catch(() => {});
  } catch (error) {
    db = null;
    storageTrouble(error);
  }
  channel?.addEventListener('message', ({ data }) => (data === 'cleared' ? forgetAll() : reload([data])));
}

async function reload(only) {
  if (!db) return;
  const store = db.transaction(STORE).objectStore(STORE);
  const found = only ? [await settled(store.get(only[0]))].filter(Boolean) : await settled(store.getAll());
  update((s) => { for (const record of found) s.records.set(record.attempt, record); });
}

/** Writes one record and tells the other tabs. True when it will survive a crash. */
export async function write(record) {
  update((s) => s.records.set(record.attempt, record));
  if (!db) return false;
  try {
    const transaction = db.transaction(STORE, 'readwrite', { durability: 'strict' });
    transaction.objectStore(STORE).put(record);
    await finished(transaction);
  } catch (error) {
    storageTrouble(error);
    return false;
  }
  channel?.postMessage(record.attempt);
  return true;
}

/** Changes some members of a record that is there. */
export const amend = (attempt, change) => write({ ...state.records.get(attempt), ...change });

/** The records of every tab, straight from storage. */
export async function readAll() {
  if (db) await reload();
  return [...state.records.values()];
}

const forgetAll = () => update((s) => s.records.clear());

/** Forgets every record here and in the other tabs. */
export async function clearJournal() {
  forgetAll();
  if (!db) return;
  const transaction = db.transaction(STORE, 'readwrite');
  transaction.objectStore(STORE).clear();
  await finished(transaction).catch(storageTrouble);
  channel?.postMessage('cleared');
}

/** The history as text for a file. Records never hold a key. */
export const exportText = () => JSON.stringify([...state.records.values()].sort((a, b) => a.at - b.at), null, 2);

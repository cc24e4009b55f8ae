// One call to the API: where it goes, what it carries, how long it may take and how large its response may be.
import { COMPANION, CREATE, TASK, callOrigin } from './origins.js';
import { isSafeOrigin, mayConnect } from './policy.js';
import { authorization } from './secret.js';
import { state } from './state.js';

const SESSION = '/companion/session';

const MOST_BYTES = 1024 * 1024; // an answer about one task is never this long
export const PATIENCE = { create: 60_000, query: 20_000, probe: 8_000 };

/** A failed call; `kind` chooses the text (`fail.*` in i18n). */
export class CallError extends Error {
  /** @param {string} kind */
  constructor(kind, detail = {}) {
    super(kind);
    this.kind = kind;
    this.detail = detail;
  }
}

/**
 * @param {RequestInit} more
 * @returns {RequestInit}
 */
const options = (more) => ({
  cache: 'no-store',
  redirect: 'error',
  referrerPolicy: 'no-referrer',
  credentials: state.companion ? 'same-origin' : 'omit',
  ...more,
});

/**
 * Sends a call with the key and reads the answer's bytes: { status, bytes, retryAfter }.
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string>, body?: string, patience?: number }} [given]
 */
export async function call(path, given = {}) {
  const answer = await callOnce(path, given);
  // A create request is never repeated; probe() has just tested the session.
  return path !== CREATE && isLockedOut(answer) && (await renewSession()) ? callOnce(path, given) : answer;
}

/** @param {Answer} answer */
const isLockedOut = ({ status, bytes }) =>
  Boolean(state.companion) && status === 401 && jsonOf(bytes)?.error?.kind === 'no_session';

/** Gets the companion's cookie again for this tab's token: another server on this host may overwrite it. */
const renewSession = () =>
  callOnce(SESSION, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then(
    (answer) => answer.status === 200,
  );

/**
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string>, body?: string, patience?: number }} given
 */
async function callOnce(path, { method = 'GET', headers = {}, body, patience = PATIENCE.query }) {
  const clock = deadline(patience);
  try {
    const answer = await fetch(
      callOrigin() + path,
      options({ method, headers: { ...headers, ...authorization() }, body, signal: clock.signal }),
    );
    return { status: answer.status, bytes: await readCapped(answer), retryAfter: retryAfter(answer) };
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError(clock.signal.aborted ? 'timeout' : 'network');
  } finally {
    clock.stop();
  }
}

/**
 * A signal that aborts after `ms`, unless stopped.
 * @param {number} ms
 */
export function deadline(ms) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(new DOMException('too slow', 'TimeoutError')), ms);
  return { signal: control.signal, stop: () => clearTimeout(timer) };
}

/** @param {Response} answer */
async function readCapped(answer) {
  const reader = answer.body?.getReader();
  const chunks = [];
  let length = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new CallError('too-long', { status: answer.status });
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Seconds of a Retry-After header (a number or a date), or null.
 * @param {Response} answer
 */
function retryAfter(answer) {
  const text = answer.headers.get('retry-after');
  if (!text) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

/**
 * Checks, without a key, that calls work before one is made that costs money.
 * After that, a lost response means that the request may have arrived.
 */
export async function probe() {
  const origin = callOrigin();
  if (!navigator.onLine) throw new CallError('offline');
  if (state.companion) {
    await call(COMPANION, { patience: PATIENCE.probe }).catch(() => {
      throw new CallError('companion-down', { origin });
    });
    return;
  }
  if (!isSafeOrigin(origin)) throw new CallError('unsafe-origin', { origin });
  if (!mayConnect(origin)) throw new CallError('policy', { origin });
  const ask = async (/** @type {RequestMode} */ mode) => {
    const clock = deadline(PATIENCE.probe);
    const redirect = mode === 'cors' ? 'error' : 'follow'; // no-cors allows nothing else
    await fetch(`${origin}${TASK}preflight`, {
      mode,
      redirect,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: clock.signal,
    }).finally(clock.stop);
  };
  try {
    await ask('cors');
    return;
  } catch (error) {
    if (isTimeout(error)) throw new CallError('slow', { origin });
  }
  try {
    await ask('no-cors');
  } catch (error) {
    throw new CallError(isTimeout(error) ? 'slow' : isNumbered(origin) ? 'down' : 'unreachable', {
      origin,
    });
  }
  throw new CallError('cors', { origin });
}

/** @param {unknown} error */
const isTimeout = (error) => error instanceof DOMException && error.name === 'TimeoutError';

/**
 * Whether this origin needs no DNS look-up.
 * @param {string} origin
 */
const isNumbered = (origin) => /^(\d+\.){3}\d+$|^\[|^localhost$/.test(new URL(origin).hostname);

/**
 * The response's JSON, or undefined.
 * @param {Uint8Array} bytes
 */
export function jsonOf(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

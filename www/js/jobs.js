// Reads files of jobs as rows of the batch, by the package's ledger.
import * as core from './core.js';
import { listOf, t } from './i18n.js';
import * as ledger from './ledger.js';
import { state } from './state.js';

/** @param {unknown} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Text that may have been given as bytes; null if they are not UTF-8.
 * @param {string | Uint8Array} source
 */
function textOf(source) {
  if (typeof source === 'string') return source;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch {
    return null;
  }
}

/**
 * Puts JSON (one job or a list of them) on one line per job.
 * @param {string} text
 */
function inLines(text) {
  try {
    return [JSON.parse(text)]
      .flat()
      .map((job) => JSON.stringify(job))
      .join('\n');
  } catch {
    return text;
  }
}

/** @typedef {{ rows: { name: string, body: any, media: any }[], remarks: string[], error?: undefined }} Rows */
/** @typedef {Rows | { rows?: undefined, error: string }} ReadJobs */

/**
 * `rows` of NDJSON, a JSON array or a table, with `remarks` about its columns and what was read differently than written, or else
 * `error`, one sentence that names the line.
 * @param {string | Uint8Array} jobs
 * @param {string} name
 * @returns {ReadJobs}
 */
export function readJobs(jobs, name) {
  const text = textOf(jobs);
  if (text === null) return readRows(jobs, name); // the ledger reads UTF-16, too
  const trimmed = text.trim();
  if (!trimmed) return { error: t('batch.nothing') };
  const read = readRows(inLines(text), name);
  const isJson = /^[[{]/.test(trimmed) && !jobOf(trimmed.split('\n', 1)[0], false); // else it may be NDJSON
  if (read.rows || !isJson) return read;
  const { lang } = state;
  // What would be left out behind an object may be another job.
  const meant = /^\[|\}$/.test(trimmed) ? ledger.readLenient(text, { lang }) : null;
  if (!meant || meant.json[0] !== trimmed[0]) return { error: core.check(text, { lang }).findings[0].message };
  const again = readRows(inLines(meant.json), name);
  const changes = listOf(meant.changes.map(({ message }) => message));
  return again.rows ? { ...again, remarks: [t('import.meant'), changes, ...again.remarks] } : again;
}

/**
 * @param {string | Uint8Array} source
 * @param {string} name
 * @returns {ReadJobs}
 */
function readRows(source, name) {
  const { ndjson, columns, remarks, problems } = ledger.readJobs(source, name, { lang: state.lang });
  if (problems.length) {
    const [{ line, message }] = problems;
    return { error: line === undefined ? message : t('batch.bad_row', { row: line, message }) };
  }
  const lines = textOf(ndjson);
  if (lines === null) return { error: t('batch.not_text') };
  try {
    const rows = lines.split('\n').flatMap((line, i) => (line.trim() ? [rowOf(line, i + 1, columns.length > 0)] : []));
    return { rows, remarks };
  } catch (error) {
    return { error: core.sentenceOf(error) };
  }
}

/**
 * The row of a request, or of one wrapped as `{ id, request, media }`.
 * @param {string} line
 * @param {number} row
 * @param {boolean} isCarried
 */
function rowOf(line, row, isCarried) {
  const job = jobOf(line, isCarried);
  if (!isObject(job)) throw new Error(t('batch.bad_line', { row }));
  const { id, ...rest } = job;
  const isWrapped = isObject(rest.request) && rest.model === undefined;
  return { name: String(id ?? ''), body: isWrapped ? rest.request : rest, media: (isWrapped && rest.media) || null };
}

/**
 * @param {string} line
 * @param {boolean} isCarried
 */
function jobOf(line, isCarried) {
  try {
    const value = JSON.parse(line);
    return isCarried ? value.job : value;
  } catch {
    return null;
  }
}

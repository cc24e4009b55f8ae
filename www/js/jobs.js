// Jobs from elsewhere: NDJSON, a JSON array, or a table (comma, semicolon or tab), as rows of the batch.
import { FIELDS, LISTS } from './draft.js';
import { t } from './i18n.js';

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ rows: [{ name, body, media }] }`, or `{ error }` in one sentence that names the line. */
export function readJobs(text) {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!trimmed) return { error: t('batch.nothing') };
  try {
    if (trimmed.startsWith('[')) return { rows: JSON.parse(trimmed).map((job, i) => fromJob(job, i + 1)) };
    return { rows: trimmed.startsWith('{') ? fromLines(trimmed) : fromTable(trimmed) };
  } catch (error) {
    return { error: error.message };
  }
}

const fromLines = (text) =>
  text
    .split('\n')
    .map((line, i) => ({ line: line.trim(), row: i + 1 }))
    .filter(({ line }) => line)
    .map(({ line, row }) => {
      let job;
      try {
        job = JSON.parse(line);
      } catch {
        throw new Error(t('batch.bad_line', { row }));
      }
      return fromJob(job, row);
    });

/** A request, or one wrapped as `{ id, request, media }`; a request keeps its own `id`. */
function fromJob(job, row) {
  if (!isObject(job)) throw new Error(t('batch.bad_line', { row }));
  const { id, ...rest } = job;
  const wrapped = isObject(rest.request) && rest.model === undefined;
  return { name: nameOf(id), body: wrapped ? rest.request : rest, media: (wrapped && rest.media) || null };
}

const nameOf = (id) => (typeof id === 'string' || typeof id === 'number' ? String(id) : '');

/** Numbered columns of a list, by their first part: image_1, reference_video_2. */
const NUMBERED = new Map(LISTS.map((field) => [field.replace(/s$/, ''), field]));

function fromTable(text) {
  const [header, ...lines] = cellsOf(text);
  const names = header.map((name) => name.trim().toLowerCase());
  if (!names.includes('model') || !names.includes('prompt')) throw new Error(t('batch.no_columns'));
  return lines
    .filter((cells) => cells.some((cell) => cell.trim()))
    .map((cells) => {
      const row = { name: '', body: {}, media: null };
      names.forEach((name, i) => take(row, name, (cells[i] ?? '').trim()));
      return row;
    });
}

/** Puts one cell where its column belongs; a column that is none of a request's says nothing here. */
function take(row, name, cell) {
  if (!cell) return;
  const [, stem, n] = /^(.+)_(\d+)$/.exec(name) ?? [];
  if (name === 'id') row.name = cell;
  else if (stem === 'seconds') {
    row.media ??= { reference_videos: [] };
    while (row.media.reference_videos.length < Number(n)) row.media.reference_videos.push(null);
    if (/^\d+(\.\d+)?$/.test(cell)) row.media.reference_videos[Number(n) - 1] = { seconds: Number(cell) };
  } else if (NUMBERED.has(stem)) (row.body[NUMBERED.get(stem)] ??= []).push(cell);
  else if (LISTS.includes(name)) row.body[name] = cell.split('|').map((link) => link.trim());
  else if (FIELDS.includes(name)) row.body[name] = name === 'duration' && /^\d+$/.test(cell) ? Number(cell) : cell;
}

/** The cells of a table; the separator is the one that its first line has most of, quotes are doubled inside quotes. */
function cellsOf(text) {
  const [first] = text.split('\n');
  const separator = ['\t', ';', ','].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  const rows = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') cell += text[(i += 1)];
    else if (c === '"' && (quoted || !cell)) quoted = !quoted;
    else if (!quoted && (c === separator || c === '\n')) {
      rows.at(-1).push(cell.replace(/\r$/, ''));
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  rows.at(-1).push(cell.replace(/\r$/, ''));
  return rows;
}

// The native core, through its command line, and the jobs for both the page and the core.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newFolder } from './folder.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const BINARY = process.env.SEEDANCE_BIN ?? join(TARGET, 'debug/seedance');
const folder = newFolder('native');

/** The path of the command line. Suites that need it fail if it is missing. */
export function binary() {
  if (!existsSync(BINARY))
    throw new Error(
      `${BINARY} is missing: build it with cargo build --package seedance-preflight, or name it in SEEDANCE_BIN`,
    );
  return BINARY;
}

const file = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** One JSON answer for each job of { request, media }: a report, or a quote if there is a book. */
export function batch(verb, jobs, { book, lang = 'en' } = {}) {
  const lines = jobs.map((job, id) => JSON.stringify({ id, ...job })).join('\n');
  const prices = book ? ['--prices', file('book.json', JSON.stringify(book))] : [];
  const run = spawnSync(binary(), [verb, '--ndjson', '--quiet', '--format', 'json', '--lang', lang, ...prices], {
    input: lines,
    maxBuffer: 1 << 28,
  });
  const answers = run.stdout
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  if (answers.length !== jobs.length) throw new Error(`${jobs.length} jobs, ${answers.length} answers: ${run.stderr}`);
  return answers.map((answer) => answer.report ?? answer.quote ?? { error: answer.error });
}

/** The report on a text. */
export function checkText(text, lang = 'en') {
  const run = spawnSync(binary(), ['check', '--format', 'json', '--lang', lang], { input: text, maxBuffer: 1 << 28 });
  return JSON.parse(run.stdout.toString());
}

/** Every case of tests/cases. */
export const cases = () =>
  readdirSync(join(ROOT, 'tests/cases'))
    .filter((n) => n.endsWith('.json'))
    .flatMap((n) =>
      JSON.parse(readFileSync(join(ROOT, 'tests/cases', n), 'utf8')).cases.map((c) => ({ ...c, file: n })),
    );

/** The vendor's documented examples among the cases. */
export const examples = () =>
  cases()
    .filter((c) => /examples/.test(c.file) && c.request)
    .map((c) => c.request);

/** A seeded generator of numbers in [0, 1). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = ['雨夜', 'fox', 'snow', "it's", '"quoted"', '$5', 'dolly\nin', '😀', 'neon', 'slow motion'];

/** Seeded drafts for the table's models. With `valid` they keep to the table's limits. */
export function drafts(table, seed, count, { valid = false } = {}) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const some = (p) => next() < p;
  const link = ({ accepted }, kind, i) =>
    !accepted.includes('https')
      ? `asset://${kind}${i}`
      : `https://media.example/${kind}${i}.${kind === 'video' ? 'mp4' : kind === 'audio' ? 'mp3' : 'png'}`;
  const out = [];
  while (out.length < count) {
    const route = pick(table.routes);
    const model = pick(route.models);
    const f = route.fields;
    const wild = !valid && some(0.35);
    const body = {
      model: model.model,
      prompt: Array.from({ length: 1 + Math.floor(next() * 6) }, () => pick(WORDS)).join(' '),
    };
    const low = f.duration.min;
    body.duration = wild && some(0.5) ? Math.floor(next() * 20) : low + Math.floor(next() * (f.duration.max - low + 1));
    if (f.resolution.offered.length && some(0.7))
      body.resolution = pick(wild ? ['480p', '720p', '1080p'] : f.resolution.offered);
    if (some(0.6)) body.ratio = pick(f.ratio.list);
    const frames = some(0.3);
    if (!frames && some(0.5))
      body.images = Array.from({ length: 1 + Math.floor(next() * (f.images.max ?? 5) * (wild ? 2 : 1)) }, (_, i) =>
        link(f.images.schemes, 'image', i),
      );
    if (frames) body.first_image = link(f.frames.schemes, 'image', 'first');
    if (frames && (some(0.5) || f.frames.alone === 'refused'))
      body.last_image = link(f.frames.schemes, 'image', 'last');
    if ((model.takes_videos || wild) && some(0.5))
      body.reference_videos = Array.from({ length: 1 + Math.floor(next() * (f.reference_videos.max ?? 3)) }, (_, i) =>
        link(f.reference_videos.schemes, 'video', i),
      );
    const paired = body.images || (body.first_image && !f.reference_audios.not_with_frames) || body.reference_videos;
    if (
      (f.reference_audios.taken && paired && !(frames && f.reference_audios.not_with_frames) && some(0.4)) ||
      (wild && some(0.3))
    )
      body.reference_audios = [link(f.reference_audios.schemes, 'audio', 1)];
    out.push(body);
  }
  return out;
}

// What `cargo xtask bench-js` measures: the package beside ajv (compiled, all errors), zod and valibot, in one run. The peers check
// the Mini route's rules, which are a part of ours. Each figure is the best of several rounds, in which all take turns. Prints the
// figures as JSON; crates/xtask/src/bench/performance.md.jinja words them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import * as seedance from 'seedance-preflight';
import { LOADED_FILES, WHOLE_FILES } from '../support/budget.js';
import { small } from '../support/small.js';
import * as peers from './mini.js';
import { ORDER } from './order.js';

const ROUNDS = 15;
const LINES = 100_000;
const COLD_STARTS = 11;

const [ajv, zod, valibot] = [peers.ajv, peers.zod, peers.valibot].map((peer) => peer(seedance));
const ours = (body) => seedance.check(body).accepted;
const text = JSON.stringify(ORDER);
const book = { currency: 'USD', prices: { 'seedance2.0-mini-720p-video': '0.05' } };

const calls = {
  'seedance-preflight: object to report, all rules': () => ours(ORDER),
  'seedance-preflight: JSON text to report': () => ours(text),
  'seedance-preflight: object to quote': () => seedance.quote(ORDER, book).kind,
  'seedance-preflight: object to report and quote': () => seedance.judge(ORDER, book).quote.kind,
  'the module for pages: object to report': () => small.check(ORDER).accepted,
  'the module for pages: JSON text to report': () => small.check(text).accepted,
  'ajv, compiled': () => ajv(ORDER),
  'JSON.parse alone': () => JSON.parse(text).duration,
  'JSON.parse + ajv': () => ajv(JSON.parse(text)),
  zod: () => zod(ORDER),
  valibot: () => valibot(ORDER),
};
for (const accepts of [ours, ajv, zod, valibot]) {
  assert.ok(accepts(ORDER));
  assert.ok(!accepts({ ...ORDER, duration: 99 }));
}

const times = fastest(calls, 20_000);

const bytes = new TextEncoder().encode(`${text}\n`.repeat(LINES));
const batches = {
  'seedance-preflight: checkNdjson': () => seedance.checkNdjson(bytes).length,
  'lines + JSON.parse + ajv': () =>
    new TextDecoder()
      .decode(bytes)
      .split('\n')
      .filter((line) => line && ajv(JSON.parse(line))).length,
};
const batch = fastest(batches, 1, 5);

const cold = { 'seedance-preflight': ['seedance'], ajv: ['ajv', JSON.stringify(seedance.jsonSchema())] };
const starts = Object.fromEntries(Object.keys(cold).map((name) => [name, []]));
for (let i = 0; i < COLD_STARTS; i++) {
  for (const [name, words] of Object.entries(cold)) starts[name].push(coldStart(words));
}
const inNanoseconds = Object.entries(starts).map(([name, list]) => [name, median(list) * 1e6]);

const folder = new URL('../node_modules/seedance-preflight/', import.meta.url);
const gzipped = (name) => sizeOf(readFileSync(new URL(name, folder)));
const together = (names) => names.reduce((sum, name) => sum + gzipped(name), 0);
const sizes = [
  ...LOADED_FILES.map((name) => [`\`${name}\``, gzipped(name)]),
  ['all before the first report', together(LOADED_FILES)],
  ['the whole entry instead (`index.js`)', together(WHOLE_FILES)],
  ...Object.keys(peers).map((name) => [`${name} and the Mini route's rules, bundled`, bundled(name)]),
];

const groups = [
  { title: 'one order, with an image and a reference video', times: Object.entries(times) },
  { title: `${LINES} lines as bytes`, times: Object.entries(batch) },
  { title: 'cold start: load, compile, first report', times: inNanoseconds },
];
console.log(JSON.stringify({ groups, sizes }));

function sizeOf(content) {
  return gzipSync(content, { level: 9 }).length;
}

function bundled(peer) {
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const stdin = { contents: `export { ${peer} } from './mini.js'`, resolveDir };
  const { outputFiles } = buildSync({ stdin, bundle: true, minify: true, format: 'esm', write: false });
  return sizeOf(outputFiles[0].contents);
}

function fastest(works, times, rounds = ROUNDS) {
  const best = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const start = process.hrtime.bigint();
      for (let i = 0; i < times; i++) work();
      const each = Number(process.hrtime.bigint() - start) / times;
      best[name] = Math.min(best[name] ?? Infinity, each);
    }
  }
  return best;
}

function coldStart(words) {
  const program = fileURLToPath(new URL('./cold.js', import.meta.url));
  return Number(execFileSync(process.execPath, [program, ...words], { encoding: 'utf8' }));
}

function median(list) {
  return list.sort((one, other) => one - other)[Math.floor(list.length / 2)];
}

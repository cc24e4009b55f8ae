// Batches as bytes: every line gets the answer that the same job gets on its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedance } from './support/untyped.js';
import { cases } from './support/cases.js';

const BOOK = { currency: 'USD', prices: { 'seedance2.0-mini-720p': '0.05', 'seedance2.0-md': '0.30' } };
// An object with a member `request` would be taken for a job with a body inside.
const jobsOf = (edition) =>
  cases().filter(
    (each) =>
      each.edition === edition &&
      each.error === undefined &&
      isObject(each.request) &&
      each.request.request === undefined,
  );
const jobs = jobsOf(seedance.editions()[0]);
const linesOf = (bytes) =>
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

for (const edition of seedance.editions()) {
  test(`checkNdjson in ${edition}`, () => {
    const jobs = jobsOf(edition);
    const text = jobs.map(({ request, media }, at) => `${JSON.stringify({ id: at, request, media })}\n`).join('');
    const expected = jobs.map(({ request, media }, at) => ({
      line: at + 1,
      id: at,
      report: seedance.check(request, { media, edition }),
    }));
    assert.ok(jobs.length > 200);
    assert.deepEqual(linesOf(seedance.checkNdjson(text, { edition })), expected);
    assert.deepEqual(linesOf(seedance.checkNdjson(new TextEncoder().encode(text), { edition })), expected);
  });
}

test('quoteNdjson', () => {
  const text = jobs.map(({ request }) => `${JSON.stringify(request)}\n\n`).join('');
  const expected = jobs.map(({ request }, at) => ({
    line: 2 * at + 1,
    quote: seedance.quote(request, BOOK, { lang: 'zh' }),
  }));
  assert.deepEqual(linesOf(seedance.quoteNdjson(text, BOOK, { lang: 'zh' })), expected);
});

test('lines that are no jobs', () => {
  const text = '{\n{"request":{},"medla":1}\n \t\r\n{"request":{},"media":5}';
  const [broken, misspelt, facts] = linesOf(seedance.checkNdjson(text));
  assert.equal(broken.report.findings[0].rule, 'invalid-json');
  assert.deepEqual([misspelt.line, typeof misspelt.error], [2, 'string']);
  assert.deepEqual([facts.line, typeof facts.error], [4, 'string']);
  assert.equal(seedance.checkNdjson('').length, 0);
});

// The batch is passed to the core in pieces (crates/wasm/js/judging.js), which must not show in the answers.
test('a batch of several pieces', () => {
  const good = JSON.stringify({ model: 'seedance2.0-mini', prompt: '一只狐狸', duration: 5 });
  const kinds = [
    good,
    '',
    `${good}\r`,
    '{"model":',
    ' \t',
    JSON.stringify({ id: 'a', request: { prompt: 'é' } }),
    good.replace('5', '99'),
  ];
  const lines = Array.from({ length: 20_000 }, (_, at) => kinds[at % kinds.length]);
  lines[5_000] = good.replace('一只', '一只'.repeat(100_000));
  lines.push(good);
  const text = lines.join('\n');
  assert.ok(text.length > 800_000);
  const numbered = lines.map((line, at) => [line, at + 1]).filter(([line]) => String(line).trim() !== '');
  const alone = (answer) => {
    const known = new Map();
    return numbered.map(([line, number]) => {
      if (!known.has(line)) known.set(line, linesOf(answer(line))[0]);
      return { ...known.get(line), line: number };
    });
  };
  assert.deepEqual(linesOf(seedance.checkNdjson(text)), alone(seedance.checkNdjson));
  assert.deepEqual(linesOf(seedance.checkNdjson(Buffer.from(`${text}\n`))), alone(seedance.checkNdjson));
  assert.deepEqual(
    linesOf(seedance.quoteNdjson(text, BOOK)),
    alone((line) => seedance.quoteNdjson(line, BOOK)),
  );
  assert.throws(() => seedance.quoteNdjson(text, { currency: 5 }), { message: /price book/ });
});

test('answers longer and shorter than the first ones', () => {
  const good = JSON.stringify({ model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 });
  const bad = '{';
  for (const [first, then] of [
    [good, bad],
    [bad, good],
  ]) {
    const lines = [...Array(10_000).fill(first), ...Array(20_000).fill(then)];
    const answers = seedance.checkNdjson(`${lines.join('\n')}\n`);
    const count = answers.filter((byte) => byte === 10).length;
    assert.equal(count, lines.length);
    const last = new TextDecoder().decode(answers).split('\n').at(-2);
    assert.deepEqual(JSON.parse(last), { ...linesOf(seedance.checkNdjson(then))[0], line: lines.length });
  }
});

test('no lines', () => {
  for (const nothing of ['', new Uint8Array(0)]) assert.equal(seedance.checkNdjson(nothing).length, 0);
});

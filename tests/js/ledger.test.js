// The ledger's module: what the command line's `plan` says of the same files, and how it is told what it cannot use.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as typed from 'seedance-preflight/ledger';

/** @type {any} */
const ledger = typed;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const example = (name) => here(`../../examples/${name}`);
const prices = readFileSync(example('prices.json'));
const jobsOf = (text, name) => {
  const { ndjson, ...told } = ledger.readJobs(text, name);
  return { ndjson: new TextDecoder().decode(ndjson), ...told };
};

test('a plan is what the command line says', () => {
  for (const [file, by] of [
    ['producer/shots.csv', 'episode'],
    ['jobs.ndjson', undefined],
  ]) {
    for (const lang of ['en', 'zh']) {
      for (const budget of [undefined, '1.30', 100]) {
        const { ndjson, columns, problems } = ledger.readJobs(readFileSync(example(file)), file, { lang });
        assert.deepEqual(problems, []);
        const words = ['plan', example(file), '--prices', example('prices.json'), '--format', 'json', '--lang', lang];
        if (budget !== undefined) words.push('--budget', String(budget));
        if (by !== undefined) words.push('--by', by);
        const { stdout } = spawnSync(here('../../target/debug/seedance'), words, { encoding: 'utf8' });
        assert.deepEqual(ledger.plan(ndjson, { prices, budget, columns, by, lang }), JSON.parse(stdout));
      }
    }
  }
});

test('files of jobs', () => {
  const table = 'model;prompt;episode\nm;狐狸;E1\n';
  const carrying = {
    ndjson: '\n{"carried":["E1"],"job":{"request":{"model":"m","prompt":"狐狸"}}}\n',
    columns: ['episode'],
    problems: [],
  };
  assert.deepEqual(jobsOf(table), carrying);
  assert.deepEqual(jobsOf(Buffer.from(`\ufeff${table}`)), carrying);
  assert.deepEqual(jobsOf(Buffer.from(`\ufeff${table}`, 'utf16le')), carrying);
  assert.deepEqual(jobsOf(Buffer.from(`\ufeff${table}`, 'utf16le').swap16()), carrying);
  assert.deepEqual(jobsOf('{"model":"m"}\n'), { ndjson: '{"model":"m"}\n', columns: [], problems: [] });
});

test('what is wrong with a file of jobs', () => {
  assert.deepEqual(jobsOf('model,prompt\nm,a\nm,a,b\nm,c\n'), {
    ndjson: '\n{"request":{"model":"m","prompt":"a"}}\n',
    columns: [],
    problems: [{ line: 3, message: 'fields on this line: 3, in the header: 2' }],
  });
  assert.deepEqual(jobsOf('prompt,note\n', 'shots.CSV').problems, [
    { line: 1, message: 'the header has no column `model`, it has `prompt`, `note`' },
  ]);
  assert.deepEqual(ledger.readJobs('[{}]', '', { lang: 'zh' }).problems, [
    { message: "该文件是一个 JSON 数组，而这里每行读取一个请求；可用 `jq -c '.[]'` 改为每行一个" },
  ]);
});

test('what a program gets wrong', () => {
  const throws = (call, message) => assert.throws(call, { message });
  throws(() => ledger.readJobs({}), 'readJobs() needs `bytes` as text or bytes; it was given a value of type object');
  throws(() => ledger.readJobs('', 5), "readJobs() needs the file's `name` as text; it was given 5");
  throws(() => ledger.plan(''), 'plan() needs a price book: `{ currency, prices }`, as a value or as JSON text');
  throws(() => ledger.plan('', { prices, budget: 'much' }), '`budget` is `much`, it must be a decimal such as `99.50`');
  throws(() => ledger.plan('', { prices, budget: 'much', lang: 'zh' }), '`budget` 是 `much`，须为 `99.50` 这样的小数');
  throws(
    () => ledger.plan('', { prices, budget: {} }),
    "plan() was given a value of type object as `budget`; it is an amount of the price book's currency, such as '99.50'",
  );
  throws(
    () => ledger.plan('', { prices, by: 'shot', columns: ['episode'] }),
    'plan() was given "shot" as `by`; the jobs have `episode`',
  );
});

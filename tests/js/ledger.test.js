// The ledger's module: it gives the command line's answers about the same files, and clear errors about unusable input.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { openAsBlob, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { checkNdjson } from 'seedance-preflight';
import * as typed from 'seedance-preflight/ledger';
import { SEEDANCE } from './support/native.js';

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
        const { stdout } = spawnSync(SEEDANCE, words, { encoding: 'utf8' });
        assert.deepEqual(ledger.plan(ndjson, { prices, budget, columns, by, lang }), JSON.parse(stdout));
      }
    }
  }
});

test('a plan says by which edition', () => {
  const edition = (options) => ledger.plan('', { prices, ...options }).summary.edition;
  assert.deepEqual([edition(), edition({ edition: 'latest' })], ['2026-07', '2026-09']);
});

test('an id is as it was written, even a number that JavaScript would round', () => {
  const written = ['7', '-7', '9007199254740991', '"a \\u0062"'];
  const rounded = ['9007199254740992', '12345678901234567891', '12345678901234567892', '1.5', '1.0', '1e3', '-0'];
  const lines = [...written, ...rounded].map(
    (id) => `{"id":${id},"model":"seedance2.0-mini","prompt":"a","duration":5}`,
  );
  const ids = ledger.plan(lines.join('\n'), { prices }).jobs.map(({ id }) => id);
  assert.deepEqual(ids, [7, -7, 9007199254740991, 'a b', ...rounded]);
});

test('bytes of another realm', async () => {
  const foreign = (bytes) => runInNewContext('Uint8Array.from(bytes)', { bytes: [...bytes] });
  const table = new TextEncoder().encode('model;prompt;episode\nm;狐狸;E1\n');
  assert.deepEqual(jobsOf(foreign(table)), jobsOf(table));
  const file = readFileSync(here('../page/fixtures/h264-3.50.mp4'));
  assert.deepEqual(await ledger.measureMedia(foreign(file)), await ledger.measureMedia(file));
});

test('files of jobs', () => {
  const table = 'model;prompt;episode\nm;狐狸;E1\n';
  const carrying = {
    ndjson: '\n{"carried":["E1"],"job":{"request":{"model":"m","prompt":"狐狸"}}}\n',
    columns: ['episode'],
    remarks: [],
    problems: [],
  };
  assert.deepEqual(jobsOf(table), carrying);
  assert.deepEqual(jobsOf(Buffer.from(`\ufeff${table}`)), carrying);
  assert.deepEqual(jobsOf(Buffer.from(`\ufeff${table}`, 'utf16le')), carrying);
  assert.deepEqual(jobsOf(Buffer.from(`\ufeff${table}`, 'utf16le').swap16()), carrying);
  assert.deepEqual(jobsOf('{"model":"m"}\n'), { ndjson: '{"model":"m"}\n', columns: [], remarks: [], problems: [] });
  assert.deepEqual(jobsOf('model,res\nm,480p\n').remarks, [
    'columns that are not fields of the request: `res` (did you mean `resolution`?)',
  ]);
});

test('bytes that are not UTF-8 are refused, not replaced', () => {
  const inGbk = (before, after) => Buffer.concat([Buffer.from(before), Buffer.from([0xd6, 0xd0]), Buffer.from(after)]);
  assert.deepEqual(jobsOf(inGbk('model,prompt\nm,', '\n')).problems, [
    { line: 2, message: 'not UTF-8; save the file as UTF-8' },
  ]);
  const line = inGbk('{"model":"m","prompt":"', '"}\n');
  const { ndjson } = ledger.readJobs(line);
  assert.deepEqual(Buffer.from(ndjson), line);
  assert.match(new TextDecoder().decode(checkNdjson(ndjson)), /"invalid-json"/);
});

test('a byte-order mark is no part of a file, be it bytes or the text that they were read as', () => {
  for (const text of ['{"model":"m"}\n', 'model,prompt\nm,x\n'])
    for (const given of [`\ufeff${text}`, Buffer.from(`\ufeff${text}`)]) assert.deepEqual(jobsOf(given), jobsOf(text));
});

test('what is wrong with a file of jobs', () => {
  assert.deepEqual(jobsOf('model,prompt\nm,a\nm,a,b\nm,c\n'), {
    ndjson: '\n{"request":{"model":"m","prompt":"a"}}\n',
    columns: [],
    remarks: [],
    problems: [
      {
        line: 3,
        message: 'fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks',
      },
    ],
  });
  assert.deepEqual(jobsOf('prompt,note\n', 'shots.CSV').problems, [
    { line: 1, message: 'the header has no column `model`; it has `prompt`, `note`' },
  ]);
  assert.deepEqual(ledger.readJobs('[{}]', '', { lang: 'zh' }).problems, [
    { message: "该文件是一个 JSON 数组，而这里每行读取一个请求；可用 `jq -c '.[]'` 改为每行一个" },
  ]);
});

test('a book that takes in the catalogue', () => {
  const list = [
    { model_name: 'seedance2.0-md', price_mode: 'per_task', unit_price: 0.3 },
    { model_name: 'seedance2.0-mini-720p', price_mode: 'per_second', unit_price: '0.050' },
    { model_name: 'seedance2.0-fast-i2v', price_mode: 'per_second', unit_price: 1 },
    { model_name: 'voice', price_mode: 'per_10k_char', unit_price: 1 },
    { model_name: 'painter', unit_price: 1 },
  ];
  const answer = { code: 20000, msg: 'ok', data: { list } };
  const { book, ...told } = ledger.readCatalog(answer, { asOf: '2026-11-28', lang: 'zh' });
  assert.deepEqual(book, {
    currency: 'JimiCoin',
    as_of: '2026-11-28',
    prices: {
      painter: { price: '1', per: 'task' },
      'seedance2.0-md': { price: '0.3', per: 'task' },
      'seedance2.0-mini-720p': { price: '0.050', per: 'second' },
    },
  });
  assert.deepEqual(told, {
    left_out: [
      {
        name: 'seedance2.0-fast-i2v',
        message: '`seedance2.0-fast-i2v` 未收录：目录中为 `per_second`，而该线路的计费单位是 `task`',
      },
      {
        name: 'voice',
        message: '`voice` 未收录：目录中为 `per_10k_char`，视频不按此方式计费',
      },
    ],
    kept: ['painter'],
    remark: '目录中是平台的默认价格，你账户自己的价格优先',
  });

  const own = { currency: 'JimiCoin', prices: { 'seedance2.0-md': '0.25', 'seedance2.0-mini-720p': 0.05, own: '9' } };
  assert.deepEqual(ledger.mergePriceBooks(own, JSON.stringify(book)), {
    book: { ...book, prices: { own: '9', ...book.prices } },
    currency: ['JimiCoin', 'JimiCoin'],
    as_of: [null, '2026-11-28'],
    changes: [
      { name: 'painter', new: '1', change: 'added' },
      { name: 'seedance2.0-md', old: '0.25', new: '0.3', change: 'dearer' },
    ],
  });
  assert.deepEqual(ledger.mergePriceBooks({ currency: 'USD', prices: {} }, book).book, book);
  assert.throws(() => ledger.mergePriceBooks({ ...own, currency: 'USD' }, book), {
    message: 'the prices are in `JimiCoin` and the book in `USD`; only prices of one currency can be merged',
  });
  assert.throws(() => ledger.readCatalog('{}'), /^Error: not a response of the model catalogue/);
  for (const code of [20001, -1]) {
    assert.throws(() => ledger.readCatalog({ ...answer, code, msg: 'x', data: { list: [] } }), {
      message: 'the platform refused to give its model catalogue: x',
    });
  }
});

test('requests that are not ours yet', () => {
  const ark = {
    model: 'doubao',
    content: [
      { type: 'text', text: 'a fox --ratio 16:9' },
      { type: 'image_url', image_url: { url: 'https://e.com/a.png' } },
    ],
    watermark: false,
  };
  const request = { first_image: 'https://e.com/a.png', model: 'doubao', prompt: 'a fox', ratio: '16:9' };
  for (const body of [ark, JSON.stringify(ark)])
    assert.deepEqual(ledger.convertForeign(body), { vendor: 'Ark', request, left_out: ['watermark'] });
  assert.equal(ledger.convertForeign({ prompt: 'x', image_url: 'a' }).vendor, 'fal');
  for (const body of [{ model: 'm', prompt: 'x' }, '[', 'null']) assert.equal(ledger.convertForeign(body), null);

  assert.deepEqual(ledger.readLenient('{“model”： "m", // which\n n: None,}'), {
    json: '{"model":"m","n":null}',
    changes: [
      { line: 1, column: 2, message: 'line 1, column 2: read `“` (U+201C) as `"`' },
      { line: 1, column: 8, message: 'line 1, column 8: read `”` (U+201D) as `"`' },
      { line: 1, column: 9, message: 'line 1, column 9: read `：` (U+FF1A) as `:`' },
      { line: 1, column: 16, message: 'line 1, column 16: read without its comments' },
      { line: 2, column: 2, message: 'line 2, column 2: read the name with quotes' },
      { line: 2, column: 5, message: 'line 2, column 5: read `None` as `null`' },
      { line: 2, column: 9, message: 'line 2, column 9: read without the trailing comma' },
    ],
  });
  assert.equal(ledger.readLenient('a fox'), null);
});

test('media files, of which only the index is read', async () => {
  const path = here('../page/fixtures/h264-3.50.mp4');
  const facts = { seconds: 3.5, bytes: 8219, width: 320, height: 180, frame_rate: 30 };
  const blob = await openAsBlob(path);
  assert.deepEqual(await ledger.measureMedia(blob), facts);
  assert.deepEqual(await ledger.measureMedia(readFileSync(path)), facts);

  // A gigabyte of frames precedes the index.
  const frames = 2 ** 30;
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, frames);
  head.set(new TextEncoder().encode('mdat'), 4);
  const file = readFileSync(path);
  let read = 0;
  const large = {
    size: frames + file.length,
    slice(start, end) {
      const part = start < frames ? head.subarray(start, end) : file.subarray(start - frames, end - frames);
      read += part.length;
      return new Blob([part]);
    },
  };
  assert.deepEqual(await ledger.measureMedia(large), { ...facts, bytes: large.size });
  assert.ok(read < file.length, `${read} bytes were read`);

  for (const [given, message] of [
    [new TextEncoder().encode('RIFF....AVI LIST'), 'not an MP4 or MOV file'],
    [blob.slice(0, 40), 'the file is incomplete: it ends before its index (`moov`)'],
    ['a.mp4', 'measureMedia() needs a file: a `Blob` or bytes; it was given "a.mp4"'],
  ])
    await assert.rejects(ledger.measureMedia(given), { message });
  await assert.rejects(ledger.measureMedia(new Uint8Array(), { lang: 'zh' }), { message: '不是 MP4 或 MOV 文件' });
});

test('answers about accounts, uploads and assets', () => {
  const answer = (data) => ({ code: 20000, msg: 'ok', data });
  assert.deepEqual(ledger.readAccountBalance('{"code":0,"data":{"balance":100.50,"used_coin":20.3}}', 200), {
    outcome: 'read',
    balance: '100.50',
    used_coin: '20.3',
    available: '80.20',
  });
  assert.deepEqual(ledger.readKeyBalance(answer({ unlimited: true, total_quota: 0, available_quota: 0 })), {
    outcome: 'read',
    total_quota: '0',
  });
  assert.deepEqual(ledger.readUpload(answer({ url: 'https://e.com/a.png', size: 5 }), 200), {
    outcome: 'read',
    url: 'https://e.com/a.png',
    size: 5,
  });
  const items = [{ asset_id: 'a', status: 'Rejected', error_message: 'a face' }];
  assert.deepEqual(ledger.readAssets(answer({ items, failed_items: ['https://e.com/b.png'] }), 200), {
    outcome: 'read',
    items: [{ asset_id: 'a', state: 'failed', status: 'Rejected', message: 'a face' }],
    failed: [{ url: 'https://e.com/b.png' }],
  });
  assert.deepEqual(ledger.readAssets('{"code":20001,"msg":"no key"}', 401), {
    outcome: 'refused',
    reason: 'key',
    message: 'no key',
  });
  assert.throws(() => ledger.readKeyBalance({}, 'ok'), {
    message: 'readKeyBalance() was given "ok" as `status`; an HTTP status is a whole number from 100 to 599',
  });
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
  for (const columns of ['ep', {}, new Set(['ep']), null, [5]]) {
    const words = columns === 'ep' ? '"ep"' : columns === null ? 'null' : 'a value of type object';
    throws(
      () => ledger.plan('', { prices, columns }),
      `plan() was given ${words} as \`columns\`; it is a list of names, as readJobs() gave it`,
    );
  }
  const { ndjson, columns } = ledger.readJobs('model,prompt,a,b\nm,x,1,2\n');
  for (const fewer of [[], ['a'], undefined]) {
    throws(
      () => ledger.plan(ndjson, { prices, columns: fewer }),
      `line 2: cells beside the job: 2, names in \`columns\`: ${fewer?.length ?? 0}; pass the \`columns\` that readJobs() gave`,
    );
  }
  throws(
    () => ledger.plan(ndjson, { prices, columns: ['a'], lang: 'zh' }),
    '第 2 行：请求之外有 2 个单元格，`columns` 有 1 个列名；请传入 readJobs() 给出的 `columns`',
  );
  assert.deepEqual(ledger.plan(ndjson, { prices, columns }).jobs[0].carried, { a: '1', b: '2' });
  throws(
    () => ledger.plan('', { prices, by: 'shot', columns: ['episode'] }),
    'plan() was given "shot" as `by`; the jobs have `episode`',
  );
});

// Values that JSON cannot express, and objects with hostile behaviour: each gives a report or one clear exception, and the next
// ordinary call gives the right answer.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { seedance } from './support/untyped.js';

const BOOK = { currency: 'USD', prices: {} };
const GOOD = { model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 };
const with_ = (fields) => ({ ...GOOD, ...fields });
const reduced = (body, options) => seedance.check(body, options).findings.map(({ rule, path }) => `${rule} ${path}`);

afterEach(() => assert.deepEqual(seedance.check(GOOD).request, GOOD));

test('a body that is no object', () => {
  const none = [
    undefined,
    null,
    true,
    5,
    NaN,
    5n,
    Symbol('x'),
    () => {},
    [],
    [[]],
    new Date(),
    new Map(),
    new Set(),
    /x/,
    new String('{}'),
  ];
  for (const body of none) assert.deepEqual(reduced(body), ['body-not-object '], String(body?.constructor?.name));
});

test('a value that JSON cannot hold is a wrong type where it stands', () => {
  const foreign = [
    () => {},
    Symbol('x'),
    5n,
    new Date(),
    new Map(),
    new Set(),
    NaN,
    Infinity,
    Object('5'),
    Object(5),
    Promise.resolve(),
    /x/,
  ];
  for (const value of foreign) {
    assert.deepEqual(reduced(with_({ duration: value })), ['wrong-type /duration']);
    assert.deepEqual(reduced(with_({ images: ['https://a.b/1.jpg', value] })), ['wrong-type /images/1']);
    assert.deepEqual(reduced(with_({ extra: [0, { deep: value }] })), [
      'unknown-field /extra',
      'wrong-type /extra/1/deep',
    ]);
  }
});

test('so it is in a field that only the newer edition has', () => {
  const body = { model: 'seedance-2.0-720p', prompt: 'a', duration: 5 };
  const found = (more) => seedance.check({ ...body, ...more }, { edition: '2026-09' }).findings;
  const places = (more) => found(more).map(({ rule, path }) => `${rule} ${path}`);
  assert.deepEqual(places({ videos: ['https://a.b/1.mp4', NaN, 5n] }), [
    'wrong-type /videos/1',
    'wrong-type /videos/2',
  ]);
  assert.deepEqual(places({ videos: NaN }), ['wrong-type /videos']);
});

test('an emptied number input is told as NaN', () => {
  const [found] = seedance.check(with_({ duration: NaN })).findings;
  assert.equal(found.message, '`duration` must be an integer, not a value that JSON cannot hold, such as NaN');
  assert.deepEqual(reduced(with_({ ratio: NaN, x: NaN })), ['wrong-type /ratio', 'wrong-type /x']);
});

test('undefined is absent, null is a wrong type', () => {
  assert.deepEqual(reduced(with_({ ratio: undefined, extra: undefined })), []);
  assert.deepEqual(reduced(with_({ ratio: null })), ['wrong-type /ratio']);
  assert.deepEqual(reduced(with_({ duration: undefined })), ['missing-field /duration']);
});

test('cycles', () => {
  const body = with_({});
  body.self = body;
  assert.deepEqual(reduced(body), ['wrong-type /self']);
  const list = [];
  list.push(list, list);
  assert.deepEqual(reduced(with_({ images: list })), ['wrong-type /images/0', 'wrong-type /images/1']);
});

test('the same object twice is no cycle', () => {
  const shared = { a: 1 };
  assert.deepEqual(seedance.check(with_({ x: [shared, shared] })).request.x, [shared, shared]);
});

test('100,000 nested arrays, and what unfolds without an end', () => {
  let nested = [];
  for (let i = 0; i < 100_000; i++) nested = [nested];
  assert.equal(reduced(with_({ images: nested }))[0], 'wrong-type /images/0');
  const found = reduced(with_({ extra: nested }));
  assert.equal(found.length, 2);
  assert.match(found[1], /^wrong-type \/extra(\/0)+$/);
  /** @type {unknown[]} */
  let bush = ['x'];
  for (let i = 0; i < 60; i++) bush = [bush, bush];
  assert.throws(
    () => seedance.check(with_({ extra: bush })),
    /^RangeError: check\(\) was given a value of more than 4194304 parts/,
  );
});

test('getters and proxies that throw', () => {
  const thrown = with_({});
  Object.defineProperty(thrown, 'ratio', {
    enumerable: true,
    get: () => {
      throw new Error('boom');
    },
  });
  assert.throws(() => seedance.check(thrown), { name: 'TypeError', message: 'check() cannot read `body`: boom' });
  const nothing = new Proxy(
    {},
    {
      ownKeys: () => {
        throw Object.create(null);
      },
    },
  );
  assert.throws(() => seedance.check(nothing), { name: 'TypeError' });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.throws(() => seedance.check(proxy), { name: 'TypeError' });
  assert.throws(() => seedance.check(with_({ images: proxy })), { name: 'TypeError' });
  assert.throws(() => seedance.quote(GOOD, thrown), {
    name: 'TypeError',
    message: 'quote() cannot read `prices`: boom',
  });
});

test('getters and proxies that answer', () => {
  let reads = 0;
  const counted = with_({});
  Object.defineProperty(counted, 'duration', { enumerable: true, get: () => (reads++, 6) });
  assert.equal(seedance.check(counted).request.duration, 6);
  assert.equal(reads, 1, 'what is checked is what is given back, so it is read once');
  assert.deepEqual(seedance.check(new Proxy(GOOD, {})).request, GOOD);
  const nosy = with_({});
  Object.defineProperty(nosy, 'ratio', { enumerable: true, get: () => seedance.check(GOOD) });
  assert.deepEqual(reduced(nosy), ['wrong-type /ratio']);
});

test('objects of other kinds', () => {
  assert.deepEqual(seedance.check(Object.assign(Object.create(null), GOOD)).request, GOOD);
  class Draft {
    model = GOOD.model;
    prompt = GOOD.prompt;
    duration = GOOD.duration;
    get ratio() {
      return 'ignored: not an own property';
    }
  }
  assert.deepEqual(seedance.check(new Draft()).request, GOOD);
  assert.deepEqual(reduced({ ...GOOD, toJSON: () => 5 }), ['wrong-type /toJSON']);
  assert.deepEqual(reduced({ ...GOOD, [Symbol('x')]: 1 }), []);
});

test('pollution of prototypes is neither read nor caused', () => {
  const everyObject = /** @type {any} */ (Object.prototype);
  everyObject.ratio = 'polluted';
  Array.prototype[0] = 'polluted';
  try {
    assert.deepEqual(Object.keys(seedance.check(GOOD).request), Object.keys(GOOD));
    assert.equal(seedance.check([5]).findings[0].rule, 'body-not-object');
  } finally {
    delete everyObject.ratio;
    delete Array.prototype[0];
  }
  const body = JSON.parse(
    '{"model":"seedance2.0-mini","prompt":"a fox","duration":5,"__proto__":{"polluted":1},"constructor":2}',
  );
  const { request } = seedance.check(body);
  assert.equal(Object.getPrototypeOf(request), Object.prototype);
  assert.deepEqual(Object.getOwnPropertyDescriptor(request, '__proto__').value, { polluted: 1 });
  assert.equal({}.polluted, undefined);
  const fixed = seedance.applyFix(body, [{ op: 'remove', path: '/__proto__' }]);
  assert.deepEqual(Object.keys(fixed), ['model', 'prompt', 'duration', 'constructor']);
});

test('what all objects have does not take the place of what an answer has', () => {
  const expected = seedance.check(with_({ duration: 99 }));
  const traps = {
    route: { get: () => 'polluted' },
    model: { set() {} },
    message: { value: 'polluted', writable: false },
  };
  for (const [name, trap] of Object.entries(traps))
    Object.defineProperty(Object.prototype, name, { ...trap, configurable: true });
  let report;
  try {
    report = seedance.check(with_({ duration: 99 }));
  } finally {
    for (const name of Object.keys(traps)) delete Object.prototype[name];
  }
  assert.deepEqual(report, expected);
});

test('sparse and huge arrays', () => {
  assert.deepEqual(reduced(with_({ images: [, 'https://a.b/1.jpg'] })), ['wrong-type /images/0']);
  assert.throws(
    () => seedance.check(with_({ images: new Array(2 ** 32 - 1) })),
    /^RangeError: check\(\) was given a value of more than 4194304 parts/,
  );
  const sparse = seedance.check(with_({ images: new Array(1_000_000) }));
  assert.deepEqual([sparse.findings.length, sparse.truncated, sparse.omitted], [1_000, true, 999_000]);
  const many = Array.from({ length: 100_000 }, (_, at) => `https://a.b/${at}.jpg`);
  assert.deepEqual(seedance.check(with_({ images: many })).request.images, many);
});

test('lone surrogates become U+FFFD, and stay apart', () => {
  const { request } = seedance.check({ ...GOOD, prompt: 'a\ud83d', '\udc00x': '\ude00b', y: '\ud83d\ude00' });
  assert.equal(request.prompt, 'a\ufffd');
  assert.deepEqual(Object.entries(request).slice(3), [
    ['\ufffdx', '\ufffdb'],
    ['y', '\ud83d\ude00'],
  ]);
});

test('strings of every kind come back as they are', () => {
  for (const prompt of ['\ufeffa', 'a\u0000b', '😀'.repeat(1_000), 'é中\u2028', 'x'.repeat(20_000_000)]) {
    assert.equal(seedance.check({ ...GOOD, prompt }).request.prompt, prompt);
  }
});

test('numbers come back as they are', () => {
  const numbers = [0, -1, 2 ** 27, -(2 ** 27) - 1, 2 ** 53, 1e21, 5e-324, 0.1, -1.5e300];
  assert.deepEqual(seedance.check(with_({ numbers })).request.numbers, numbers);
});

test('text: brackets without an end, bytes that are no UTF-8', () => {
  assert.deepEqual(reduced('['.repeat(100_000_000)), ['invalid-json ']);
  assert.deepEqual(reduced(Uint8Array.of(0x7b, 0xff)), ['invalid-json ']);
  assert.deepEqual(reduced(''), ['invalid-json ']);
});

test('bytes of another realm', () => {
  const foreign = (value) =>
    runInNewContext('Uint8Array.from(bytes)', { bytes: [...new TextEncoder().encode(JSON.stringify(value))] });
  assert.ok(!(foreign(GOOD) instanceof Uint8Array));
  assert.deepEqual(seedance.check(foreign(GOOD)).request, GOOD);
  assert.deepEqual(seedance.quote(foreign(GOOD), foreign(BOOK)), seedance.quote(GOOD, BOOK));
  assert.deepEqual(seedance.checkNdjson(foreign(GOOD)), seedance.checkNdjson(JSON.stringify(GOOD)));
  assert.deepEqual(seedance.applyFix(foreign(GOOD), []), GOOD);
});

test('other arrays of numbers are no bytes, and neither is what says that it is', () => {
  for (const body of [new Float64Array(2), new DataView(new ArrayBuffer(2)), new ArrayBuffer(2)])
    assert.deepEqual(reduced(body), ['body-not-object ']);
  const said = { ...GOOD, [Symbol.toStringTag]: 'Uint8Array' };
  assert.deepEqual(seedance.check(said).request, GOOD);
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  assert.throws(() => seedance.check(proxy), { name: 'TypeError', message: /^check\(\) cannot read `body`: / });
});

test('what JSON cannot hold beside a body is named by its place', () => {
  const facts = (video) => seedance.check(GOOD, { media: { reference_videos: [video] } });
  assert.throws(
    () => facts({ seconds: Infinity }),
    /^TypeError: check\(\) cannot read `media`: `\/reference_videos\/0\/seconds` is a value that JSON cannot hold$/,
  );
  assert.throws(() => facts(undefined), /`\/reference_videos\/0` is/);
  assert.throws(
    () => seedance.quote(GOOD, { currency: 'USD', prices: { 'seedance2.0-md': { price: NaN } } }),
    /`\/prices\/seedance2\.0-md\/price` is/,
  );
  assert.throws(() => seedance.quote(GOOD, new Map()), /it is a value that JSON cannot hold$/);
});

test('what JSON cannot hold for going in circles is one sentence that names the argument and the place', () => {
  const circle = {};
  circle.self = circle;
  const calls = {
    media: () => seedance.check(GOOD, { media: circle }),
    prices: () => seedance.quote(GOOD, circle),
    answer: () => seedance.readTaskAnswer(circle),
  };
  for (const [argument, call] of Object.entries(calls)) {
    assert.throws(
      call,
      new RegExp(`^TypeError: \\w+\\(\\) cannot read \`${argument}\`: \`/self\` is a value that JSON cannot hold$`),
    );
  }
});

test('an HTTP status is one or absent', () => {
  for (const name of ['readCreateAnswer', 'readTaskAnswer']) {
    const read = seedance[name];
    for (const status of [undefined, null]) assert.deepEqual(read('{}', status), read('{}'));
    for (const status of [100, 200, 599]) assert.doesNotThrow(() => read('{}', status));
    const odd = {
      NaN: NaN,
      '-1': -1,
      99: 99,
      600: 600,
      200.5: 200.5,
      1000000000: 1e9,
      '""': '',
      '"200"': '200',
      true: true,
      'a value of type object': Object.create(null),
    };
    for (const [words, status] of Object.entries(odd)) {
      const message = `${name}() was given ${words} as \`status\`; an HTTP status is a whole number from 100 to 599`;
      assert.throws(() => read('{}', status), { name: 'RangeError', message });
    }
  }
});

test('a function without what it works on, and options that are none, are one sentence', () => {
  const { check, checkNdjson, compare, judge, quote, quoteNdjson, readTaskAnswer, safeParse } = seedance;
  const nameless = Object.create(null);
  const wrong = {
    'check() needs a body: the request, as a value or as JSON text': () => check(),
    'compare() needs a body: the request, as a value or as JSON text': () => compare(),
    'safeParse() needs a body: the request, as a value or as JSON text': () => safeParse(),
    'judge() needs a price book: `{ currency, prices }`, as a value or as JSON text': () => judge(GOOD),
    'quote() needs a price book: `{ currency, prices }`, as a value or as JSON text': () => quote(GOOD, null),
    'readTaskAnswer() needs what the API answered, as a value or as JSON text': () => readTaskAnswer(),
    'checkNdjson() needs `lines` as text or bytes; it was given 5': () => checkNdjson(5),
    'quoteNdjson() needs `lines` as text or bytes; it was given undefined': () => quoteNdjson(undefined, BOOK),
    'check() was given "zh" as its options; they are an object, such as `{ lang: \'zh\' }`': () => check(GOOD, 'zh'),
    'check() has no option `language`; it has `edition`, `lang`, `media`': () => check(GOOD, { language: 'zh' }),
    'checkNdjson() has no option `langs`; it has `edition`, `lang`': () => checkNdjson('', { langs: 'zh' }),
    'compare() has no option `price`; it has `edition`, `lang`, `media`, `prices`': () =>
      compare(GOOD, { price: BOOK }),
    'unknown edition `2025-01`; use `2026-07`, `2026-09` or `latest`': () => check(GOOD, { edition: '2025-01' }),
    'the language must be `en` or `zh`': () => check(GOOD, { lang: 'fr' }),
    'unknown edition `a value of type object`; use `2026-07`, `2026-09` or `latest`': () =>
      check(GOOD, { edition: nameless }),
    'edition 2026-07 has no rule `a value of type object`; rules() lists those it has': () =>
      seedance.explain(nameless),
    'edition 2026-07 has no model `a value of type object`; routes() lists those it has': () =>
      seedance.jsonSchema({ model: nameless }),
    'there is no schema for the target `a value of type object`; the targets are draft-2020-12 and draft-07': () =>
      seedance.jsonSchema({ target: nameless }),
    "check() was given a value of type function as its options; they are an object, such as `{ lang: 'zh' }`": () =>
      check(GOOD, () => 1),
  };
  for (const [message, call] of Object.entries(wrong)) assert.throws(call, { message });
});

test('errors beside a body speak the language that was asked for', () => {
  assert.throws(() => seedance.check(GOOD, { lang: 'zh', media: { videos: [] } }), { message: /^素材信息/ });
  assert.throws(() => seedance.readPriceBook({ prices: {} }, { lang: 'zh' }), { message: /^价格表/ });
});

test('options may be null', () => {
  assert.deepEqual(seedance.jsonSchema(null), seedance.jsonSchema());
  assert.deepEqual(seedance.check(GOOD, null), seedance.check(GOOD));
});

test('bad facts, books, languages and rules throw one sentence', () => {
  const book = { currency: 'USD', prices: {} };
  const bad = [
    () => seedance.check(GOOD, { media: { reference_videos: [{ seconds: -1 }] } }),
    () => seedance.check(GOOD, { media: { reference_videos: [{ seconds: NaN }] } }),
    () => seedance.check(GOOD, { lang: 'fr' }),
    () => seedance.quote(GOOD),
    () => seedance.quote(GOOD, { currency: 'USD', prices: { x: () => 1 } }),
    () => seedance.quote(GOOD, { ...book, currency: ' ' }),
    () => seedance.explain('no-such-rule'),
    () => seedance.rules({ lang: 'fr' }),
    () => seedance.jsonSchema({ model: 'x' }),
    () => seedance.jsonSchema({ target: 'draft-04' }),
    () => seedance.schemaFor('x'),
  ];
  for (const call of bad) {
    assert.throws(
      call,
      (error) => error instanceof Error && error.message.length > 10 && !error.message.includes('\n'),
      String(call),
    );
  }
});

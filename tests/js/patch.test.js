// Fixes applied to bodies in all forms that programs have them in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedance } from './support/untyped.js';

const { applyFix, check } = seedance;
const BODY = { model: 'seedance2.0-mini', prompt: 'a fox', duration: 20, images: ['https://a.b/1.jpg'] };
const MENDED = { ...BODY, duration: 15 };
const [{ patch }] = check(BODY).findings[0].fixes;
const text = JSON.stringify(BODY);

test('JSON text and its bytes, as `check` takes them', () => {
  assert.deepEqual(applyFix(text, patch), MENDED);
  assert.deepEqual(applyFix(new TextEncoder().encode(text), patch), MENDED);
  for (const broken of ['{', '', Uint8Array.of(0x22, 0xff, 0x22)]) {
    assert.throws(() => applyFix(broken, patch), /^TypeError: applyFix\(\) cannot read `body`: [^\n]+$/);
  }
});

test('the copy shares no list and no object with the body', () => {
  const body = structuredClone(BODY);
  const mended = applyFix(body, []);
  assert.deepEqual(mended, body);
  mended.images.push('x');
  assert.deepEqual(body, BODY);
  const value = ['https://a.b/2.jpg'];
  applyFix(body, [{ op: 'add', path: '/images', value }]).images.push('x');
  assert.equal(value.length, 1);
});

test('a body nested deeper than a stack', () => {
  const nested = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  const mended = applyFix({ ...BODY, extra: nested }, patch);
  assert.equal(mended.duration, 15);
  let depth = 0;
  for (let list = mended.extra; list !== undefined; list = list[0]) depth++;
  assert.equal(depth, 100_000);
});

test('bodies and patches behind proxies', () => {
  const reactive = (value) =>
    Object(value) === value ? new Proxy(value, { get: (...of) => reactive(Reflect.get(...of)) }) : value;
  assert.deepEqual(applyFix(reactive(BODY), reactive(patch)), MENDED);
  assert.deepEqual(applyFix(reactive(BODY), reactive([{ op: 'add', path: '/x', value: [{}] }])).x, [{}]);
});

test('what is neither a list nor an object stays what it is', () => {
  const odd = {
    ...BODY,
    call: () => {},
    when: new Date(0),
    symbol: Symbol('x'),
    big: 5n,
    many: new Array(2 ** 32 - 1),
  };
  assert.deepEqual(applyFix(odd, patch), { ...odd, duration: 15 });
  /** @type {any} */
  const circle = { ...BODY };
  circle.self = circle;
  const mended = applyFix(circle, patch);
  assert.equal(mended.self, mended);
  assert.equal(mended.duration, 15);
});

test('an index of a list is written in one way, and is no more than its length', () => {
  const body = { l: ['a', 'b'], '01': 'x' };
  const lists =
    (op, more = {}) =>
    (path) =>
      applyFix(body, [{ op, path, value: 'new', ...more }]).l;
  const [add, replace, remove] = ['add', 'replace', 'remove'].map((op) => lists(op));
  const move = lists('move', { from: '/l/0' });
  assert.deepEqual(['/l/0', '/l/1', '/l/2', '/l/-'].map(add), [
    ['new', 'a', 'b'],
    ['a', 'new', 'b'],
    ['a', 'b', 'new'],
    ['a', 'b', 'new'],
  ]);
  assert.deepEqual([replace('/l/1'), remove('/l/0')], [['a', 'new'], ['b']]);
  assert.deepEqual(['/l/0', '/l/1', '/l/-'].map(move), [
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'a'],
  ]);
  const refused = (change, path) =>
    assert.throws(() => change(path), {
      name: 'RangeError',
      message: `the patch's path \`${path}\` is not in the body`,
    });
  const odd = ['foo', '', '-1', '01', '1e0', '0x1', '1.5', '+1', ' 1', '9', 'length', '0/x', '-/x', '__proto__'];
  for (const token of odd) for (const change of [add, replace, remove, move]) refused(change, `/l/${token}`);
  for (const change of [replace, remove]) for (const token of ['2', '-']) refused(change, `/l/${token}`);
  refused(move, '/l/2');
  assert.equal(applyFix(body, [{ op: 'replace', path: '/01', value: 'y' }])['01'], 'y');
  const named = Object.assign(['a'], { foo: 'x' });
  refused((path) => applyFix({ l: named }, [{ op: 'remove', path }]), '/l/foo');
});

test('nothing is written into what is not copied', () => {
  const when = new Date(0);
  for (const path of ['/a/b', '/a/b/c']) {
    assert.throws(() => applyFix({ a: when }, [{ op: 'add', path, value: 1 }]), {
      message: `the patch's path \`${path}\` is not in the body`,
    });
  }
  assert.deepEqual(Object.keys(when), []);
  assert.deepEqual(applyFix({ a: when }, [{ op: 'replace', path: '/a', value: 1 }]), { a: 1 });
});

test('no patch, and a patch that is none', () => {
  for (const none of [undefined, null, {}, 'x', 5]) {
    assert.throws(() => applyFix(BODY, none), {
      name: 'TypeError',
      message: 'applyFix() needs a `patch`: a list of operations, as in the `fixes` of a finding',
    });
  }
  for (const step of [null, {}, { op: 'test' }])
    assert.throws(() => applyFix(BODY, [step]), { message: /^a fix's patch has no operation `/ });
  const odd = Object.create(null);
  for (const path of [undefined, 5, 'duration', '/nothing', ['/duration'], odd, Symbol('x')]) {
    const named = Object(path) === path ? 'a value of type object' : String(path);
    assert.throws(() => applyFix(BODY, [{ op: 'remove', path }]), {
      name: 'RangeError',
      message: `the patch's path \`${named}\` is not in the body`,
    });
  }
  assert.throws(() => applyFix(BODY, [{ op: odd }]), {
    message: "a fix's patch has no operation `a value of type object`",
  });
});

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

test('no patch, and a patch that is none', () => {
  for (const none of [undefined, null, {}, 'x', 5]) {
    assert.throws(() => applyFix(BODY, none), {
      name: 'TypeError',
      message: 'applyFix() needs a `patch`: a list of operations, as in the `fixes` of a finding',
    });
  }
  for (const step of [null, {}, { op: 'test' }])
    assert.throws(() => applyFix(BODY, [step]), { message: /^a fix's patch has no operation `/ });
  for (const path of [undefined, 5, 'duration', '/nothing']) {
    assert.throws(() => applyFix(BODY, [{ op: 'remove', path }]), {
      message: `the patch's path \`${path}\` is not in the body`,
    });
  }
});

// Input too large for the core's memory ends the core's instance, and the next call gets a new one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as typed from 'seedance-preflight/browser';
import { coreWithPages } from './support/module.js';

/** @type {any} */
const seedance = typed;
const GOOD = { model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 };
const TOO_MUCH = {
  name: 'RangeError',
  message: /^\w+\(\) needs more memory than the core can have \(4 GB at most\); pass less at once$/,
};

await seedance.init(coreWithPages(128));

test('an answer that outgrows the memory', () => {
  const wrong = `${JSON.stringify({ ...GOOD, images: Array(5_000).fill(1) })}\n`;
  for (let i = 0; i < 3; i++) {
    assert.throws(() => seedance.compare(wrong), TOO_MUCH);
    assert.throws(
      () => seedance.checkNdjson(`{}\n${JSON.stringify({ ...GOOD, prompt: 'x'.repeat(4_000_000) })}\n`),
      TOO_MUCH,
    );
    assert.deepEqual(seedance.check(GOOD).request, GOOD);
  }
  assert.throws(() => seedance.compare(wrong), { message: /^compare\(\)/ });
});

test('a batch whose answers together outgrow the memory by far', () => {
  const answers = new TextDecoder()
    .decode(seedance.checkNdjson('{}\n'.repeat(20_000)))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    answers.map(({ line }) => line),
    Array.from({ length: 20_000 }, (_, i) => i + 1),
  );
  assert.deepEqual(answers.at(-1).report, seedance.check('{}'));
});

test('arguments that outgrow the memory', () => {
  const many = { ...GOOD, x: Array(3_000_000).fill(1) };
  for (const body of [many, JSON.stringify(many), { ...GOOD, prompt: 'x'.repeat(8_000_000) }]) {
    assert.throws(() => seedance.check(body), TOO_MUCH);
    assert.deepEqual(seedance.check(GOOD).request, GOOD);
  }
});

test('a stack that ends inside of the core', () => {
  const deepen = () => {
    try {
      deepen();
    } catch {
      seedance.check(GOOD);
    }
  };
  try {
    deepen();
  } catch {
    // The depth at which the stack ends depends on the machine.
  }
  assert.deepEqual(seedance.check(GOOD).request, GOOD);
});

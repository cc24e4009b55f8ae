// Memory does not grow over 1,000,000 calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryBytes } from './support/memory.js';
import { seedance } from './support/untyped.js';

const GOOD = {
  model: 'seedance2.0-mini',
  prompt: 'a fox in the 雪',
  duration: 5,
  images: ['https://example.com/1.jpg'],
};
const BAD = JSON.stringify({ ...GOOD, duration: 99, first_image: 'http://x' });
const BOOK = { currency: 'USD', prices: { 'seedance2.0-mini-720p': '0.05' } };

const round = (calls) => {
  for (let i = 0; i < calls; i += 4) {
    seedance.check(GOOD);
    seedance.check(BAD);
    seedance.quote(GOOD, BOOK);
    assert.throws(() => seedance.check(GOOD, { lang: 'fr' }));
  }
};

test('1,000,000 calls', () => {
  round(20_000);
  const before = memoryBytes();
  round(1_000_000);
  assert.equal(memoryBytes(), before);
});

test('what one large call took is given back', () => {
  const before = memoryBytes();
  const large = { ...GOOD, prompt: '雪'.repeat(10_000_000) };
  for (let i = 0; i < 3; i++) {
    assert.equal(seedance.check(large).request.prompt.length, large.prompt.length);
    assert.ok(memoryBytes() <= before);
  }
});

test('a batch passes through a few pieces of memory', () => {
  const before = memoryBytes();
  const lines = new TextEncoder().encode(`${JSON.stringify(GOOD)}\n`.repeat(200_000));
  assert.ok(lines.length > 20_000_000);
  assert.equal(seedance.checkNdjson(lines).filter((byte) => byte === 10).length, 200_000);
  assert.ok(memoryBytes() - before < 4_000_000);
});

test('so does one of short lines with long answers', () => {
  const before = memoryBytes();
  const lines = '{}\n'.repeat(100_000);
  assert.equal(seedance.checkNdjson(lines).filter((byte) => byte === 10).length, 100_000);
  assert.ok(memoryBytes() - before < 50_000_000);
});

// The two editions of the rules, chosen by name: in a call, or for all calls in `init`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshPackage } from './support/fresh.js';
import { coreBytes } from './support/module.js';
import { seedance } from './support/untyped.js';

// Full takes up to 12 s in July's documents and up to 15 s in September's.
const LONG = { model: 'sd2_mx_720p', prompt: 'a fox', duration: 15 };
const PRICES = { currency: 'USD', prices: { sd2_mx_720p: '1.25' } };

test('every function that judges or looks up takes one', () => {
  assert.deepEqual(seedance.editions(), ['2026-07', '2026-09']);
  for (const [edition, accepted] of [
    [undefined, false],
    ['2026-07', false],
    ['2026-09', true],
    ['latest', true],
  ]) {
    const options = { edition };
    const name = accepted ? '2026-09' : '2026-07';
    const { accepted: found, edition: said } = seedance.check(LONG, options);
    assert.deepEqual([found, said], [accepted, name]);
    assert.equal(seedance.safeParse(LONG, options).success, accepted);
    assert.equal(seedance.quote(LONG, PRICES, options).amount, accepted ? '18.75' : undefined);
    assert.equal(seedance.judge(LONG, PRICES, options).quote.edition, name);
    assert.equal(seedance.compare(LONG, options).find(({ model }) => model === LONG.model).accepted, accepted);
    const line = new TextDecoder().decode(seedance.checkNdjson(JSON.stringify(LONG), options));
    assert.equal(JSON.parse(line).report.accepted, accepted);
    assert.equal(seedance.schemaFor(LONG.model, options)['~standard'].validate(LONG).issues === undefined, accepted);
    assert.equal(seedance.routes(options).edition, name);
    assert.equal(seedance.jsonSchema({ edition, model: LONG.model }).properties.duration.maximum, accepted ? 15 : 12);
    const known = seedance.rules(options).map(({ rule }) => rule);
    assert.equal(known.includes('duration-not-offered'), accepted);
  }
  assert.throws(() => seedance.explain('duration-not-offered'), {
    message: 'edition 2026-07 has no rule `duration-not-offered`; rules() lists those it has',
  });
});

test('`init` chooses one for all calls that name none', async () => {
  const fresh = freshPackage();
  await fresh.init({ edition: 'latest', source: coreBytes() });
  assert.equal(fresh.check(LONG).edition, '2026-09');
  assert.equal(fresh.routes().edition, '2026-09');
  assert.equal(fresh.check(LONG, { edition: '2026-07' }).edition, '2026-07');
});

// Every case of tests/cases through the package in Node, by the whole module and by a page's: equal to what the case says, and
// byte for byte to the native core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedance } from './support/untyped.js';
import { differences } from './support/answers.js';
import { caseJobs, cases } from './support/cases.js';
import { nativeAnswers } from './support/native.js';
import { small } from './support/small.js';

const MODULES = { whole: seedance, small };

for (const [name, module] of Object.entries(MODULES)) {
  test(`every case gives what it says (${name})`, async (t) => {
    const all = cases();
    assert.ok(all.length > 300);
    for (const each of all) {
      await t.test(each.name, () => holds(module, each));
    }
  });

  test(`every case gives what the native core gives, to the byte (${name})`, () => {
    const jobs = caseJobs();
    assert.deepEqual(differences(module, jobs, nativeAnswers(jobs)).slice(0, 3), []);
  });
}

function holds(module, { edition, request, text, media, prices, findings, normalised, quote, error }) {
  const body = text ?? request;
  if (error === 'prices') return assert.throws(() => module.quote(body, prices, { edition, media }), Error);
  if (error === 'media') return assert.throws(() => module.check(body, { edition, media }), Error);
  const report = module.check(body, { edition, media });
  assert.deepEqual(report.findings.map(reduced), findings);
  assert.equal(report.accepted, normalised !== undefined);
  assert.deepEqual(report.request, normalised);
  if (quote === undefined) return undefined;
  const { findings: stops, ...given } = module.quote(body, prices, { edition, media });
  return assert.deepEqual(stops ? { ...given, findings: stops.map(reduced) } : given, quote);
}

const reduced = ({ rule, severity, path }) => ({ rule, severity, path });

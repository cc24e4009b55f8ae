// Every case of tests/cases through the package in Node: equal to what the case says, and byte for byte to the native core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedance } from './support/untyped.js';
import { differences } from './support/answers.js';
import { caseJobs, cases } from './support/cases.js';
import { nativeAnswers } from './support/native.js';

test('every case gives what it says', async (t) => {
  const all = cases();
  assert.ok(all.length > 300);
  for (const each of all) {
    await t.test(each.name, () => holds(each));
  }
});

test('every case gives what the native core gives, to the byte', () => {
  const jobs = caseJobs();
  assert.deepEqual(differences(seedance, jobs, nativeAnswers(jobs)).slice(0, 3), []);
});

function holds({ edition, request, text, media, prices, findings, normalised, quote, error }) {
  const body = text ?? request;
  if (error === 'prices') return assert.throws(() => seedance.quote(body, prices, { edition, media }), Error);
  if (error === 'media') return assert.throws(() => seedance.check(body, { edition, media }), Error);
  const report = seedance.check(body, { edition, media });
  assert.deepEqual(report.findings.map(reduced), findings);
  assert.equal(report.accepted, normalised !== undefined);
  assert.deepEqual(report.request, normalised);
  if (quote === undefined) return undefined;
  const { findings: stops, ...given } = seedance.quote(body, prices, { edition, media });
  return assert.deepEqual(stops ? { ...given, findings: stops.map(reduced) } : given, quote);
}

const reduced = ({ rule, severity, path }) => ({ rule, severity, path });

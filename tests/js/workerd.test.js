// The package in workerd: every case and 5,000 seeded jobs give the native core's answers, and the ledger works.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from './support/canonical.js';
import { caseJobs } from './support/cases.js';
import { nativeAnswers, randomJobs } from './support/native.js';
import { startWorker } from './support/workerd.js';

test('every case and seeded jobs, and the ledger beside them', async () => {
  const worker = await startWorker();
  try {
    const jobs = [...caseJobs(), ...randomJobs('2026-07', 901, 2_500), ...randomJobs('2026-09', 901, 2_500)];
    const native = nativeAnswers(jobs);
    const response = await fetch(worker.origin, { method: 'POST', body: JSON.stringify(jobs) });
    const { answers, planned } = await response.json();
    assert.equal(answers.length, jobs.length);
    const different = answers.flatMap((answer, at) =>
      canonical(answer) === canonical(native[at]) ? [] : [{ job: jobs[at], answer }],
    );
    assert.deepEqual(different.slice(0, 3), []);
    assert.equal(
      planned.jobs[0].why,
      'duration-out-of-range: `duration` is 20 s; it must be 4–15 s on `seedance2.0-mini`',
    );
  } finally {
    worker.stop();
  }
});

// 100,000 seeded jobs of each edition, from clean requests to meaningless bytes: the package and the native core agree on every
// one. A fifth of them go through the module for pages, too, which is compiled from the same sources.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as seedance from 'seedance-preflight';
import { differences } from './support/answers.js';
import { nativeAnswers, randomJobs } from './support/native.js';
import { small } from './support/small.js';

const JOBS = 100_000;
const AT_ONCE = 5_000;
const EACH_ON_EVERY_MODEL = 50;

for (const edition of seedance.editions()) {
  test(`${JOBS} seeded jobs of ${edition}`, () => compare(edition));
}

function compare(edition) {
  for (let seed = 1; seed <= JOBS / AT_ONCE; seed++) {
    const jobs = randomJobs(edition, seed, AT_ONCE).map((job, at) => ({
      ...job,
      lang: at % 2 ? 'zh' : 'en',
      compare: at % EACH_ON_EVERY_MODEL === 0,
    }));
    const native = nativeAnswers(jobs);
    const modules = seed % 5 === 1 ? [seedance, small] : [seedance];
    for (const module of modules) {
      assert.deepEqual(differences(module, jobs, native).slice(0, 3), [], `seed ${seed}`);
    }
  }
}

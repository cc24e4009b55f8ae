// The native core, built by `cargo xtask test`.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const PROGRAM = join(TARGET, 'release/examples/native');
/** The command line, as the Rust suites have built it. */
export const SEEDANCE = join(TARGET, 'debug/seedance');
const MOST_BYTES = 2 ** 30;

const lines = (text) => text.split('\n').slice(0, -1);
const run = (words, input) => execFileSync(PROGRAM, words, { input, maxBuffer: MOST_BYTES, encoding: 'utf8' });

/** Seeded jobs of an edition: valid, mutated, meaningless. */
export const randomJobs = (edition, seed, count) =>
  lines(run(['jobs', edition, String(seed), String(count)])).map((line) => ({ ...JSON.parse(line), edition }));

/** The first bodies of a seed's jobs that are parsed values. */
export const randomRequests = (edition, seed, count) =>
  lines(run(['requests', edition, String(seed), String(count)])).map((line) => JSON.parse(line));

/** The native core's answer to each job. */
export function nativeAnswers(jobs) {
  const input = jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
  return lines(run(['answers'], input)).map((line) => JSON.parse(line));
}

// `node fuzz.js RUNS SECONDS` reads random text that people might paste until either is reached; 0 seconds for no limit. It is
// not guided by coverage, since guided fuzzers for JavaScript need a binary that some systems cannot load.
import { drawn, readsAnything, readsAsMeant } from './lib/pasted.js';

const [runs, seconds] = process.argv.slice(2).map(Number);
/** A slower input is a finding, as a throw is. */
const SLOW = 10_000;

const seed = Date.now() >>> 0;
process.stdout.write(`seed ${seed}\n`);
const draw = drawn(seed);
const begin = performance.now();
let done = 0;
for (let last = begin; done < runs && (seconds === 0 || last - begin < seconds * 1000); done += 1) {
  // Most texts are not commands. One in eight is a command, and must give back its parts.
  if (done % 8) readsAnything(draw);
  else readsAsMeant(draw);
  const now = performance.now();
  if (now - last > SLOW) throw new Error(`run ${done} took ${now - last} ms`);
  last = now;
}
process.stdout.write(`Done ${done} runs in ${Math.round((performance.now() - begin) / 1000)} second(s)\n`);

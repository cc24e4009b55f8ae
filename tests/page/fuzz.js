// Reads what people may paste, over and over: `node fuzz.js RUNS SECONDS`, whichever ends first; 0 seconds for as long as it takes.
// Drawn, not guided by coverage: the guided fuzzers for JavaScript bring a binary that not every system can load.
import { drawn, readsAnything, readsAsMeant } from './lib/pasted.js';

const [runs, seconds] = process.argv.slice(2).map(Number);
/** An input that takes longer than this is a finding, as a throw is. */
const SLOW = 10_000;

const seed = Date.now() >>> 0;
process.stdout.write(`seed ${seed}\n`);
const draw = drawn(seed);
const begin = performance.now();
let done = 0;
for (let last = begin; done < runs && (seconds === 0 || last - begin < seconds * 1000); done += 1) {
  // Most texts are no command at all; one in eight is, and gives what was put into it.
  if (done % 8) readsAnything(draw);
  else readsAsMeant(draw);
  const now = performance.now();
  if (now - last > SLOW) throw new Error(`run ${done} took ${now - last} ms`);
  last = now;
}
process.stdout.write(`Done ${done} runs in ${Math.round((performance.now() - begin) / 1000)} second(s)\n`);

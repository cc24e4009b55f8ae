// `node lines.js FILE`: one job per line through JSON.parse and ajv, as an experienced author would write it: the file is read in
// pieces, each model has a compiled validator, and refused jobs get their errors. `cargo xtask bench` runs it beside the batch.
import { createReadStream } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import * as seedance from 'seedance-preflight';

const ajv = new Ajv({ strict: false });
const validators = new Map();
let [line, rest, out] = [0, '', []];

for await (const piece of createReadStream(process.argv[2], { encoding: 'utf8', highWaterMark: 1 << 20 })) {
  const lines = (rest + piece).split('\n');
  rest = lines.pop();
  lines.forEach(answer);
  process.stdout.write(out.join(''));
  out = [];
}

function validator(model) {
  if (!validators.has(model)) validators.set(model, ajv.compile(seedance.jsonSchema({ model })));
  return validators.get(model);
}

function answer(text) {
  line++;
  const job = JSON.parse(text);
  const validate = validator(job.model);
  const accepted = validate(job);
  out.push(
    accepted
      ? `{"line":${line},"accepted":true}\n`
      : `${JSON.stringify({ line, accepted, errors: validate.errors })}\n`,
  );
}

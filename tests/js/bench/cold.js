// One cold start, in a process of its own: load, compile, first report. Prints milliseconds.
import { ORDER } from './order.js';

const start = performance.now();
if (process.argv[2] === 'ajv') {
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const schema = JSON.parse(process.argv[3]);
  new Ajv({ strict: false, allErrors: true }).compile(schema)(ORDER);
} else {
  const { check } = await import('seedance-preflight');
  check(ORDER);
}
console.log(performance.now() - start);

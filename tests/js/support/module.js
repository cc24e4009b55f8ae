// The bytes of the core, unchanged or with little memory, so that a test runs out of it at once.
import { readFileSync } from 'node:fs';

const MEMORY_SECTION = 5;
const HAS_MOST = 1;

export const coreBytes = () => readFileSync(new URL('../node_modules/seedance-preflight/core.wasm', import.meta.url));

/** The same core, limited to this many pages of memory beyond the initial ones. */
export function coreWithPages(more) {
  const bytes = coreBytes();
  const { start, end } = sectionOf(bytes, MEMORY_SECTION);
  const [least] = readNumber(bytes, start + 2);
  const content = [1, HAS_MOST, ...number(least), ...number(least + more)];
  const head = bytes.subarray(0, start - number(end - start).length);
  return Buffer.concat([head, Buffer.from([...number(content.length), ...content]), bytes.subarray(end)]);
}

function sectionOf(bytes, wanted) {
  let at = 8;
  while (at < bytes.length) {
    const [length, start] = readNumber(bytes, at + 1);
    if (bytes[at] === wanted) return { start, end: start + length };
    at = start + length;
  }
  throw new Error(`the module has no section ${wanted}`);
}

// Numbers are LEB128: seven bits per byte, the lowest first.
function readNumber(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at];
  }
}

const number = (value) => (value < 0x80 ? [value] : [0x80 | (value & 0x7f), ...number(value >>> 7)]);

// The module inside of a script, as base64 text.
import base64 from 'core';

/** The module's bytes. A host's own decoder takes a twentieth of the time that a loop does; older browsers have none. */
export function bytes() {
  const { Buffer } = globalThis;
  const native = /** @type {any} */ (Uint8Array).fromBase64?.(base64);
  if (native) return native;
  if (typeof Buffer?.from === 'function') return Buffer.from(base64, 'base64');
  const text = atob(base64);
  const decoded = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) decoded[i] = text.charCodeAt(i);
  return decoded;
}

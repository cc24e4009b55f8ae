// What this copy of the page may call, by its own Content-Security-Policy: a forbidden call is explained instead of tried.

const allowed = () => {
  const text = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  const directive = text
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name === 'connect-src');
  return directive ? directive.slice(1) : null;
};

/**
 * @param {string} source
 * @param {URL} url
 */
const matches = (source, url) => {
  if (source === "'self'") return url.origin === location.origin;
  if (/^[a-z]+:$/i.test(source)) return url.protocol === source;
  const [, scheme, star, host, port] = /^(?:([a-z]+):\/\/)?(\*\.)?([^:/]+)(?::(\d+|\*))?/i.exec(source) ?? [];
  if (!host || (scheme && `${scheme}:` !== url.protocol)) return false;
  if (port !== '*' && (port ?? '') !== url.port) return false;
  return star ? url.hostname.endsWith(`.${host}`) : url.hostname === host;
};

/**
 * Whether this page may fetch from `address`.
 * @param {string} address
 */
export function mayConnect(address) {
  const sources = allowed();
  if (!sources) return true;
  try {
    const url = new URL(address, location.href);
    return sources.some((source) => matches(source, url));
  } catch {
    return false;
  }
}

/**
 * Only https, or http on this computer: the key never crosses a network in clear text.
 * @param {string} address
 */
export function isSafeOrigin(address) {
  try {
    const url = new URL(address);
    const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
  } catch {
    return false;
  }
}

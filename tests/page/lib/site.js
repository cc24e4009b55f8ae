// Serves the form like a static host: www at the root and the package beside it, compressed, with the page's own policy.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

const PKG = join(ROOT, 'pkg');
const pack = (body) => gzipSync(body, { level: 9 });

/** The file for a path of the site, or null. */
export function fileOf(path) {
  const clean = normalize(decodeURIComponent(path)).replace(/^\/+/, '') || 'index.html';
  const file = clean.startsWith('pkg/') ? join(PKG, clean.slice(4)) : join(ROOT, 'www', clean);
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

/**
 * Starts the site on a free local port. `connect` adds origins to connect-src, which is the documented way to edit the page's
 * policy. `headers(path)` adds or changes headers, and `replace(path)` may answer a path with { status, type, body }.
 */
export async function startSite({ connect = [], headers = () => ({}), replace = () => null } = {}) {
  const served = [];
  const packed = new Map(); // files as they were sent before, since every opened page asks for all of them
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://site').pathname;
    const other = replace(path);
    const file = fileOf(path);
    const type = other?.type ?? TYPES[extname(file ?? '')] ?? 'application/octet-stream';
    served.push(path);
    if (!other && !file) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    if (!other && !packed.has(file)) {
      const body = readFileSync(file);
      const policy = (text) => text.replace(/connect-src [^;]*/, (whole) => [whole, ...connect].join(' '));
      packed.set(file, pack(file.endsWith('index.html') ? policy(String(body)) : body));
    }
    return response
      .writeHead(other?.status ?? 200, {
        'content-type': type,
        'content-encoding': 'gzip',
        'cache-control': 'no-store',
        ...headers(path),
      })
      .end(other ? pack(other.body) : packed.get(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    served,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

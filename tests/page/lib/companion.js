// The real companion for a suite, in front of the suite's gateway.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { request as plainRequest } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fixture } from './browser.js';
import { newFolder } from './folder.js';
import { binary } from './native.js';

/** Starts the companion, on a free port unless `port` is given. `key` is passed in the environment, as users do. */
export async function startCompanion({ origin, key, port = 0, more = [], env = {} }) {
  const folder = newFolder('companion');
  const line = ['serve', '--port', String(port), '--api-origin', origin, '--journal', join(folder, 'journal'), ...more];
  const child = spawn(binary(), line, {
    env: { ...process.env, JIMMYAI_API_KEY: key, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const companion = { child, printed: '' };
  child.stderr.on('data', (text) => {
    companion.printed += text;
  });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  companion.link = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    ended.then(() => reject(new Error(`the companion ended: ${companion.printed}`)));
  });
  companion.printed += companion.link;
  companion.url = new URL('/', companion.link).href;
  companion.port = Number(new URL(companion.link).port);
  companion.journal = () => readFileSync(join(folder, 'journal'), 'utf8');
  companion.end = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return companion;
}

/** Puts the gateway behind TLS, since the links of results must be https. It serves a file of its own at `/result.mp4`. */
export async function behindTls(gateway) {
  const folder = newFolder('companion');
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-addext',
      'basicConstraints=critical,CA:FALSE',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  const seen = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, response) => {
    if (incoming.url.startsWith('/result.mp4')) {
      seen.push(incoming.headers);
      const video = fixture('result-2.00.mp4');
      return response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': video.length }).end(video);
    }
    const onward = plainRequest(
      gateway.origin + incoming.url,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    return incoming.pipe(onward);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `https://localhost:${server.address().port}`;
  return {
    origin,
    ca: cert,
    result: `${origin}/result.mp4?sign=1`,
    seen,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

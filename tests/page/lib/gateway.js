// A small gateway for the tests: it delays, cuts, refuses, gives wrong answers, expires, and records every call.
import { createServer } from 'node:http';

export const CREATE = '/api/open-api/v1/seedance/videos';
const TASK = '/api/open-api/v1/videos/';
const UPLOAD = '/api/open-api/v1/files/upload';

/** An answer in the API's form. */
export const ok = (data) => ({ json: { code: 20000, msg: 'ok', data } });
export const created = (task_id = 'vid_1', more = {}) =>
  ok({ task_id, status: 'queued', model: 'seedance2.0-mini', created_at: 1781930448, ...more });
export const status = (task_id, name, more = {}) => ok({ task_id, status: name, ...more });

/** A promised answer that comes only when the test calls `give`, so that no timing is involved. */
export function held(answer) {
  let give;
  const given = new Promise((resolve) => {
    give = () => resolve(answer);
  });
  return { given, give };
}

/**
 * Starts a gateway. Its members `create(n)`, `task(id, n)`, `upload()`, and `other[path](call)` for any other path, return the
 * next answer or a promise of it:
 * { json | text, status, type, headers, delay, cut: 'before' | 'within' }. `cors` decides whether pages may read the answers.
 */
export async function startGateway() {
  const gateway = {
    cors: true,
    calls: [],
    create: () => created(),
    task: (id) => status(id, 'queued'),
    upload: () => ok({ url: 'https://files.example/uploaded.mp4' }),
    other: {},
    get posts() {
      return gateway.calls.filter((c) => c.method === 'POST' && c.path === CREATE);
    },
    get polls() {
      return gateway.calls.filter((c) => c.method === 'GET' && c.path.startsWith(TASK) && c.headers.authorization);
    },
    get probes() {
      return gateway.calls.filter((c) => c.method === 'GET' && !c.headers.authorization);
    },
    uploadedBytes: 0,
    reset() {
      gateway.calls.length = 0;
      Object.assign(gateway, { cors: true, other: {}, create: () => created(), task: (id) => status(id, 'queued') });
    },
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://gateway').pathname;
    const chunks = [];
    try {
      for await (const chunk of request) {
        if (path === UPLOAD) gateway.uploadedBytes += chunk.length;
        else chunks.push(chunk);
      }
    } catch {
      return; // the page closed the connection
    }
    const call = {
      method: request.method,
      path,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      at: Date.now(),
    };
    if (request.method !== 'OPTIONS') gateway.calls.push(call);
    // A new connection for every call: Chromium itself repeats a POST whose kept-alive connection is closed before the answer's
    // first byte. No page can prevent that, and these suites count the page's own calls.
    response.setHeader('connection', 'close');
    const cors = gateway.cors
      ? {
          'access-control-allow-origin': '*',
          'access-control-allow-headers': 'authorization, content-type',
          'access-control-allow-methods': 'GET, POST',
          'access-control-expose-headers': 'retry-after',
        }
      : {};
    if (request.method === 'OPTIONS') return response.writeHead(204, cors).end();
    const answer = await answerOf(gateway, call, path);
    if (answer.delay)
      await new Promise((wake) => {
        setTimeout(wake, answer.delay).unref();
      });
    if (answer.cut === 'before') return request.socket.destroy();
    const type = answer.type ?? (answer.json ? 'application/json' : 'text/html');
    response.writeHead(answer.status ?? 200, { 'content-type': type, ...cors, ...answer.headers });
    if (answer.cut === 'within') {
      response.write('{"code":20000,"da');
      return setTimeout(() => request.socket.destroy(), 20);
    }
    if (answer.endless) return endless(response, answer.endless);
    return response.end(answer.json ? JSON.stringify(answer.json) : (answer.text ?? ''));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  gateway.origin = `http://127.0.0.1:${port}`;
  gateway.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
  /** Closes all connections. */
  gateway.calm = async () => server.closeAllConnections();
  gateway.reopen = () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return gateway;
}

function answerOf(gateway, call, path) {
  if (path === CREATE) return gateway.create(gateway.posts.length, call);
  if (path === UPLOAD) return gateway.upload(call);
  if (gateway.other[path]) return gateway.other[path](call);
  if (!call.headers.authorization) return { status: 401, json: { code: 20001, msg: 'no key' } };
  if (!path.startsWith(TASK)) return { status: 404, json: { msg: 'no such path' } };
  const id = decodeURIComponent(path.slice(TASK.length));
  return gateway.task(id, gateway.polls.filter((c) => c.path === call.path).length, call);
}

/** Streams this many bytes without keeping them in memory. */
function endless(response, bytes) {
  const block = Buffer.alloc(65536, 0x20);
  let left = bytes;
  const more = () => {
    while (left > 0) {
      left -= block.length;
      if (!response.write(block)) return response.once('drain', more);
    }
    return response.end();
  };
  response.on('error', () => {});
  more();
}

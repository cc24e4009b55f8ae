// The Worker in a real workerd, in front of an API on loopback that counts its calls. Started by `cargo xtask test`, which sets
// SEEDANCE (the native binary, whose answers are the expectation) and WORKERD.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
const CREATE = '/api/open-api/v1/seedance/videos';

const received = [];
const api = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  received.push({ url: request.url, key: request.headers.authorization, body: Buffer.concat(chunks).toString() });
  response.setHeader('content-type', 'application/json');
  response.end('{"code":20000,"data":{"task_id":"videos_1","status":"queued"}}');
});

const EDITIONS = ['2026-07', '2026-09'];
/** The Worker of the default edition, and all Workers by edition. */
let edge;
const edges = {};
const running = [];

before(async () => {
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  edges['2026-07'] = edge = await start();
  edges['2026-09'] = await start({ SEEDANCE_EDITION: '2026-09' });
});

after(() => {
  for (const workerd of running) workerd.kill();
  api.close();
});

/** Starts a Worker; tells where it listens. */
async function start(environment = {}) {
  const config = new URL('loopback.capnp', import.meta.url).pathname;
  const { port } = /** @type {import('node:net').AddressInfo} */ (api.address());
  const addresses = ['--socket-addr=http=127.0.0.1:0', `--external-addr=api=127.0.0.1:${port}`];
  const workerd = spawn(process.env.WORKERD, ['serve', config, ...addresses, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, SEEDANCE_EDITION: undefined, ...environment },
  });
  running.push(workerd);
  const events = /** @type {import('node:stream').Readable} */ (workerd.stdio[3]);
  for await (const line of events) {
    const { event, port } = JSON.parse(line);
    if (event === 'listen') return `http://127.0.0.1:${port}`;
  }
  throw new Error('workerd ended before it listened');
}

function post(body, headers = {}, at = edge) {
  return fetch(at + CREATE, { method: 'POST', body, headers: { authorization: 'Bearer sk_test', ...headers } });
}

/** Every object that the case files have for a request, as text. */
function requests() {
  const folder = new URL('tests/cases/', ROOT);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const cases = files.flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).cases);
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return cases.filter((one) => isObject(one.request)).map((one) => JSON.stringify(one.request));
}

/** The native answers to the same requests, one a line. */
function native(...args) {
  const input = requests()
    .map((request) => `{"request":${request}}`)
    .join('\n');
  const { stdout, stderr, status } = spawnSync(process.env.SEEDANCE, [...args, '--ndjson', '--quiet'], {
    input,
    maxBuffer: 2 ** 30,
  });
  assert.ok(status === 0 || status === 1, stderr.toString());
  return stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

for (const edition of EDITIONS) {
  test(`every case gets the native verdict of ${edition}, and only what is accepted reaches the API`, () =>
    asTheNativeProgram(edition));
}

async function asTheNativeProgram(edition) {
  const reports = native('check', '--edition', edition);
  const quotes = native('quote', '--edition', edition, '--prices', new URL('examples/prices.json', ROOT).pathname);
  const counts = { passed: 0, refused: 0 };
  for (const [index, body] of requests().entries()) {
    const { report } = reports[index];
    const calls = received.length;
    const answer = await post(body, {}, edges[edition]);
    if (report.accepted) {
      counts.passed += 1;
      assert.equal(answer.status, 200, `${body} ${JSON.stringify(report)}`);
      assert.equal((await answer.json()).data.task_id, 'videos_1');
      assert.equal(answer.headers.get('seedance-price'), expectedPrice(quotes[index].quote));
      assert.equal(received.length, calls + 1);
      assert.deepEqual(received.at(-1), { url: CREATE, key: 'Bearer sk_test', body: JSON.stringify(report.request) });
    } else {
      counts.refused += 1;
      assert.equal(answer.status, 422);
      assert.deepEqual(await answer.json(), report);
      assert.equal(received.length, calls, 'a refused request reached the API');
    }
  }
  assert.ok(counts.passed > 50 && counts.refused > 50, JSON.stringify(counts));
  console.log(
    `measured: ${counts.passed} requests passed on, ${counts.refused} refused by ${edition} at the edge: as the native core says`,
  );
}

test('a refusal comes in the language that the caller asks for', async () => {
  const answer = await post('{', { 'accept-language': 'zh-CN,zh;q=0.9' });
  assert.equal(answer.status, 422);
  assert.match((await answer.json()).findings[0].message, /不是有效的 JSON/);
});

test('other calls pass untouched', async () => {
  const answer = await fetch(`${edge}/api/open-api/v1/videos/videos_1`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('seedance-price'), null);
  assert.equal(received.at(-1).url, '/api/open-api/v1/videos/videos_1');
});

function expectedPrice(quote) {
  if (quote.kind === 'not-priceable') return 'unknown';
  if (quote.kind === 'exact') return `${quote.amount} ${quote.currency}`;
  if (quote.kind === 'at-least') return `at least ${quote.amount.min} ${quote.currency}`;
  return `${quote.amount.min}-${quote.amount.max} ${quote.currency}`;
}

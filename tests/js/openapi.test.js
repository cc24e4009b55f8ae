// The completed OpenAPI document: valid by a linter, and a mock server that serves it refuses what the core refuses.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { seedance } from './support/untyped.js';
import { cases } from './support/cases.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DOCUMENT = here('node_modules/seedance-preflight/openapi.json');

test('the document is valid OpenAPI 3.1', () => {
  const words = ['lint', DOCUMENT, '--extends=minimal', '--format=json'];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { totals } = JSON.parse(
    execFileSync(here('node_modules/.bin/redocly'), words, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  assert.equal(totals.errors, 0);
});

test('Prism serves it, and refuses what the core refuses', async () => {
  const port = await freePort();
  const prism = spawn(here('node_modules/.bin/prism'), ['mock', DOCUMENT, '--port', String(port), '--errors'], {
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}/api/open-api/v1/seedance/videos`;
  try {
    await until(() => fetch(address, { method: 'POST' }));
    const unsaid = new Set(seedance.jsonSchema()['x-not-expressed']);
    let asked = 0;
    for (const { name, request, error } of cases()) {
      if (request === undefined || error) continue;
      // A blank field counts as absent, and is not there in what would be submitted.
      const { findings, request: submitted = request } = seedance.check(request);
      const headers = { authorization: 'Bearer test', 'content-type': 'application/json' };
      const { status } = await fetch(address, { method: 'POST', headers, body: JSON.stringify(submitted) });
      const errors = findings.filter(({ severity }) => severity === 'error');
      const isSaid = errors.some(({ rule }) => !unsaid.has(rule));
      assert.ok(status === 200 ? !isSaid : status === 422 && errors.length > 0, `${name}: ${status}`);
      asked++;
    }
    assert.ok(asked > 200);
  } finally {
    prism.kill();
  }
});

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

async function until(attempt) {
  for (let left = 120; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((later) => setTimeout(later, 250));
    }
  }
}

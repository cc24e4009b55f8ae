// Point 2 against an independent contract: Prism with the vendor's OpenAPI document accepts every example and 200 seeded valid
// drafts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fixturePath, openForm, suite } from './lib/browser.js';
import { expect } from './lib/expect.js';
import { CREATE } from './lib/gateway.js';
import { batch, drafts, examples } from './lib/native.js';

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});
const origin = `http://127.0.0.1:${port}`;
const shared = suite({ site: { connect: [origin] } });
let prism;

before(async () => {
  prism = spawn(
    process.execPath,
    [
      createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js'),
      'mock',
      fixturePath('seed-openapi.yaml'),
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--errors',
      '--verboseLevel',
      'error',
    ],
    { stdio: 'ignore' },
  );
  const answers = () =>
    fetch(origin).then(
      () => true,
      () => false,
    );
  await expect.poll(answers, { message: 'Prism starts', timeout: 30_000 }).toBe(true);
});
after(() => prism.kill());

test('Prism refuses what its document forbids, so that a pass means something', async () => {
  const post = (body) =>
    fetch(origin + CREATE, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
      body: JSON.stringify(body),
    });
  assert.ok((await post({ model: 'seedance2.0-mini', prompt: 'x' })).status >= 400);
  assert.ok((await post({ model: 'seedance2.0-mini', prompt: 'x', duration: '5' })).status >= 400);
  assert.equal((await post({ model: 'seedance2.0-mini', prompt: 'x', duration: 5 })).status, 200);
});

test('point 2: Send puts every documented example and 200 seeded valid drafts through Prism', async () => {
  const page = await openForm(shared, { origin });
  const table = await page.evaluate(async () =>
    JSON.parse(JSON.stringify((await import('./js/state.js')).state.table)),
  );
  const seeded = drafts(table, 7, 400, { valid: true });
  const accepted = batch(
    'check',
    seeded.map((request) => ({ request })),
  ).map((r) => r.accepted);
  const bodies = [...examples(), ...seeded.filter((_, i) => accepted[i]).slice(0, 200)];
  assert.ok(bodies.length >= 200 + 3);
  const answers = [];
  page.on('response', (r) => r.request().method() === 'POST' && answers.push([r.status(), r.request().postData()]));
  const sent = await page.evaluate(async (bodies) => {
    const { state, update } = await import('./js/state.js');
    const { emptyDraft } = await import('./js/draft.js');
    const { fillFrom } = await import('./js/fill.js');
    const { send } = await import('./js/send.js');
    const { clearJournal } = await import('./js/journal.js');
    const { takeBook } = await import('./js/book.js');
    const { billingNames } = await import('./js/pricelist.js');
    takeBook({
      currency: 'USD',
      prices: Object.fromEntries(billingNames(state.table).map(({ name }) => [name, '0.01'])),
    });
    const texts = [];
    for (const body of bodies) {
      await clearJournal(); // some examples are equal, and none should be followed
      update((s) => {
        s.draft = emptyDraft();
        fillFrom(s.draft, body);
        for (const item of s.draft.reference_videos) item.status = 'canceled';
      });
      if (!state.result.report.accepted) continue;
      texts.push(state.result.text);
      await send({ unchecked: true });
    }
    return texts;
  }, bodies);
  const valid = batch(
    'check',
    bodies.map((request) => ({ request })),
  ).filter((r) => r.accepted).length;
  assert.equal(sent.length, valid);
  assert.deepEqual(
    answers.map(([, body]) => body),
    sent,
  );
  assert.deepEqual(
    answers.filter(([status]) => status !== 200),
    [],
  );
});

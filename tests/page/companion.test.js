// The form behind the real `seedance serve`, which holds the key. The page never sees the key.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { MINI, RESULTS, fixturePath, importBody, inState, newContext, suite, goTo, upload } from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { newFolder } from './lib/folder.js';
import { created, held, status } from './lib/gateway.js';
import { binary } from './lib/native.js';

const shared = suite();
const CANARY = 'sk_COMPANION_CANARY_51';
const running = new Set();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts a companion in front of the gateway. `link` is the address that it prints for the browser. */
async function companion({ key = CANARY, port, journal = join(newFolder('companion'), 'journal'), options = [] } = {}) {
  const at = port ?? (await freePort());
  const env = { ...process.env };
  delete env.JIMMYAI_API_KEY;
  if (key) env.JIMMYAI_API_KEY = key;
  const child = spawn(
    binary(),
    ['serve', '--port', String(at), '--api-origin', shared.gateway.origin, '--journal', journal, ...options],
    { env, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  running.add(child);
  child.said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      child.said += chunk;
    });
  const printed = /http:\/\/\S+\/companion\/open#\S+/;
  await expect.poll(() => child.said).toMatch(printed);
  const [link] = printed.exec(child.said);
  return {
    link,
    url: new URL('/', link).href,
    port: at,
    journal,
    child,
    stop: () =>
      new Promise((done) => {
        child.once('exit', done);
        child.kill('SIGKILL');
      }),
  };
}

async function open(link, context) {
  shared.gateway.cors = false; // the page only calls its own origin
  const given =
    context ?? (await newContext(shared, { media: { 'https://results.example/result.mp4': 'result-2.00.mp4' } }));
  const page = await given.newPage();
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.on('console', (m) => /Content Security Policy|Trusted/i.test(m.text()) && page.problems.push(m.text()));
  await page.addInitScript(() =>
    localStorage.setItem(
      'seedance.book',
      JSON.stringify({ currency: 'USD', prices: { 'seedance2.0-mini-720p': '0.05' } }),
    ),
  );
  await page.goto(link);
  await page.locator('#send').waitFor();
  return page;
}

test('points 16 and 36: through the companion the whole job works without a key in the page, under its policy', async () => {
  shared.gateway.reset();
  shared.gateway.task = (id, n) =>
    n > 1
      ? status(id, 'completed', {
          completed_at: Math.floor(Date.now() / 1000),
          result: { video_url: 'https://results.example/result.mp4' },
        })
      : status(id, 'processing', { progress: 30 });
  const own = await companion();
  const page = await open(own.link);
  const requests = [];
  page.on('request', (r) => requests.push(r));
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('.pill.completed').first().waitFor({ timeout: 25_000 });
  assert.equal(shared.gateway.posts.length, 1);
  assert.equal(shared.gateway.posts[0].headers.authorization, `Bearer ${CANARY}`);
  assert.equal(shared.gateway.posts[0].body, (await inState(page, 'records'))[0].body);
  for (const request of requests) {
    assert.equal((await request.allHeaders()).authorization, undefined);
    if (!request.url().startsWith(`${RESULTS}/`))
      // loading the finished video's first picture
      assert.equal(new URL(request.url()).port, String(own.port), request.url());
  }
  const save = page.locator('#now a', { hasText: 'Save video' });
  await expect(save).toHaveAttribute('href', /^\/save\/[0-9a-f]{64}\/vid_1$/);
  await goTo(page, 'connection');
  await expect(page.locator('#connection')).toHaveText(/This page never sees the key/, AS_SHOWN);
  await expect(page.locator('#key')).toHaveCount(0);
  assert.ok(!(await page.content()).includes(CANARY) && !own.child.said.includes(CANARY));
  assert.deepEqual(page.problems, []);
});

test('a companion without a key says so before anything is sent', async () => {
  shared.gateway.reset();
  const page = await open((await companion({ key: null })).link);
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.getByText('The companion has no API key').waitFor();
  assert.equal(shared.gateway.posts.length, 0);
});

test('studio 7: a key that the service does not accept is corrected where it is, in the companion', async () => {
  shared.gateway.reset();
  shared.gateway.create = () => ({ status: 401, json: { code: 20001, msg: 'bad key' } });
  const page = await open((await companion()).link);
  await importBody(page, MINI);
  await page.locator('#send').click();
  const box = page.locator('#pay .failure');
  await box.getByText('The companion holds the key: stop it, correct JIMMYAI_API_KEY, and start it again.').waitFor();
  await expect(box.locator('a[href="#connection"]')).toHaveCount(0);
});

test('the form tells the companion its edition, and the rules that one request may break', async () => {
  shared.gateway.reset();
  const page = await open((await companion({ options: ['--edition', '2026-09'] })).link);
  await expect.poll(async () => (await inState(page, 'table')).edition).toBe('2026-09'); // the companion's edition
  const md = { model: 'seedance2.0-md', prompt: 'x', duration: 7 };
  const heard = [];
  page.on('request', (request) => request.method() === 'POST' && heard.push(request.headers()));
  await importBody(page, md);
  await page.locator('#send').click();
  await page.locator('#send-past').click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect.poll(async () => (await inState(page, 'records'))[0]?.task_id).toBe('vid_1');
  assert.deepEqual(
    heard.map((headers) => [headers['seedance-edition'], headers['seedance-allow']]),
    [['2026-09', 'duration-not-offered']],
  );
  // An edition chosen in the settings applies to the companion as well: July accepts 7 s.
  await goTo(page, 'connection');
  await page.locator('#edition-choice').selectOption('2026-07');
  await goTo(page, 'compose');
  await page.locator('#f-prompt').fill('y');
  await page.locator('#send').click();
  const price = page.getByRole('button', { name: 'Send now' });
  await price.click();
  await expect.poll(async () => (await inState(page, 'records')).length).toBe(2);
  await expect.poll(() => shared.gateway.posts.length).toBe(2);
  assert.deepEqual([heard[1]['seedance-edition'], heard[1]['seedance-allow']], ['2026-07', undefined]);
});

test('the gateway’s answer lost behind the companion: unknown, one POST', async () => {
  shared.gateway.reset();
  shared.gateway.create = () => ({ ...created(), cut: 'before' });
  const page = await open((await companion()).link);
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('#pay .failure.unknown').waitFor();
  assert.equal(shared.gateway.posts.length, 1);
});

/** An answer whose `error.message` is the gateway's, not the companion's. */
const gatewayTrouble = (code) => ({ status: code, json: { error: { message: 'upstream timeout' } } });

for (const code of [500, 502]) {
  test(`the gateway’s own ${code} with a sentence in error.message is not the companion’s refusal: unknown`, async () => {
    shared.gateway.reset();
    shared.gateway.create = () => gatewayTrouble(code);
    const page = await open((await companion()).link);
    await importBody(page, MINI);
    await page.locator('#send').click();
    await page.locator('#pay .failure').waitFor();
    const words = await page.locator('#pay .failure').innerText();
    assert.match(words, /may have been charged/);
    assert.ok(words.includes(`Server error (${code})`) && words.includes('upstream timeout'), words);
    await expect.poll(async () => (await inState(page, 'records'))[0].state).toBe('unknown');
    assert.equal(shared.gateway.posts.length, 1);
  });
}

test('a gateway’s sentence in error.message is told in its own words about a task and an upload too', async () => {
  shared.gateway.reset();
  shared.gateway.task = () => gatewayTrouble(502);
  shared.gateway.upload = () => gatewayTrouble(502);
  const page = await open((await companion()).link);
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('#now').getByText('Server error (502)').waitFor();
  await upload(page, fixturePath('picture.png'));
  await page.locator('#tile').getByText('upstream timeout').waitFor();
  assert.ok(!(await page.locator('#app').innerText()).includes('undefined'));
});

test('the companion killed in the middle of a create: unknown, and nothing more goes out', async () => {
  shared.gateway.reset();
  shared.gateway.create = () => ({ ...created(), delay: 60_000 });
  const own = await companion();
  const page = await open(own.link);
  await importBody(page, MINI);
  await page.locator('#send').click();
  await expect.poll(() => shared.gateway.posts.length).toBe(1);
  await own.stop();
  await page.locator('#pay .failure.unknown').waitFor();
  assert.equal(shared.gateway.posts.length, 1);
  await page.locator('#send').click();
  await page.getByText(/was sent \d+ s ago/).waitFor();
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByText('The companion has stopped responding').waitFor();
  assert.equal(shared.gateway.posts.length, 1);
});

for (const isCut of [false, true])
  test(`a page closed before the companion’s answer finds its task again${isCut ? ', once what reads answers is there' : ''}`, async () => {
    shared.gateway.reset();
    const late = held(created('vid_late'));
    shared.gateway.create = () => late.given;
    const own = await companion();
    const page = await open(own.link);
    const context = page.context();
    // A second tab, let in by the first.
    const keeper = await context.newPage();
    await keeper.goto(own.url);
    await keeper.locator('#send').waitFor();
    await importBody(page, MINI);
    await page.locator('#send').click();
    await expect.poll(() => shared.gateway.posts.length).toBe(1);
    await page.close();
    if (isCut) await keeper.route('**/pkg/ledger.wasm', (route) => route.abort());
    const failed = isCut && keeper.waitForEvent('requestfailed');
    await keeper.goto(own.url);
    await keeper.locator('#send').waitFor();
    await failed;
    late.give();
    if (isCut) {
      await expect.poll(() => readFileSync(own.journal, 'utf8')).toContain('vid_late');
      assert.equal((await inState(keeper, 'records'))[0].state, 'sending');
      await keeper.unroute('**/pkg/ledger.wasm');
    }
    await keeper.locator('.pill.following').first().waitFor({ timeout: 20_000 });
    await expect.poll(async () => (await inState(keeper, 'records'))[0].task_id).toBe('vid_late');
    assert.equal(shared.gateway.posts.length, 1);
  });

/**
 * A request whose answer the companion has stopped waiting for, on the page that sent it; `late.give()` lets it come. A page that
 * is hidden has not asked for a while.
 */
async function lost(answer = created('vid_late'), { isHidden = false } = {}) {
  shared.gateway.reset();
  const late = held(answer);
  shared.gateway.create = () => late.given;
  const own = await companion({ options: ['--answer-time', '1'] });
  const page = await open(own.link);
  if (isHidden) await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }));
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('#pay .failure.unknown').waitFor();
  return { own, page, late };
}

test('a task whose response came after the companion gave up waiting is found without another charge', async () => {
  const { page, late } = await lost();
  late.give();
  await page.locator('.pill.following').first().waitFor({ timeout: 30_000 });
  await page.locator('#pay .failure.unknown').waitFor({ state: 'detached' });
  assert.equal((await inState(page, 'records'))[0].task_id, 'vid_late');
  assert.equal(shared.gateway.posts.length, 1);
});

test('"Send again anyway" sends nothing if the response has come meanwhile', async () => {
  const { own, page, late } = await lost(undefined, { isHidden: true });
  late.give();
  await expect.poll(() => readFileSync(own.journal, 'utf8')).toContain('vid_late');
  await page.getByRole('button', { name: 'Send again anyway' }).click();
  await page.locator('.pill.following').first().waitFor({ timeout: 5_000 });
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(shared.gateway.posts.length, 1);
});

test('"Send again anyway" sends nothing if the response comes while the user is asked, and a second click asks nothing', async () => {
  const { own, page, late } = await lost(undefined, { isHidden: true });
  const asked = [];
  page.on('request', (r) => r.url().includes('/attempts/') && asked.push(r.url()));
  await page.getByRole('button', { name: 'Send again anyway' }).dblclick();
  await page.getByRole('dialog').waitFor();
  assert.equal(asked.length, 1);
  late.give();
  await expect.poll(() => readFileSync(own.journal, 'utf8')).toContain('vid_late');
  await page.evaluate(async () => (await import('./js/doubt.js')).adoptOrphans());
  await page.getByRole('dialog').locator('.strong').click();
  await page.locator('.pill.following').first().waitFor({ timeout: 5_000 });
  await expect.poll(() => inState(page, 'busy')).toBe(null);
  assert.equal(shared.gateway.posts.length, 1);
});

test('"Send again anyway" sends nothing while what reads answers is missing', async () => {
  const { own, page, late } = await lost(undefined, { isHidden: true });
  late.give();
  await expect.poll(() => readFileSync(own.journal, 'utf8')).toContain('vid_late');
  await page.route('**/pkg/ledger.wasm', (route) => route.abort());
  await page.reload();
  await page.locator('#f-prompt').fill('Another draft');
  await page.getByRole('button', { name: 'Send again anyway' }).click();
  await page.locator('#failure').getByText('A part of the page could not be loaded.').waitFor();
  assert.equal(await page.locator('#f-prompt').inputValue(), 'Another draft');
  await page.unroute('**/pkg/ledger.wasm');
  await page.getByRole('button', { name: 'Send again anyway' }).click();
  await page.locator('.pill.following').first().waitFor({ timeout: 5_000 });
  assert.equal(shared.gateway.posts.length, 1);
});

test('"Send again anyway" says what it waits for while the companion still waits for the response', async () => {
  const { page, late } = await lost();
  await page.route('**/attempts/*', (route) => route.fulfill({ json: { state: 'in_flight' } }));
  await page.getByRole('button', { name: 'Send again anyway' }).click();
  const waiting = page.locator('#waiting');
  await expect(waiting).toHaveText(/^Checking first whether the earlier response has arrived \(up to 2 minutes\) · \d/);
  await page.locator('#lang-zh').click();
  await expect(waiting).toHaveText(/^先确认之前的请求是否已有响应（最多 2 分钟） · \d/);
  await page.unroute('**/attempts/*');
  await page.getByRole('dialog').waitFor();
  await expect(waiting).toHaveText('');
  assert.equal(shared.gateway.posts.length, 1);
  late.give();
});

test('a task that was not in the console yet is found all the same', async () => {
  const { page, late } = await lost();
  await page.getByRole('button', { name: 'No task was created' }).click();
  await page.locator('#pay .failure.unknown').waitFor({ state: 'detached' });
  late.give();
  await page.locator('.pill.following').first().waitFor({ timeout: 30_000 });
});

test('an error that came so and names a task fills in its ID', async () => {
  const { page, late } = await lost({ status: 500, json: { code: -1, msg: 'busy', data: { task_id: 'vid_late' } } });
  // Another visit finds it too.
  await page.reload();
  await page.locator('#pay .failure.unknown').waitFor();
  late.give();
  await expect
    .poll(() => page.locator('#pay .failure.unknown input').inputValue(), { timeout: 30_000 })
    .toBe('vid_late');
  assert.equal(shared.gateway.posts.length, 1);
});

test('an answered attempt that a companion with another journal has never seen stays unknown', async () => {
  const { page, late } = await lost();
  await page.route('**/attempts/*', (route) => route.fulfill({ json: { state: 'never_seen' } }));
  const asked = page.waitForResponse('**/attempts/*');
  await page.evaluate(async () => (await import('./js/doubt.js')).adoptOrphans());
  await asked;
  assert.equal((await inState(page, 'records'))[0].state, 'unknown');
  late.give();
});

test('while the companion still waits for two attempts of a closed page, its other tasks are followed and the clock runs', async () => {
  shared.gateway.reset();
  shared.gateway.task = (id) => status(id, 'processing', { progress: 41 });
  const own = await companion();
  const page = await open(own.link);
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('.pill.following').first().waitFor();
  const context = page.context();
  const keeper = await context.newPage();
  await keeper.goto(own.url);
  await keeper.locator('#send').waitFor();
  const second = held(created('vid_3'));
  shared.gateway.create = (n) => (n === 2 ? { ...created('vid_2'), delay: 60_000 } : second.given);
  const slow = [page, await context.newPage()];
  await slow[1].goto(own.url);
  for (const [i, tab] of slow.entries()) {
    await tab.locator('#f-prompt').fill(`Slow scene ${i}`);
    await tab.locator('#send').click();
    await expect.poll(() => shared.gateway.posts.length).toBe(2 + i);
  }
  for (const tab of slow) await tab.close();
  await keeper.goto('about:blank');
  await keeper.goto(`${own.url}#queue`);
  await keeper.locator('#queue').getByText('41 %').first().waitFor();
  const ticking = keeper.locator('#queue .elapsed').first();
  const before = await ticking.innerText();
  await expect.poll(() => ticking.innerText()).not.toBe(before);
  second.give();
  // The attempt that ends first is adopted first, and its task is followed without being asked to.
  await expect
    .poll(async () => (await inState(keeper, 'records')).find((r) => r.task_id === 'vid_3')?.progress)
    .toBe(41);
  assert.equal((await inState(keeper, 'records')).filter((r) => r.state === 'sending').length, 1);
});

test('--max-cost and a price book of the companion are shown, and it refuses above', async () => {
  shared.gateway.reset();
  const { writeFileSync } = await import('node:fs');
  const book = join(newFolder('book'), 'book.json');
  writeFileSync(book, JSON.stringify({ currency: 'USD', prices: { 'seedance2.0-mini-720p': '0.05' } }));
  const page = await open((await companion({ options: ['--prices', book, '--max-cost', '0.30'] })).link);
  await importBody(page, { ...MINI, duration: 15 });
  await page.locator('#send').click();
  await page.locator('#pay .failure').waitFor();
  // The service has not heard of it, so it cannot have said that it made no task.
  await expect(page.locator('#pay .failure')).toHaveText(/^Not sent\s[^]*0\.75[^]*Nothing was sent/, AS_SHOWN);
  assert.equal(shared.gateway.posts.length, 0);
  await goTo(page, 'connection');
  await expect(page.locator('#connection')).toHaveText(/0\.30/, AS_SHOWN);
});

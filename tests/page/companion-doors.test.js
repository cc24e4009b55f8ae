// Access to the companion: who gets in and how, which files are served, and what other sites cannot do.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createServer } from 'node:http';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { behindTls, startCompanion } from './lib/companion.js';
import {
  BOOK,
  MINI,
  MINI_VIDEO,
  fixture,
  goTo,
  importBody,
  inState,
  newContext,
  openForm,
  preview,
  suite,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { newFolder } from './lib/folder.js';
import { status } from './lib/gateway.js';

const CANARY = 'sk_CANARY_companion_8d3f';
const shared = suite();
let tls;
let running = [];

after(async () => {
  await Promise.all(running.map((companion) => companion.end()));
  tls?.close();
});

/** Starts a companion in front of the suite's gateway. */
async function companionBeforeGateway(more = [], { port, env } = {}) {
  shared.gateway.reset();
  // Made in the first test, since on Node 20 an https server made in a hook gets no requests.
  tls ??= await behindTls(shared.gateway);
  const companion = await startCompanion({
    origin: tls.origin,
    key: CANARY,
    port,
    env,
    more: ['--ca-file', tls.ca, ...more],
  });
  running.push(companion);
  return companion;
}

async function end(companion) {
  await companion.end();
  running = running.filter((other) => other !== companion);
}

/** Opens the form through the companion's link. */
const enter = (companion, options = {}) =>
  openForm(shared, { url: companion.link, key: null, origin: undefined, ...options });

const send = (page) => page.locator('#send').click();
const refusedEverywhere = (base) => async (page) =>
  page.evaluate(async (base) => {
    const asked = (path, options) =>
      fetch(base + path, { credentials: 'include', ...options }).then(
        (answer) => `read ${answer.status}`,
        () => 'refused',
      );
    const loaded = (tag, path) =>
      new Promise((resolve) => {
        const element = document.createElement(tag);
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = base + path;
        document.body.append(element);
      });
    const create = '/api/open-api/v1/seedance/videos';
    // The page cannot read the answer to this one. The gateway's calls show whether it had an effect.
    await fetch(base + create, {
      method: 'POST',
      mode: 'no-cors',
      credentials: 'include',
      body: '{"model":"seedance2.0-mini","prompt":"x","duration":5}',
    });
    return [
      await asked('/api/companion'),
      await asked(create, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
      await asked('/api/open-api/v1/videos/vid_1', { headers: { authorization: 'Bearer sk_other' } }),
      await loaded('img', '/icon.svg'),
      await loaded('script', '/pkg/check.js'),
    ];
  }, base);

test('the whole job runs through the companion: one POST, byte for byte, the key in its one header and nowhere else', async () => {
  const companion = await companionBeforeGateway();
  const page = await enter(companion);
  await importBody(page, MINI);
  shared.gateway.task = (id, n) =>
    n > 1
      ? status(id, 'completed', {
          progress: 100,
          completed_at: Math.floor(Date.now() / 1000),
          result: { video_url: tls.result },
        })
      : status(id, 'processing', { progress: 40 });
  const shown = await preview(page);
  await send(page);
  await page.locator('.pill.following').first().waitFor();
  await page.evaluate(async () => (await import('./js/follow.js')).askNow());
  await page.locator('.pill.completed').first().waitFor({ timeout: 20_000 });
  assert.deepEqual(
    shared.gateway.posts.map((call) => call.body),
    [shown],
  );

  await page.goto(`${companion.url}#library`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('a[href^="/save/"]:visible').first().click(),
  ]);
  assert.match(download.suggestedFilename(), /vid_1.*\.mp4$/);
  assert.deepEqual(readFileSync(await download.path()), fixture('result-2.00.mp4'));
  assert.ok(
    tls.seen.length > 0 && tls.seen.every((headers) => !headers.authorization && !headers.cookie && !headers.referer),
  );

  const kept = await page.evaluate(async () =>
    JSON.stringify([
      document.documentElement.outerHTML,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      [...(await import('./js/state.js')).state.records],
    ]),
  );
  assert.ok(
    shared.gateway.calls.every(
      (call) =>
        call.headers.authorization === `Bearer ${CANARY}` &&
        !call.headers.origin &&
        !call.headers.referer &&
        !call.headers.cookie,
    ),
  );
  for (const [place, text] of [
    ['the page', kept],
    ['the terminal', companion.printed],
    ['the journal', companion.journal()],
  ]) {
    assert.ok(!text.includes('CANARY'), place);
  }
  assert.deepEqual(page.problems, [], 'no violation of the policy');
  await end(companion);
});

test('the link opens one browser; another one finds the door locked, in both languages', async () => {
  const companion = await companionBeforeGateway();
  await enter(companion);
  for (const [address, words] of [
    [companion.link, /This link no longer works/],
    [companion.url, /Open the link from your terminal/],
  ]) {
    const page = await (await newContext(shared)).newPage();
    await page.goto(address);
    await page.getByText(words).waitFor();
    await expect(page.locator('main')).toHaveText(/终端/, AS_SHOWN);
    assert.ok(!page.url().includes('#'), 'the token does not stay in the address');
  }
  await end(companion);
});

test('the file that --open gives to the browser leads to the form', async () => {
  const folder = newFolder('starter');
  writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\nprintf %s "$1" > "$0.file"\n', { mode: 0o755 });
  const companion = await companionBeforeGateway(['--open'], { env: { PATH: folder } });
  const file = join(folder, 'xdg-open.file');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toBeTruthy();
  const page = await enter(companion, { url: pathToFileURL(readFileSync(file, 'utf8')).href });
  assert.equal(new URL(page.url()).origin, new URL(companion.url).origin);
  await end(companion);
});

test('tabs of one browser let each other in; a tab alone, or after a restart, stays before the door', async () => {
  const companion = await companionBeforeGateway();
  // A tab lets others in as soon as its form is shown, however long the rest of the page takes.
  const context = await newContext(shared);
  let first = true;
  await context.route('**/js/behind.js', (route) => {
    if (!first) return route.fallback();
    first = false;
    return new Promise(() => {});
  });
  const page = await enter(companion, { context });
  const second = await context.newPage();
  await second.goto(companion.url);
  await second.locator('#send').waitFor();
  await Promise.all([page.close(), second.goto('about:blank')]);
  const third = await second.context().newPage();
  await third.goto(companion.url);
  await third.getByText(/Open the link from your terminal/).waitFor();
  // The tab that was let in still has access.
  await second.goto(companion.url);
  await second.locator('#send').waitFor();
  await end(companion);
});

test('a cookie that another server of the host tosses logs nobody out', async () => {
  const companion = await companionBeforeGateway();
  // The address 127.0.0.1, under which other servers on the machine run as well.
  const page = await enter(companion, { url: companion.link.replace(/\/\/[^:/]+/, '//127.0.0.1') });
  const names = (await page.context().cookies()).map((cookie) => cookie.name);
  const server = createServer((request, response) =>
    response.writeHead(200, { 'set-cookie': names.map((name) => `${name}=tossed; Path=/`) }).end(),
  );
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const toss = async () => (await page.context().newPage()).goto(`http://127.0.0.1:${server.address().port}/`);
  await toss();
  await page.bringToFront();
  await importBody(page, MINI);
  await send(page);
  await page.locator('.pill.following').first().waitFor();
  assert.equal(shared.gateway.posts.length, 1);
  await toss();
  await page.bringToFront();
  await page.reload();
  await page.locator('#send').waitFor();
  await goTo(page, 'connection');
  await expect(page.locator('#former'), 'it is the former address').toHaveCount(0);
  server.close();
  await end(companion);
});

test('who held the port before owns nothing: neither its cached scripts nor its service worker reach the form', async () => {
  shared.gateway.reset();
  const seen = [];
  const squatter = createServer((request, response) => {
    seen.push(request.url);
    const worker = request.url === '/worker.js';
    response.writeHead(200, {
      'content-type': worker ? 'text/javascript' : 'text/html',
      'cache-control': worker ? 'no-store' : 'public, max-age=31536000, immutable',
      'service-worker-allowed': '/',
    });
    response.end(
      worker
        ? "self.addEventListener('fetch', (event) => event.respondWith(new Response('squatted')));"
        : '<body>squatted</body>',
    );
  });
  await new Promise((resolve) => {
    squatter.listen(0, '127.0.0.1', resolve);
  });
  const { port } = squatter.address();
  const context = await newContext(shared);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js', { scope: '/' });
    await navigator.serviceWorker.ready;
    await fetch('/js/main.js');
  });
  await page.goto('about:blank');
  squatter.closeAllConnections();
  await new Promise((resolve) => {
    squatter.close(resolve);
  });
  const companion = await companionBeforeGateway([], { port });
  assert.equal(companion.port, port);
  const form = await enter(companion, { context });
  assert.equal(await form.evaluate(() => navigator.serviceWorker.controller), null);
  assert.ok(!(await form.content()).includes('squatted'));
  await end(companion);
});

test('the history of the former address is imported when the user asks for it', async () => {
  const companion = await companionBeforeGateway();
  const page = await enter(companion);
  await importBody(page, MINI);
  await send(page);
  await page.locator('.pill.following').first().waitFor();
  const [record] = await inState(page, 'records');
  const old = await page.context().newPage();
  await old.goto(
    new URL('companion/open', await page.evaluate(() => location.href)).href.replace(/\/\/[^:/]+/, '//127.0.0.1'),
  );
  const kept = [
    { ...record, attempt: '7b2d1c5e-0000-4000-8000-000000000001', task_id: 'vid_former' },
    { attempt: 'squatted', body: '<img>' },
    record,
  ];
  await old.evaluate(
    (records) =>
      new Promise((resolve) => {
        const opening = indexedDB.open('seedance', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('attempts', { keyPath: 'attempt' });
        opening.onsuccess = () => {
          const writing = opening.result.transaction('attempts', 'readwrite');
          records.forEach((one) => writing.objectStore('attempts').put(one));
          writing.oncomplete = resolve;
        };
      }),
    kept,
  );
  await old.close();
  await goTo(page, 'connection');
  for (const words of ['Tasks imported: 1.', 'There are no other tasks to import.']) {
    await page.locator('#former').click();
    await page.getByText(words).waitFor();
  }
  await expect
    .poll(async () => (await inState(page, 'records')).map((one) => one.task_id).sort())
    .toStrictEqual(['vid_1', 'vid_former']);
  assert.equal(page.context().pages().length, 1, 'the window is gone');
  await end(companion);
});

/** The calls to the gateway, except the form's own request for the balance. */
const sent = () => shared.gateway.calls.filter(({ path }) => !path.endsWith('/balance'));

test('what the rules refuse never reaches the gateway, even when the page itself is made to send it', async () => {
  const companion = await companionBeforeGateway();
  const page = await enter(companion);
  const [code, report] = await page.evaluate(async () => {
    const { authorization } = await import('./js/secret.js');
    const answer = await fetch('/api/open-api/v1/seedance/videos', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization() },
      body: '{"model":"seedance2.0-mini","prompt":"x","duration":16}',
    });
    return [answer.status, await answer.json()];
  });
  assert.deepEqual([code, report.accepted, report.findings[0].rule], [422, false, 'duration-out-of-range']);
  assert.deepEqual(sent(), []);
  await end(companion);
});

test('a page of another site, on this machine too, can neither read nor send', async (t) => {
  const companion = await companionBeforeGateway();
  const page = await enter(companion);
  const server = createServer((request, response) =>
    response.setHeader('content-type', 'text/html').end('<body>other site</body>'),
  );
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => server.close());
  for (const host of ['127.0.0.1', 'localhost', new URL(companion.url).hostname]) {
    const other = await page.context().newPage();
    await other.goto(`http://${host}:${server.address().port}/`);
    assert.deepEqual(await refusedEverywhere(companion.url.replace(/\/$/, ''))(other), Array(5).fill('refused'), host);
  }
  assert.deepEqual(sent(), []);
  await end(companion);
});

test('DNS rebinding: a name of another site that leads to the companion opens nothing', async () => {
  const companion = await companionBeforeGateway();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--host-resolver-rules=MAP rebound.test 127.0.0.1',
    ],
  });
  try {
    const page = await browser.newPage();
    const answer = await page.goto(`http://rebound.test:${companion.port}/`);
    assert.equal(answer.status(), 403);
    assert.deepEqual(
      await page.evaluate(async () =>
        Promise.all(
          ['/api/companion', '/companion/open', '/api/open-api/v1/videos/vid_1'].map((path) =>
            fetch(path).then((reply) => reply.status),
          ),
        ),
      ),
      [403, 403, 403],
    );
    const post = await page.evaluate(() =>
      fetch('/api/open-api/v1/seedance/videos', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer sk_other' },
        body: '{"model":"seedance2.0-mini","prompt":"x","duration":5}',
      }).then((reply) => reply.status),
    );
    assert.equal(post, 403);
    assert.equal(shared.gateway.calls.length, 0);
  } finally {
    await browser.close();
  }
  await end(companion);
});

test('--max-cost goes by what the page measured: the whole price decides, and a price that fits is passed on', async () => {
  const book = join(newFolder('book'), 'book.json');
  writeFileSync(book, JSON.stringify(BOOK));
  for (const [limit, posts] of [
    ['0.54', 0],
    ['0.55', 1],
  ]) {
    const companion = await companionBeforeGateway(['--prices', book, '--max-cost', limit]);
    const page = await enter(companion, { media: { [MINI_VIDEO.reference_videos[0]]: 'h264-3.20.mp4' } });
    await importBody(page, MINI_VIDEO);
    await page.getByText('$0.55').first().waitFor();
    await send(page);
    if (posts) await page.locator('.pill.following').first().waitFor();
    else
      await page
        .getByText(/0\.55 USD.*0\.54 USD/)
        .first()
        .waitFor();
    assert.equal(shared.gateway.posts.length, posts, limit);
    await end(companion);
  }
});

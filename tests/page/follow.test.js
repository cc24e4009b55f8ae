// Following, results, history: points 18–24, 39, and 72 hours of fake time.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MINI, RESULTS, fixture, importBody, inState, openForm, suite, goTo } from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { created, ok, status } from './lib/gateway.js';

const shared = suite();
const START = Date.UTC(2026, 10, 22, 12);
const VIDEO = `${RESULTS}/result.mp4`;
const done = (id, at = START, more = {}) =>
  status(id, 'completed', {
    progress: 100,
    created_at: at / 1000,
    completed_at: at / 1000,
    result: { video_url: VIDEO, image_url: '' },
    ...more,
  });

async function sent(options = {}) {
  shared.gateway.reset();
  Object.assign(shared.gateway, options.gateway);
  const page = await openForm(shared, { clock: START, init: noteTimes, ...options });
  await importBody(page, MINI);
  if (options.paused) await page.clock.pauseAt(START + 120_000); // from here on only `pass` advances time
  await page.locator('#send').click();
  await page.locator('.pill.following').first().waitFor();
  return page;
}

/**
 * Advances fake time in steps. The next step waits until the page's questions in this one are answered, however slow the machine
 * is.
 */
async function pass(page, ms, step = 5000) {
  for (let gone = 0; gone < ms; gone += step) {
    await page.clock.fastForward(Math.min(step, ms - gone)); // skips the ticks of the page's own clocks
    const answered = () =>
      page.evaluate(async () => {
        const { state } = await import('./js/state.js');
        return [...state.records.values()].every(
          ({ state: name, task_id, checked_at = 0 }) =>
            name !== 'following' || checked_at >= (window.asked[task_id] ?? 0),
        );
      });
    await expect.poll(answered, { intervals: [20] }).toBe(true);
  }
}
const polls = () => shared.gateway.polls;
const fakePolls = (page) => page.evaluate(() => window.pollTimes);
const noteTimes = () => {
  window.pollTimes = [];
  window.asked = {}; // when each task was last asked about
  const plain = window.fetch;
  window.fetch = (...args) => {
    if (args[1]?.headers?.Authorization && !args[1].method?.includes('POST')) {
      window.pollTimes.push(Date.now());
      window.asked[String(args[0]).split('/').at(-1)] = Date.now();
    }
    return plain(...args);
  };
};

async function until(page, check) {
  for (let i = 0; i < 100; i += 1) {
    if (await check()) return;
    await pass(page, 1000);
  }
  assert.fail('it never came');
}

test('point 18: every status is one live line; changes are spoken, ticks are not; an unknown status is shown raw', async () => {
  const steps = [
    status('vid_1', 'queued'),
    status('vid_1', 'pending'),
    status('vid_1', 'submitted'),
    status('vid_1', 'processing', { progress: 1 }),
    status('vid_1', 'processing', { progress: 99 }),
    status('vid_1', 'waiting_for_moon'),
    done('vid_1'),
  ];
  const page = await sent({ gateway: { task: (id, n) => steps[Math.min(n, steps.length) - 1] } });
  await page.evaluate(() => {
    window.spoken = [];
    new MutationObserver(() => window.spoken.push(document.querySelector('#live').textContent)).observe(
      document.querySelector('#live'),
      { childList: true, characterData: true, subtree: true },
    );
  });
  await expect(page.locator('#live')).toHaveAttribute('role', 'status');
  await until(page, () => page.locator('text=1 %').first().isVisible());
  await expect(page.locator('#now .elapsed')).toHaveText(/^\d\d:\d\d$/, AS_SHOWN);
  await until(page, () => page.getByText('waiting_for_moon').first().isVisible());
  await expect(page.locator('#now progress'), 'progress only when given').not.toHaveAttribute('value');
  await until(page, () => page.locator('.pill.completed').first().isVisible());
  await expect
    .poll(() => page.evaluate(() => window.spoken))
    .toStrictEqual([
      'seedance2.0-mini: Processing',
      'seedance2.0-mini: waiting_for_moon',
      'seedance2.0-mini: Completed',
    ]);
  await expect(page).toHaveTitle(/^Completed/);
});

test('point 19: gaps grow to about 10 s, Retry-After is obeyed, 502s are trouble and not failure, then "check later"', async () => {
  let answer = () => status('vid_1', 'processing', { progress: 5 });
  const page = await sent({ paused: true, gateway: { task: () => answer() } });
  await until(page, async () => (await fakePolls(page)).length >= 7);
  const gaps = (list) => list.slice(1).map((t, i) => (t - list[i]) / 1000);
  const first = gaps(await fakePolls(page));
  // The expected gaps (5 s and 10 s, each up to a tenth longer), plus up to one second, the step of time, until the answer.
  assert.ok(first[0] >= 4.5 && first[0] <= 6.5, first.join());
  assert.ok(
    first.every((g, i) => i === 0 || g >= first[i - 1] * 0.7) && first.at(-1) >= 9 && first.at(-1) <= 12,
    first.join(),
  );
  answer = () => ({ status: 429, json: { msg: 'slow down' }, headers: { 'retry-after': '30' } });
  const before = (await fakePolls(page)).length;
  await until(page, async () => (await fakePolls(page)).length > before);
  answer = () => ({ status: 502, json: { msg: 'bad gateway' } });
  await until(page, async () => (await fakePolls(page)).length > before + 1);
  const waited = gaps((await fakePolls(page)).slice(before, before + 2))[0];
  assert.ok(waited >= 30, `${waited} s`);
  await until(page, async () => (await fakePolls(page)).length > before + 4);
  assert.equal((await inState(page, 'records'))[0].state, 'following');
  await expect(page.locator('#now')).toHaveText(/next one runs automatically/, AS_SHOWN);
  answer = () => status('vid_1', 'processing', { progress: 6 });
  await pass(page, 30 * 60_000, 15_000);
  await page.locator('.pill.paused').first().waitFor();
  const after = (await fakePolls(page)).length;
  await pass(page, 120_000, 30_000);
  assert.equal((await fakePolls(page)).length, after);
  await page.getByRole('button', { name: 'Check now' }).first().click();
  await until(page, async () => (await fakePolls(page)).length > after);
});

test('point 20: hidden, at most one call a minute; shown again, one call within a second; the title carries the state', async () => {
  const page = await sent({ paused: true, gateway: { task: () => status('vid_1', 'processing', { progress: 7 }) } });
  await until(page, async () => (await fakePolls(page)).length >= 2);
  const show = (value) =>
    page.evaluate((v) => {
      Object.defineProperty(document, 'visibilityState', { value: v, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, value);
  await show('hidden');
  await pass(page, 20_000, 5000);
  const at = (await fakePolls(page)).length;
  await pass(page, 600_000, 5000);
  const hidden = (await fakePolls(page)).length - at;
  assert.ok(hidden >= 8 && hidden <= 10, `${hidden} calls in 10 min`);
  await expect(page).toHaveTitle(/^Running 7 %/);
  const before = (await fakePolls(page)).length;
  await show('visible');
  await pass(page, 1000, 500);
  await expect.poll(async () => (await fakePolls(page)).length).toBe(before + 1);
});

test('points 21 and 23: the result plays inline, its life is counted from completion, warned about, and ends; make again', async () => {
  const page = await sent({ media: { [VIDEO]: 'result-2.00.mp4' }, gateway: { task: (id) => done(id) } });
  await until(page, () => page.locator('.pill.completed').first().isVisible());
  const card = page.locator('#now');
  await expect(card).toHaveText(/expires in 2 d 23 h/, AS_SHOWN);
  await expect(card).toHaveText(new RegExp(MINI.prompt), AS_SHOWN);
  await expect(card).toHaveText(/Quoted\s+\$0\.25\s+Model\s+seedance2\.0-mini\s+Format\s+720p · 5 s/, AS_SHOWN);
  const player = card.locator('video');
  await expect
    .poll(() => player.evaluate((v) => [v.controls, v.muted, v.playsInline, v.autoplay, v.preload]))
    .toStrictEqual([true, true, true, false, 'metadata']);
  await player.evaluate((v) => v.play());
  await page.waitForFunction(() => document.querySelector('#now video').videoWidth === 1280);
  await page.clock.fastForward(61 * 3600_000);
  await page
    .getByText(/Save it now: the link expires in 10 h/)
    .first()
    .waitFor();
  await page.clock.fastForward(12 * 3600_000);
  await page.getByText('The link has expired').first().waitFor();
  await expect(card.locator('video')).toHaveCount(0);
  await page.locator('#f-prompt').fill('Something else');
  await card.getByRole('button', { name: 'New from this' }).click();
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
  assert.equal(shared.gateway.posts.length, 1);
});

test('point 22: a host with CORS gives a real file of the right size and name', async () => {
  const page = await sent({
    clock: false,
    media: {
      [VIDEO]: (route) =>
        route.fulfill({
          status: 200,
          contentType: 'video/mp4',
          headers: { 'access-control-allow-origin': '*' },
          body: fixture('result-2.00.mp4'),
        }),
    },
    gateway: { task: (id) => done(id, Date.now()) },
  });
  await page.locator('.pill.completed').first().waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#now').getByRole('button', { name: 'Save video' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'seedance2.0-mini-vid_1.mp4');
  assert.deepEqual(readFileSync(await file.path()), fixture('result-2.00.mp4'));
});

test('point 22: a host without CORS opens in a new tab with one line of help, and the form stays', async () => {
  const closed = (route) =>
    route.fulfill({
      status: 200,
      contentType: 'video/mp4',
      headers: { 'access-control-allow-origin': 'https://other.example' },
      body: fixture('result-2.00.mp4'),
    });
  const page = await sent({
    clock: false,
    media: { [VIDEO]: closed },
    gateway: { task: (id) => done(id, Date.now()) },
  });
  await page.locator('.pill.completed').first().waitFor();
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.locator('#now').getByRole('button', { name: 'Save video' }).click(),
  ]);
  await tab.waitForURL(VIDEO);
  await page.getByText('Opened in a new tab').waitFor();
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
});

test('point 24: a failed task shows plain words, the original as text, what is known about charging, and refills the form', async () => {
  const page = await sent({
    gateway: {
      task: (id) =>
        status(id, 'failed', {
          error_message: '<img src=x onerror="window.hit=1"> PROVIDER_MODERATION_ERROR: TRADEMARK',
        }),
    },
  });
  await until(page, () => page.locator('.pill.failed').first().isVisible());
  const text = await page.locator('#now').innerText();
  assert.match(text, /Content moderation rejected/);
  assert.ok(text.includes('<img src=x onerror="window.hit=1"> PROVIDER_MODERATION_ERROR: TRADEMARK'));
  assert.match(text, /do not say whether failed tasks are charged/);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  await page.locator('#f-prompt').fill('');
  await page.getByRole('button', { name: 'Edit and try again' }).first().click();
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
});

test('hostile results: a link that is not https is text, not a player or a link', async () => {
  const page = await sent({
    gateway: { task: (id) => status(id, 'completed', { result: { video_url: 'javascript:alert(1)' } }) },
  });
  await until(page, () => page.locator('.pill.completed').first().isVisible());
  await expect(page.locator('#now video, #now a[href^="javascript"]')).toHaveCount(0);
  await expect(page.locator('#now')).toHaveText(/javascript:alert\(1\)/, AS_SHOWN);
});

test('72 hours of fake time: no double charge, no lost task, no stuck screen', async () => {
  let answer = (id) => status(id, 'processing', { progress: 50 });
  const page = await sent({ gateway: { task: (id) => answer(id) } });
  await page.clock.fastForward(72 * 3600_000);
  await pass(page, 40_000, 10_000);
  answer = (id) => done(id, START + 72 * 3600_000);
  await until(page, async () => {
    const again = page.getByRole('button', { name: 'Check now' }).first();
    if (await again.isVisible()) await again.click();
    return page.locator('.pill.completed').first().isVisible();
  });
  assert.equal(shared.gateway.posts.length, 1);
  await page.locator('#f-prompt').fill('Still alive');
  await expect(page.locator('#f-prompt')).toHaveValue('Still alive');
});

test('point 39: two tabs, one poller, both show it; the next tab takes over', async () => {
  const page = await sent({ clock: false, gateway: { task: (id) => status(id, 'processing', { progress: 20 }) } });
  const other = await openForm(shared, { context: page.context() });
  await other.evaluate(() => {
    location.hash = '#queue';
  });
  await other.locator('#queue').getByText('20 %').waitFor({ timeout: 15_000 });
  await page.getByText('20 %').first().waitFor();
  const before = polls().length;
  await new Promise((wake) => {
    setTimeout(wake, 6000);
  });
  assert.ok(polls().length - before <= 2, `${polls().length - before} calls in 6 s`);
  shared.gateway.task = (id) => done(id, Date.now());
  await page.close();
  await other.locator('#now .pill.completed').waitFor({ timeout: 20_000 });
});

test('point 39: the one poller follows what another tab sends', async () => {
  shared.gateway.reset();
  const poller = await openForm(shared);
  const other = await openForm(shared, { context: poller.context() });
  shared.gateway.task = (id) => status(id, 'processing', { progress: 20 });
  await importBody(other, MINI);
  await other.locator('#send').click();
  await other.getByText('20 %').first().waitFor();
});

test('point 39: history with totals, search, export without a key, clearing in both tabs', async () => {
  const page = await sent({
    gateway: { create: (n) => created(`vid_${n}`), task: (id) => ok({ task_id: id, status: 'queued' }) },
  });
  await page.locator('#f-prompt').fill('A second scene');
  await page.locator('#send').click();
  await expect.poll(async () => (await inState(page, 'records')).length).toBe(2);
  await goTo(page, 'library');
  await page.locator('.side-more > summary').click();
  await expect(page.locator('.side-more dl')).toHaveText(/quoted \$0\.50/, AS_SHOWN);
  await expect(page.locator('#library')).toHaveText(/Safari.*7 days/, AS_SHOWN);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#library').getByRole('button', { name: 'Export' }).click(),
  ]);
  const text = readFileSync(await file.path(), 'utf8');
  assert.equal(JSON.parse(text).length, 2);
  assert.ok(!text.includes('sk_test'));
  const other = await openForm(shared, { context: page.context() });
  await expect.poll(async () => (await inState(other, 'records')).length).toBe(2);
  await page.getByRole('button', { name: 'Clear history' }).click();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByText('No tasks yet').waitFor();
  await expect.poll(async () => (await inState(other, 'records')).length).toBe(0);
});

test('point 39: full storage is said aloud and the form still works', async () => {
  const page = await sent({ clock: false });
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function refuse() {
      throw new DOMException('full', 'QuotaExceededError');
    };
    window.giveBack = () => {
      IDBObjectStore.prototype.put = put;
    };
  });
  await page.locator('#f-prompt').fill('Another scene');
  await page.locator('#send').click();
  await page.getByText('storage is full').waitFor();
  await expect.poll(() => shared.gateway.posts.length).toBe(2);
});

// Parts of the page that fail to load on demand: each failure is shown in the part's place, and a click tries again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MINI_VIDEO,
  fixture,
  fixturePath,
  goTo,
  importBody,
  newContext,
  openForm,
  openPanel,
  openTile,
  suite,
  upload,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { ok } from './lib/gateway.js';

const shared = suite();
const SENTENCES = {
  en: 'A part of the page could not be loaded: check your connection and try again, or reload the page.',
  zh: '页面的一部分未能加载：请检查网络后重试，或刷新页面。',
};
const AGAIN = { en: 'Try again', zh: '重试' };

const cut = (target, path) => target.route(`**/${path}`, (route) => route.abort());

/** The message appears in the part's place. Trying again in vain keeps it there; with the network back, the part is loaded. */
async function triesAgain(page, { place, path, lang = 'en', words = SENTENCES[lang], network = page }) {
  const alert = page.locator(`${place} .banner[role=alert]`);
  const again = alert.getByRole('button', { name: AGAIN[lang] });
  await expect(alert.locator('p')).toHaveText(words, AS_SHOWN);
  const asked = page.waitForEvent('requestfailed', (request) => request.url().endsWith(path));
  await again.click();
  await asked;
  await expect(again).toBeFocused();
  await network.unroute(`**/${path}`);
  await again.click();
  await expect(alert).toHaveCount(0);
}

for (const [view, path, shown] of [
  ['prices', 'pkg/ledger.js', '#book-text'],
  ['prices', 'pkg/ledger.wasm', '#book-text'],
  ['prices', 'js/views/catalogue.js', '#book-text'],
  ['batch', 'pkg/ledger.wasm', '#batch-text'],
  ['batch', 'js/batch.js', '#batch-text'],
  ['assets', 'js/views/desk.js', '#desk-library-title'],
])
  for (const lang of ['en', 'zh'])
    test(`${view} without ${path} says so and is tried again (${lang})`, async () => {
      const page = await openForm(shared, { lang });
      await page.locator('#f-prompt').fill('A fox');
      await cut(page, path);
      await goTo(page, view);
      await triesAgain(page, { place: `#${view}`, path, lang });
      await expect(page.locator(shown)).toBeVisible();
      await goTo(page, 'compose');
      await expect(page.locator('#f-prompt')).toHaveValue('A fox');
      assert.deepEqual(page.problems, []);
    });

for (const path of ['css/filled.css', 'css/later.css', 'css/desk.css'])
  for (const draft of [undefined, { prompt: 'A fox' }])
    test(`${path} does not come: that is told of above ${draft ? 'a kept draft' : 'an empty form'}`, async () => {
      const context = await newContext(shared);
      await cut(context, path);
      const page = await openForm(shared, { context, draft });
      await triesAgain(page, { place: '#banners', path, network: context });
      await expect(page.locator('#f-prompt')).toHaveValue(draft?.prompt ?? '');
      const sheets = await page.evaluate(() => [...document.styleSheets].map(({ href }) => href.split('/').at(-1)));
      assert.deepEqual([...new Set(sheets.reverse())].slice(0, 3), ['desk.css', 'later.css', 'filled.css']); // the last one wins
    });

test('a language that does not come leaves the page in the other, and is chosen once it comes', async () => {
  const context = await newContext(shared);
  await cut(context, 'js/i18n/zh.js');
  const page = await openForm(shared, { context });
  await page.locator('#lang-zh').click();
  await triesAgain(page, { place: '#banners', path: 'js/i18n/zh.js', network: context });
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('#send-label')).toHaveText(/^生成/);
});

test('what converts a pasted request is told of where it was pasted, and converts it once it comes', async () => {
  const page = await openForm(shared);
  await cut(page, 'pkg/ledger.wasm');
  await openPanel(page, 'import');
  await page.locator('#import-text').fill('{"model":"doubao","content":[{"type":"text","text":"A fox"}]}');
  await triesAgain(page, {
    place: '#import',
    path: 'pkg/ledger.wasm',
    words:
      'The reader for invalid JSON and for requests of Ark and fal could not be loaded: check your connection and try again, or reload the page.',
  });
  await expect(page.locator('#import-vendor')).toHaveText(/Ark/, AS_SHOWN);
});

const served = (name) => (route) =>
  route.fulfill({
    contentType: 'video/mp4',
    headers: { 'access-control-allow-origin': '*' },
    body: name ? fixture(name) : 'no media',
  });

const UNLOADED = 'The file reader could not be loaded: check your connection and measure again.';
const ENTER = 'Enter the length below if you know it.';

test('what only the missing part could measure says so itself, no other does, and it is measured once the part comes', async () => {
  const url = 'https://results.example/ref.mp4';
  const odd = 'http://results.example/odd.mp4'; // a link that is not measured
  const sound = 'https://results.example/sound.mp3';
  const page = await openForm(shared, { media: { [url]: served('hevc-3.00.mp4'), [sound]: served() } });
  await cut(page, 'pkg/ledger.wasm');
  await importBody(page, { ...MINI_VIDEO, reference_videos: [url, odd], reference_audios: [sound] });
  const facts = page.locator('.facts');
  await openTile(page, 'reference_videos');
  await expect(facts).toHaveText(`${UNLOADED} ${ENTER} Measure again`, AS_SHOWN);
  await openTile(page, 'reference_videos', 2);
  await expect(facts).toHaveText(`The length could not be read here. ${ENTER} Measure again`, AS_SHOWN);
  await openTile(page, 'reference_audios');
  await expect(facts).toHaveText(`${UNLOADED} Measure again`, AS_SHOWN);
  await page.unroute('**/pkg/ledger.wasm');
  await facts.getByRole('button', { name: 'Measure again' }).click();
  await expect(facts).toHaveText('The length could not be read here. Measure again', AS_SHOWN);
  await openTile(page, 'reference_videos');
  await expect(facts).toHaveText(`${UNLOADED} ${ENTER} Measure again`, AS_SHOWN);
  await facts.getByRole('button', { name: 'Measure again' }).click();
  await expect(facts).toHaveText(/3\.00 s/, AS_SHOWN);
});

test('an uploaded file that only the player has read says so, and is read on once the part comes', async () => {
  shared.gateway.reset();
  const page = await openForm(shared);
  await cut(page, 'pkg/ledger.wasm');
  await importBody(page, { ...MINI_VIDEO, reference_videos: [] });
  await upload(page, fixturePath('h264-3.20.mp4'));
  const facts = page.locator('.facts');
  await openTile(page, 'reference_videos');
  await expect(facts).toHaveText(`${UNLOADED} Measure again 3.20 s · 320 × 180 · 0.0 MB measured here`, AS_SHOWN);
  await expect(page.locator('.price-head')).toHaveText('$0.55', AS_SHOWN);
  await page.unroute('**/pkg/ledger.wasm');
  await facts.getByRole('button', { name: 'Measure again' }).click();
  await expect(facts).toHaveText('3.20 s · 320 × 180 · 25 fps · 0.0 MB measured here', AS_SHOWN);
});

test('a link that takes the place of an uploaded file is measured itself', async () => {
  shared.gateway.reset();
  const url = 'https://results.example/ref.mp4';
  const page = await openForm(shared, { media: { [url]: served('hevc-3.00.mp4') } });
  await cut(page, 'pkg/ledger.wasm');
  await importBody(page, { ...MINI_VIDEO, reference_videos: [] });
  await upload(page, fixturePath('h264-3.20.mp4'));
  const facts = page.locator('.facts');
  await openTile(page, 'reference_videos');
  await expect(facts).toHaveText(/3\.20 s/, AS_SHOWN);
  await page.locator('#tile-url').fill(url);
  await page.locator('#tile-url').blur();
  await expect(facts).toHaveText(`${UNLOADED} ${ENTER} Measure again`, AS_SHOWN);
  await page.unroute('**/pkg/ledger.wasm');
  await facts.getByRole('button', { name: 'Measure again' }).click();
  await expect(facts).toHaveText(/^3\.00 s/, AS_SHOWN);
});

test('nothing is submitted for review while what reads the answer is missing, and it can be submitted again', async () => {
  const path = '/api/open-api/v1/seedance/assets/audit';
  const submitted = () => shared.gateway.calls.filter((call) => call.path === path).length;
  shared.gateway.reset();
  shared.gateway.other = { [path]: () => ok({ items: [{ asset_id: 'as_1', status: 'Pending' }] }) };
  const page = await openForm(shared);
  await cut(page, 'pkg/ledger.wasm');
  await page.evaluate(async () =>
    (await import('./js/assets.js')).submitLink({
      way: 'full',
      media: 'image',
      name: 'a.png',
      url: 'https://media.example/a.png',
    }),
  );
  await goTo(page, 'assets');
  await expect(page.locator('#assets')).toHaveText(
    /A part of the page could not be loaded\.\s+Check your connection and try again, or reload the page\./,
    AS_SHOWN,
  );
  assert.equal(submitted(), 0);
  await page.unroute('**/pkg/ledger.wasm');
  await page.getByRole('button', { name: 'Submit again' }).click();
  await expect(page.locator('.review .pill.pending')).toBeVisible();
  assert.equal(submitted(), 1);
});

for (const path of ['pkg/ledger.js', 'pkg/ledger.wasm'])
  test(`nothing is sent without ${path}, which reads the answer, and it can be sent once it is there`, async () => {
    shared.gateway.reset();
    const page = await openForm(shared);
    await cut(page, path);
    await page.locator('#f-prompt').fill('A fox');
    await page.locator('#send').click();
    await expect(page.locator('#failure')).toHaveText(
      /A part of the page could not be loaded\.\s+Check your connection and try again, or reload the page\./,
      AS_SHOWN,
    );
    assert.equal(shared.gateway.posts.length, 0);
    await page.unroute(`**/${path}`);
    await page.locator('#send').click();
    await expect.poll(() => shared.gateway.posts.length).toBe(1);
  });

for (const cutToo of [[], ['js/explain.js']])
  test(`without what stands behind Send${cutToo.length ? ' and what explains that' : ''}, a button opens the page anew with what was typed`, async () => {
    const context = await newContext(shared);
    let release;
    await context.route('**/js/behind.js', (route) => {
      release = () => route.abort();
    });
    for (const path of cutToo) await cut(context, path);
    const page = await openForm(shared, { context });
    await page.locator('#f-prompt').fill('A fox');
    await page.locator('#send').click();
    await expect.poll(() => Boolean(release)).toBe(true);
    release();
    await context.unroute('**/js/behind.js');
    await expect(page.locator('#cold-en')).toHaveText(/could not be (loaded|started)/, AS_SHOWN);
    await expect(page.locator('#cold-zh')).toHaveText(/未能(加载|启动)/, AS_SHOWN);
    await page.locator('.cold.failed').getByRole('button', { name: 'Try again 重试' }).click();
    await expect(page.locator('#f-prompt')).toHaveValue('A fox');
    await expect(page.locator('#hello')).not.toBeEmpty();
    assert.deepEqual(page.problems, []);
  });

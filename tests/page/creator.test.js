// The studio as a creator sees it: zones, the empty page, tiles, the sheet of models, the stage, drafts, files dropped anywhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  MINI,
  MINI_VIDEO,
  RESULTS,
  chooseModel,
  fixture,
  fixturePath,
  goTo,
  importBody,
  inState,
  modelOf,
  openAdd,
  openForm,
  openModels,
  openTile,
  priceHead,
  suite,
  tilesOf,
  upload,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { created, held, ok, status } from './lib/gateway.js';
import { en } from './lib/words.js';

const shared = suite();
const REF = 'https://media.example/ref.mp4';
const PICTURE = 'https://media.example/a.png';
const VIDEO = `${RESULTS}/result.mp4`;
const media = { [REF]: 'h264-3.20.mp4', [PICTURE]: 'picture.png', [VIDEO]: 'result-2.00.mp4' };
const finished = (id) => status(id, 'completed', { completed_at: Date.now() / 1000, result: { video_url: VIDEO } });

async function form(body, options = {}) {
  shared.gateway.reset();
  const page = await openForm(shared, { media, ...options });
  if (body) await importBody(page, body);
  return page;
}
const box = (page, selector) => page.locator(selector).boundingBox();
const bar = (page) => page.locator('#pay').getAttribute('data-state');
const drafts = (page) => page.locator('.draft-tab').allInnerTexts();

test('from 1400 px three zones stand side by side, the pay bar docked under the first', async () => {
  const page = await form(MINI, { width: 1440, height: 900 });
  shared.gateway.task = (id) => status(id, 'processing', { progress: 5 });
  await page.locator('#send').click();
  await page.locator('#queue .pill, #queue :text("5 %")').first().waitFor();
  const [compose, stage, side, pay] = await Promise.all(['#draft', '#stage', '.side', '#pay'].map((s) => box(page, s)));
  assert.ok(compose.width >= 400 && compose.width <= 480, `compose ${compose.width}`);
  assert.ok(stage.width >= 640, `stage ${stage.width}`);
  assert.equal(side.width, 280);
  assert.ok(compose.x < stage.x && stage.x < side.x);
  assert.ok(Math.abs(pay.y + pay.height - 900) <= 1 && pay.x === compose.x, JSON.stringify(pay));
});

test('below 1400 px the queue collapses, and opens from the navigation beside the form', async () => {
  const page = await form(MINI, { width: 1280, height: 900 });
  await page.locator('#send').click();
  await page.locator('#now .task').waitFor();
  await expect(page.locator('.side')).toBeHidden();
  assert.ok((await box(page, '#stage')).width >= 640);
  await page.locator('.nav a[href="#queue"]').click();
  await expect(page.locator('.side')).toBeVisible();
  await expect(page.locator('#f-prompt')).toBeVisible();
});

test('a link to a page is followed here, except with a key that asks the browser for something else', async () => {
  const page = await form();
  const isFollowed = (key) =>
    page.locator('.nav a[href="#queue"]').evaluate((node, name) => {
      let taken;
      const look = (event) => {
        taken = event.defaultPrevented;
        event.preventDefault();
      };
      addEventListener('click', look, { once: true });
      node.dispatchEvent(new MouseEvent('click', { [name]: true, bubbles: true, cancelable: true }));
      return taken;
    }, key);
  for (const key of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey']) assert.equal(await isFollowed(key), false, key);
  assert.equal(await isFollowed('none'), true);
});

test('at 3840 px the studio is at most 1760 px wide and stands in the middle', async () => {
  const page = await form(null, { width: 3840, height: 2160 });
  const studio = await box(page, '#view-compose');
  assert.ok(studio.width <= 1760, String(studio.width));
  assert.ok(Math.abs(studio.x + studio.width / 2 - 1920) < 2);
});

test('on a phone four tabs stand at the bottom, the pay bar above them, and each tab shows its zone', async () => {
  const page = await form(MINI, { width: 390, height: 844, context_options: { hasTouch: true } });
  const tabs = page.locator('.nav a:visible');
  await expect(tabs).toHaveText(['Compose', 'Queue', 'Library', 'Settings'], AS_SHOWN);
  const [nav, pay] = await Promise.all(['.nav', '#pay'].map((s) => box(page, s)));
  assert.ok(nav.y + nav.height <= 844.5 && pay.y + pay.height <= nav.y + 1, JSON.stringify({ nav, pay }));
  shared.gateway.task = (id) => status(id, 'processing', { progress: 41 });
  await page.locator('#send').click();
  await page.locator('#pay .strip').getByText('41 %').waitFor();
  await tabs.filter({ hasText: 'Queue' }).click();
  await expect(page.locator('#f-prompt')).toBeHidden();
  await expect(page.locator('#queue')).toBeVisible();
  await expect(page.locator('#pay .strip')).toBeVisible();
  await tabs.filter({ hasText: 'Library' }).click();
  await expect(page.locator('#library')).toBeVisible();
  await expect(page.locator('#queue')).toBeHidden();
  await tabs.filter({ hasText: 'Settings' }).click();
  await page.locator('#limit').waitFor();
  await page.locator('.further').getByRole('link', { name: 'Prices' }).click();
  await page.locator('table.prices').waitFor();
});

test('an empty page says what this is in one sentence, shows three examples and what is to be done', async () => {
  const page = await form(null, { key: null, book: null, width: 1440 });
  await page.locator('.hello').waitFor();
  await expect(page.locator('.hello-title')).toHaveText(
    'Write what should happen, add images, see what it costs, press Generate, get a video.',
    AS_SHOWN,
  );
  await expect(page.locator('.example')).toHaveCount(3);
  await expect
    .poll(async () => (await page.locator('.checklist li').allInnerTexts()).map((text) => text.split('\n').at(-1)))
    .toStrictEqual(['Set up', 'Set up', 'Set up']);
  await expect(page.locator('#f-prompt')).toBeFocused();
  await expect(page.locator('#verdict')).toHaveText(/Enter a prompt/, AS_SHOWN);
  await page.evaluate(async () => {
    (await import('./js/secret.js')).setKey('sk_test_0123456789');
    (await import('./js/edits.js')).setPrice('seedance2.0-mini-720p', '0.05');
  });
  await page.locator('.ring.done').nth(1).waitFor();
  await expect(page.locator('.example[data-example="words"]')).toHaveText(/\$0\.25/, AS_SHOWN);
  await page.locator('.example[data-example="frames"]').click();
  await expect.poll(() => modelOf(page)).toBe('seedance2.0-sp');
  await expect(page.locator('#f-prompt')).toHaveValue(en['example.frames.prompt']);
  await expect(tilesOf(page, 'first_image')).toHaveCount(1);
  await page.locator('.example[data-example="words"]').click();
  await expect.poll(async () => (await drafts(page)).length, 'a draft that was begun stays open').toBe(2);
});

test('tiles are 88 px high, numbered, with length and state, and one of them adds', async () => {
  const page = await form({ ...MINI_VIDEO, images: [PICTURE, PICTURE] });
  await page.locator('.len').waitFor();
  await expect.poll(async () => (await box(page, '#media .thumb >> nth=0')).height).toBe(88);
  await expect(page.locator('.tile-words')).toHaveText(['1 Image', '2 Image', '1 Video'], AS_SHOWN);
  await expect(page.locator('.len')).toHaveText('3.2 s', AS_SHOWN);
  await chooseModel(page, 'seedance2.0-mini');
  await expect(tilesOf(page, 'reference_videos').locator('.tile-words')).toHaveText('1 Not sent', AS_SHOWN);
  await expect(page.locator('.add-tile')).toHaveCount(1);
  await openAdd(page);
  await page.locator('#add-links').fill('https://media.example/b.png\nhttps://media.example/song.mp3');
  await page.locator('#add-links').press('Enter');
  await expect(tilesOf(page, 'images')).toHaveCount(3);
  await expect(tilesOf(page, 'reference_audios')).toHaveCount(1);
});

test('an item can be used in another place, and the frame that was there is not lost', async () => {
  const page = await form({ ...MINI, images: [PICTURE, 'https://media.example/b.png'] });
  await openTile(page, 'images', 1);
  await page.locator('#tile-use').selectOption('first_image');
  await page.locator('#media').getByRole('button', { name: 'First and last frame' }).click();
  await openTile(page, 'images', 1);
  await page.locator('#tile-use').selectOption('first_image');
  const draft = await inState(page, 'draft');
  assert.equal(draft.first_image.url, 'https://media.example/b.png');
  assert.deepEqual(
    draft.images.map(({ url }) => url),
    [PICTURE],
  );
});

test('the sheet of models tells the price for this draft and what a model would leave out, and filters', async () => {
  const page = await form(MINI_VIDEO);
  await page.waitForFunction(() => document.querySelector('.price-head').innerText === '$0.55');
  await expect(page.locator('#model-fit')).toHaveText(/^\d+ of 23 accept all of this draft$/, AS_SHOWN);
  await openModels(page);
  const card = (model) => page.locator(`#sheet [data-model="${model}"]`);
  await expect(card('seedance2.0-mini')).toHaveText(/Without 1 reference video[^]*\$0\.40/, AS_SHOWN);
  await expect(card('seedance2.0-mini-video')).toHaveAttribute('aria-pressed', 'true');
  await page
    .locator('#sheet')
    .getByRole('button', { name: /^Per task/ })
    .click();
  await card('seedance2.0-mini').waitFor({ state: 'detached' });
  await expect.poll(() => page.locator('#sheet [data-model]').count()).toBeLessThan(10);
  await page.keyboard.press('Escape');
  await expect.poll(() => modelOf(page)).toBe('seedance2.0-mini-video');
});

test('the names of the API stand behind the developer’s switch, and so does the drawer', async () => {
  const page = await form(MINI, { width: 1440 });
  const name = page.locator('label[for="f-prompt"] code');
  for (const part of [name, page.locator('#drawer')]) await expect(part).toBeHidden();
  await page.locator('#developer').click();
  for (const part of [name, page.locator('#drawer')]) await expect(part).toBeVisible();
  await page.reload();
  await page.locator('#drawer').waitFor();
  await expect(page.locator('#developer')).toHaveAttribute('aria-checked', 'true');
});

test('§3: the six states of the bar, each in its colour', async () => {
  const page = await form(MINI_VIDEO);
  await page.waitForFunction(() => document.querySelector('#pay').dataset.state === 'ready');
  const colours = () =>
    page.evaluate(() =>
      ['#send', '#verdict'].map((part) => {
        const { backgroundColor, borderTopColor } = getComputedStyle(document.querySelector(part));
        return part === '#send' ? backgroundColor : borderTopColor;
      }),
    );
  const label = () => page.locator('#send').innerText();
  const [green] = await colours();
  await expect.poll(label).toBe('Generate · $0.55');
  await chooseModel(page, 'seedance2.0-mini');
  await expect
    .poll(async () => [await bar(page), await label()])
    .toStrictEqual(['amber', 'Generate without the video · $0.40']);
  const [amber] = await colours();
  await importBody(page, { ...MINI, resolution: '1080p' });
  await expect.poll(async () => [await bar(page), await label()]).toStrictEqual(['amber', 'Generate · price unknown']);
  await expect.poll(async () => (await colours())[0]).toBe(amber);
  await expect(page.locator('#verdict #ask-price'), 'a field for it, right there').toBeVisible();
  await importBody(page, { ...MINI, duration: 16 });
  await expect.poll(() => bar(page)).toBe('mend');
  const [grey, red] = await colours();
  assert.ok(![green, amber].includes(grey));
  assert.equal(red, 'rgb(179, 38, 30)');
  await page.locator('#verdict .fix').first().click();
  await expect.poll(() => bar(page)).toBe('ready');
  const answer = held(created());
  shared.gateway.create = () => answer.given;
  shared.gateway.task = (id) => status(id, 'processing', { progress: 41 });
  await page.locator('#send').click();
  await page.locator('#pay[data-state="sending"]').waitFor();
  await expect.poll(label).toBe('Sending…');
  answer.give();
  await page.locator('#pay[data-state="running"] .strip').getByText('41 %').waitFor();
  assert.ok(!(await colours()).includes(green));
  await page.locator('#f-prompt').fill('Another scene');
  await expect.poll(() => bar(page)).toBe('ready');
  shared.gateway.create = () => ({ status: 500, json: { code: -1, msg: 'internal error' } });
  await page.locator('#send').click();
  await page.locator('#pay[data-state="doubt"]').waitFor();
  assert.ok(![green, amber].includes((await colours())[0]));
  await expect(page.locator('#failure button').last()).toHaveText('Send again anyway', AS_SHOWN);
});

test('§3: the seconds of a video that could not be read are asked for in the bar', async () => {
  const page = await form({ ...MINI_VIDEO, reference_videos: ['https://media.example/gone.mp4'] });
  await page.locator('#ask-seconds').fill('3');
  await page.locator('#ask-seconds').blur();
  await expect.poll(() => priceHead(page)).toBe('$0.55');
  await expect(page.locator('#price')).toHaveText(/your figure/, AS_SHOWN);
});

test('the stage shows the result with its settings, costs and expiry, and a new draft can be made from it', async () => {
  const page = await form({ ...MINI, ratio: '16:9' }, { width: 1440 });
  shared.gateway.task = finished;
  await page.locator('#send').click();
  await page.waitForFunction(() => document.querySelector('#now video')?.videoWidth > 0);
  const player = await box(page, '#now video');
  assert.ok(player.width >= 640 && Math.abs(player.width / player.height - 16 / 9) < 0.02, JSON.stringify(player));
  const words = await page.locator('#now').innerText();
  for (const part of ['Quoted', '$0.25', 'seedance2.0-mini', '16:9 · 720p · 5 s', 'expires in 2 d 23 h', 'Save video'])
    assert.ok(words.includes(part), part);
  await page.locator('#f-prompt').fill('Something else');
  await page.locator('#now').getByRole('button', { name: 'New from this' }).click();
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
  await expect.poll(() => drafts(page)).toStrictEqual(['Something else', MINI.prompt]);
});

test('drafts: new, switch, duplicate, close and undo; all are there after a reload', async () => {
  const page = await form(MINI);
  await page.locator('#draft-new').click();
  await expect(page.locator('#f-prompt')).toHaveValue('');
  await expect.poll(() => modelOf(page)).toBe(MINI.model);
  await page.keyboard.type('A second film');
  await page.locator('.draft-tab').first().click();
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
  await page.locator('#draft-menu summary').click();
  await page.locator('#draft-duplicate').click();
  await expect.poll(() => drafts(page)).toStrictEqual([MINI.prompt, 'A second film', MINI.prompt]);
  await page.locator('#f-prompt').fill('A third film');
  await page.reload();
  await page.locator('.draft-tab').nth(2).waitFor();
  await expect.poll(() => drafts(page)).toStrictEqual([MINI.prompt, 'A second film', 'A third film']);
  await expect(page.locator('#f-prompt')).toHaveValue('A third film');
  await page.getByRole('button', { name: 'Close “A second film”' }).click();
  await expect.poll(() => drafts(page)).toStrictEqual([MINI.prompt, 'A third film']);
  await page.locator('#toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => drafts(page)).toStrictEqual([MINI.prompt, 'A second film', 'A third film']);
  await page.getByRole('button', { name: 'Close “A third film”' }).click();
  await expect(page.locator('#f-prompt')).toHaveValue('A second film');
});

test('of many drafts each has a title that can be read, and the open one is in sight', async () => {
  const page = await form(MINI);
  for (let n = 1; n <= 6; n += 1) {
    await page.locator('#draft-new').click();
    await page.keyboard.type(`Film number ${n}`);
    await expect(page.locator('.draft-tab')).toHaveCount(n + 1);
  }
  const widths = await page.locator('.draft-tab').evaluateAll((tabs) => tabs.map((tab) => tab.clientWidth));
  assert.ok(
    widths.every((width) => width >= 80),
    widths.join(),
  );
  await expect(page.locator('.draft-tabs .open')).toBeInViewport({ ratio: 0.95 });
  await page.reload();
  await expect(page.locator('.draft-tabs .open')).toBeInViewport({ ratio: 0.95 });
});

test('presets keep a draft under a name, snippets go where the caret stands', async () => {
  const page = await form({ ...MINI, ratio: '9:16' });
  await page.locator('#draft-menu summary').click();
  await page.locator('#preset-name').fill('Upright fox');
  await page.locator('#preset-name').press('Enter');
  await page.keyboard.press('Escape');
  await page.locator('#snippet-menu summary').click();
  await page.locator('#f-prompt').evaluate((node) => node.setSelectionRange(0, 5));
  await page.locator('#snippet-keep').click();
  await page.reload();
  await page.locator('#draft-new').click();
  await page.keyboard.type('See ');
  await page.locator('#snippet-menu summary').click();
  await page.locator('#snippet-menu').getByRole('button', { name: 'A fox', exact: true }).click();
  await expect(page.locator('#f-prompt')).toHaveValue('See A fox');
  await page.locator('#draft-menu summary').click();
  await page.locator('#draft-menu').getByRole('button', { name: 'Upright fox', exact: true }).click();
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
  await expect.poll(async () => (await inState(page, 'draft')).ratio).toBe('9:16');
  await page.locator('#draft-menu summary').click();
  await page.getByRole('button', { name: 'Remove “Upright fox”' }).click();
  await expect.poll(() => inState(page, 'presets')).toStrictEqual([]);
});

test('a link carries a draft in its fragment, without the key, and opens it beside what is open', async () => {
  const page = await form({ ...MINI, prompt: 'Ein Füchslein 雪', images: [PICTURE] });
  const link = await page.evaluate(async () =>
    (await import('./js/drafts.js')).linkOf((await import('./js/state.js')).state.draft),
  );
  assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/#draft=[\w-]+$/);
  assert.ok(!Buffer.from(link.split('=')[1], 'base64url').toString().includes('sk_'));
  const ofLongText = page.evaluate(async () => {
    const { state } = await import('./js/state.js');
    return (await import('./js/drafts.js')).linkOf({ ...state.draft, prompt: '雪'.repeat(100_000) }).length;
  });
  assert.ok((await ofLongText) > 400_000);
  const other = await form({ ...MINI, prompt: 'Own work' });
  await other.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await other.waitForFunction(() => document.querySelector('#f-prompt').value.includes('雪'));
  const draft = await inState(other, 'draft');
  assert.deepEqual([draft.prompt, draft.images[0].url], ['Ein Füchslein 雪', PICTURE]);
  await expect.poll(() => drafts(other)).toStrictEqual(['Own work', 'Ein Füchslein 雪']);
  await expect.poll(() => new URL(other.url()).hash).toBe('#compose');
  await other.evaluate(() => {
    location.hash = '#draft=!!';
  });
  await other.locator('#toast').getByText('draft in this link cannot be read').waitFor();
});

const dropFiles = (page, target, files) =>
  page.locator(target).evaluate(
    (node, list) => {
      const data = new DataTransfer();
      for (const [name, bytes] of list) data.items.add(new File([new Uint8Array(bytes)], name));
      node.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    files.map(([name, bytes]) => [name, [...bytes]]),
  );

/** Silence of this many seconds, as a WAV file. */
function wav(seconds) {
  const samples = 8000 * seconds;
  const file = Buffer.alloc(44 + samples);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(8000, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples, 40);
  file.fill(128, 44);
  return file;
}

test('files dropped anywhere are sorted by kind, counted, and one bad file stops no other; audio has a length too', async () => {
  const page = await form({ ...MINI_VIDEO, model: 'seedance2.0-sp', reference_videos: undefined });
  const second = held(ok({ url: 'https://files.example/2' }));
  let n = 0;
  shared.gateway.upload = () => {
    n += 1;
    return n === 2 ? second.given : ok({ url: `https://files.example/${n}` });
  };
  await dropFiles(page, '#stage', [
    ['a.png', fixture('picture.png')],
    ['notes.docx', Buffer.alloc(4)],
    ['clip.mp4', fixture('h264-3.20.mp4')],
    ['song.wav', wav(2)],
  ]);
  await page.locator('.tile.upload').first().getByText('3 of 4').waitFor();
  second.give();
  await tilesOf(page, 'reference_audios').waitFor();
  for (const field of ['images', 'reference_videos', 'reference_audios'])
    await expect(tilesOf(page, field), field).toHaveCount(1);
  await expect(page.locator('#tile .finding')).toHaveText(
    /notes\.docx: this file type is not accepted here/i,
    AS_SHOWN,
  );
  await expect(tilesOf(page, 'reference_audios').locator('.len')).toHaveText('2.0 s', AS_SHOWN);
  await page.locator('#media').getByRole('button', { name: 'First and last frame' }).click();
  await dropFiles(page, '#f-last_image', [['end.png', fixture('picture.png')]]);
  await expect
    .poll(async () => (await inState(page, 'draft')).last_image?.url)
    .toMatch(/^https:\/\/files\.example\/\d$/);
});

test('without a key an upload says what it needs', async () => {
  const page = await form(MINI, { key: null });
  await upload(page, fixturePath('picture.png'));
  await page.locator('#tile .finding').getByText('Uploading needs an API key').waitFor();
});

test('without a key, the pay bar and a failure lead to the field for it', async () => {
  const page = await form(MINI, { key: null });
  const goBack = () => page.locator('.nav a[href="#compose"]').click();
  await page
    .locator('#destination')
    .getByRole('link', { name: /^Enter an API key/ })
    .click();
  await expect(page.locator('#key')).toBeFocused();
  await goBack();
  await page.locator('#send').click();
  await page.locator('#pay .failure').getByRole('link', { name: 'Settings' }).click();
  await expect(page.locator('#key')).toBeFocused();
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill(JSON.stringify(MINI));
  await page.getByRole('button', { name: 'Add rows' }).click();
  await page.locator('#batch-send').click();
  await page.locator('.batch-foot .failure').getByRole('link', { name: 'Settings' }).click();
  await expect(page.locator('#key')).toBeFocused();
});

test('? lists the shortcuts, outside of text; Alt+N opens a draft', async () => {
  const page = await form(MINI);
  await page.locator('#f-prompt').press('?');
  await expect(page.locator('#dialog')).toBeHidden();
  await page.locator('#send').focus();
  await page.keyboard.press('?');
  const words = await page.locator('#dialog[open]').innerText();
  for (const part of ['Enter', 'Alt', 'Undo', 'New draft', '?']) assert.ok(words.includes(part), part);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+n');
  await expect(page.locator('#f-prompt')).toHaveValue('');
});

test('the page can be installed, and leaves no service worker behind', async () => {
  const page = await form();
  const cdp = await page.context().newCDPSession(page);
  const { errors, data, url } = await cdp.send('Page.getAppManifest');
  assert.match(url, /app\.webmanifest$/);
  assert.deepEqual(errors, []);
  assert.deepEqual(JSON.parse(data), JSON.parse(readFileSync(new URL('../../www/app.webmanifest', import.meta.url))));
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  assert.deepEqual(page.problems, []);
});

/** The whole job: open, own picture, price, send, save. Each step is one deliberate action on the device. */
const DEVICES = {
  mouse: { options: { width: 1440 }, act: (target) => target.click() },
  touch: { options: { width: 390, height: 844, context_options: { hasTouch: true } }, act: (target) => target.tap() },
  keyboard: { options: { width: 1440 }, act: (target) => target.press('Enter') },
};
for (const [device, { options, act }] of Object.entries(DEVICES)) {
  test(`the whole job by ${device}: open, own picture, price, send, save`, async () => {
    const page = await form(null, options);
    shared.gateway.upload = () => ok({ url: PICTURE });
    shared.gateway.task = finished;
    const steps = [];
    const step = async (words, target) => {
      steps.push(words);
      await act(target);
    };
    steps.push('write the prompt');
    await page.locator('#f-prompt').focus();
    await page.keyboard.type('The fox from the picture runs through fresh snow');
    await step('open “+”', page.locator('#add-tile'));
    const chooser = page.waitForEvent('filechooser');
    await step('choose a file', page.getByRole('button', { name: 'Upload files' }));
    await (await chooser).setFiles(fixturePath('picture.png'));
    await tilesOf(page, 'images').waitFor();
    await expect.poll(() => priceHead(page)).toBe('$0.25');
    await step('Generate', page.locator('#send'));
    if (device === 'touch') await step('show the task', page.locator('#pay .strip'));
    const download = page.waitForEvent('download');
    await step('save', page.locator('#now').getByRole('button', { name: 'Save video' }));
    assert.equal((await download).suggestedFilename(), 'seedance2.0-mini-vid_1.mp4');
    console.log(`# ${device}: ${steps.length} steps: ${steps.join(', ')}`);
    assert.ok(steps.length <= 6);
    assert.equal(shared.gateway.posts.length, 1);
  });
}

test('goes back to the form from every page', async () => {
  const page = await form(MINI, { width: 1440 });
  for (const view of ['prices', 'connection']) await goTo(page, view);
  await goTo(page, 'compose');
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
});

// Actions while the page is still loading: they wait for what they need, none is lost, and nothing is sent that was not meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINI, importBody, inState, newContext, openForm, suite, tilesOf } from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { held } from './lib/gateway.js';

const shared = suite();

/** Makes all pages of a context wait for a file until the returned function is called. */
async function holdBack(context, path) {
  const { given, give } = held();
  await context.route(`**/${path}`, async (route) => {
    await given;
    await route.continue();
  });
  return give;
}

async function without(path) {
  const context = await newContext(shared);
  return { context, give: await holdBack(context, path) };
}

const behind = () => without('js/behind.js');
const whole = (page) => expect(page.locator('#draft-new')).toBeVisible();
const NOT_SENT = /Not sent: the request, its price or the check changed/;

/** The page is loaded, has sent nothing, and shows why. */
async function refused(page) {
  await expect(page.locator('#toast')).toHaveText(NOT_SENT, AS_SHOWN);
  await expect(page.locator('#verdict')).toBeFocused();
  await expect(page.locator('#send')).toHaveAttribute('aria-disabled', 'false');
  await shared.gateway.calm();
  assert.equal(shared.gateway.posts.length, 0);
  assert.deepEqual(page.problems, []);
}

for (const [lang, words] of [
  ['en', 'Getting ready to send…'],
  ['zh', '正在准备发送…'],
])
  test(`Send waits for what stands behind it, says so, and sends once (${lang})`, async () => {
    shared.gateway.reset();
    const { context, give } = await behind();
    const page = await openForm(shared, { context, lang });
    await page.locator('#f-prompt').fill('A fox');
    await page.locator('#send').click();
    await expect(page.locator('#send-label')).toHaveText(words);
    await expect(page.locator('#send')).toHaveAttribute('aria-disabled', 'true');
    await page.locator('#f-prompt').press('Control+Enter');
    give();
    await expect(page.locator('.pill').first()).toBeVisible();
    await expect(page.locator('#send')).toHaveAttribute('aria-disabled', 'false');
    await shared.gateway.calm();
    assert.deepEqual(
      shared.gateway.posts.map(({ body }) => JSON.parse(body).prompt),
      ['A fox'],
    );
  });

test('text that was typed on after Send was pressed is not sent', async () => {
  shared.gateway.reset();
  const { context, give } = await behind();
  const page = await openForm(shared, { context });
  await page.locator('#f-prompt').fill('A fox');
  await page.locator('#send').click();
  await page.locator('#f-prompt').pressSequentially(' and a hare');
  give();
  await refused(page);
});

test('the draft of a link that takes the place of what Send meant is not sent', async () => {
  shared.gateway.reset();
  const { context, give } = await behind();
  const link = Buffer.from(JSON.stringify({ ...MINI, prompt: 'Of a link' })).toString('base64url');
  const page = await openForm(shared, { context, url: `${shared.site.url}#draft=${link}` });
  await page.locator('#f-prompt').fill('A fox');
  await page.locator('#send').click();
  give();
  await refused(page);
  await expect(page.locator('#f-prompt')).toHaveValue('Of a link');
});

test('an attempt of unknown outcome that comes up after Send was pressed is shown, and nothing is sent', async () => {
  shared.gateway.reset();
  shared.gateway.create = () => ({ cut: 'before' });
  const context = await newContext(shared);
  const first = await openForm(shared, { context });
  await importBody(first, MINI);
  await first.locator('#send').click();
  await expect.poll(async () => (await inState(first, 'records'))[0]?.state).toBe('unknown');
  await first.close();
  shared.gateway.reset();
  const give = await holdBack(context, 'js/behind.js');
  const page = await openForm(shared, { context });
  await page.locator('#send').click();
  await expect(page.locator('#pay')).toHaveAttribute('data-state', 'ready');
  give();
  await refused(page);
  await expect(page.locator('#pay')).toHaveAttribute('data-state', 'doubt');
});

test('files and links that are dropped or pasted early are taken once the page is whole', async () => {
  const { context, give } = await behind();
  const page = await openForm(shared, { context });
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'https://media.example/a.png');
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    const pasted = new DataTransfer();
    pasted.setData('text/plain', 'https://media.example/b.mp4');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true }));
    const file = new DataTransfer();
    file.items.add(new File(['no picture'], 'c.png'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: file, bubbles: true, cancelable: true }));
  });
  give();
  await expect(tilesOf(page, 'reference_videos')).toHaveCount(1);
  await expect
    .poll(async () => (await inState(page, 'draft')).images.map(({ url }) => url))
    .toStrictEqual(['https://media.example/a.png', 'https://files.example/uploaded.mp4']);
});

test('the row that adds opens once the page is whole, and takes no focus from a text', async () => {
  const { context, give } = await behind();
  const page = await openForm(shared, { context });
  await page.locator('#add-tile').click();
  await page.locator('#f-prompt').focus();
  await expect(page.locator('#add-tile')).toHaveAttribute('aria-expanded', 'false');
  give();
  await expect(page.locator('#add-links')).toBeVisible();
  await expect(page.locator('#f-prompt')).toBeFocused();
});

test('panels and sheets open once there is something in them, in words', async () => {
  const { context, give } = await behind();
  const page = await openForm(shared, { context });
  await page.locator('#developer').click();
  const panels = ['import', 'request'];
  for (const name of panels) await page.locator(`#${name}-panel summary`).click();
  for (const name of panels) await expect(page.locator(`#${name}-panel`)).not.toHaveAttribute('open');
  await page.locator('#f-model').click();
  await expect(page.locator('#sheet')).toBeHidden();
  give();
  await expect(page.locator('#sheet [data-model]').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('#import-text')).toBeVisible();
  await expect(page.locator('#code')).toContainText('seedance');
  await page.locator('#keys').click();
  await expect(page.locator('#dialog')).toContainText('Ctrl');
  assert.deepEqual(page.problems, []);
});

test('a finding that was there before its words is told of when they come, before all else', async () => {
  const { context, give } = await without('js/views/findings.js');
  const giveBehind = await holdBack(context, 'js/behind.js');
  const page = await openForm(shared, { context });
  await page.locator('#f-prompt').fill('A fox');
  await page.locator('#f-duration').fill('99');
  await page.locator('#f-duration').blur();
  give();
  await expect(page.locator('#duration-findings .finding')).toContainText('99');
  await expect(page.locator('#verdict-live')).toHaveText(/^1 thing to fix\. /);
  giveBehind();
  await whole(page);
});

test('of two languages that are wished for the last one stays', async () => {
  const { context, give } = await without('js/i18n/zh.js');
  const page = await openForm(shared, { context });
  await page.locator('#lang-zh').click();
  await page.locator('#lang-en').click();
  const came = page.waitForResponse(/later-zh\.js$/);
  give();
  await came;
  await whole(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('#lang-en')).toHaveAttribute('aria-pressed', 'true');
});

test('an orientation that is not on the list is shown, and can be taken back', async () => {
  const page = await openForm(shared);
  await importBody(page, { ...MINI, orientation: 'square' });
  const field = page.locator('#f-orientation');
  await expect(field).toHaveValue('square');
  await field.selectOption({ label: 'Not set' });
  await expect.poll(async () => (await inState(page, 'draft')).orientation).toBe('');
});

test('a tab that does not know the companion goes to its door, also where what asks the other tabs does not come', async () => {
  const context = await newContext(shared);
  await context.route('**/api/companion', (route) =>
    route.fulfill({ status: 401, json: { error: { kind: 'no_session' } } }),
  );
  await context.route('**/js/tabs.js', (route) => route.abort());
  const page = await openForm(shared, { context, ready: false });
  await page.waitForURL('**/companion/open');
});

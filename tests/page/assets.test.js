// The asset desk: studio.md §4 point 1.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINI, fixturePath, goTo, importBody, inState, openForm, suite } from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { ok } from './lib/gateway.js';
import { inEveryLook } from './lib/looks.js';

const shared = suite();
const BASE = '/api/open-api/v1/seedance/';
const LINK = 'https://media.example/a.png';
const FULL = { model: 'sd2_mx_720p', prompt: 'A fox', duration: 5, images: [LINK] };
const bodies = (path) =>
  shared.gateway.calls.filter((call) => call.path === BASE + path).map((call) => JSON.parse(call.body));

/** Plays the service: `states` are its answers to the successive questions about an asset. */
function service({ submit = 'assets/audit', ask = 'assets/status', states = ['Pending', 'Active'], more = {} } = {}) {
  shared.gateway.reset();
  let asked = 0;
  const item = (status) => ({ asset_id: 'as_1', status, ...more });
  const of = (path, data) => (path.endsWith('assets/audit') || /assets\/status/.test(path) ? { items: [data] } : data);
  shared.gateway.other = {
    [BASE + submit]: () => ok(of(submit, item(states[0]))),
    [BASE + ask]: () => ok(of(ask, item(states[Math.min((asked += 1), states.length - 1)]))),
  };
}
const open = (options = {}) => openForm(shared, { media: { [LINK]: 'picture.png' }, clock: true, ...options });
/** Advances the page's clock until the element appears. */
async function until(page, locator) {
  for (let i = 0; i < 60 && !(await locator.count()); i += 1) {
    await page.clock.runFor(1000);
    await page.waitForTimeout(20);
  }
  await locator.first().waitFor();
}

for (const lang of ['en', 'zh'])
  test(`an https link on Full is submitted from its finding, followed until Active, and the tile holds the asset (${lang})`, async () => {
    service({ states: ['Pending', 'Processing', 'Active'] });
    const page = await open({ lang });
    await importBody(page, FULL);
    const first = page.locator('#images-findings .finding .fixes').locator('button, a').first();
    await expect(first).toHaveText({ en: 'Submit for asset review', zh: '提交素材审核' }[lang], AS_SHOWN);
    await first.click();
    await page.locator('#images-findings .finding a[href="#assets"]').waitFor();
    await expect.poll(() => bodies('assets/audit')).toStrictEqual([{ image_urls: [LINK] }]);
    await until(page, page.locator('.toast').filter({ hasText: 'asset://as_1' }));
    const { images } = await inState(page, 'draft');
    assert.deepEqual(
      images.map(({ url }) => url),
      ['asset://as_1'],
    );
    assert.equal(bodies('assets/audit').length, 1);
    assert.deepEqual(bodies('assets/status')[0], { asset_ids: ['as_1'] });
    await expect(page.locator('#images-findings .finding')).toHaveCount(0);
    await page.locator('.toast').getByRole('button').first().click(); // Undo is still offered
    await page.clock.runFor(10_000);
    await expect.poll(async () => (await inState(page, 'draft')).images[0].url).toBe(LINK);
  });

test('an asset that is decided while another draft is open replaces its link once its own draft is open again', async () => {
  service({ states: ['Pending', 'Active'] });
  const page = await open();
  await importBody(page, FULL);
  await page
    .locator('#images-findings .finding .fixes')
    .getByRole('button', { name: 'Submit for asset review' })
    .click();
  await page.locator('#images-findings .finding a[href="#assets"]').waitFor();
  await page.locator('#draft-new').click();
  await page.locator('#f-prompt').fill('another draft');
  for (let i = 0; i < 60 && (await inState(page, 'assets'))[0].state !== 'active'; i += 1) {
    await page.clock.runFor(1000);
    await page.waitForTimeout(20);
  }
  await page.locator('.draft-tab').first().click();
  await expect.poll(async () => (await inState(page, 'draft')).images[0].url).toBe('asset://as_1');
});

test('a file is uploaded, submitted, and in the library after a reload, to be used again', async () => {
  service();
  shared.gateway.upload = () => ok({ url: 'https://files.example/up.png' });
  const page = await open();
  await goTo(page, 'assets');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles(fixturePath('picture.png'));
  await page.locator('.review .pill.pending').waitFor();
  assert.deepEqual(bodies('assets/audit'), [{ image_urls: ['https://files.example/up.png'] }]);
  await until(page, page.locator('.asset .pill.active'));
  await page.reload();
  await page.locator('.asset.active').waitFor();
  await expect(page.locator('.asset img')).toHaveAttribute('src', /^data:image\/webp/);
  await expect.poll(() => page.locator('.asset img').evaluate((img) => img.naturalWidth)).toBeGreaterThan(0);
  await expect(page.locator('.asset')).toHaveText(/picture\.png\s+asset:\/\/as_1/, AS_SHOWN);
  await page.getByRole('button', { name: 'Use in draft: picture.png' }).click();
  await expect.poll(async () => (await inState(page, 'draft')).images[0].url).toBe('asset://as_1');
  await expect(page.locator('#app')).toHaveAttribute('data-view', 'compose');
  await page.locator('#add-tile').click();
  await page.locator('#assets-pick').getByRole('button', { name: 'picture.png' }).click();
  await expect
    .poll(async () => (await inState(page, 'draft')).images.map(({ url }) => url))
    .toStrictEqual(['asset://as_1', 'asset://as_1']);
  await goTo(page, 'assets');
  const remove = () => page.getByRole('button', { name: 'Remove: picture.png' }).click();
  await remove();
  await page.locator('#dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.asset')).toHaveCount(1);
  await remove();
  await page.locator('#dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.locator('.asset')).toHaveCount(0);
});

test('SP assets and real persons go their own ways; a reference wins over the ID', async () => {
  service({ submit: 'sp/assets/upload', ask: 'sp/assets/status' });
  const page = await open();
  await goTo(page, 'assets');
  await page.getByRole('button', { name: 'SP models' }).click();
  await page.locator('#desk-links').fill('https://media.example/voice.mp3');
  await page.locator('#desk-media').selectOption('audio');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await until(page, page.locator('.asset .pill.active'));
  assert.deepEqual(bodies('sp/assets/upload'), [
    { name: 'voice.mp3', type: 'audio', url: 'https://media.example/voice.mp3' },
  ]);
  assert.deepEqual(bodies('sp/assets/status')[0], { asset_ids: ['as_1'] });

  service({
    submit: 'sp/realperson/submit',
    ask: 'sp/realperson/status',
    states: ['Processing', 'Active'],
    more: { asset_ref: 'asset://person_7' },
  });
  await page.getByRole('button', { name: 'Real person', exact: true }).click();
  await page.locator('#desk-name').fill('Ling');
  await page.locator('#desk-links').fill(LINK);
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await until(page, page.getByText('asset://person_7'));
  assert.deepEqual(bodies('sp/realperson/submit'), [{ name: 'Ling', url: LINK }]);
  assert.deepEqual(bodies('sp/realperson/status')[0], { asset_id: 'as_1' });
});

test('what is rejected, refused or lost is told of with its reason, and submitted again only by hand', async () => {
  service({ states: ['Pending', 'Rejected'], more: { reason: 'a face' } });
  const page = await open();
  await goTo(page, 'assets');
  const submit = async (link) => {
    await page.locator('#desk-links').fill(link);
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
  };
  await submit(LINK);
  await until(page, page.locator('.asset .pill.failed'));
  await expect(page.locator('.asset')).toHaveText(/Rejected[^]*a face/, AS_SHOWN);
  await expect(page.getByRole('button', { name: /Use in draft/ })).toHaveCount(0);

  shared.gateway.other[`${BASE}assets/audit`] = () => ({ status: 400, json: { code: 20002, msg: 'bad <b>link</b>' } });
  await submit('https://media.example/b.png');
  await page.locator('.review .pill.unsent').waitFor();
  await expect(page.locator('.review')).toHaveText(
    /did not accept this for review \(400\)[^]*bad <b>link<\/b>/,
    AS_SHOWN,
  );

  shared.gateway.other[`${BASE}assets/audit`] = () => ({ cut: 'before' });
  await page.locator('.review').getByRole('button', { name: 'Submit again' }).click();
  await page.getByText('The connection was lost').waitFor();
  const count = bodies('assets/audit').length;
  await page.clock.runFor(120_000);
  assert.equal(bodies('assets/audit').length, count);

  await submit('ftp://media.example/x');
  await expect(page.locator('#desk-wrong')).toHaveText(/“ftp:\/\/media\.example\/x” is not a link/, AS_SHOWN);
});

test('an asset that was made elsewhere is looked up; a state that nobody knows is asked about again', async () => {
  service({ states: ['', 'PONDERING', 'ACTIVE'] });
  const page = await open();
  await goTo(page, 'assets');
  await page.locator('#desk-links').fill('Asset://as_1');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await until(page, page.locator('.review .pill[title="PONDERING"]'));
  assert.deepEqual(bodies('assets/status')[0], { asset_ids: ['as_1'] });
  await until(page, page.locator('.asset .pill.active'));
  assert.equal(bodies('assets/audit').length, 0);
});

test('a page that is closed while it submits leaves no asset in doubt for ever, and no second submission', async () => {
  service();
  shared.gateway.other[`${BASE}assets/audit`] = () => ({ ...ok({ items: [] }), delay: 60_000 });
  const page = await open({ clock: false });
  await goTo(page, 'assets');
  await page.locator('#desk-links').fill(LINK);
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.locator('.review .pill.sending').waitFor();
  await expect.poll(() => bodies('assets/audit').length).toBe(1);
  await page.reload();
  await page.locator('.review .pill.unsent').waitFor();
  assert.equal(bodies('assets/audit').length, 1);
});

test('without a key nothing leaves, and that is said', async () => {
  service();
  const page = await open({ key: null });
  await importBody(page, FULL);
  await page.locator('#images-findings .finding').getByRole('button', { name: 'Submit for asset review' }).click();
  await goTo(page, 'assets');
  await page.getByText('There is no API key yet.').waitFor();
  assert.equal(bodies('assets/audit').length, 0);
});

test('the desk in every look, empty and full', async () => {
  service();
  const page = await open({ clock: false });
  await goTo(page, 'assets');
  await page.locator('#desk-links').waitFor();
  await inEveryLook(page, 'assets-empty');
  await page.evaluate(async (link) => {
    const { update } = await import('./js/state.js');
    const states = ['active', 'active', 'active', 'failed', 'pending', 'unsent', 'unknown'];
    update((s) => {
      s.assets = states.map((name, i) => ({
        id: `a${i}`,
        way: ['full', 'sp', 'person'][i % 3],
        media: ['image', 'video', 'audio'][i % 3],
        name: `scene-${i}.png`,
        url: link,
        link: name === 'active' ? `asset://as_${i}` : '',
        state: name,
        status: name === 'failed' ? 'Rejected' : name,
        said: name === 'failed' ? 'A real face' : '',
        failure: name === 'unsent' ? { kind: 'no-key' } : null,
        at: Date.now() - 52_000,
      }));
    });
  }, LINK);
  await page.locator('.asset').first().waitFor();
  await inEveryLook(page, 'assets');
  assert.deepEqual(page.problems, []);
});

test('a record that another tab finishes just before this one gets its lock stays as finished', async () => {
  service();
  const page = await open({
    init: () => {
      const keep = (state) => localStorage.setItem('seedance.assets', JSON.stringify([{ id: 'a', state }]));
      keep('sending');
      const { request } = LockManager.prototype;
      LockManager.prototype.request = function (name, ...more) {
        if (name !== 'seedance-asset-a') return request.call(this, name, ...more);
        keep('active');
        window.adopted = request.call(this, name, ...more);
        return window.adopted;
      };
    },
  });
  await page.waitForFunction(() => window.adopted);
  await page.evaluate(() => window.adopted);
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('seedance.assets')));
  assert.deepEqual(kept, [{ id: 'a', state: 'active' }]);
});

// What the page must not mislead about, a test per point, with the numbers of the issue that listed them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  BOOK,
  MINI,
  MINI_VIDEO,
  RESULTS,
  chooseLang,
  chooseModel,
  fixturePath,
  goTo,
  importBody,
  inState,
  modelOf,
  openForm,
  openModels,
  openPanel,
  openTile,
  preview,
  suite,
  tilesOf,
  upload,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { newFolder } from './lib/folder.js';
import { CREATE, created, ok, status } from './lib/gateway.js';
import { en, zh } from './lib/words.js';

const shared = suite();
const REF = 'https://media.example/ref.mp4';
const images = (n) => Array.from({ length: n }, (_, i) => `https://media.example/${i + 1}.png`);
const media = {
  [REF]: 'h264-3.20.mp4',
  ...Object.fromEntries(images(9).map((url) => [url, 'picture.png'])),
};

async function form(body, options = {}) {
  shared.gateway.reset();
  const page = await openForm(shared, { media, ...options });
  if (body) await importBody(page, body);
  return page;
}

/** The state of the pay bar and its text. */
const bar = async (page) => ({
  state: await page.locator('#pay').getAttribute('data-state'),
  words: await page.locator('#verdict').innerText(),
});
const colourOfSend = (page) => page.locator('#send').evaluate((n) => getComputedStyle(n).backgroundColor);

test('1: a reference video that the model leaves out turns the bar amber, is named, and leads to the model that accepts it', async () => {
  const page = await form(MINI_VIDEO);
  await page.waitForFunction(() => document.querySelector('#pay').dataset.state === 'ready');
  const green = await colourOfSend(page);
  await chooseModel(page, 'seedance2.0-mini');
  await expect
    .poll(() => bar(page))
    .toStrictEqual({
      state: 'amber',
      words: '1 reference video will not be sent\n\nUse seedance2.0-mini-video · $0.55',
    });
  await expect.poll(() => colourOfSend(page)).not.toBe(green);
  await chooseLang(page, 'zh');
  await expect.poll(async () => (await bar(page)).words).toMatch(/^1 个参考视频不会发送/);
  await page.locator('#verdict').getByRole('button').click();
  await expect.poll(() => modelOf(page)).toBe('seedance2.0-mini-video');
  await expect.poll(() => bar(page)).toStrictEqual({ state: 'ready', words: '可以发送' });
});

test('1: every dialog before a Send names what is left out', async () => {
  const page = await form({ ...MINI_VIDEO, model: 'seedance2.0-mini' }, { limit: '0.10' });
  await page.locator('#send').click();
  const dialog = page.locator('#dialog[open]');
  await dialog.getByText('1 reference video will not be sent').waitFor();
  await page.keyboard.press('Escape');
  await chooseModel(page, 'seedance2.0-fast-i2v');
  await page.locator('#send').click();
  await dialog.getByText('1 reference video will not be sent').waitFor();
  assert.equal(shared.gateway.posts.length, 0);
});

test('1: the dialog before a Send names what applies where a setting is left open', async () => {
  const page = await form({ ...MINI, resolution: '' }, { limit: '0.10' });
  const dialog = page.locator('#dialog[open]');
  for (const [lang, words] of [
    ['en', /Resolution\s+Default 720p/],
    ['zh', /分辨率\s+默认 720p/],
  ]) {
    await chooseLang(page, lang);
    await page.locator('#send').click();
    await expect(dialog).toHaveText(words, AS_SHOWN);
    await page.keyboard.press('Escape');
  }
  await chooseLang(page, 'en');
  await page.evaluate(async () => {
    const { chooseEdition } = await import('./js/core.js');
    (await import('./js/state.js')).update({ table: chooseEdition('2026-09') });
  });
  await importBody(page, { ...MINI, model: 'seedance2.0-gz' });
  await page.locator('#f-duration').fill('');
  await page.locator('#send').click();
  await expect(dialog).toHaveText(/Duration\s+Default 5 s/, AS_SHOWN);
  shared.gateway.task = (id) => status(id, 'failed', { error_message: 'x' });
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.locator('#now .pill').waitFor();
  await goTo(page, 'library');
  await page.locator('#library .poster').waitFor();
  assert.doesNotMatch(await page.locator('#compose-main').innerHTML(), /undefined/);
});

test('1: a resolution that the model ignores is a loss only where it differs from what is delivered', async () => {
  const page = await form({ ...MINI, model: 'seedance2.0-md' });
  await expect.poll(async () => (await bar(page)).state).toBe('ready');
  await importBody(page, { ...MINI, model: 'seedance2.0-md', resolution: '1080p' });
  await expect
    .poll(async () => (await bar(page)).words.split('\n')[0])
    .toBe('Resolution 1080p will be ignored: this model always delivers 720p');
  await importBody(page, { ...MINI, ratio: '16:9', orientation: 'landscape' });
  await expect.poll(async () => (await bar(page)).state).toBe('ready');
  await importBody(page, { ...MINI, ratio: '16:9', orientation: 'portrait' });
  await expect.poll(async () => (await bar(page)).words).toMatch(/The orientation will be ignored/);
});

test('2: three groups, priced in order, with losses and warnings named, and the unit of each model', async () => {
  const page = await form(MINI_VIDEO);
  await page.waitForFunction(() => document.querySelector('#pay').dataset.state === 'ready');
  await openModels(page);
  const groups = await page
    .locator('#sheet [data-group]')
    .evaluateAll((list) =>
      list.map((body) => [body.dataset.group, [...body.querySelectorAll('[data-model]')].map((r) => r.dataset.model)]),
    );
  assert.deepEqual(
    groups.map(([group]) => group),
    ['all', 'loss', 'no'],
  );
  const [all, loss, no] = groups.map(([, models]) => models);
  assert.deepEqual(all.slice(0, 3), ['seedance2.0-std', 'seedance2.0-mini-video', 'seedance2.0-sp']);
  assert.ok(loss.includes('seedance2.0-fast-i2v') && !all.includes('seedance2.0-fast-i2v'));
  assert.equal(all.length + loss.length + no.length, 23);
  await expect(page.locator('#models-summary')).toHaveText(
    `${all.length} of 23 models accept all of this draft, ${loss.length} more without parts of it.`,
    AS_SHOWN,
  );
  const row = (model) => page.locator(`#sheet [data-model="${model}"]`);
  const remarks = await row('seedance2.0-fast-i2v').locator('.reason').allInnerTexts();
  assert.equal(remarks[0], 'Without 1 reference video, which it does not accept');
  assert.match(remarks[1], /is an image-to-video model/);
  await expect(row('seedance2.0-sp').locator('.seconds')).toHaveText('8 s', AS_SHOWN);
  await expect(row('seedance2.0-of-sp').locator('.seconds')).toHaveText('per second', AS_SHOWN);
  await expect(row('seedance2.0-fast-i2v').locator('.seconds')).toHaveText('per task', AS_SHOWN);
});

const paste = (page, text) => page.locator('#book-text').fill(text);
const previewOf = (page) => expect(page.locator('#book-preview'));
const prices = async (page) => (await inState(page, 'book')).prices;

test('3: pasted prices are previewed, merged, and taken back by Undo; the error stands at the text', async () => {
  const page = await form(MINI);
  await goTo(page, 'prices');
  const text = 'seedance2.0-mini-720p 0.06\nseedance2.0-std 0.45\nseedance2.0-mini-1080p 0.2';
  await paste(page, text);
  await previewOf(page).toHaveText(/^1 new, 1 changed, 4 kept/, AS_SHOWN);
  await previewOf(page).toHaveText(/seedance2\.0-mini-720p 0\.05 → 0\.06/, AS_SHOWN);
  await page.locator('#book-take').click();
  const merged = { ...BOOK.prices, 'seedance2.0-mini-720p': '0.06', 'seedance2.0-mini-1080p': '0.2' };
  await expect.poll(() => prices(page)).toStrictEqual(merged);
  await expect(page.locator('#toast')).toHaveText(/1 new, 1 changed, 4 kept/, AS_SHOWN);
  await page.locator('#toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => prices(page)).toStrictEqual(BOOK.prices);
  await expect
    .poll(() => page.evaluate(() => JSON.parse(localStorage.getItem('seedance.book')).prices))
    .toStrictEqual(BOOK.prices);

  await paste(page, 'seedance2.0-mini-720p 0.06 0.07');
  await page.locator('#book-take').click();
  const [field, error] = await Promise.all(['#book-text', '#book-error'].map((id) => page.locator(id).boundingBox()));
  assert.ok(error.y - (field.y + field.height) < 40, JSON.stringify({ field, error }));
  assert.deepEqual(await prices(page), BOOK.prices);
});

test('3: prices are read as a spreadsheet writes them, and a name that stands twice is told of', async () => {
  const page = await form(MINI);
  await goTo(page, 'prices');
  await paste(page, '"seedance2.0-mini-720p","0.06"\r\n\r\n"seedance2.0-std"; 0.45');
  await previewOf(page).toHaveText(/^0 new, 1 changed, 4 kept/, AS_SHOWN);
  for (const text of [
    '模型\t单价\nseedance2.0-std\t0.46\nseedance2.0-md\t0.30',
    'model;price\r\n"seedance2.0-std";"0.46"\r\nseedance2.0-md;0.30\r\n',
    '| Model | Price |\n| --- | ---: |\n| seedance2.0-std | 0.46 |\n| seedance2.0-md | 0.30 |',
  ]) {
    await paste(page, text);
    await previewOf(page).toHaveText(/^0 new, 1 changed, 4 kept.*seedance2\.0-std 0\.45 → 0\.46/s, AS_SHOWN);
    await paste(page, '');
  }
  await paste(page, 'model,price\nseedance2.0-std,$0.46');
  await page.locator('#book-take').click();
  await expect(page.locator('#book-error')).toHaveText(/\$0\.46 is not a price/, AS_SHOWN);
  await paste(page, 'model price\n');
  await page.locator('#book-take').click();
  await expect(page.locator('#book-error')).toHaveText('Row 1: “model price” is not a name and a price.', AS_SHOWN);
  await paste(page, 'seedance2.0-std 0.45\nseedance2.0-mini-720p\t0.06\n"seedance2.0-std","0.46"');
  await page.locator('#book-take').click();
  await expect(page.locator('#book-error')).toHaveText(
    'Row 3: “seedance2.0-std” has a price in an earlier row; keep one of them.',
    AS_SHOWN,
  );
  assert.deepEqual(await prices(page), BOOK.prices);
});

test('3: replacing the book is a choice of its own, and the only one for another currency', async () => {
  const page = await form(MINI);
  await goTo(page, 'prices');
  await paste(page, 'seedance2.0-mini-720p 0.06');
  await page.getByRole('button', { name: 'Replace the whole price book' }).click();
  await expect.poll(() => prices(page)).toStrictEqual({ 'seedance2.0-mini-720p': '0.06' });
  await paste(page, '{"currency":"CNY","prices":{"seedance2.0-std":"3"}}');
  await previewOf(page).toHaveText(/in CNY, your price book is in USD/, AS_SHOWN);
  await expect(page.locator('#book-take')).toHaveText('Replace the whole price book', AS_SHOWN);
  await page.locator('#book-take').click();
  await expect.poll(() => inState(page, 'book')).toStrictEqual({ currency: 'CNY', prices: { 'seedance2.0-std': '3' } });
});

test('3: a price that is no number is told of in its own row', async () => {
  const page = await form(MINI);
  await goTo(page, 'prices');
  await page.locator('#price-seedance2\\.0-std').fill('4,5');
  await page.locator('#price-seedance2\\.0-std').blur();
  await expect(page.locator('tr:has(#price-seedance2\\.0-std) #book-error')).toHaveText(
    /“4,5” is not a price/,
    AS_SHOWN,
  );
});

test('4: after an answer of unknown outcome the bar is neutral until it is cleared up, also after a reload', async () => {
  const page = await form(MINI);
  const green = await colourOfSend(page);
  shared.gateway.create = () => ({ status: 500, json: { code: -1, msg: 'internal error' } });
  await page.locator('#send').click();
  const doubt = page.locator('#pay .failure.unknown');
  await doubt.waitFor();
  const words = await doubt.innerText();
  assert.match(words, /Result unknown: you may have been charged/);
  assert.match(words, /Server error \(500\)/);
  assert.match(words, /The task may still have been created and charged\. Check the console before you send again\./);
  assert.doesNotMatch(words, /Try again/);
  await expect
    .poll(() => bar(page))
    .toStrictEqual({ state: 'doubt', words: 'First find out what became of your last request' });
  await expect.poll(() => colourOfSend(page)).not.toBe(green);
  await expect(doubt.getByRole('button')).toHaveText(
    ['I found the task', 'No task was created', 'Send again anyway'],
    AS_SHOWN,
  );
  await page.reload();
  await doubt.waitFor();
  await expect.poll(async () => (await bar(page)).state).toBe('doubt');
  await doubt.getByRole('button', { name: 'No task was created' }).click();
  await page.locator('#pay[data-state="ready"]').waitFor();
  await expect.poll(() => bar(page)).toStrictEqual({ state: 'ready', words: 'Ready to send' });
  await expect(doubt).toHaveCount(0);
  await expect(page.locator('#now')).toHaveText(
    /Not created[^]*You looked in the console: no task was created/,
    AS_SHOWN,
  );
});

test('4: sending again anyway clears the doubt about the first, once the second is on its way', async () => {
  const page = await form(MINI);
  shared.gateway.create = (n) => (n === 1 ? { ...created(), cut: 'before' } : created('vid_2'));
  await page.locator('#send').click();
  const again = page.locator('#pay').getByRole('button', { name: 'Send again anyway' });
  await again.click();
  await page.locator('#dialog[open]').getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(async () => (await bar(page)).state).toBe('doubt');
  await again.click();
  await page.locator('#dialog[open]').getByRole('button', { name: 'Send now' }).click();
  await page.locator('#now .pill.following').waitFor();
  await expect.poll(async () => (await bar(page)).state).toBe('running');
  assert.equal(shared.gateway.posts.length, 2);
});

test('5: links on Full say how an asset comes to be, and lead to a model that accepts them', async () => {
  const page = await form({ ...MINI, model: 'sd2_mx_720p', images: images(1) });
  const finding = page.locator('#images-findings .finding');
  await expect(finding).toHaveText(/Submit it for asset review/, AS_SHOWN);
  await expect(finding.getByRole('button').first()).toHaveText('Submit for asset review', AS_SHOWN);
  await finding.getByRole('button', { name: /^Use / }).click();
  await expect.poll(async () => (await bar(page)).state).toBe('ready');
  await expect(page.locator('#images-findings .finding')).toHaveCount(0);
});

for (const [lang, words, use] of [
  ['en', /Assets work with Full \(Manxue\), SP economy, and SP official/, 'Use sd2_mx_720p'],
  ['zh', /素材可用于满血版、SP 经济版、SP 官方版/, '选用 sd2_mx_720p'],
])
  test(`5: an asset that the model does not accept leads to the models it is for (${lang})`, async () => {
    const page = await form({ ...MINI, images: ['asset://a-1'] }, { lang });
    await page.evaluate(async () => {
      const { update } = await import('./js/state.js');
      update((s) => {
        s.assets = [{ id: '1', way: 'full', media: 'image', name: 'a', url: '', link: 'asset://a-1', state: 'active' }];
      });
    });
    const finding = page.locator('#images-findings .finding');
    await expect(finding).toHaveText(words, AS_SHOWN);
    await expect(page.locator('#verdict-more').getByRole('button', { name: use })).toBeVisible();
    await finding.getByRole('button', { name: use }).click();
    await expect(page.locator('#images-findings .finding')).toHaveCount(0);
    // Where no model accepts all of the draft, the models are a click away.
    await page.evaluate(async () => (await import('./js/state.js')).chooseModel('seedance2.0-mini'));
    await page.locator('#f-duration').fill('99');
    await finding.getByRole('button', { name: lang === 'zh' ? '选择模型' : 'Choose a model' }).click();
    await page.locator('#sheet [data-model="sd2_mx_720p"]').waitFor();
  });

const folder = newFolder('studio');
const file = (name, bytes = 10) => {
  writeFileSync(join(folder, name), Buffer.alloc(bytes));
  return join(folder, name);
};

test('5: an upload’s error speaks of the model that is chosen, in its language, without raw backticks', async () => {
  const page = await form({ ...MINI, model: 'seedance2.0-md', resolution: undefined });
  await upload(page, [file('moving.gif')]);
  const error = page.locator('#tile .finding.error');
  await expect(error).toHaveText(/moving\.gif/, AS_SHOWN);
  await expect(error).not.toHaveText(/`/, AS_SHOWN);
  await chooseLang(page, 'zh');
  await expect(error).toHaveText(/[\u4e00-\u9fff]{3}/, AS_SHOWN);
  await chooseModel(page, 'seedance2.0-mini');
  await expect(error).toHaveCount(0);
});

test('6: on a phone the bar shows the task after Send and leads to it', async () => {
  const page = await form(MINI, { width: 390, height: 844 });
  shared.gateway.task = (id) => status(id, 'processing', { progress: 41 });
  await page.locator('#send').click();
  const strip = page.locator('#pay .strip');
  await strip.getByText('41 %').waitFor();
  const box = await strip.boundingBox();
  assert.ok(box.y > 0 && box.y + box.height <= 844, JSON.stringify(box));
  await expect(strip).toHaveText(/Processing[^]*\d\d:\d\d/, AS_SHOWN);
  await strip.click();
  await expect(page.locator('#now')).toBeFocused();
  const task = await page.locator('#now').boundingBox();
  const pay = await page.locator('#pay').boundingBox();
  assert.ok(task.y >= 0 && task.y + 200 <= pay.y, JSON.stringify({ task, pay }));
});

test('6: on a phone a note covers neither the focused summary nor a control that was tabbed to', async () => {
  const page = await form(
    { ...MINI, duration: 16, images: ['ftp://media.example/a.png'] },
    { width: 390, height: 844 },
  );
  await page.locator('#send').click();
  await page.waitForFunction(() => document.activeElement.id === 'summary-box');
  const apart = async (other) => {
    const [note, box] = await Promise.all(['#toast', other].map((id) => page.locator(id).boundingBox()));
    return note.y >= box.y + box.height || note.y + note.height <= box.y;
  };
  await expect.poll(() => apart('#summary-box')).toBe(true);
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.closest('#pay, #toast'))) continue;
    assert.ok(await apart(':focus'), await page.evaluate(() => document.activeElement.outerHTML));
  }
});

const VIDEO = `${RESULTS}/result.mp4`;
const finished = (id) => status(id, 'completed', { completed_at: Date.now() / 1000, result: { video_url: VIDEO } });

test('7: a finished video shows its first picture in its own shape', async () => {
  const page = await form(MINI, { media: { [VIDEO]: 'result-2.00.mp4' } });
  shared.gateway.task = finished;
  await page.locator('#send').click();
  const player = page.locator('#now video');
  await page.waitForFunction(() => document.querySelector('#now video')?.readyState >= 2);
  const near = (shape, expected) => assert.ok(Math.abs(shape - expected) < 0.02, `${shape}, not ${expected}`);
  const box = await player.boundingBox();
  near(box.width / box.height, 16 / 9);
  // The same element, sized for a portrait video by the browser.
  const portrait = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 160 });
    canvas.getContext('2d').fillRect(0, 0, 90, 160);
    const recorder = new MediaRecorder(canvas.captureStream(10));
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.start();
    await new Promise((wake) => {
      setTimeout(wake, 500);
    });
    recorder.stop();
    await new Promise((wake) => {
      recorder.onstop = wake;
    });
    const video = document.querySelector('#now video');
    video.src = URL.createObjectURL(new Blob(parts, { type: 'video/webm' }));
    await new Promise((wake) => {
      video.onloadeddata = wake;
    });
    return video.clientWidth / video.clientHeight;
  });
  near(portrait, 9 / 16);
});

test('7: figures do not wrap inside', async () => {
  const page = await form(MINI, { width: 320, height: 640 });
  shared.gateway.task = (id) => status(id, 'processing', { progress: 41 });
  await page.locator('#send').click();
  await page.getByText('41 %').first().waitFor();
  const wrapped = await page
    .locator('.num, .tag, .pill, .counter')
    .evaluateAll((list) => list.filter((n) => n.getClientRects().length > 1).map((n) => n.textContent));
  assert.deepEqual(wrapped, []);
  const lines = await page
    .locator('#now .running .num')
    .evaluateAll((list) =>
      list.map((n) => n.getBoundingClientRect().height / parseFloat(getComputedStyle(n).lineHeight)),
    );
  assert.ok(
    lines.every((n) => n < 1.5),
    lines.join(),
  );
});

test('7: one bad file of four is named and stops no other', async () => {
  const page = await form({ ...MINI, model: 'seedance2.0-md', resolution: undefined });
  let n = 0;
  shared.gateway.upload = () => ok({ url: `https://files.example/${(n += 1)}.png` });
  await upload(page, [fixturePath('picture.png'), file('moving.gif'), file('b.png'), file('c.png')]);
  await page.waitForFunction(() => document.querySelectorAll('#media .item[data-slot="images"]').length === 3);
  await expect(page.locator('#tile .finding.error')).toHaveText(/^Error: moving\.gif|^moving\.gif/, AS_SHOWN);
});

test('7: a card of a task that was not created keeps its reason', async () => {
  const page = await form(MINI);
  shared.gateway.create = () => ({ status: 400, json: { code: 20099, msg: '配置不存在' } });
  await page.locator('#send').click();
  await page.locator('#pay .failure').waitFor();
  await page.reload();
  await page.locator('#app').waitFor();
  await expect(page.locator('#now .task.refused')).toHaveText(/rejected the request \(400\)[^]*配置不存在/, AS_SHOWN);
  await goTo(page, 'library');
  await page.locator('#library .poster').click();
  await expect(page.locator('#now .task.refused')).toHaveText(/配置不存在/, AS_SHOWN);
});

test('7: Retry-After is shown, and an empty balance leads to the console', async () => {
  const page = await form(MINI);
  shared.gateway.create = () => ({ status: 429, json: { msg: 'slow down' }, headers: { 'retry-after': '90' } });
  await page.locator('#send').click();
  const box = page.locator('#pay .failure');
  await box.getByText('Wait 1 min, then press Generate again.').waitFor();
  shared.gateway.create = () => ({ status: 402, json: { msg: 'payment required' } });
  await page.locator('#send').click();
  await box.getByText('The balance or the key’s quota is too low.').waitFor();
  await expect(box.getByRole('link', { name: 'Open the console' })).toHaveAttribute('href', 'https://open.jimmyai.cn');
  // The same words with a code that no document lists: no doubt whether a task was created.
  shared.gateway.create = () => ({ json: { code: 20003, msg: '余额不足' } });
  await page.locator('#send').click();
  await box.getByText('余额不足').waitFor();
  await expect(box).toHaveText(/The service says that no task was created/, AS_SHOWN);
});

test('8: the dialog shows everything that is bought, in words', async () => {
  const body = { ...MINI_VIDEO, resolution: '1080p', ratio: '9:16', images: images(3) };
  const page = await form(body);
  await page.locator('#send').click();
  const dialog = page.locator('#dialog[open]');
  await dialog.waitFor();
  const words = await dialog.innerText();
  for (const part of [
    MINI_VIDEO.prompt,
    'seedance2.0-mini-video',
    '8 s',
    '1080p',
    '9:16',
    '3 reference images',
    '1 reference video',
    'There is no unit price for seedance2.0-mini-1080p-video in the price book.',
  ])
    assert.ok(words.includes(part), part);
  assert.doesNotMatch(words, /reference_videos|^images/m);
  await expect(dialog.locator('.thumb')).toHaveCount(4);
});

test('9: Send is described by price and verdict, and what they become is announced once they settle', async () => {
  const page = await form(MINI);
  const described = (await page.locator('#send').getAttribute('aria-describedby')).split(' ');
  const text = await page.evaluate(
    (ids) => ids.map((id) => document.getElementById(id).innerText).join(' '),
    described,
  );
  assert.match(text, /\$0\.25 Ready to send/);
  await page.evaluate(() => {
    window.announced = [];
    const region = document.querySelector('#verdict-live');
    new MutationObserver(() => window.announced.push(region.textContent)).observe(region, { childList: true });
  });
  await page.locator('#f-duration').pressSequentially('0');
  await page.locator('#f-duration').press('Backspace');
  await page.locator('#f-duration').fill('7');
  await page.waitForFunction(() => window.announced.length);
  await expect.poll(() => page.evaluate(() => window.announced)).toStrictEqual(['Ready to send. $0.35']);
  await chooseLang(page, 'zh');
  await expect(page.locator('#verdict-live')).toHaveText('可以发送。$0.35');
});

test('9: no name is doubled, and no two controls have the same name', async () => {
  const page = await form({
    ...MINI,
    model: 'seedance2.0-sp',
    images: images(2),
    reference_audios: ['https://media.example/a.mp3'],
  });
  await openTile(page, 'images', 2);
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  const of = (...roles) =>
    nodes.filter((n) => !n.ignored && roles.includes(n.role?.value)).map((n) => n.name?.value ?? '');
  assert.ok(
    of('textbox').includes('Prompt') && of('combobox').includes('Resolution'),
    of('textbox', 'combobox').join('|'),
  );
  assert.ok(
    of('button').some((name) => name.startsWith('Model: seedance2.0-sp ')),
    of('button').join('|'),
  );
  const names = of('button', 'textbox');
  assert.deepEqual(
    names.filter((name, i) => name && names.indexOf(name) !== i),
    [],
  );
  for (const name of [
    'Add images, videos or audio',
    'reference image 1, 1.png',
    'Remove reference image 2',
    'Move reference image 2 forward',
  ])
    assert.ok(names.includes(name), name);
});

test('9: forced colours keep the edges of the bar, of Send and of what is not sent', async () => {
  const page = await form(
    { ...MINI_VIDEO, model: 'seedance2.0-mini' },
    { context_options: { forcedColors: 'active' } },
  );
  for (const part of ['#pay', '#send', '.item', '.tag', '.not-sent .tag']) {
    const edge = await page
      .locator(part)
      .first()
      .evaluate((n) => [getComputedStyle(n).borderTopStyle, parseFloat(getComputedStyle(n).borderTopWidth)]);
    assert.deepEqual([part, edge[0], edge[1] >= 1], [part, 'solid', true]);
  }
});

test('9: the arrow keys move the duration within what the route offers', async () => {
  const page = await form(MINI);
  const duration = page.locator('#f-duration');
  await duration.press('ArrowUp');
  await expect(duration).toHaveValue('6');
  await duration.fill('15');
  await duration.press('ArrowUp');
  await expect(duration).toHaveValue('15');
  await duration.fill('2');
  await duration.press('ArrowDown');
  await expect(duration).toHaveValue('4');
  await duration.fill('many');
  await duration.press('ArrowUp');
  await expect(duration).toHaveValue('5');
});

test('10: the import offers the core’s fixes, and a renamed field keeps its picture', async () => {
  const page = await form();
  await openPanel(page, 'import');
  const body = { model: 'seedance2.0-mini', prompt: 'x', duration: 5, image_urls: images(1) };
  const curl = `curl 'https://www.jimmyai.cn${CREATE}' -H 'Authorization: Bearer sk_x' -d '${JSON.stringify(body)}'`;
  await page.locator('#import-text').fill(curl);
  const fixes = (await inState(page, 'imported')).report.findings.find((f) => f.rule === 'unknown-field').fixes;
  const rename = fixes.find(({ patch }) => patch[0].op === 'move');
  const buttons = page.locator('#import-findings [data-rule="unknown-field"]').getByRole('button');
  await expect.poll(() => buttons.allTextContents()).toStrictEqual(fixes.map(({ label }) => label.replaceAll('`', '')));
  await page.getByRole('button', { name: rename.label.replaceAll('`', '') }).click();
  await expect(page.locator('#import-left')).toHaveCount(0);
  await page.getByText('The text contained a key').waitFor();
  await page.locator('#import-fill').click();
  await expect.poll(async () => JSON.parse(await preview(page)).images).toStrictEqual(images(1));
});

test('11: lists count from one, ranges of one value are one value, and file names are readable', async () => {
  const page = await form({
    ...MINI,
    model: 'seedance2.0-std',
    resolution: undefined,
    images: [...images(8), 'http://media.example/%E6%97%A5%E8%90%BD.png'],
  });
  await page.locator('#send').click();
  await expect(page.locator('#summary-box')).toHaveText(/reference image 9/i, AS_SHOWN);
  await expect(page.locator('#summary-box')).not.toHaveText(/images\/8/, AS_SHOWN);
  await expect(page.locator('#media .thumb-number')).toHaveText([...'123456789'], AS_SHOWN);
  await expect(tilesOf(page, 'images').last().locator('.tile-pick')).toHaveAttribute('aria-label', /日落\.png/);
  const tops = await page.locator('#media .item').evaluateAll((list) => list.slice(0, 3).map((n) => n.offsetTop));
  assert.equal(new Set(tops).size, 1, 'tiles side by side');
  const seconds = await page.evaluate(async () => {
    const { secondsText } = await import('./js/price.js');
    return [8, 9].map((max) => secondsText({ unit: 'second', quantity: { min: 8, max } }));
  });
  assert.deepEqual(seconds, ['8 s', '8–9 s']);
});

test('11: print is one light page without the toolbar; without a key nothing is said of “your key”', async () => {
  const page = await form(MINI, { key: null, scheme: 'dark' });
  await expect(page.locator('#destination')).toHaveText(
    `Enter an API key under Settings to send to ${shared.gateway.origin}`,
    AS_SHOWN,
  );
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  for (const gone of ['.nav', '.tools', '#send', '#toast', '.foot', '.add', '#import-panel'])
    await expect(page.locator(gone).first(), gone).toBeHidden();
  for (const kept of ['#f-prompt', '.price-head', '.formula', '#code'])
    await expect(page.locator(kept), kept).toBeVisible();
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(ground, 'light');
});

test('12: the words keep to the glossary', () => {
  const sentences = (table) =>
    Object.entries(table).flatMap(([id, text]) =>
      Object.values(typeof text === 'string' ? { text } : text).map((t) => [id, t]),
    );
  const never = {
    en: /\b(answer(s|ed)?|verdict|refus\w+|picture|drop(s|ped)?|mend|forg(et|ot)\w*)\b|takes? (?!precedence)|(?<!there )\bis no\b/i,
    zh: /应答|答复|您|抄录|忘记|货币|计费名|提示(?!词|修改)|通过(?!$)(?<!校验(未)?通过)(?<!审核(未)?通过)|去掉|舍去|成片|网址|第 0 项/,
  };
  const allowed = new Set(['companion.max']); // “Refuses requests above” is what it does
  for (const [lang, table] of Object.entries({ en, zh }))
    assert.deepEqual(
      sentences(table).filter(([id, text]) => !allowed.has(id) && never[lang].test(text)),
      [],
      lang,
    );
  assert.equal(
    en.foot,
    'Checks and prices are calculated on this device. The request is sent only when you press Generate. Pasted links are opened for preview and measuring; Upload sends the file at once.',
  );
});

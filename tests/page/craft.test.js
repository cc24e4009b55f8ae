// The layout: where things are, and that nothing moves or is cut off. studio.md §2 and §5.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MINI, MINI_VIDEO, goTo, importBody, openForm, openModels, openPanel, suite } from './lib/browser.js';
import { expect } from './lib/expect.js';
import { status } from './lib/gateway.js';
import { inEveryLook } from './lib/looks.js';

const shared = suite();
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844, context_options: { hasTouch: true } },
];

/** Records in the page what the browser counts as layout shifts, and the places where the prompt has been. */
function watchShifts() {
  window.shifts = [];
  window.places = new Set();
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value))).observe({
    type: 'layout-shift',
    buffered: true,
  });
  const look = () => {
    const prompt = document.getElementById('f-prompt');
    if (prompt?.checkVisibility()) window.places.add(prompt.getBoundingClientRect().y);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A saved draft with a tile, a loss and an error, so that everything that an empty form loads later is loaded at the start. */
const KEPT = {
  ...{ model: 'seedance2.0-mini', prompt: 'A fox', duration: '99', resolution: '720p' },
  images: [{ id: 'kept', url: 'https://media.example/a.png', measured: null, typed: {}, status: 'new' }],
  reference_videos: [{ id: 'video', url: 'https://media.example/b.mp4', measured: null, typed: {}, status: 'new' }],
};

for (const [size, draft] of SIZES.flatMap((size) => [
  [size, undefined],
  [size, KEPT],
]))
  test(`nothing moves while the page loads (${size.width} px, ${draft ? 'a draft that was kept' : 'empty'})`, async () => {
    const page = await openForm(shared, { ...size, draft, init: watchShifts, key: null });
    await page.locator('#draft-new').waitFor();
    await page.locator('#hello .example').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.fonts.status === 'loaded');
    await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
    assert.equal(await page.evaluate(() => window.places.size), 1);
    await expect(page.locator('#tiles .item')).toHaveCount(draft ? 2 : 0);
    const shifted = await page.evaluate(() => window.shifts.reduce((sum, value) => sum + value, 0));
    assert.ok(shifted < 0.001, `${shifted}`);
  });

test('the form is 420 to 480 px wide, and the stage keeps 640 px for a result', async () => {
  const page = await openForm(shared, { width: 1200 });
  shared.gateway.reset();
  shared.gateway.task = (id) => status(id, 'processing', { progress: 5 });
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('#now .elapsed-big').waitFor();
  for (const width of [1200, 1400, 1600, 3840]) {
    await page.setViewportSize({ width, height: 1000 });
    const [form, stage] = await Promise.all(
      ['#draft', '#now .elapsed-big'].map((part) => page.locator(part).boundingBox()),
    );
    assert.ok(form.width >= 420 && form.width <= 480, `${form.width} at ${width}`);
    assert.ok(stage.width >= 640, `${stage.width} at ${width}`);
  }
});

test('neither a model’s name nor a label of the row of settings is cut off', async () => {
  for (const [lang, width] of [
    ['en', 1200],
    ['zh', 1200],
    ['en', 390],
  ]) {
    const page = await openForm(shared, { lang, width });
    await importBody(page, MINI);
    const cut = await page.evaluate(async () => {
      const { state, update } = await import('./js/state.js');
      const out = [];
      for (const { models } of state.table.routes)
        for (const { model } of models) {
          update((s) => {
            s.draft.model = model;
          });
          for (const node of document.querySelectorAll('.model-row > b, .opts label, .opts .label'))
            if (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline')
              out.push(`${model}: ${node.textContent.trim()}`);
        }
      return out;
    });
    assert.deepEqual(cut, [], `${lang} ${width}`);
  }
});

test('on a phone every filter of the models is in sight', async () => {
  const page = await openForm(shared, { width: 390, height: 844 });
  await importBody(page, MINI_VIDEO);
  await openModels(page);
  const beyond = await page
    .locator('#sheet .switch button')
    .evaluateAll((list) => list.map((n) => n.getBoundingClientRect().right).filter((right) => right > innerWidth - 8));
  assert.deepEqual(beyond, []);
});

test('print holds settings, arithmetic and code, and nothing that is pressed', async () => {
  const page = await openForm(shared, { media: { 'https://media.example/ref.mp4': 'h264-3.20.mp4' } });
  await importBody(page, MINI_VIDEO);
  await page.locator('.formula').filter({ hasText: '0.05 × (8 + 3) = $0.55' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  for (const width of [794, 1123]) {
    await page.setViewportSize({ width, height: 1123 }); // A4, portrait and landscape
    const words = await page.locator('main').innerText();
    for (const part of ['0.05 × (8 + 3) = $0.55', 'seedance2.0-mini-video', '"duration": 8'])
      assert.ok(words.includes(part), part);
    assert.doesNotMatch(words, /PowerShell|First and last frame|Generate|Snippets|from your console/);
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      true,
    );
  }
});

test('the empty batch says what a row holds, and its example becomes rows', async () => {
  const page = await openForm(shared, { width: 1440 });
  await goTo(page, 'batch');
  const cards = page.locator('.batch-start > .card');
  await cards.nth(1).waitFor();
  const [one, two] = await Promise.all([0, 1].map((n) => cards.nth(n).boundingBox()));
  assert.ok(one.width + two.width > 1300 && one.height > 400, JSON.stringify([one, two]));
  await page.getByRole('button', { name: 'Try an example' }).click();
  await page.getByRole('button', { name: 'Add rows' }).click();
  await page.locator('table.batch tbody tr').nth(1).waitFor();
  assert.deepEqual(await page.locator('table.batch .cell-price').allInnerTexts(), ['Price', '$0.25', '$0.40']);
});

test('without prices the examples say what to do, and no price that is unknown', async () => {
  const page = await openForm(shared, { width: 1440, book: null });
  await page.locator('.hello .example').nth(2).waitFor();
  assert.doesNotMatch((await page.locator('.example').allInnerTexts()).join('\n'), /unknown/i);
  await page.getByRole('link', { name: 'Enter your unit prices to see what each costs' }).click();
  await page.locator('table.prices').waitFor();
});

test('while nothing is finished the library says what will stand there, and does not claim to have looked for it', async () => {
  shared.gateway.reset();
  shared.gateway.task = (id) => status(id, 'processing', { progress: 5 });
  const page = await openForm(shared, { width: 1440 });
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('#queue .job').waitFor();
  await page.locator('#library').getByText('What you send is saved here').waitFor();
  assert.equal(await page.getByText('Nothing found.').count(), 0);
});

test('a long snippet hides no button of its menu', async () => {
  const page = await openForm(shared, { width: 390, height: 844 });
  await page.locator('#f-prompt').fill('A fox runs through fresh snow, low winter sun, slow dolly in, golden hour');
  await page.locator('#f-prompt').selectText();
  await page.locator('#snippet-menu summary').click();
  await page.locator('#snippet-keep').click();
  const list = page.locator('#snippet-menu .menu-list');
  await list.locator('.icon').waitFor();
  assert.deepEqual(await list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
});

test('no word of the batch is broken within', async () => {
  const page = await openForm(shared, { width: 1440 });
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill(`model,prompt,duration\nseedance2.0-mini,${'a fox '.repeat(30)},5`);
  await page.getByRole('button', { name: 'Add rows' }).click();
  const cell = page.locator('tbody .cell-media');
  await cell.waitFor();
  assert.ok((await cell.locator('span').boundingBox()).height < 30);
});

test('on a phone an unknown outcome leaves everything in sight, Generate too', async () => {
  for (const lang of ['en', 'zh']) {
    shared.gateway.reset();
    shared.gateway.create = () => ({ json: {}, cut: 'before' });
    const page = await openForm(shared, { lang, width: 390, height: 844 });
    await importBody(page, MINI);
    await page.locator('#send').click();
    await page.locator('#pay .failure.unknown').waitFor();
    const [pay, again, send] = await Promise.all(
      ['#pay', '#pay .second-charge', '#send'].map((part) => page.locator(part).boundingBox()),
    );
    for (const box of [again, send])
      assert.ok(box.y >= pay.y && box.y + box.height <= pay.y + pay.height, JSON.stringify({ lang, pay, again, send }));
  }
});

test('controls are 40 px high, 44 px where they are touched', async () => {
  for (const [hasTouch, least] of [
    [false, 40],
    [true, 44],
  ]) {
    const page = await openForm(shared, { context_options: { hasTouch } });
    await importBody(page, MINI);
    const heights = await page
      .locator('#f-ratio, #f-resolution, .step, #f-model, #send')
      .evaluateAll((list) => list.map((n) => n.getBoundingClientRect().height));
    assert.equal(heights.length, 5);
    assert.ok(Math.min(...heights) >= least, heights.join());
  }
});

test('letters have five sizes, corners two, room six, changes one length, and nothing is said by opacity', () => {
  for (const name of ['tokens', 'form', 'filled', 'later', 'desk']) {
    const css = readFileSync(new URL(`../../www/css/${name}.css`, import.meta.url), 'utf8');
    const odd = (property, known) =>
      [...css.matchAll(new RegExp(`\\b${property}: ([^;]+);`, 'g'))]
        .map(([, own]) => own)
        .filter((own) => !known.test(own));
    assert.deepEqual(odd('font-size', /^(var\(--type-[1-5]\)|0\.\d+em)$/), [], name); // code is smaller than its surroundings
    assert.deepEqual(odd('border-radius', /^((0|50%|99px|3px|var\(--radius(-s)?\)) ?)+$/), [], name); // circles, pills and bars
    assert.deepEqual(odd('transition', /^([\w-]+ var\(--motion\)|none !important)$/), [], name);
    assert.deepEqual(odd('opacity', /^1$/), [], name);
    // Spacing comes in six sizes, except for values computed from the screen, em in code, and the knob of the switch.
    const free = /\b(env|max)\(|vh\b|var\(--(tabs|pay-height)\b|^(0\.25em|2\.5px)$/;
    const steps = /^(calc\(-1 \* )?((0|auto|-?var\(--space-[1-6]\))[ )]?)+(!important)?$/;
    for (const property of ['gap', 'padding(?:-[a-z-]+)?', '(?<!scroll-)margin(?:-[a-z-]+)?'])
      assert.deepEqual(
        odd(property, steps).filter((own) => !free.test(own)),
        [],
        name,
      );
  }
});

test('with forced colours the developer’s switch shows how it stands', async () => {
  const page = await openForm(shared, { context_options: { forcedColors: 'active' } });
  const colours = () =>
    page.evaluate(() => {
      const track = document.querySelector('#developer i');
      return [getComputedStyle(track).backgroundColor, getComputedStyle(track, '::after').backgroundColor];
    });
  const [track, knob] = await colours();
  assert.notEqual(track, knob);
  await page.locator('#developer').click();
  await page.locator('#developer[aria-checked="true"]').waitFor();
  const [on, knobOn] = await colours();
  assert.notEqual(on, knobOn);
  assert.notEqual(on, track);
});

test('in English the system’s letters come before those for Chinese', () => {
  const css = readFileSync(new URL('../../www/css/tokens.css', import.meta.url), 'utf8');
  const [english, chinese] = [...css.matchAll(/--sans:([^;]+);/g)].map(([, fonts]) => fonts);
  assert.ok(
    english.indexOf('system-ui') < english.indexOf('CJK') && english.indexOf('sans-serif') < english.indexOf('CJK'),
  );
  assert.ok(chinese.indexOf('PingFang SC') < chinese.indexOf('sans-serif'));
});

test('nine images, a batch of 50 and a library of 200 in every look', async () => {
  shared.gateway.reset();
  const images = Array.from({ length: 9 }, (_, i) => `https://media.example/${i}.png`);
  const media = Object.fromEntries([
    ...images.map((url) => [url, 'picture.png']),
    ['https://results.example/film.mp4', 'result-2.00.mp4'],
  ]);
  const page = await openForm(shared, { width: 1440, media });
  await importBody(page, { ...MINI, images });
  await inEveryLook(page, 'nine-images', [1440, 390], []);
  await page.setViewportSize({ width: 1440, height: 900 });
  await goTo(page, 'batch');
  const rows = Array.from({ length: 50 }, (_, i) => ({ id: `scene-${i + 1}`, ...MINI, duration: 4 + (i % 13) }));
  await page.locator('#batch-text').fill(rows.map((row) => JSON.stringify(row)).join('\n'));
  await page.locator('.batch-start .strong').click();
  await page.locator('table.batch tbody tr').nth(49).waitFor({ state: 'attached' });
  await inEveryLook(page, 'batch-50', [1440, 390, 3840], [1440]);
  await page.evaluate(async () => {
    const { write } = await import('./js/journal.js');
    const { state, update } = await import('./js/state.js');
    const body = JSON.stringify({ model: 'seedance2.0-mini', prompt: 'A fox runs through fresh snow', duration: 5 });
    for (let i = 0; i < 200; i += 1) {
      const at = Date.now() - i * 3_600_000;
      await write({
        attempt: crypto.randomUUID(),
        at,
        done_at: at + 60_000,
        expires_at: at + 72 * 3_600_000,
        model: 'seedance2.0-mini',
        body,
        draft: structuredClone(state.draft),
        quoted: { text: '$0.25', amount: '0.25', currency: 'USD', kind: 'exact' },
        state: i % 9 === 4 ? 'failed' : 'completed',
        error_message: '',
        status: 'completed',
        origin: 'https://www.jimmyai.cn',
        task_id: `vid_${i}`,
        video_url: 'https://results.example/film.mp4',
      });
    }
    update();
    location.hash = '#library';
  });
  await page.locator('#library .film').nth(199).waitFor({ state: 'attached' });
  await inEveryLook(page, 'library-200', [1440, 390, 3840], [1440]);
  assert.deepEqual(page.problems, []);
});

test('a request of Ark, pasted at once, is converted as soon as what converts is there', async () => {
  const page = await openForm(shared);
  await openPanel(page, 'import');
  await page.locator('#import-text').fill(
    JSON.stringify({
      model: 'doubao-seedance',
      content: [{ type: 'text', text: 'A fox --ratio 16:9 --dur 5 --watermark true' }],
    }),
  );
  await page.locator('#import-vendor').filter({ hasText: 'Ark' }).waitFor();
  await page.locator('#import-left').filter({ hasText: '--watermark' }).waitFor();
  await page.locator('#import-fill').click();
  await page.waitForFunction(() => document.getElementById('f-prompt').value === 'A fox');
  assert.equal(await page.locator('#f-duration').inputValue(), '5');
});

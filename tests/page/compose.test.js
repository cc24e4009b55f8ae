// Composing, verdict and price: points 1, 7–15, 40.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MINI,
  MINI_VIDEO,
  chooseLang,
  chooseModel,
  comesTrue,
  importBody,
  inState,
  modelOf,
  openAdd,
  openForm,
  openModels,
  openTile,
  preview,
  priceHead,
  suite,
  tilesOf,
} from './lib/browser.js';

const shared = suite();
const REF = 'https://media.example/ref.mp4';
const until = (page, text) =>
  page.waitForFunction((words) => document.querySelector('.price').innerText.includes(words), text);
const body = async (page) => JSON.parse(await preview(page));

async function form(given, options = {}) {
  shared.gateway.reset();
  const page = await openForm(shared, options);
  if (given) await importBody(page, given);
  return page;
}

test('point 1: the price with its multiplication, billing name and date follows every change that bears on it', async () => {
  const page = await form(MINI_VIDEO, {
    media: { [REF]: 'h264-3.20.mp4', 'https://media.example/long.mp4': 'h264-3.52.mp4' },
  });
  await until(page, '0.05 × (8 + 3) = $0.55');
  const price = () => page.locator('#price').innerText();
  assert.match(await price(), /seedance2\.0-mini-720p-video/);
  assert.match(await price(), /2026-11-01/);
  await page.locator('#f-prompt').fill('Other words');
  await page.locator('#f-ratio').selectOption('9:16');
  assert.equal(await priceHead(page), '$0.55');
  await page.locator('#f-duration').fill('9');
  assert.equal(await priceHead(page), '$0.60');
  await page.locator('#f-resolution').selectOption('480p');
  assert.equal(await priceHead(page), 'Price unknown');
  await page.locator('#f-resolution').selectOption('720p');
  await chooseModel(page, 'seedance2.0-md');
  assert.equal(await priceHead(page), '$0.30');
  await chooseModel(page, 'seedance2.0-mini-video');
  assert.equal(await priceHead(page), '$0.60');
  await openTile(page, 'reference_videos');
  await page.locator('#tile-url').fill('https://media.example/long.mp4');
  await page.locator('#tile-url').blur();
  await page.locator('.price-head.range').waitFor();
});

test('point 1: the price stands within 100 ms of the metadata', async () => {
  const page = await form(null, {
    media: { [REF]: 'h264-3.20.mp4' },
    init: () => {
      const listen = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function noting(type, ...rest) {
        if (type === 'durationchange' || type === 'loadedmetadata')
          listen.call(this, type, () => {
            window.metadataAt ??= performance.now();
          });
        return listen.call(this, type, ...rest);
      };
      new MutationObserver(() => {
        if (document.querySelector('.price-head')?.textContent.includes('0.55')) window.pricedAt ??= performance.now();
      }).observe(document, { subtree: true, childList: true, characterData: true });
    },
  });
  await importBody(page, MINI_VIDEO);
  await until(page, '$0.55');
  const gap = await page.evaluate(() => window.pricedAt - window.metadataAt);
  assert.ok(gap <= 100, `${gap} ms`);
});

test('point 7: a missing unit price is named, never 0; Send asks; the table sorts it last', async () => {
  const page = await form({ ...MINI, resolution: '1080p' });
  const text = await page.locator('#price').innerText();
  assert.match(text, /Price unknown/);
  assert.match(text, /No unit price for seedance2\.0-mini-1080p/);
  assert.doesNotMatch(text, /\$0(?!\.05)/);
  await page.locator('#send').click();
  await page.locator('#dialog[open]').waitFor();
  assert.match(await page.locator('#dialog').innerText(), /no unit price for seedance2\.0-mini-1080p/);
  await page.keyboard.press('Escape');
  assert.equal(shared.gateway.posts.length, 0);
  await openModels(page);
  const usable = await page.locator('#sheet [data-group="loss"] .card-price b').allInnerTexts();
  const firstUnknown = usable.findIndex((t) => t.includes('unknown'));
  assert.ok(firstUnknown > 0 && usable.slice(firstUnknown).every((t) => t.includes('unknown')), usable.join(' | '));
  await page.keyboard.press('Escape');
  await page.locator('#ask-price').fill('0.09');
  await page.locator('#ask-price').press('Enter');
  assert.equal(await priceHead(page), '$0.45');
});

test('point 8: a video that cannot be measured gives "at least", a seconds field, and your figure', async () => {
  const page = await form({ ...MINI_VIDEO, reference_videos: ['https://media.example/gone.mp4'] });
  await openTile(page, 'reference_videos');
  await page.getByText('The length could not be read here').waitFor();
  assert.equal(await priceHead(page), 'At least $0.40');
  assert.match(
    await page.locator('#price').innerText(),
    /length is unknown.*If the service cannot read it either, only the requested duration is billed/s,
  );
  await page.locator('.typed input').first().fill('3');
  assert.equal(await priceHead(page), '$0.55');
  assert.match(await page.locator('#price').innerText(), /your figure/);
});

test('point 8: HEVC, which this browser cannot play, is read from its boxes when it is a file; metadata-less links are "at least"', async () => {
  const page = await form(
    { ...MINI_VIDEO, reference_videos: ['https://media.example/text.mp4'] },
    {
      media: {
        'https://media.example/text.mp4': (route) =>
          route.fulfill({ status: 200, contentType: 'video/mp4', body: 'no video' }),
      },
    },
  );
  await openTile(page, 'reference_videos');
  await page.getByText('The length could not be read here').waitFor();
  const bytes = [...(await import('node:fs')).readFileSync(new URL('./fixtures/hevc-3.00.mp4', import.meta.url))];
  const facts = await page.evaluate(
    async (list) => (await import('./js/media.js')).measureFile(new File([new Uint8Array(list)], 'ref.mp4')),
    bytes,
  );
  assert.deepEqual(facts, { seconds: 3, width: 320, height: 180, frame_rate: 25, bytes: bytes.length });
});

test('point 9: near a half second both prices, the reason, and the higher one in bold', async () => {
  for (const [file, head] of [
    ['h264-3.20.mp4', '$0.55'],
    ['h264-3.48.mp4', '$0.55 or $0.60'],
    ['h264-3.50.mp4', '$0.55 or $0.60'],
    ['h264-3.52.mp4', '$0.55 or $0.60'],
  ]) {
    const page = await form(MINI_VIDEO, { media: { [REF]: file }, limit: '0.58' });
    await page.waitForFunction((text) => document.querySelector('.price-head').innerText === text, head);
    if (!head.includes('or')) continue;
    assert.equal(await page.locator('.price-head b').innerText(), '$0.60');
    assert.match(await page.locator('.price-note').innerText(), /close to a half second/);
    await page.locator('#send').click();
    await page.locator('#dialog[open]').waitFor(); // the higher price is above the limit of 0.58
    await page.context().close();
  }
});

test('point 10: every route with verdict, first reason, seconds and price; sorting; choosing one loses nothing', async () => {
  const page = await form(
    { ...MINI_VIDEO, images: ['https://media.example/a.png'] },
    { media: { [REF]: 'h264-3.20.mp4' } },
  );
  await until(page, '$0.55');
  await openModels(page);
  const rows = page.locator('#sheet [data-model]');
  assert.equal(await rows.count(), 23);
  const models = async () => rows.evaluateAll((list) => list.map((r) => r.dataset.model));
  const byPrice = await models();
  assert.equal(byPrice[0], 'seedance2.0-std');
  assert.match(
    await page.locator('#sheet [data-model="seedance2.0-mini"] .reason').innerText(),
    /Without 1 reference video, which/,
  );
  assert.match(await page.locator('#sheet [data-model="seedance2.0-std"]').innerText(), /\$0\.45/);
  const refused = page.locator('[data-group="no"] [data-model="sd2_mx_video_720p"]');
  assert.match(await refused.locator('.reason').innerText(), /asset/);
  await page.locator('#models-order').selectOption('model');
  await page.evaluate(() => new Promise(requestAnimationFrame)); // drawn in the next frame
  for (const group of ['all', 'loss', 'no']) {
    const names = await page
      .locator(`[data-group="${group}"] [data-model]`)
      .evaluateAll((list) => list.map((r) => r.dataset.model));
    assert.deepEqual(
      names,
      [...names].sort((a, b) => a.localeCompare(b)),
    );
  }
  await page.locator('#sheet [data-model="seedance2.0-std"]').click();
  assert.equal(await modelOf(page), 'seedance2.0-std');
  const draft = await inState(page, 'draft');
  assert.equal(draft.prompt, MINI_VIDEO.prompt);
  assert.equal(draft.resolution, '720p');
  assert.deepEqual([draft.images.length, draft.reference_videos.length], [1, 1]);
});

test('point 11: images and frames together stay visible; one message; conversions only by button, and they can be undone', async () => {
  const page = await form({ ...MINI, images: ['https://media.example/a.png', 'https://media.example/b.png'] });
  await page.locator('#media').getByRole('button', { name: 'First and last frame' }).click();
  await openTile(page, 'first_image');
  await page.locator('#tile-url').fill('https://media.example/first.png');
  await page.locator('#tile-url').blur();
  const clash = page.locator('.clash');
  assert.equal(await clash.count(), 1);
  assert.equal(await page.locator('#images-findings .finding').count(), 0);
  const draft = await inState(page, 'draft');
  assert.deepEqual([draft.images.length, draft.first_image.url], [2, 'https://media.example/first.png']);
  await clash.getByRole('button', { name: 'Use as references' }).click();
  assert.deepEqual((await body(page)).images, [
    'https://media.example/a.png',
    'https://media.example/b.png',
    'https://media.example/first.png',
  ]);
  await page.locator('#toast').getByRole('button', { name: 'Undo' }).click();
  await clash.getByRole('button', { name: 'Use as frames, remove 1 image' }).click();
  const now = await body(page);
  assert.deepEqual(
    [now.images, now.first_image, now.last_image],
    [undefined, 'https://media.example/first.png', 'https://media.example/a.png'],
  );
});

test('point 11: by paste, drop and restored draft too', async () => {
  const page = await form({ ...MINI, first_image: 'https://media.example/first.png' });
  await page.locator('#media').getByRole('button', { name: 'References' }).click();
  await openAdd(page);
  await page.locator('#add-links').evaluate((node) => {
    const data = new DataTransfer();
    data.setData('text', 'https://media.example/a.png\nhttps://media.example/b.png');
    node.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await tilesOf(page, 'images').count(), 2);
  assert.equal(await page.locator('.clash').count(), 1);
  await page.locator('#stage').evaluate((node) => {
    const data = new DataTransfer();
    data.setData('text/uri-list', 'https://media.example/c.png');
    node.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await tilesOf(page, 'images').count(), 3);
  await page.reload(); // at once: what was just typed is kept when the page is left
  await page.locator('.clash').waitFor();
  assert.equal(await tilesOf(page, 'images').count(), 3);
  assert.equal((await inState(page, 'draft')).first_image.url, 'https://media.example/first.png');
});

test('point 12: what a route does not take stays shown as not sent, and comes back', async () => {
  const given = {
    model: 'seedance2.0-sp',
    prompt: 'A song',
    duration: 5,
    images: ['https://media.example/a.png'],
    reference_audios: ['https://media.example/a.mp3'],
  };
  const page = await form(given);
  const before = await preview(page);
  await chooseModel(page, 'seedance2.0-md');
  assert.match(
    await page.locator('#media-notes .not-sent').innerText(),
    /not sent.*seedance2\.0-md does not accept this/is,
  );
  assert.equal(await tilesOf(page, 'reference_audios').count(), 1);
  assert.equal((await body(page)).reference_audios, undefined);
  await page.locator('#send').click();
  await page.locator('.pill.following').first().waitFor();
  assert.equal(JSON.parse(shared.gateway.posts[0].body).reference_audios, undefined);
  await chooseModel(page, 'seedance2.0-sp');
  assert.equal(await preview(page), before);
});

const HARD = [
  ['only audio', { ...MINI, reference_audios: ['https://media.example/a.mp3'] }, 'audio-unpaired', []],
  [
    'last frame without first on MD',
    { model: 'seedance2.0-md', prompt: 'x', duration: 5, last_image: 'https://media.example/a.png' },
    'frame-pair-incomplete',
    [],
  ],
  ['16 s', { ...MINI, duration: 16 }, 'duration-out-of-range', ['16', '15']],
  [
    '1080p on mini-sp',
    { ...MINI, model: 'seedance2.0-mini-sp', resolution: '1080p' },
    'resolution-not-offered',
    ['1080p', '720p'],
  ],
  ['2.5 s', { ...MINI, duration: 2.5 }, 'wrong-type', ['duration', 'integer', 'decimals']],
  [
    '5001 characters on MD',
    { model: 'seedance2.0-md', prompt: '雨'.repeat(5001), duration: 5 },
    'prompt-too-long',
    ['5001', '5000'],
  ],
  [
    '10 images on STD',
    {
      model: 'seedance2.0-std',
      prompt: 'x',
      duration: 5,
      images: Array.from({ length: 10 }, (_, i) => `https://media.example/${i}.png`),
    },
    'too-many-images',
    ['10', '9'],
  ],
  [
    'https link on Full',
    { model: 'sd2_mx_720p', prompt: 'x', duration: 5, images: ['https://media.example/a.png'] },
    'scheme-not-accepted',
    ['asset', 'https'],
  ],
  [
    'asset:// on MD',
    { model: 'seedance2.0-md', prompt: 'x', duration: 5, images: ['asset://abc'] },
    'scheme-not-accepted',
    ['https'],
  ],
];
test('point 13: each gives its own message naming value and limit, in both languages', async () => {
  const page = await form();
  const seen = { en: new Set(), zh: new Set() };
  for (const [name, given, rule, parts] of HARD) {
    await importBody(page, given);
    for (const lang of ['en', 'zh']) {
      await chooseLang(page, lang);
      const words = lang === 'en' ? parts : parts.filter((part) => !['integer', 'decimals'].includes(part));
      const result = await inState(page, 'result');
      const finding = result.report.findings.find((f) => f.rule === rule);
      assert.ok(finding, `${name}: ${rule}`);
      for (const part of words)
        assert.ok(finding.message.replaceAll(',', '').includes(part), `${name}: ${part} in ${finding.message}`);
      const shownText = (await page.locator('.finding').allInnerTexts()).join('\n');
      assert.ok(
        shownText.includes(finding.message.replaceAll('`', '')),
        `${name} is shown in ${lang}: ${finding.message}`,
      );
      seen[lang].add(finding.message);
    }
  }
  assert.equal(seen.en.size, HARD.length);
  assert.equal(seen.zh.size, HARD.length);
  for (const message of seen.zh) assert.match(message, /[\u4e00-\u9fff]/);
});

test('point 13: limits and counters show before the error', async () => {
  const page = await form({
    model: 'seedance2.0-md',
    prompt: 'x',
    duration: 5,
    images: [1, 2, 3].map((i) => `https://media.example/${i}.png`),
  });
  assert.match(await page.locator('#images-count').innerText(), /3 of 4/);
  assert.match(await page.locator('#prompt-count').innerText(), /1 of 5000/);
  assert.equal(await page.locator('#duration-range').innerText(), '1–15 s');
  await chooseModel(page, 'seedance2.0-sp');
  assert.equal(await page.locator('#duration-range').innerText(), '4–15 s');
});

test('point 14: the summary lists every error in the field’s words, is focused, links move the focus, fixing one removes one', async () => {
  const page = await form();
  await page.evaluate(async () =>
    (await import('./js/state.js')).update((s) => {
      s.draft.duration = '16';
      s.draft.reference_audios = [{ id: 'a1', url: 'ftp://x', measured: null, typed: {}, status: 'new' }];
    }),
  );
  await page.locator('#send').click();
  const links = page.locator('#summary-box a');
  await page.locator('#summary-box:focus').waitFor(); // what stands behind Send may still have been on its way
  const words = await links.allInnerTexts();
  const { report } = await inState(page, 'result');
  assert.deepEqual(
    words,
    report.findings.filter((f) => f.severity === 'error').map((f) => f.message.replaceAll('`', '')),
  );
  assert.ok(words.length >= 3, words.join('|'));
  const inline = (await page.locator('.findings .finding.error p').allInnerTexts()).map((t) =>
    t.replace(/^Error:\s*/, ''),
  );
  for (const word of words) assert.ok(inline.includes(word), word);
  assert.match(await page.title(), /^Error:/);
  await links.filter({ hasText: 'duration' }).first().click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-duration');
  await page.locator('#f-duration').fill('5');
  assert.equal(await links.count(), words.length - 1);
});

test('point 15: no red before leaving an edited field; a shown error clears while typing', async () => {
  const page = await form();
  const red = () => page.locator('.finding.error, [aria-invalid="true"], .state.bad').count();
  assert.equal(await red(), 0);
  for (let i = 0; i < 14; i += 1) await page.keyboard.press('Tab');
  assert.equal(await red(), 0);
  await page.locator('#f-prompt').pressSequentially('Half a');
  await page.locator('#f-duration').fill('99');
  assert.equal(await red(), 0);
  await page.locator('#f-duration').blur();
  assert.equal(await page.locator('#f-duration').getAttribute('aria-invalid'), 'true');
  const described = (await page.locator('#f-duration').getAttribute('aria-describedby')).split(' ');
  assert.ok(described.includes('duration-findings') && described.includes('duration-hint'));
  await page.locator('#f-duration').fill('9');
  assert.equal(await red(), 0);
});

test('fixes of the core are buttons that apply their patch, and undo takes it back', async () => {
  const page = await form({ ...MINI, duration: 16 });
  await page.locator('#duration-findings .fix').first().click();
  assert.equal((await body(page)).duration, 15);
  await page.keyboard.press('Alt+z');
  assert.equal((await body(page)).duration, 16);
});

test('point 40: 9 images, 3 videos and 3 audios, all slow or dead: instant verdict, at most 4 at once, cancel, time-out', async () => {
  let open = 0;
  let most = 0;
  const slow = async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((wake) => {
      setTimeout(wake, 60_000).unref();
    });
  };
  const media = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`https://media.example/v${i}.mp4`, slow]));
  const page = await form(null, { media, clock: true });
  const started = Date.now();
  await importBody(page, {
    model: 'seedance2.0-sp',
    prompt: 'x',
    duration: 5,
    images: Array.from({ length: 9 }, (_, i) => `https://media.example/i${i}.png`),
    reference_videos: Object.keys(media),
    reference_audios: [0, 1, 2].map((i) => `https://media.example/a${i}.mp3`),
  });
  assert.equal(await page.locator('.state.ready').count(), 1);
  assert.ok(Date.now() - started < 10_000);
  await comesTrue(page, async () =>
    (await import('./js/state.js')).state.draft.reference_videos.every(({ status }) =>
      /waiting|measuring/.test(status),
    ),
  );
  const before = (await inState(page, 'draft')).reference_videos.map((v) => v.status);
  assert.deepEqual(before.filter((s) => s === 'measuring').length, 4);
  assert.ok(most <= 4, `${most} at once`);
  await openTile(page, 'reference_videos');
  await page.locator('.facts .link').click();
  await page.getByText('Measuring was stopped.').waitFor();
  await page.clock.fastForward(8100);
  await page.waitForFunction(
    () => [...document.querySelectorAll('.tile-words')].filter((n) => n.innerText.includes('Length?')).length >= 3,
  );
  assert.ok(
    await page
      .locator('.thumb img')
      .evaluateAll((list) => list.every((i) => i.loading === 'lazy' && i.referrerPolicy === 'no-referrer')),
  );
});

test('an imported duration of another type never leaves the one before it in place', async () => {
  const page = await form({ ...MINI, duration: 12 });
  for (const [duration, shown, sent] of [
    ['5', '5', 5],
    ['about 7', 'about 7', 'about 7'],
    [[5], '', undefined],
    [null, '', undefined],
  ]) {
    await importBody(page, { ...MINI, duration: 12 });
    await importBody(page, { ...MINI, duration });
    assert.equal(await page.locator('#f-duration').inputValue(), shown, JSON.stringify(duration));
    assert.equal((await body(page)).duration, sent, JSON.stringify(duration));
  }
  // A fix of another field leaves what is typed, number or not.
  await page.locator('#f-duration').fill('about 7');
  await page.locator('#f-prompt').fill('x');
  await page.evaluate(async () =>
    (await import('./js/state.js')).changeDraft((draft) => {
      draft.resolution = '999p';
    }),
  );
  await page.locator('#resolution-findings button.fix').first().click();
  assert.equal(await page.locator('#f-duration').inputValue(), 'about 7');
});

// Texts, keyboard, contrast, axe and small screens: points 30, 32, 33, 34. Pictures of every state are saved in tests/output.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import {
  KEY,
  MINI,
  MINI_VIDEO,
  goTo,
  importBody,
  openAdd,
  openForm,
  openModels,
  chooseLang,
  openPanel,
  openTile,
  preview,
  suite,
  tilesOf,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { status } from './lib/gateway.js';
import { inEveryLook, picture } from './lib/looks.js';
import { en, files, zh } from './lib/words.js';

const shared = suite();
const www = (path) => readFileSync(new URL(`../../www/${path}`, import.meta.url), 'utf8');
const scripts = (folder) =>
  readdirSync(new URL(`../../www/${folder}`, import.meta.url))
    .filter((name) => name.endsWith('.js'))
    .map((name) => `${folder}/${name}`);

test('point 30: every id exists in both languages with the same blanks, and the fixed HTML leaves its words to the tables', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
  for (const own of files) {
    const ids = own.flatMap((words) => Object.keys(words));
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      [],
    );
  }
  const blanks = (text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();
  for (const id of Object.keys(en)) assert.deepEqual(blanks(zh[id]), blanks(en[id]), id);
  for (const [, id, text] of www('index.html').matchAll(/data-t="([^"]+)">([^<]*)</g)) {
    assert.ok(en[id], id);
    assert.equal(text, '', id);
  }
  for (const [, id] of www('index.html').matchAll(/data-t-label="([^"]+)"/g)) assert.ok(en[id], id);
});

test('point 30: every id that a module asks for exists, and none is unused', () => {
  const modules = [...scripts('js'), ...scripts('js/views'), 'index.html'].map(www).join('\n');
  for (const [, id] of modules.matchAll(/\bt\('([^'$]+)'/g)) assert.ok(en[id], id);
  const families = [...modules.matchAll(/\bt\(`([^`]+)`/g), ...modules.matchAll(/[?:] `([\w.]*\$\{\w+\})`/g)].map(
    ([, id]) =>
      new RegExp(
        `^${id
          .split(/\$\{[^}]*\}/)
          .map((part) => part.replaceAll('.', '\\.'))
          .join('[\\w-]+')}$`,
      ),
  );
  const literal = new Set([...modules.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, id]) => id));
  const unused = Object.keys(en).filter((id) => !literal.has(id) && !families.some((family) => family.test(id)));
  assert.deepEqual(unused, []);
});

test('the page spells the variable of the key in one place, as the companion does', () => {
  const spelt = ['js', 'js/views', 'js/i18n']
    .flatMap(scripts)
    .flatMap((path) => (www(path).match(/\bJIMMY\w*/g) ?? []).map((name) => [path, name]));
  assert.deepEqual(spelt, [['js/origins.js', 'JIMMYAI_API_KEY']]);
  for (const words of [en, zh])
    for (const id of ['request.env', 'companion.no_key', 'fail.companion-no-key.next'])
      assert.match(words[id], /\bJIMMYAI_API_KEY\b/, id);
});

test('every failure that has a message also has its next step', () => {
  const kinds = Object.keys(en).filter(
    (id) => /^fail\.[\w-]+$/.test(id) && !['fail.not_sent', 'fail.made_none'].includes(id),
  );
  for (const id of kinds) assert.ok(`${id}.next` in en, id);
  for (const id of Object.keys(en).filter((name) => name.startsWith('fail.') && name.endsWith('.next')))
    assert.ok(id.slice(0, -5) in en, id);
});

test('point 33: text keeps 4.5:1 and edges 3:1 on every ground, light and dark', () => {
  const css = www('css/tokens.css');
  const token = (name, dark) => {
    const [, light, night] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css);
    return dark ? night : light;
  };
  const luminance = (hex) => {
    const [r, g, b] = [1, 3, 5]
      .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (hi + 0.05) / (lo + 0.05);
  };
  const PAIRS = [
    ['ink', ['ground', 'card', 'sunk', 'bad-soft', 'warn-soft', 'accent-soft']],
    ['soft', ['ground', 'card', 'sunk', 'accent-soft']],
    ['accent', ['ground', 'card', 'accent-soft', 'sunk']],
    ['bad', ['card', 'bad-soft']],
    ['warn', ['card', 'warn-soft']],
    ['accent-ink', ['accent']],
  ];
  for (const dark of [false, true]) {
    for (const [text, grounds] of PAIRS)
      for (const ground of grounds)
        assert.ok(
          contrast(token(text, dark), token(ground, dark)) >= 4.5,
          `${text} on ${ground}, ${dark ? 'dark' : 'light'}: ${contrast(token(text, dark), token(ground, dark)).toFixed(2)}`,
        );
    assert.ok(contrast(token('edge', dark), token('card', dark)) >= 3);
  }
});

/** The states of the page that users see, each reached as a user would. */
const STATES = {
  empty: async () => {},
  filled: async (page) => {
    await importBody(page, { ...MINI_VIDEO, images: ['https://media.example/a.png'] });
    await page.waitForFunction(() => document.querySelector('.price').innerText.includes('0.55'));
  },
  'not sent': async (page) => {
    await importBody(page, {
      ...MINI_VIDEO,
      model: 'seedance2.0-fast-i2v',
      reference_audios: ['https://media.example/a.mp3'],
      images: [1, 2].map((i) => `https://media.example/${i}.png`),
    });
    await page.locator('[data-state="amber"]').waitFor();
  },
  'price unknown': async (page) => {
    await importBody(page, { ...MINI_VIDEO, resolution: '1080p' });
    await page.locator('#ask-price').waitFor();
  },
  'outcome unknown': async (page) => {
    shared.gateway.create = () => ({ status: 500, json: { code: -1, msg: 'internal error' } });
    await importBody(page, MINI);
    await page.locator('#send').click();
    await page.locator('[data-state="doubt"]').waitFor();
  },
  dialog: async (page) => {
    await importBody(page, { ...MINI_VIDEO, model: 'seedance2.0-mini', resolution: '1080p' });
    await page.locator('#send').click();
    await page.locator('#dialog[open]').waitFor();
  },
  errors: async (page) => {
    await importBody(page, {
      ...MINI,
      duration: 16,
      images: ['http://media.example/a.png'],
      first_image: 'https://media.example/b.png',
      reference_audios: ['ftp://x'],
    });
    await page.locator('#send').click();
  },
  drawer: async (page) => {
    await importBody(page, { ...MINI, images: ['https://media.example/a.png'] });
    for (const panel of ['request', 'import']) await openPanel(page, panel);
    await page.locator('#import-text').fill('{"model":"seedance2.0-mini","prompt":"x","duration":99,"seed":1}');
    await page.locator('#import-findings li').first().waitFor();
  },
  models: async (page) => {
    await importBody(page, { ...MINI_VIDEO, model: 'seedance2.0-mini' });
    await openModels(page);
  },
  tiles: async (page) => {
    await importBody(page, {
      ...MINI_VIDEO,
      images: Array.from({ length: 9 }, (_, i) => `https://media.example/${i}.png`),
    });
    await openTile(page, 'reference_videos');
  },
  drafts: async (page) => {
    await importBody(page, MINI);
    await page.locator('#draft-new').click();
    await page.locator('#draft-menu summary').click();
    await page.locator('#draft-duplicate').waitFor();
  },
  running: async (page) => {
    shared.gateway.task = (id) => status(id, 'processing', { progress: 45 });
    await importBody(page, MINI);
    await page.locator('#send').click();
    await page.getByText('45 %').first().waitFor();
  },
  unknown: async (page) => {
    shared.gateway.create = () => ({ json: {}, cut: 'before' });
    await importBody(page, MINI);
    await page.locator('#send').click();
    await page.locator('#pay .failure.unknown').waitFor();
  },
  completed: async (page) => {
    shared.gateway.task = (id) =>
      status(id, 'completed', {
        completed_at: Date.now() / 1000,
        result: { video_url: 'https://results.example/result.mp4' },
      });
    await importBody(page, MINI);
    await page.locator('#send').click();
    await page.locator('.pill.completed').first().waitFor();
    await page.evaluate(() => {
      location.hash = '#library';
    });
    await page.locator('#library .film').waitFor();
  },
  'upright result': async (page) => {
    shared.gateway.task = (id) =>
      status(id, 'completed', {
        completed_at: Date.now() / 1000,
        result: { video_url: 'https://results.example/result.mp4' },
      });
    await importBody(page, { ...MINI, ratio: '9:16' });
    await page.locator('#send').click();
    await page.locator('#now .player').waitFor();
  },
  sending: async (page) => {
    shared.gateway.create = () => ({ json: {}, delay: 120_000 });
    await importBody(page, MINI);
    await page.locator('#send').click();
    await page.locator('[data-state="sending"]').waitFor();
  },
  'result of a long prompt': async (page) => {
    shared.gateway.task = (id) =>
      status(id, 'completed', {
        completed_at: Date.now() / 1000,
        cost: 1.5,
        result: { video_url: 'https://results.example/result.mp4' },
      });
    await importBody(page, {
      ...MINI,
      prompt: `${'雪中的狐狸，'.repeat(200)}${'Pneumonoultramicroscopic'.repeat(20)}`,
    });
    await page.locator('#send').click();
    await page.locator('#now .player').waitFor();
    await page.evaluate(() => {
      location.hash = '#queue';
    });
    await page.locator('#app[data-view="queue"]').waitFor();
  },
  shortcuts: async (page) => {
    await page.locator('#keys').click();
    await page.locator('#dialog[open]').waitFor();
  },
  prices: async (page) => {
    await page.evaluate(() => {
      location.hash = '#prices';
    });
    await page.locator('table.prices').waitFor();
  },
  connection: async (page) => {
    await page.evaluate(() => {
      location.hash = '#connection';
    });
    await page.locator('#origin').waitFor();
  },
};

for (const [name, reach] of Object.entries(STATES)) {
  test(`point 33: axe finds nothing in the state "${name}", en/zh × light/dark × 320/1280 px`, async () => {
    shared.gateway.reset();
    const page = await openForm(shared, {
      media: {
        'https://media.example/ref.mp4': 'h264-3.20.mp4',
        'https://media.example/a.png': 'picture.png',
        'https://results.example/result.mp4': 'result-2.00.mp4',
      },
    });
    await reach(page);
    await inEveryLook(page, name, [1440, 1280, 390, 320, 3840], [1280, 320]);
    assert.deepEqual(page.problems, []);
  });
}

test('a printed page is dark on white in both languages', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { media: { 'https://media.example/ref.mp4': 'h264-3.20.mp4' }, scheme: 'dark' });
  await importBody(page, MINI_VIDEO);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  for (const lang of ['en', 'zh']) {
    await page.evaluate((l) => document.getElementById(`lang-${l}`).click(), lang);
    await page.waitForFunction((l) => document.documentElement.lang.startsWith(l), lang);
    await page.setViewportSize({ width: 794, height: 1123 }); // A4
    await picture(page, `print-${lang}`, { fullPage: true });
    const colours = () =>
      page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
    await expect
      .poll(colours, 'dark ink on the white of the paper, whatever the screen is')
      .toStrictEqual(['rgb(23, 26, 24)', 'rgba(0, 0, 0, 0)']);
  }
});

test('point 30: switching the language keeps input and focus, changes lang and title, leaves API names', async () => {
  shared.gateway.reset();
  const page = await openForm(shared);
  await importBody(page, MINI);
  await page.locator('#developer').click();
  await page.evaluate(() => {
    window.same = true;
  });
  await page.locator('#f-prompt').fill('不要丢');
  await page.evaluate(async () => {
    document.getElementById('f-prompt').focus();
    document.getElementById('lang-zh').click();
  });
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await expect(page).toHaveTitle(zh.title);
  await expect(page.locator('#f-prompt')).toBeFocused();
  await expect(page.locator('#f-prompt')).toHaveValue('不要丢');
  const references = await page.locator('main').innerText();
  await page.locator('#media').getByRole('button', { name: zh['mode.frames'] }).click();
  await expect(page.locator('main')).toHaveText(/首帧[^]*尾帧/, AS_SHOWN);
  const text = references + (await page.locator('main').innerText());
  for (const name of ['prompt', 'duration', 'resolution', '720p', 'seedance2.0-mini'])
    assert.ok(text.includes(name), name);
  assert.match(text, /视频时长/);
  assert.match(text, /参考图/);
  assert.equal(await page.evaluate(() => window.same), true);
});

test('point 30: what was copied or refused before is told of in the language that is chosen then, and the page goes on', async () => {
  const page = await openForm(shared, { width: 1440 });
  await importBody(page, MINI);
  await page.locator('#draft-menu > summary').click();
  const copy = page.locator('#draft-menu .small');
  await copy.click();
  await expect(copy).toHaveText(/Copied|did not allow/, AS_SHOWN);
  await expect(copy).toHaveText('Copy link to this draft', AS_SHOWN);
  await goTo(page, 'prices');
  await page.locator('#book-text').fill('seedance2.0-md 0.31 0.32');
  await page.locator('#book-take').click();
  await expect(page.locator('#book-error')).toHaveText(/is not a name and a price/, AS_SHOWN);
  await goTo(page, 'assets');
  await page.locator('#desk-links').fill('ftp://a.example/b.png');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.locator('#desk-wrong')).toHaveText(/is not a link/, AS_SHOWN);
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill('{oops');
  await page.getByRole('button', { name: 'Add rows' }).click();
  await expect(page.locator('#batch-error')).toHaveText(/invalid JSON at line 1, column 2/, AS_SHOWN);

  await chooseLang(page, 'zh');
  await expect(page.locator('#batch-error')).toHaveText(/第 1 行第 2 列不是有效的 JSON/, AS_SHOWN);
  await goTo(page, 'assets');
  await expect(page.locator('#desk-wrong')).toHaveText(/不是可以提交的链接/, AS_SHOWN);
  await goTo(page, 'prices');
  await expect(page.locator('#book-error')).toHaveText(/不是“名称 单价”的形式/, AS_SHOWN);
  await goTo(page, 'compose');
  await page.locator('#draft-menu > summary').click();
  await expect(copy).toHaveText('复制草稿链接', AS_SHOWN);
  await expect(page.locator('#hello h2')).toHaveText(zh.hello, AS_SHOWN);
  assert.deepEqual(page.problems, []);
});

test('point 30: what was pasted is told of in the language, and by the edition, that is chosen meanwhile', async () => {
  const page = await openForm(shared);
  await openPanel(page, 'import');
  await page.locator('#import-text').fill('{"model":"seedance2.0-md","prompt":"x","duration":16}');
  const found = page.locator('#import-findings li').first();
  await expect(found).toHaveText(/duration is 16 s/, AS_SHOWN);
  await chooseLang(page, 'zh');
  await expect(found).toHaveText(/视频时长 16 秒/, AS_SHOWN);
  await page.evaluate(async () => {
    const { chooseEdition } = await import('./js/core.js');
    (await import('./js/state.js')).update((s) => {
      s.table = chooseEdition('2026-09');
    });
  });
  await expect(found).toHaveAttribute('data-rule', 'duration-not-offered');
});

test('point 32: the whole job by keyboard: order, visible focus, no trap, reordering by buttons', async () => {
  shared.gateway.reset();
  const page = await openForm(shared);
  await expect(page.locator('#f-prompt')).toBeFocused();
  await page.locator('#skip').focus();
  const reached = [];
  for (let i = 0; i < 70; i += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const n = document.activeElement;
      const box = n.getBoundingClientRect();
      const style = getComputedStyle(n.matches('.step input') ? n.parentElement : n);
      return {
        id: n.id || n.textContent.trim().slice(0, 20),
        top: box.top + scrollY,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
        main: Boolean(n.closest('.fields')),
      };
    });
    reached.push(now);
    if (now.id === 'f-model') break;
  }
  const stop = (id) => reached.findIndex((r) => r.id === id);
  assert.equal(stop('send') - stop('f-prompt'), 1, 'the prompt, then Generate');
  assert.ok(
    reached.every((r) => r.ring),
    JSON.stringify(reached.filter((r) => !r.ring)),
  );
  const tops = reached.filter((r) => r.main).map((r) => r.top);
  assert.ok(
    tops.every((t, i) => i === 0 || t >= tops[i - 1] - 260),
    'top to bottom, columns side by side',
  );
  for (const id of ['f-prompt', 'add-tile', 'f-ratio', 'f-duration', 'f-resolution', 'f-model'])
    assert.ok(
      reached.some((r) => r.id === id),
      id,
    );
  await page.locator('#f-prompt').focus();
  await page.keyboard.type('A keyboard job');
  await page.locator('#add-tile').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'add-links');
  await page.keyboard.type('https://media.example/a.png');
  await page.keyboard.press('Enter');
  await page.keyboard.type('https://media.example/b.png');
  await page.keyboard.press('Enter');
  await tilesOf(page, 'images').nth(1).locator('.tile-pick').focus();
  await page.keyboard.press('Enter');
  await page.locator('.item-buttons button[aria-label="Move reference image 2 forward"]').focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => JSON.parse(await preview(page)).images)
    .toStrictEqual(['https://media.example/b.png', 'https://media.example/a.png']);
  await page.locator('#f-model').focus();
  await page.keyboard.press('?');
  await page.locator('#dialog[open]').waitFor();
  await expect(page.locator('#dialog')).toHaveText(/Ctrl.*Enter\s*Generate.*Alt.*Z\s*Undo/s, AS_SHOWN);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await page.locator('.pill.following').first().waitFor();
  assert.equal(shared.gateway.posts.length, 1);
});

test('point 34: 320 px, 400 % zoom, touch: targets, inputmode, price and Send in reach', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { width: 320, height: 640, context_options: { hasTouch: true } });
  await importBody(page, { ...MINI, images: ['https://media.example/a.png', 'https://media.example/b.png'] });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('#view-compose button, #view-compose select, #view-compose input, summary, .nav a')]
      .filter((n) => n.checkVisibility())
      .map((n) => [n.id || n.textContent.trim().slice(0, 24), n.getBoundingClientRect()])
      .filter(([, b]) => b.width < 24 || b.height < 24)
      .map(([id, b]) => `${id} ${b.width}×${b.height}`),
  );
  assert.deepEqual(small, []);
  const main = await page.locator('#send').boundingBox();
  assert.ok(main.height >= 44 && main.width >= 44);
  for (const top of [0, 500, 5000]) {
    await page.evaluate((y) => scrollTo(0, y), top);
    for (const id of ['#send', '.price-head']) {
      const box = await page.locator(id).boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 640, `${id} at ${top}`);
    }
  }
  await expect(page.locator('#f-duration')).toHaveAttribute('inputmode', 'numeric');
  await openAdd(page);
  await expect(page.locator('#add-links')).toHaveAttribute('inputmode', 'url');
  await page.setViewportSize({ width: 320, height: 300 }); // a phone with an open keyboard, or 1280×1200 at 400 %
  await page.locator('#f-prompt').focus();
  const send = await page.locator('#send').boundingBox();
  assert.ok(send.y + send.height <= 300 && send.y >= 0, JSON.stringify(send));
});

test('point 32: by keyboard, what had the focus and is gone leaves it close by', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { key: null });
  await importBody(page, { ...MINI, duration: 16 });
  const press = async (control) => {
    await control.focus();
    await page.keyboard.press('Enter');
  };
  await press(page.locator('#verdict .fix').first());
  await expect(page.locator('#verdict')).toBeFocused();
  await goTo(page, 'connection');
  await page.locator('#key').fill(KEY);
  await page.keyboard.press('Enter');
  await expect(page.locator('#forget')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#key')).toBeFocused();
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill('model,prompt,duration\nseedance2.0-mini,a fox,16');
  await press(page.getByRole('button', { name: 'Add rows' }));
  await press(page.locator('.cell-result .fix').first());
  await expect(page.locator('.cell-result .link')).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page.getByRole('button', { name: 'Save row' }));
  await expect(page.locator('.cell-result .link')).toBeFocused();
});

test('point 32: the prompt stays in sight when Tab goes on to Generate', async () => {
  const page = await openForm(shared, { width: 1440 });
  await page.locator('#draft-new').waitFor();
  await page.locator('#f-prompt').fill('A fox');
  await page.keyboard.press('Tab');
  await expect(page.locator('#send')).toBeFocused();
  assert.equal(await page.locator('#draft').evaluate((form) => form.scrollTop), 0);
});

test('point 32: the pay bar covers no control that has the focus, and not the end of a long prompt', async () => {
  shared.gateway.reset();
  for (const [width, height] of [
    [1440, 900],
    [720, 450], // 1440 × 900 at 200 %
    [375, 812],
  ]) {
    const page = await openForm(shared, {
      width,
      height,
      media: { 'https://media.example/ref.mp4': 'h264-3.20.mp4', 'https://media.example/a.png': 'picture.png' },
    });
    await importBody(page, { ...MINI_VIDEO, images: ['https://media.example/a.png', 'https://media.example/b.png'] });
    await openTile(page, 'reference_videos');
    const covered = [];
    await page.locator('#f-prompt').focus();
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press('Tab');
      covered.push(
        await page.evaluate(() => {
          const node = document.activeElement;
          if (!node.closest('.fields')) return '';
          const { bottom } = (node.closest('.step') ?? node).getBoundingClientRect();
          const { top } = document.getElementById('pay').getBoundingClientRect();
          return bottom > top ? `${node.id || node.textContent.trim()} ${bottom} > ${top}` : '';
        }),
      );
    }
    assert.deepEqual(covered.filter(Boolean), [], `${width} × ${height}`);
    await page.locator('#f-prompt').fill('A fox in the snow. '.repeat(200));
    await page.locator('#f-prompt').focus();
    await page.keyboard.press('Control+End');
    const [prompt, pay] = await Promise.all(['#f-prompt', '#pay'].map((part) => page.locator(part).boundingBox()));
    assert.ok(prompt.y + prompt.height <= pay.y, JSON.stringify({ width, prompt, pay }));
    await page.context().close();
  }
});

test('point 34: at 200 % the tabs in the head do not lie over each other', async () => {
  for (const [width, height] of [
    [720, 450],
    [480, 400],
    [320, 300],
  ])
    for (const lang of ['en', 'zh']) {
      const page = await openForm(shared, { lang, width, height });
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll('.top .nav a, .top .tools > *, .top .mark')]
          .filter((n) => n.checkVisibility())
          .flatMap((n) => {
            const range = new Range(); // the text itself, wherever its box ends
            range.selectNodeContents(n);
            return [range, ...n.querySelectorAll('.dot')].map((part) => part.getBoundingClientRect());
          })
          .filter((b) => b.width > 0)
          .map(({ left, right, top, bottom }) => ({ left, right, top, bottom })),
      );
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1)) {
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          assert.ok(
            across < 1 || down < 1 || (b.left >= a.left && b.right <= a.right + 1),
            JSON.stringify({ lang, width, a, b }),
          );
        }
      assert.ok(
        boxes.every(({ right }) => right <= width),
        `${lang} ${width}`,
      );
      await page.context().close();
    }
});

test('a page that is opened begins at its top, and Back shows what was there', async () => {
  const page = await openForm(shared, { width: 375, height: 812 });
  await importBody(page, MINI);
  const bottom = () => page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const titleIsSeen = async (view) => {
    const title = page.locator(`#view-${view} h2`).first();
    await expect.poll(async () => (await title.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.waitForTimeout(150); // the browser may scroll to the element of the address by itself
    assert.ok((await title.boundingBox()).y >= 0, view);
  };
  for (const view of ['prices', 'connection', 'batch']) {
    await bottom();
    await page.evaluate((name) => {
      location.hash = name;
    }, view);
    await titleIsSeen(view);
  }
  await bottom();
  await page.goBack();
  await titleIsSeen('connection');
  await page.goBack();
  await page.goBack();
  await expect(page.locator('#app')).toHaveAttribute('data-view', 'compose'); // the first address names no page
});

test('a tab works although the form moved to another page by itself meanwhile', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { width: 375, height: 812 });
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('.pill.following').first().waitFor();
  const isShown = (view) => expect(page.locator('#app')).toHaveAttribute('data-view', view);
  for (let i = 0; i < 2; i += 1) {
    await page.locator('#strip a').click();
    await isShown('queue');
    await expect(page.locator('#now')).toBeFocused();
    await page.locator('.nav a[href="#compose"]').click();
    await isShown('compose');
  }
  await page.evaluate(() => scrollTo(0, 300));
  await page.locator('.nav a[href="#queue"]').click();
  await isShown('queue');
  await page.waitForTimeout(150); // the browser would scroll to the list below the stage
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test('no choice of the form and no label above one is cut', async () => {
  for (const lang of ['en', 'zh']) {
    const page = await openForm(shared, { lang });
    await page.locator('#f-duration').fill('15');
    for (const width of [1440, 1200, 375, 320])
      for (const model of ['seedance2.0-mini', 'seedance2.0-md']) {
        await page.setViewportSize({ width, height: 812 });
        await page.evaluate(async (name) => (await import('./js/state.js')).chooseModel(name), model);
        const cut = await page.evaluate(() => {
          const measure = document.createElement('canvas').getContext('2d');
          const ARROW = 20;
          const tooLong = [...document.querySelectorAll('.opts select')].filter((select) => {
            const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(select);
            measure.font = `${fontWeight} ${fontSize} ${fontFamily}`;
            const { width: wanted } = measure.measureText(select.selectedOptions[0].label);
            return wanted + parseFloat(paddingLeft) + parseFloat(paddingRight) + ARROW > select.clientWidth;
          });
          const others = [...document.querySelectorAll('.opts :is(label, input)')];
          const cut = others.filter((node) => node.scrollWidth > node.clientWidth);
          return [...tooLong, ...cut].map((node) => `${node.id} ${node.innerText}`);
        });
        assert.deepEqual(cut, [], `${width} ${lang} ${model}`);
      }
  }
});

test('point 34: on a narrow screen a note lies over neither the verdict nor Send', async () => {
  for (const lang of ['en', 'zh']) {
    const page = await openForm(shared, { lang, width: 390, height: 844 });
    await importBody(page, {
      ...MINI_VIDEO,
      duration: 20,
      ratio: '16x9',
      resolution: '8k',
      images: ['ftp://media.example/a.png'],
    });
    const [note, pay] = await Promise.all(['#toast', '.pay'].map((part) => page.locator(part).boundingBox()));
    assert.ok(
      note.height > 0 && (note.y + note.height <= pay.y || note.y >= pay.y + pay.height),
      JSON.stringify({ note, pay }),
    );
  }
});

test('point 34: on a phone Generate stays in sight below whatever the bar has to say', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { width: 390, height: 664, lang: 'en', key: null });
  await importBody(page, { ...MINI, images: ['https://media.example/a.png'] });
  const inSight = async (what) => {
    const [send, pay] = await Promise.all(['#send', '#pay'].map((part) => page.locator(part).boundingBox()));
    assert.ok(
      send.y >= pay.y && send.y + send.height <= pay.y + pay.height,
      `${what}: ${JSON.stringify({ send, pay })}`,
    );
    assert.ok(pay.height <= 0.6 * 664 + 1, `${what}: ${pay.height}`);
  };
  const failing = (failure) =>
    page.evaluate(
      async (own) => (await import('./js/state.js')).update((s) => Object.assign(s, { failure: own })),
      failure,
    );
  for (const lang of ['en', 'zh']) {
    await chooseLang(page, lang);
    for (const failure of [
      { kind: 'no-key' },
      { kind: 'cors' },
      { kind: 'policy', origin: 'https://nowhere.invalid' },
      { kind: 'parameters', sent: true, message: 'the field `images` is not what it should be. '.repeat(20) },
    ]) {
      await failing(failure);
      await inSight(`${failure.kind} ${lang}`);
    }
  }
  await failing(null);
  await page.locator('#f-duration').fill('99');
  await page.locator('#f-duration').blur();
  await inSight('an error');
  await page.evaluate(async () => (await import('./js/state.js')).chooseModel('seedance2.0-of-sp'));
  await inSight('further errors');
});

test('point 33: usable with forced colours and with reduced motion', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { context_options: { forcedColors: 'active' } });
  await importBody(page, MINI);
  const checked = await page
    .locator('.switch [aria-pressed="true"]')
    .first()
    .evaluate((n) => getComputedStyle(n).outlineStyle);
  assert.equal(checked, 'solid');
  const moving = await page.evaluate(
    () => document.getAnimations().filter((a) => a.effect.getComputedTiming().duration > 50).length,
  );
  assert.equal(moving, 0);
  await picture(page, 'forced-colours');
});

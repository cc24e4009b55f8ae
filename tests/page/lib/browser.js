// Chromium for a suite, and a page with the form as a user sees it.
import { after, afterEach, before } from 'node:test';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { PATIENCE, expect } from './expect.js';
import { startGateway } from './gateway.js';
import { startSite } from './site.js';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const BOOK = {
  currency: 'USD',
  as_of: '2026-11-01',
  prices: {
    'seedance2.0-mini-720p': '0.05',
    'seedance2.0-mini-720p-video': '0.05',
    'seedance2.0-md': '0.30',
    'seedance2.0-sp-720p': '0.08',
    'seedance2.0-std': '0.45',
  },
};
export const KEY = 'sk_test_0123456789';
export const fixture = (name) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
export const fixturePath = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** A host that exists only in the tests. */
export const RESULTS = 'https://results.example';

/** One browser, one site and one gateway for each test file. */
export function suite({ site: siteOptions = {} } = {}) {
  const shared = {};
  before(async () => {
    shared.gateway = await startGateway();
    shared.site = await startSite({
      connect: [shared.gateway.origin, RESULTS, 'http://127.0.0.1:9', 'https://nowhere.invalid'],
      ...siteOptions,
    });
    shared.browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });
  });
  // A page that a test leaves open could still send, so all pages are closed after each test.
  afterEach(async () => {
    await Promise.all(
      shared.browser
        .contexts()
        .filter((context) => context !== shared.keep)
        .map((context) => context.close()),
    );
    await shared.gateway.calm();
  });
  after(async () => {
    await shared.browser?.close();
    shared.site?.close();
    await shared.gateway?.close();
  });
  return shared;
}

/** Opens the form. `media` maps URLs to fixture files (or to functions of the route). All other requests to the outside fail. */
export async function openForm(shared, options = {}) {
  const {
    lang = 'en',
    scheme = 'light',
    width = 1280,
    height = 900,
    key = KEY,
    book = BOOK,
    draft,
    media = {},
    clock = false,
    context: given,
    limit = '',
    origin = shared.gateway.origin,
    init,
    url = shared.site.url,
    ready = true,
  } = options;
  const context =
    given ?? (await newContext(shared, { lang, scheme, width, height, media, ...options.context_options }));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.message));
  page.on(
    'console',
    (message) => /Content Security Policy|Trusted ?Type/i.test(message.text()) && page.problems.push(message.text()),
  );
  if (clock) await page.clock.install(typeof clock === 'number' ? { time: clock } : undefined);
  await page.addInitScript(
    ({ lang, book, origin, limit, draft }) => {
      try {
        if (localStorage.getItem('seedance.seeded')) return;
        localStorage.setItem('seedance.seeded', '1');
        const put = (name, value) => value && localStorage.setItem(`seedance.${name}`, JSON.stringify(value));
        put('lang', lang);
        put('book', book);
        put('settings', { origin, limit });
        put('draft', draft);
      } catch {
        /* a test blocks storage */
      }
    },
    { lang, book, origin, limit, draft },
  );
  if (init) await page.addInitScript(init);
  await page.goto(url);
  if (!ready) return page;
  await page.locator('#app').waitFor();
  if (key) await page.evaluate(async (value) => (await import('./js/secret.js')).setKey(value), key);
  return page;
}

export async function newContext(
  shared,
  { lang = 'en', scheme = 'light', width = 1280, height = 900, media = {}, ...rest } = {},
) {
  const context = await shared.browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    reducedMotion: 'reduce',
    ...rest,
  });
  await context.route(
    (url) => url.hostname.endsWith('.example') || url.hostname === 'example.com',
    (route) => serveMedia(route, media),
  );
  return context;
}

function serveMedia(route, media) {
  const found = media[route.request().url()];
  if (typeof found === 'function') return found(route);
  if (!found) return route.fulfill({ status: 404, body: 'not here' });
  return route.fulfill({
    status: 200,
    contentType: found.endsWith('.png') ? 'image/png' : 'video/mp4',
    body: fixture(found),
  });
}

/** Opens a panel of the developer's drawer: `import` or `request`. Tries again if a page that is still being drawn closes it. */
export const openPanel = (page, name) =>
  expect(async () => {
    await page.evaluate(async (id) => {
      document.getElementById(`${id}-panel`).open = true;
      (await import('./js/state.js')).update((s) => {
        s.developer = true;
      });
    }, name);
    await expect(page.locator(`#${name}-panel > :not(summary)`).first()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: PATIENCE });
export const closeDrawer = (page) =>
  page.evaluate(async () =>
    (await import('./js/state.js')).update((s) => {
      s.developer = false;
    }),
  );

/** Fills the form through the page's import panel. */
export async function importBody(page, body) {
  await openPanel(page, 'import');
  await page.locator('#import-text').fill(typeof body === 'string' ? body : JSON.stringify(body));
  await page.locator('#import-fill').click();
  await closeDrawer(page);
}

export const MINI = {
  model: 'seedance2.0-mini',
  prompt: 'A fox runs through fresh snow',
  duration: 5,
  resolution: '720p',
};
export const MINI_VIDEO = {
  model: 'seedance2.0-mini-video',
  prompt: 'Match the rhythm of the clip',
  duration: 8,
  resolution: '720p',
  reference_videos: ['https://media.example/ref.mp4'],
};

/** The text in the head of the price card. */
export const priceHead = (page) => page.locator('.price-head').innerText();
export const preview = async (page) => {
  await openPanel(page, 'request');
  return page.locator('#code').textContent();
};

/** Reads a member of the page's state. */
export const inState = (page, name) =>
  page.evaluate(async (member) => {
    const { state } = await import('./js/state.js');
    return JSON.parse(JSON.stringify(state[member] instanceof Map ? [...state[member].values()] : state[member]));
  }, name);

/** Goes to one of the page's views, and waits until the page shows it. */
export async function goTo(page, view) {
  await page.locator(`.nav a[href="#${view}"]`).click();
  await page.locator(`#app[data-view="${view}"]`).waitFor();
}

/** Opens the sheet of models. */
export async function openModels(page) {
  await page.locator('#f-model').click();
  await page.locator('#sheet [data-model]').first().waitFor();
}

/** Switches the draft's model on the sheet of models. */
export async function chooseModel(page, model) {
  await openModels(page);
  await page.locator(`#sheet [data-model="${model}"]`).click();
}

export const modelOf = (page) => page.locator('#f-model').getAttribute('value');

/** The tiles of a field, and one of them opened to show its link and figures. */
export const tilesOf = (page, field) => page.locator(`#media .item[data-slot="${field}"]`);
export async function openTile(page, field, n = 1) {
  const tile = tilesOf(page, field)
    .nth(n - 1)
    .locator('.tile-pick');
  if ((await tile.getAttribute('aria-expanded')) === 'false') await tile.click();
  await page.locator('#tile-url').waitFor();
}

/** Opens the row below the tiles in which links and files are added. */
export async function openAdd(page) {
  if ((await page.locator('#add-tile').getAttribute('aria-expanded')) === 'false')
    await page.locator('#add-tile').click();
  await page.locator('#add-links').waitFor();
}

/** Uploads files through the page's file chooser. */
export async function upload(page, files) {
  await openAdd(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Upload files' }).click(),
  ]);
  await chooser.setFiles(files);
}

/** Chooses a language and waits until the page uses it. */
export async function chooseLang(page, lang) {
  await page.locator(`#lang-${lang}`).click();
  await page.waitForFunction((name) => document.documentElement.lang.startsWith(name), lang);
}

// Point 2: the page's verdict, price and JSON are the native core's, for every case, every documented example and 200 seeded drafts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOOK, openForm, preview, suite } from './lib/browser.js';
import { batch, cases, checkText, drafts, examples } from './lib/native.js';

const shared = suite();
let page;
/** Opens one page for all of these tests. */
async function opened() {
  if (page) return;
  shared.keep = await shared.browser.newContext();
  page = await openForm(shared, { key: null, context: shared.keep });
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The import panel's results for these jobs. */
const asked = async (jobs, lang) =>
  (await opened(), page).evaluate(
    async ({ jobs, lang }) => {
      const { judge } = await import('./js/verdict.js');
      return jobs.map(({ text, media, book }) => {
        const { report, quote, mediaError } = judge(text, { media, book, lang });
        return JSON.parse(JSON.stringify({ report, quote, mediaError }));
      });
    },
    { jobs, lang },
  );

for (const lang of ['en', 'zh']) {
  test(`point 2: verdict of every case as text, in ${lang}`, async () => {
    const jobs = cases().filter((c) => isObject(c.request) && !c.error);
    const native = batch(
      'check',
      jobs.map(({ request, media }) => ({ request, media })),
      { lang },
    );
    const own = await asked(
      jobs.map(({ request, media }) => ({ text: JSON.stringify(request), media, book: BOOK })),
      lang,
    );
    jobs.forEach((job, i) => assert.deepEqual(own[i].report, native[i], `${job.file}: ${job.name}`));
    assert.ok(jobs.length > 900, String(jobs.length));
  });
}

test('point 2: verdict of texts that are no request', async () => {
  const texts = cases().filter((c) => c.text !== undefined);
  const own = await asked(
    texts.map((c) => ({ text: c.text, book: BOOK })),
    'en',
  );
  texts.forEach((c, i) => assert.deepEqual(own[i].report, checkText(c.text), c.name));
  assert.ok(texts.length > 50);
});

test('point 2: price of every case that has a price book', async () => {
  const priced = cases().filter((c) => c.prices && isObject(c.request) && !c.error);
  const books = Map.groupBy
    ? Map.groupBy(priced, (c) => JSON.stringify(c.prices))
    : priced.reduce(
        (map, c) => map.set(JSON.stringify(c.prices), [...(map.get(JSON.stringify(c.prices)) ?? []), c]),
        new Map(),
      );
  for (const [text, group] of books) {
    const book = JSON.parse(text);
    const native = batch(
      'quote',
      group.map(({ request, media }) => ({ request, media })),
      { book },
    );
    const own = await asked(
      group.map(({ request, media }) => ({ text: JSON.stringify(request), media, book })),
      'en',
    );
    group.forEach((c, i) => assert.deepEqual(own[i].quote, native[i], `${c.file}: ${c.name}`));
  }
  assert.ok(priced.length > 100, String(priced.length));
});

test('facts that the core refuses are named by it, and the verdict goes on without them', async () => {
  const refused = cases().filter((c) => c.error === 'media' && isObject(c.request) && isObject(c.media));
  const own = await asked(
    refused.map(({ request, media }) => ({ text: JSON.stringify(request), media, book: BOOK })),
    'en',
  );
  const native = batch(
    'check',
    refused.map(({ request, media }) => ({ request, media })),
  );
  refused.forEach((c, i) => assert.equal(own[i].mediaError, native[i].error, c.name));
});

test('point 2: every case in the form: the preview’s verdict and price are the native core’s on those very bytes', async () => {
  const bodies = cases()
    .map((c) => c.request)
    .filter(isObject);
  await opened();
  const shown = await page.evaluate(
    async ({ bodies, book }) => {
      const { state } = await import('./js/state.js');
      const { emptyDraft } = await import('./js/draft.js');
      const { fillFrom, leftOut } = await import('./js/fill.js');
      const { assess } = await import('./js/verdict.js');
      return bodies.map((body) => {
        const draft = emptyDraft();
        fillFrom(draft, body);
        const { body: made, text, report, quote, skipped } = assess({ draft, table: state.table, book, lang: 'en' });
        const whole =
          !skipped.length &&
          !leftOut(body).length &&
          Object.keys(made).length === Object.keys(body).length &&
          typeof made.duration === typeof body.duration;
        return JSON.parse(JSON.stringify({ made, text, report, quote, whole }));
      });
    },
    { bodies, book: BOOK },
  );
  const requests = shown.map(({ made }) => ({ request: made }));
  const reports = batch('check', requests);
  const quotes = batch('quote', requests, { book: BOOK });
  const native = batch(
    'check',
    bodies.map((request) => ({ request })),
  );
  shown.forEach((s, i) => {
    assert.deepEqual(s.report, reports[i], JSON.stringify(bodies[i]));
    assert.deepEqual(s.quote, quotes[i], JSON.stringify(bodies[i]));
    assert.equal(s.text, JSON.stringify(reports[i].request ?? s.made, null, 2));
    if (s.whole) assert.deepEqual(s.report.findings, native[i].findings, JSON.stringify(bodies[i]));
  });
});

test('point 2: the documented examples and 200 seeded drafts, read off the page', async () => {
  await opened();
  const table = await page.evaluate(async () =>
    JSON.parse(JSON.stringify((await import('./js/state.js')).state.table)),
  );
  const bodies = [...examples(), ...drafts(table, 20260701, 200)];
  await page.evaluate(async (book) => (await import('./js/book.js')).takeBook(book), BOOK);
  await preview(page);
  const shown = await page.evaluate(async (bodies) => {
    const { update } = await import('./js/state.js');
    const { emptyDraft } = await import('./js/draft.js');
    const { fillFrom } = await import('./js/fill.js');
    return bodies.map((body) => {
      update((s) => {
        s.draft = emptyDraft();
        fillFrom(s.draft, body);
        for (const list of [s.draft.reference_videos]) for (const item of list) item.status = 'canceled';
        s.tried = true;
      });
      return {
        text: document.getElementById('code').textContent,
        good: document.querySelector('#verdict .state:is(.ready, .amber)') !== null,
        price: document.querySelector('.price-head').textContent.trim(),
        errors: [...document.querySelectorAll('#summary-box a')].map((a) => a.textContent),
      };
    });
  }, bodies);
  const requests = shown.map(({ text }) => ({ request: JSON.parse(text) }));
  const reports = batch('check', requests);
  const quotes = batch('quote', requests, { book: BOOK });
  const figure = (text) => `$${text.includes('.') ? text.padEnd(text.indexOf('.') + 3, '0') : `${text}.00`}`;
  shown.forEach((s, i) => {
    assert.equal(s.good, reports[i].accepted, JSON.stringify(bodies[i]));
    assert.deepEqual(
      s.errors,
      reports[i].findings.filter((f) => f.severity === 'error').map((f) => f.message.replaceAll('`', '')),
    );
    const q = quotes[i];
    const price = {
      exact: () => figure(q.amount),
      'at-least': () => `At least ${figure(q.amount.min)}`,
      'not-priceable': () => (q.reason === 'no-price' ? 'Price unknown' : 'No price yet'),
    }[q.kind]();
    assert.equal(s.price, price, JSON.stringify(bodies[i]));
    if (reports[i].accepted) assert.equal(s.text, JSON.stringify(reports[i].request, null, 2));
  });
  assert.ok(shown.filter((s) => s.good).length > 100);
  assert.ok(shown.filter((s) => !s.good).length > 20);
});

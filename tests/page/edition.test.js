// The edition of the rules: chosen in the settings, it applies to draft, batch, prices and history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  KEY,
  MINI,
  chooseModel,
  goTo,
  importBody,
  inState,
  openForm,
  openModels,
  priceHead,
  suite,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { ok } from './lib/gateway.js';

const shared = suite();
const NEW = '2026-09';
const MD_7 = { model: 'seedance2.0-md', prompt: 'A kettle comes to the boil', duration: 7 };

async function form(body, options = {}) {
  shared.gateway.reset();
  const page = await openForm(shared, options);
  if (body) await importBody(page, body);
  return page;
}

async function chooseEdition(page, name) {
  await goTo(page, 'connection');
  await page.locator('#edition-choice').selectOption(name);
}

test('the settings say what each edition makes of the draft; the choice is kept, and written down with what is sent', async () => {
  const page = await form(MD_7);
  await goTo(page, 'connection');
  await expect(page.locator('#edition-choice option')).toHaveText(['2026-07', NEW], AS_SHOWN);
  await expect(page.locator('#edition-differs')).toHaveText(
    'This draft is accepted in 2026-07, not accepted in 2026-09: duration is 7 s; seedance2.0-md only makes videos of 5, 10 or 15 s',
    AS_SHOWN,
  );
  await page.locator('#edition-choice').selectOption(NEW);
  await expect.poll(async () => (await inState(page, 'result')).report.accepted).toBe(false);
  await page.reload();
  await goTo(page, 'compose');
  await importBody(page, MINI);
  await expect(page.locator('#edition')).toHaveText(/2026-09/, AS_SHOWN);
  await page.evaluate(async (key) => (await import('./js/secret.js')).setKey(key), KEY);
  await page.locator('#send').click();
  await page.locator('#now .task').waitFor();
  await expect.poll(async () => (await inState(page, 'records')).map(({ edition }) => edition)).toStrictEqual([NEW]);
});

for (const lang of ['en', 'zh'])
  test(`each model of both editions is told of in words (${lang})`, async () => {
    const page = await form(MINI, { lang });
    for (const edition of ['2026-07', NEW]) {
      await chooseEdition(page, edition);
      await goTo(page, 'prices');
      const ids = await page.locator('#prices input[id^="price-"]').evaluateAll((inputs) => inputs.map(({ id }) => id));
      assert.equal(new Set(ids).size, ids.length, 'each billing name stands once');
      await goTo(page, 'compose');
      await openModels(page);
      const said = [await page.locator('#sheet').innerText()];
      await page.keyboard.press('Escape');
      const { routes } = await inState(page, 'table');
      const told = await page.evaluate(
        async (models) => {
          const { update } = await import('./js/state.js');
          const out = [];
          for (const mode of ['frames', 'references'])
            for (const model of models) {
              update((s) => {
                s.draft.model = model;
                s.mode = mode;
              });
              out.push(document.querySelector('.compose').innerText);
            }
          return out;
        },
        routes.map(({ models }) => models[0].model),
      );
      for (const words of [...said, ...told])
        assert.doesNotMatch(words, /(takes|frames|unit|price|limit|only|not_sent)\.[a-z]|undefined|NaN/, edition);
    }
  });

test('what a model offers is what can be chosen: its lengths, and its resolutions', async () => {
  const page = await form({ ...MINI, duration: 5 });
  await chooseEdition(page, NEW);
  await goTo(page, 'compose');
  await chooseModel(page, 'seedance2.0-md');
  await expect(page.locator('#duration-range')).toHaveText('5 / 10 / 15 s', AS_SHOWN);
  const duration = page.locator('#f-duration');
  for (const [key, value] of [
    ['ArrowUp', '10'],
    ['ArrowUp', '15'],
    ['ArrowUp', '15'],
    ['ArrowDown', '10'],
  ]) {
    await duration.press(key);
    await expect(duration).toHaveValue(value);
  }
  await duration.fill('7');
  await duration.press('ArrowDown');
  await expect(duration).toHaveValue('5');
  await chooseModel(page, 'seedance2.0-gz-fast');
  await expect(page.locator('#f-resolution option')).toHaveText(['Default 720p', '480p', '720p'], AS_SHOWN);
  await chooseModel(page, 'seedance2.0-gz-480p'); // 720p was chosen, but this model always delivers 480p
  await expect(page.locator('#verdict')).toHaveText(
    /Resolution 720p will be ignored: this model always delivers 480p/,
    AS_SHOWN,
  );
});

test('a model that is billed by tokens has its unit price and no amount, and is asked about with the reason', async () => {
  const page = await form(null, { book: { currency: 'USD', prices: { 'seedance2.0-gz-mini': '3' } } });
  await chooseEdition(page, NEW);
  await goTo(page, 'compose');
  await importBody(page, { ...MINI, model: 'seedance2.0-gz-mini' });
  await expect.poll(() => priceHead(page)).toBe('Price unknown');
  const why = /Billed by the tokens that the video uses: the price is known afterwards\./;
  await expect(page.locator('#price')).toHaveText(why, AS_SHOWN);
  await expect(page.locator('#f-model')).toHaveText(/\$3\.00 per million tokens/, AS_SHOWN);
  await page.locator('#send').click();
  await page.locator('#dialog[open]').waitFor();
  await expect(page.locator('#dialog')).toHaveText(why, AS_SHOWN);
});

test('rows of a batch are judged, planned and written down by the edition that was chosen', async () => {
  const page = await form(null);
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill([MD_7, { ...MD_7, duration: 5 }].map((row) => JSON.stringify(row)).join('\n'));
  await page.getByRole('button', { name: 'Add rows' }).last().click();
  await expect(page.locator('#batch-send')).toHaveText(/Send 2 /, AS_SHOWN);
  await chooseEdition(page, NEW);
  await goTo(page, 'batch');
  await page.locator('#batch-send', { hasText: 'Send 1 ' }).waitFor();
  await expect(page.locator('#batch')).toHaveText(/only makes videos of 5, 10 or 15 s/, AS_SHOWN);
  await page.locator('#batch-send').click();
  await page
    .locator('#dialog')
    .getByRole('button', { name: /^Send 1/ })
    .click();
  await page.locator('table.batch tr.is-sent').waitFor();
  await expect.poll(async () => (await inState(page, 'records')).map(({ edition }) => edition)).toStrictEqual([NEW]);
});

test('list prices are those of the billing names of the edition that was chosen', async () => {
  const page = await form(null, { book: { currency: 'JimiCoin', prices: {} } });
  await page.evaluate(async () =>
    (await import('./js/state.js')).update((s) => {
      s.companion = { has_key: true, api_origin: location.origin };
    }),
  );
  await page.route('**/api/openapi/model/catalog', (route) =>
    route.fulfill(
      ok({ list: [{ model_name: 'seedance2.0-gz-mini', price_mode: 'per_million_tokens', unit_price: 3 }] }),
    ),
  );
  const finds = async (words) => {
    await goTo(page, 'prices');
    await page.locator('#catalogue-fetch').click();
    await expect(page.locator('#prices-more')).toHaveText(words, AS_SHOWN);
  };
  await finds(/No route bills under this name: seedance2\.0-gz-mini\./);
  await chooseEdition(page, NEW);
  await finds(/1 new, 0 changed, 0 kept/);
  await expect(page.locator('#prices-more')).not.toHaveText(/No route bills/, AS_SHOWN);
});

const PER_SECOND = { price: '0.10', per: 'second' };
const TWO_UNITS = { currency: 'USD', prices: { 'seedance2.0-gz-mini': PER_SECOND, 'seedance2.0-mini-720p': '0.05' } };
const SET_ASIDE = {
  en: 'Edition 2026-09 does not accept the price of seedance2.0-gz-mini, for instance because of its unit: it is set aside until you choose an edition that does.',
  zh: '规则版本 2026-09 不接受 seedance2.0-gz-mini 的单价（例如计费方式不同），已暂存，换用接受它的版本后恢复。',
};
const keptBook = (page) => page.evaluate(() => JSON.parse(localStorage.getItem('seedance.book')));
const pricesIn = async (page) => (await inState(page, 'book')).prices;

for (const lang of ['en', 'zh'])
  test(`a price that an edition refuses is set aside by name, and there again with the other edition (${lang})`, async () => {
    const page = await form(MINI, { book: TWO_UNITS, lang });
    await chooseEdition(page, NEW);
    await expect(page.locator('#connection .warn-box')).toHaveText(SET_ASIDE[lang], AS_SHOWN);
    await goTo(page, 'prices');
    await expect(page.locator('#prices .warn-box')).toHaveText(SET_ASIDE[lang], AS_SHOWN);
    assert.deepEqual(await pricesIn(page), { 'seedance2.0-mini-720p': '0.05' });
    await goTo(page, 'compose');
    await expect.poll(() => priceHead(page)).toBe('$0.25');
    await page.locator('#f-duration').fill('6');
    await expect.poll(() => priceHead(page)).toBe('$0.30');
    await chooseEdition(page, '2026-07');
    await expect(page.locator('#connection .warn-box')).toHaveCount(0);
    assert.deepEqual(await pricesIn(page), TWO_UNITS.prices);
    assert.deepEqual(page.problems, []);
  });

test('a kept book with a price that the edition refuses at the start works with the others, and no price typed overwrites it', async () => {
  const page = await form(null, { book: TWO_UNITS });
  await chooseEdition(page, NEW);
  await page.reload();
  await goTo(page, 'prices');
  await expect(page.locator('#prices .warn-box')).toHaveText(SET_ASIDE.en, AS_SHOWN);
  await page.locator('#price-seedance2\\.0-mini-720p').fill('0.06');
  await page.locator('#price-seedance2\\.0-mini-720p').blur();
  await expect
    .poll(() => keptBook(page))
    .toStrictEqual({
      currency: 'USD',
      prices: { 'seedance2.0-gz-mini': PER_SECOND, 'seedance2.0-mini-720p': '0.06' },
    });
  await page.locator('#price-seedance2\\.0-gz-mini').fill('3');
  await page.locator('#price-seedance2\\.0-gz-mini').blur();
  await expect(page.locator('#prices .warn-box')).toHaveCount(0);
  await expect.poll(async () => (await keptBook(page)).prices['seedance2.0-gz-mini']).toBe('3');
});

test('what is set aside stays when prices are merged, goes when the book is replaced, and comes back by Undo in either edition', async () => {
  const page = await form(null, { book: TWO_UNITS });
  await chooseEdition(page, NEW);
  await goTo(page, 'prices');
  const paste = async (text, button) => {
    await page.locator('#book-text').fill(text);
    await page.locator('#prices').getByRole('button', { name: button }).click();
  };
  await paste('seedance2.0-std 0.45', 'Use these prices');
  const merged = { ...TWO_UNITS.prices, 'seedance2.0-std': '0.45' };
  await expect.poll(async () => (await keptBook(page)).prices).toStrictEqual(merged);
  await paste('{"currency":"CNY","prices":{"seedance2.0-std":"3"}}', 'Replace the whole price book');
  await expect.poll(() => keptBook(page)).toStrictEqual({ currency: 'CNY', prices: { 'seedance2.0-std': '3' } });
  await page.locator('#toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => keptBook(page)).toStrictEqual({ currency: 'USD', prices: merged });
  await chooseEdition(page, '2026-07');
  await goTo(page, 'prices');
  await paste('{"currency":"CNY","prices":{"seedance2.0-std":"3"}}', 'Replace the whole price book');
  await chooseEdition(page, NEW);
  await page.keyboard.press('Alt+KeyZ');
  await expect(page.locator('#connection .warn-box')).toHaveText(SET_ASIDE.en, AS_SHOWN);
  await expect.poll(() => keptBook(page)).toStrictEqual({ currency: 'USD', prices: merged });
  assert.deepEqual(page.problems, []);
});

test('what the ledger does not merge is told of in its sentence; two currencies are told of as such', async () => {
  const page = await form(null, { book: TWO_UNITS });
  await goTo(page, 'prices');
  await page.locator('#book-text').waitFor();
  const planOf = (book) => page.evaluate(async (pasted) => (await import('./js/pricelist.js')).mergePlan(pasted), book);
  const { error } = await planOf({ currency: 'USD', prices: { 'seedance2.0-std': '-1' } });
  assert.match(error, /\/prices\/seedance2\.0-std/);
  assert.equal(await planOf({ currency: 'CNY', prices: { 'seedance2.0-std': '1' } }), null);
});

// The edition of the rules: chosen in the settings, and then the same for draft, batch, prices and history.
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
  assert.deepEqual(await page.locator('#edition-choice option').allInnerTexts(), ['2026-07', NEW]);
  assert.equal(
    await page.locator('#edition-differs').innerText(),
    'This draft is accepted in 2026-07, not accepted in 2026-09: duration is 7 s; seedance2.0-md only makes videos of 5, 10, 15 s',
  );
  await page.locator('#edition-choice').selectOption(NEW);
  assert.equal((await inState(page, 'result')).report.accepted, false);
  await page.reload();
  await goTo(page, 'compose');
  await importBody(page, MINI);
  assert.match(await page.locator('#edition').innerText(), /2026-09/);
  await page.evaluate(async (key) => (await import('./js/secret.js')).setKey(key), KEY);
  await page.locator('#send').click();
  await page.locator('#now .task').waitFor();
  assert.equal((await inState(page, 'records'))[0].edition, NEW);
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
  assert.equal(await page.locator('#duration-range').innerText(), '5 / 10 / 15 s');
  const duration = page.locator('#f-duration');
  const after = async (key) => {
    await duration.press(key);
    return duration.inputValue();
  };
  assert.deepEqual([await after('ArrowUp'), await after('ArrowUp'), await after('ArrowUp')], ['10', '15', '15']);
  assert.equal(await after('ArrowDown'), '10');
  await duration.fill('7');
  assert.equal(await after('ArrowDown'), '5');
  await chooseModel(page, 'seedance2.0-gz-fast');
  assert.deepEqual(await page.locator('#f-resolution option').allInnerTexts(), ['Auto 720p', '480p', '720p']);
  await chooseModel(page, 'seedance2.0-gz-480p'); // 720p was chosen, and this one always delivers 480p
  assert.match(
    await page.locator('#verdict').innerText(),
    /Resolution 720p will be ignored: this model always delivers 480p/,
  );
});

test('a model that is billed by tokens has its unit price and no amount, and is asked about with the reason', async () => {
  const page = await form(null, { book: { currency: 'USD', prices: { 'seedance2.0-gz-mini': '3' } } });
  await chooseEdition(page, NEW);
  await goTo(page, 'compose');
  await importBody(page, { ...MINI, model: 'seedance2.0-gz-mini' });
  assert.equal(await priceHead(page), 'Price unknown');
  const why = /Billed by the tokens that the video uses: the price is known afterwards\./;
  assert.match(await page.locator('#price').innerText(), why);
  assert.match(await page.locator('#f-model').innerText(), /\$3\.00 per million tokens/);
  await page.locator('#send').click();
  await page.locator('#dialog[open]').waitFor();
  assert.match(await page.locator('#dialog').innerText(), why);
});

test('rows of a batch are judged, planned and written down by the edition that was chosen', async () => {
  const page = await form(null);
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill([MD_7, { ...MD_7, duration: 5 }].map((row) => JSON.stringify(row)).join('\n'));
  await page.getByRole('button', { name: 'Add rows' }).last().click();
  const words = () => page.locator('#batch').innerText();
  assert.match(await page.locator('#batch-send').innerText(), /Send 2 /);
  await chooseEdition(page, NEW);
  await goTo(page, 'batch');
  await page.locator('#batch-send', { hasText: 'Send 1 ' }).waitFor();
  assert.match(await words(), /only makes videos of 5, 10, 15 s/);
  await page.locator('#batch-send').click();
  await page
    .locator('#dialog')
    .getByRole('button', { name: /^Send 1/ })
    .click();
  await page.locator('table.batch tr.is-sent').waitFor();
  assert.deepEqual(
    (await inState(page, 'records')).map(({ edition }) => edition),
    [NEW],
  );
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
  const found = async () => {
    await goTo(page, 'prices');
    await page.locator('#catalogue-fetch').click();
    await page.getByRole('button', { name: 'Fetch list prices' }).waitFor();
    return page.locator('#prices-more').innerText();
  };
  assert.match(await found(), /Kept, although no route bills under this name: seedance2\.0-gz-mini\./);
  await chooseEdition(page, NEW);
  const words = await found();
  assert.match(words, /1 new, 0 changed, 0 kept/);
  assert.doesNotMatch(words, /no route bills/);
});

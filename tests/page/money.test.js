// Money: studio.md §4 point 4, balance and list prices behind the companion. library.test.js covers charged and quoted amounts.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { MINI, goTo, importBody, inState, openForm, suite } from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { behindTls, startCompanion } from './lib/companion.js';
import { ok } from './lib/gateway.js';
import { inEveryLook } from './lib/looks.js';

const shared = suite();
const ACCOUNT = '/api/open-api/v1/user/balance';
const KEY = '/api/open-api/v1/key/balance';
const COIN = { currency: 'JimiCoin', prices: { 'seedance2.0-mini-720p': '0.05', 'seedance2.0-md': '0.30' } };
let tls;
const running = [];
after(async () => {
  await Promise.all(running.map((companion) => companion.end()));
  tls?.close();
});

/** Opens the form behind the companion. `available` and `key` are the account's balance. */
async function open({
  available = 18.4,
  key = { unlimited: true, total_quota: 0, available_quota: 0 },
  ...options
} = {}) {
  shared.gateway.reset();
  const account = { balance: 100.5, used_coin: 20.3, available };
  shared.gateway.other = { [ACCOUNT]: () => ok(account), [KEY]: () => ok(key) };
  tls ??= await behindTls(shared.gateway);
  const companion = await startCompanion({ origin: tls.origin, key: 'sk_x', more: ['--ca-file', tls.ca] });
  running.push(companion);
  const page = await openForm(shared, {
    url: companion.link,
    key: null,
    origin: undefined,
    width: 1440,
    book: COIN,
    ...options,
  });
  return { page, account };
}
const flat = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ');

for (const [lang, head, rest, short] of [
  [
    'en',
    'Balance 18.40 JimiCoin',
    'After this 18.15 JimiCoin',
    /The balance of 0\.10 JimiCoin does not cover this\. Checked \d+ s ago\./,
  ],
  ['zh', '余额 18.40 JimiCoin', '发送后剩余 18.15 JimiCoin', /余额 0\.10 JimiCoin 不足以支付这次的费用。/],
])
  test(`the balance stands beside the price, and what it does not cover is said before sending (${lang})`, async () => {
    const { page, account } = await open({ lang });
    await importBody(page, MINI);
    await page.locator('#balance button').waitFor();
    await expect(page.locator('#balance')).toHaveText(head, AS_SHOWN);
    await expect(page.locator('#balance-after')).toHaveText(rest, AS_SHOWN);
    account.available = 0.1;
    await page.locator('#balance button').click();
    await page.locator('#balance-after .warn-box').waitFor();
    await expect(page.locator('#balance-after')).toHaveText(short, AS_SHOWN);
    await page.evaluate(async () => {
      const { state, update } = await import('./js/state.js');
      update(() => {
        state.settings.limit = '0.01';
      });
    });
    await page.locator('#send').click();
    await page.locator('#dialog[open] .balance-short').waitFor();
    await page.locator('#dialog .strong').click(); // an outdated balance blocks nobody
    await page.locator('.pill.following').first().waitFor();
    assert.equal(shared.gateway.posts.length, 1);
  });

test('a key with a quota of its own counts where it leaves less; the figure is asked for anew after a task', async () => {
  const { page, account } = await open({ key: { unlimited: false, total_quota: 10, available_quota: 7.5 } });
  await page.locator('#balance button').waitFor();
  await expect(page.locator('#balance')).toHaveText('Left on the key 7.50 JimiCoin', AS_SHOWN);
  account.available = 5;
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.getByText('5.00 JimiCoin').waitFor();
  await expect(page.locator('#balance')).toHaveText('Balance 5.00 JimiCoin', AS_SHOWN);
});

test('a balance, or a warning of it, leaves room for the price, its formula and Generate', async () => {
  for (const width of [390, 1440]) {
    const page = await openForm(shared, { book: COIN, width, height: 844 });
    await importBody(page, { ...MINI, duration: 8 });
    for (const amount of ['0.3', '1234.56']) {
      const balance = { amount, currency: 'JimiCoin', byKey: false, at: Date.now() };
      await page.evaluate(
        async (own) => (await import('./js/state.js')).update((s) => Object.assign(s, { balance: own })),
        balance,
      );
      await expect(page.locator('#balance-after')).toHaveText(/does not cover|After this/, AS_SHOWN);
      const parts = ['.formula', '.price-head', '#balance-after', '#send', '#pay'];
      const boxes = await Promise.all(parts.map((part) => page.locator(part).boundingBox()));
      const [formula, head, after, send, pay] = boxes;
      assert.ok(formula.height < 30 && head.height < 40, JSON.stringify(boxes));
      assert.ok(after.y >= formula.y + formula.height || after.x >= formula.x + formula.width, JSON.stringify(boxes));
      assert.ok(send.y + send.height <= pay.y + pay.height, JSON.stringify(boxes));
    }
  }
});

test('another currency is not compared; without an answer nothing is shown; the static page does not ask', async () => {
  const { page } = await open({ book: { currency: 'USD', prices: COIN.prices } });
  await importBody(page, MINI);
  await page.locator('#balance button').waitFor();
  await expect(page.locator('#balance-after')).toHaveText('', AS_SHOWN);
  const { page: broken } = await open({ available: 'a lot' });
  await importBody(broken, MINI);
  await expect.poll(() => shared.gateway.calls.some(({ path }) => path === ACCOUNT)).toBe(true);
  assert.equal(await inState(broken, 'balance'), null);
  await expect(broken.locator('#balance')).toHaveText('', AS_SHOWN);
  shared.gateway.reset();
  const plain = await openForm(shared, { book: COIN });
  await importBody(plain, MINI);
  await plain.waitForTimeout(300);
  assert.equal(shared.gateway.calls.filter(({ path }) => path === ACCOUNT).length, 0);
});

test('the batch says what the balance does not cover', async () => {
  const { page } = await open({ available: 0.3 });
  await page.locator('#balance button').waitFor();
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill(`${JSON.stringify(MINI)}\n${JSON.stringify({ ...MINI, prompt: 'two' })}`);
  await page.getByRole('button', { name: 'Add rows' }).click();
  await expect(page.locator('.batch-foot .balance-short')).toHaveText(/0\.30 JimiCoin does not cover this/, AS_SHOWN);
});

const entry = (model_name, price_mode, unit_price) => ({
  model_name,
  display_name: model_name,
  model_type: 'videos',
  price_mode,
  unit_price,
});
const LIST = [
  entry('seedance2.0-mini-720p', 'per_second', 0.06),
  entry('seedance2.0-mini-1080p', 'per_second', 0.1),
  { model_name: 'seedance2.0-md', unit_price: 0.3 },
  entry('seedance2.0-std', 'per_second', 0.4),
  entry('seedance2.0-fast-md', 'per_task', 'free'),
  entry('seedance2.0-fast-i2v', 'per_task', 0.2),
  entry('seedance2.0-fast-i2v', 'per_task', 0.25),
  entry('flux-pro', 'per_task', 0.01),
];

test('list prices are fetched on request, previewed, merged with “2 new, 1 changed, 1 kept”, and undone', async () => {
  const { page } = await open();
  const asked = [];
  await page.route('**/api/openapi/model/catalog', (route) => {
    asked.push(route.request().headers());
    return route.fulfill({ json: ok({ list: LIST }).json });
  });
  await goTo(page, 'prices');
  assert.equal(asked.length, 0);
  await page.locator('#catalogue-fetch').click();
  await page.locator('#catalogue-take').waitFor();
  const words = await flat(page.locator('#prices-more'));
  assert.match(words, /2 new, 1 changed, 1 kept/);
  assert.match(words, /seedance2\.0-mini-720p 0\.05 → 0\.06/);
  assert.match(words, /seedance2\.0-std is left out: the catalogue has it as per_second, but its route bills per task/);
  assert.match(words, /seedance2\.0-fast-md is left out: its unit_price is "free", which is not a price/);
  assert.match(words, /seedance2\.0-fast-i2v is left out: the catalogue has two prices for it/);
  assert.match(words, /No route bills under this name: flux-pro\./);
  assert.equal(asked[0].authorization, undefined);
  await inEveryLook(page, 'prices-catalogue', [1440, 390]);
  await page.locator('#lang-en').click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('#catalogue-take').click();
  const { as_of, ...book } = await inState(page, 'book');
  assert.match(as_of, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(book, {
    currency: 'JimiCoin',
    prices: {
      'seedance2.0-mini-720p': { price: '0.06', per: 'second' },
      'seedance2.0-mini-1080p': { price: '0.1', per: 'second' },
      'seedance2.0-md': { price: '0.3', per: 'task' },
      'flux-pro': { price: '0.01', per: 'task' },
    },
  });
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => inState(page, 'book')).toStrictEqual(COIN);
});

test('list prices that do not come are told of, and those of another currency can only replace the book', async () => {
  const { page } = await open({ book: { currency: 'USD', prices: COIN.prices } });
  let answer = { status: 502, json: { msg: 'bad gateway' } };
  await page.route('**/api/openapi/model/catalog', (route) => route.fulfill(answer));
  await goTo(page, 'prices');
  await page.locator('#catalogue-fetch').click();
  await page.getByText('The list prices could not be fetched (502).').waitFor();
  answer = { json: ok({ list: LIST }).json };
  await page.locator('#catalogue-fetch').click();
  await page.getByText('They can only replace the whole price book').waitFor();
  await expect(page.locator('#catalogue-take')).toHaveCount(0);
});

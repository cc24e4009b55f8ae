// Sending: points 3–6, 17, 29, 31 and the faults around a create.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created, held, status } from './lib/gateway.js';
import {
  KEY,
  MINI,
  MINI_VIDEO,
  goTo,
  importBody,
  inState,
  newContext,
  openAdd,
  openForm,
  openModels,
  openTile,
  preview,
  suite,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';

const shared = suite();
const send = (page) => page.locator('#send').click();
const records = (page) => inState(page, 'records');
/** Waits until the gateway has received `n` POSTs and the page has handled the last answer. */
async function posted(page, n) {
  await expect.poll(() => shared.gateway.posts.length).toBe(n);
  await expect.poll(() => inState(page, 'busy')).toBe(null);
  assert.equal(shared.gateway.posts.length, n);
}

/** Waits until the draft is in storage, from which other tabs read it. */
const kept = (page, prompt) =>
  page.waitForFunction((text) => localStorage.getItem('seedance.draft')?.includes(text), prompt);

async function form(options = {}) {
  shared.gateway.reset();
  const page = await openForm(shared, options);
  await importBody(page, options.body ?? MINI);
  return page;
}

test('point 3: a draft with an error is not sent by click, Enter or shortcut, and the summary is focused', async () => {
  const page = await form({ body: { ...MINI, duration: 16 } });
  const summary = page.locator('#summary-box');
  await send(page);
  await expect(summary).toBeFocused();
  await page.locator('#f-duration').press('Enter');
  await expect(summary).toBeFocused();
  await page.locator('#f-prompt').press('Control+Enter');
  await expect(summary).toBeFocused();
  assert.equal(shared.gateway.calls.length, 0);
});

test('a draft that breaks a rule is sent past it by an act of its own, which is asked about, told of and kept', async () => {
  const page = await form({ body: { ...MINI, duration: 16 } });
  const past = page.locator('#send-past');
  await expect(past).toHaveCount(0); // only after Send has shown what is wrong
  await send(page);
  await expect(past).toHaveText(/^Send anyway, ignoring duration-out-of-range$/, AS_SHOWN);
  const asked = async () => {
    await past.click();
    await page.locator('#dialog[open]').waitFor();
    return page.locator('#dialog').innerText();
  };
  const words = await asked();
  assert.match(words, /Send it, ignoring the rules\?/);
  assert.match(words, /duration-out-of-range\s+duration is 16 s; it must be 4–15 s on seedance2\.0-mini/);
  assert.match(words, /The price is not known\. The service may not accept/);
  await page.keyboard.press('Escape');
  await expect(page.locator('#dialog')).toBeHidden();
  assert.equal(shared.gateway.calls.length, 0);
  await asked();
  await page.getByRole('button', { name: 'Send now' }).click();
  await posted(page, 1);
  assert.equal(JSON.parse(shared.gateway.posts[0].body).duration, 16);
  const [record] = await records(page);
  assert.deepEqual([record.state, record.allowed], ['following', ['duration-out-of-range']]);
  await expect(page.locator('#now')).toHaveText(/Rules ignored\s+duration-out-of-range/, AS_SHOWN);
  // Sending the same draft again is refused again: no permission remains.
  await send(page);
  await expect(page.locator('#summary-box')).toBeFocused();
  assert.equal(shared.gateway.posts.length, 1);
});

test('a model that the table does not know can be sent past the rules, too; an empty prompt cannot', async () => {
  const page = await form({ body: { ...MINI, model: 'seedance9-new' } });
  await send(page);
  await page.locator('#send-past').click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await posted(page, 1);
  await expect.poll(async () => (await records(page))[0].model).toBe('seedance9-new');
  await page.locator('#f-prompt').fill('');
  await send(page);
  await expect(page.locator('#send-past')).toHaveCount(0);
});

test('point 2: the body that is sent equals the preview byte for byte', async () => {
  const page = await form({
    body: { ...MINI, prompt: 'It\'s “雨夜” at $5\nnew line \\ "quoted" 😀', images: ['https://media.example/a.png'] },
  });
  const shown = await preview(page);
  await send(page);
  await posted(page, 1);
  assert.equal(shared.gateway.posts[0].body, shown);
  assert.equal(shared.gateway.posts[0].headers['content-type'], 'application/json');
});

test('point 4: a double click and a held Enter make one POST; a second tab asks', async () => {
  const page = await form({ clock: true });
  await page.locator('#send').dblclick();
  await posted(page, 1);
  shared.gateway.reset();
  await page.locator('#f-prompt').fill('Another scene');
  await page.locator('#send').focus();
  await page.keyboard.down('Enter');
  for (let i = 0; i < 12; i += 1) await page.keyboard.down('Enter'); // repeats of a held key
  await page.keyboard.up('Enter');
  await posted(page, 1);

  await kept(page, 'Another scene');
  const other = await openForm(shared, { context: page.context() });
  await expect(other.locator('#f-prompt')).toHaveValue('Another scene');
  await expect(other.locator('#pay')).toHaveAttribute('data-state', 'running');
  await send(other);
  await other.locator('#dialog[open]').waitFor();
  await expect(other.locator('#dialog')).toHaveText(/This draft was sent \d+ s ago/, AS_SHOWN);
  assert.equal(shared.gateway.posts.length, 1);
  await other.keyboard.press('Escape');
  await expect(other.locator('#dialog')).toBeHidden();
  assert.equal(shared.gateway.posts.length, 1);
  await send(other);
  await other.getByRole('button', { name: 'Send now' }).click();
  await posted(other, 2);
});

test('point 4: two tabs that send the same draft at the same moment make one POST, and the second is asked', async () => {
  const page = await form();
  await kept(page, MINI.prompt);
  const other = await openForm(shared, { context: page.context() });
  await other.locator('#draft-new').waitFor(); // until then Send only waits
  await Promise.all([send(page), send(other)]);
  await Promise.race([page.locator('#dialog[open]').waitFor(), other.locator('#dialog[open]').waitFor()]);
  await page.waitForTimeout(300);
  assert.equal(shared.gateway.posts.length, 1);
});

for (const cut of ['before', 'within']) {
  test(`point 5: the connection cut ${cut} the answer is "unknown", never repeated, with ways out`, async () => {
    const page = await form({ clock: true });
    shared.gateway.create = () => ({ ...created(), cut });
    await send(page);
    await page.locator('#pay .failure.unknown').waitFor();
    await page.clock.fastForward(120_000);
    assert.equal(shared.gateway.posts.length, 1);
    const words = await page.locator('#pay .failure').innerText();
    assert.match(words, /Result unknown: you may have been charged/);
    assert.match(words, /Open the console/);
    assert.match(words, /I found the task/);
    assert.match(words, /Send again anyway/);
    await expect.poll(async () => (await records(page))[0]?.state).toBe('unknown');
    // "I found the task" makes the page follow that task.
    shared.gateway.task = (id) => status(id, 'processing', { progress: 12 });
    await page.locator('#pay .failure input').fill('vid_found');
    await page.locator('#pay').getByRole('button', { name: 'I found the task' }).click();
    await page.clock.fastForward(4000);
    await page.getByText('12 %').first().waitFor();
    assert.equal(shared.gateway.posts.length, 1);
    assert.equal(shared.gateway.polls.at(-1).path, '/api/open-api/v1/videos/vid_found');
  });
}

test('point 5: "Send again anyway" asks, and then makes exactly one further POST', async () => {
  const page = await form();
  shared.gateway.create = (n) => (n === 1 ? { ...created(), cut: 'before' } : created('vid_2'));
  await send(page);
  await page.locator('#pay').getByRole('button', { name: 'Send again anyway' }).click();
  await page.locator('#dialog[open]').waitFor();
  assert.equal(shared.gateway.posts.length, 1);
  await expect(page.getByRole('button', { name: 'Send now' })).toHaveClass(/danger/);
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.waitForFunction(() => document.querySelector('.pill.following'));
  assert.equal(shared.gateway.posts.length, 2);
  assert.equal(shared.gateway.posts[0].body, shared.gateway.posts[1].body);
});

test('what is sent again, or edited after it failed, is a draft of its own beside what is being written', async () => {
  const page = await form();
  const tabs = page.locator('.draft-tab');
  shared.gateway.create = (n) => (n === 1 ? { ...created(), cut: 'before' } : created('vid_2'));
  shared.gateway.task = (id) => status(id, 'failed', { error_message: 'x' });
  await send(page);
  const again = page.locator('#pay').getByRole('button', { name: 'Send again anyway' });
  await again.waitFor();
  await page.locator('#f-prompt').fill('Being written');
  await again.click();
  await page.locator('#dialog[open]').getByText(MINI.prompt).waitFor();
  await page.keyboard.press('Escape');
  await expect(tabs).toHaveText(['Being written', MINI.prompt], AS_SHOWN);
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
  await page.reload();
  await expect(tabs).toHaveText(['Being written', MINI.prompt], AS_SHOWN);

  await page.evaluate(async (value) => (await import('./js/secret.js')).setKey(value), KEY);
  await tabs.first().click();
  await again.click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.locator('#now .pill.failed').waitFor();
  await expect(tabs).toHaveText(['Being written', MINI.prompt], AS_SHOWN); // which held the request already
  await page.locator('#f-prompt').fill('Written since');
  await page.getByRole('button', { name: 'Edit and try again' }).click();
  await expect(tabs).toHaveText(['Being written', 'Written since', MINI.prompt], AS_SHOWN);
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
  assert.equal(shared.gateway.posts.length, 2);
});

test('point 6: the attempt is journalled before the POST, and a page that died while sending leaves "unknown"', async () => {
  const page = await form();
  let journal;
  shared.gateway.create = () => ({ ...created(), delay: 60_000 });
  await send(page);
  await expect.poll(async () => (await inState(page, 'busy'))?.attempt).toBeTruthy();
  const other = await openForm(shared, { context: page.context() });
  await expect.poll(async () => (await records(other)).length).toBe(1);
  journal = await records(other);
  assert.equal(journal[0].state, 'sending', 'another live tab is still sending: it is left alone');
  await page.close();
  await other.reload();
  await other.locator('.pill.unknown').first().waitFor();
  [journal] = [await records(other)];
  assert.equal(journal.length, 1);
  assert.equal(JSON.parse(journal[0].body).prompt, MINI.prompt);
});

test('point 6: after a reload a queued and a processing task go on being followed', async () => {
  const page = await form();
  shared.gateway.task = (id, n) => status(id, n > 1 ? 'processing' : 'queued', { progress: n > 1 ? 40 : 0 });
  await send(page);
  await page.locator('.pill.following').first().waitFor();
  await page.reload();
  await page.locator('.pill.following').first().waitFor();
  await page.getByText('Waiting for an API key').first().waitFor();
  await page.evaluate(async () => {
    (await import('./js/secret.js')).setKey('sk_test_0123456789');
    (await import('./js/follow.js')).askNow();
  });
  await page.waitForFunction(() => document.querySelector('.pill')?.textContent === 'Queued');
  await page.evaluate(async () => (await import('./js/follow.js')).askNow());
  await page.getByText('40 %').first().waitFor();
  assert.equal(shared.gateway.posts.length, 1);
});

test('a history that is cleared during a send, here or in another tab, keeps what is under way', async () => {
  const page = await form();
  const other = await openForm(shared, { context: page.context() });
  const clear = (tab) => tab.evaluate(async () => (await import('./js/journal.js')).clearJournal());
  shared.gateway.create = () => ({ ...created('vid_slow'), delay: 60_000 });
  await send(page);
  await expect.poll(async () => (await records(other)).length).toBe(1);
  await clear(other);
  await clear(page);
  await page.reload(); // a reload shows what is in storage
  await page.locator('.pill').first().waitFor();
  await expect.poll(async () => (await records(page)).length).toBe(1);

  const answer = held(created('vid_slower'));
  shared.gateway.create = () => answer.given;
  await page.evaluate(async (key) => (await import('./js/secret.js')).setKey(key), KEY);
  await page.locator('#f-prompt').fill('Another scene');
  await send(page);
  await expect.poll(async () => (await inState(page, 'busy'))?.attempt).toBeTruthy();
  await clear(page);
  answer.give();
  await page.locator('.pill.following').first().waitFor();
  await expect
    .poll(async () => (await records(page)).map((r) => [r.state, r.task_id, JSON.parse(r.body).prompt]))
    .toStrictEqual([['following', 'vid_slower', 'Another scene']]);
  await expect.poll(async () => (await records(other)).map((r) => r.task_id)).toStrictEqual(['vid_slower']);
  await page.reload();
  await page.locator('.pill.following').first().waitFor();
  await expect.poll(async () => (await records(page)).map((r) => r.task_id)).toStrictEqual(['vid_slower']);
  assert.deepEqual(page.problems, []);
});

test('clearing the history takes the message about a forgotten attempt with it', async () => {
  const page = await form();
  shared.gateway.create = () => ({ ...created(), cut: 'before' });
  await send(page);
  await page.locator('#pay .failure.unknown').waitFor();
  await page.evaluate(async () => (await import('./js/journal.js')).clearJournal());
  await page.locator('#pay .failure').waitFor({ state: 'detached' });
  assert.equal((await records(page)).length, 0);
  await page.evaluate(async () => (await import('./js/journal.js')).amend('gone', { state: 'refused' }));
  assert.equal((await records(page)).length, 0, 'what is gone is not changed');
  assert.deepEqual(page.problems, []);
});

const FAILURES = [
  ['401', { status: 401, json: { code: 20001, msg: 'bad key' } }, /did not accept the key/, 'refused'],
  ['403', { status: 403, json: { msg: 'forbidden' } }, /Access denied \(403\)/, 'refused'],
  ['402', { status: 402, json: { msg: 'payment required' } }, /balance or the key’s quota is too low/, 'refused'],
  ['balance text', { json: { code: 20003, msg: '余额不足' } }, /balance or the key’s quota is too low/, 'refused'],
  ['413', { status: 413, json: { msg: 'too large' } }, /too large for the service/, 'refused'],
  [
    '429',
    { status: 429, json: { msg: 'slow down' }, headers: { 'retry-after': '30' } },
    /Too many requests \(429\)\. slow down\s+Wait 30 s, then press Generate again/,
    'refused',
  ],
  [
    '500',
    { status: 500, json: { msg: 'oops' } },
    /Server error \(500\)[^]*may still have been created and charged/,
    'unknown',
  ],
  [
    '200 with code',
    { json: { code: 20099, msg: '配置不存在' } },
    /error code 20099, which its documents do not list[^]*A task may have been created/,
    'unknown',
  ],
  ['20002', { json: { code: 20002, msg: 'bad params' } }, /rejected the parameters/, 'refused'],
  ['HTML', { text: '<html><h1>Welcome</h1></html>' }, /not the API’s JSON/, 'unknown'],
  ['408', { status: 408, json: { msg: 'too slow' } }, /did not respond in time/, 'unknown'],
  [
    'an error that names a task',
    { status: 400, json: { code: 40003, data: { task_id: 'vid_7' } } },
    /names the task vid_7, but its code does not mean success/,
    'unknown',
  ],
  ['200 without anything', { json: { code: 0, data: {} } }, /neither a task ID nor an error code/, 'unknown'],
];
/** One page for the tables of failures. Each row starts with an empty journal. */
let table;
async function sameForm() {
  shared.gateway.reset();
  if (!table) {
    shared.keep = await newContext(shared);
    table = await openForm(shared, { context: shared.keep });
    await importBody(table, MINI);
  }
  await table.context().setOffline(false);
  await table.evaluate(
    async ([key, origin]) => {
      (await import('./js/secret.js')).setKey(key);
      await (await import('./js/journal.js')).clearJournal();
      (await import('./js/state.js')).update((s) => {
        s.failure = null;
        s.settings.origin = origin;
      });
    },
    [KEY, shared.gateway.origin],
  );
  return table;
}
const said = new Map();
for (const [name, answer, words, state] of FAILURES) {
  test(`point 17: ${name} has its own plain message with the next step`, async () => {
    const page = await sameForm();
    shared.gateway.create = () => answer;
    await send(page);
    const box = page.locator('#pay .failure');
    await expect(box).toHaveText(words, AS_SHOWN);
    const text = await box.innerText();
    assert.doesNotMatch(text, /Failed to fetch/);
    await expect.poll(async () => (await records(page))[0]?.state).toBe(state);
    said.set(name, text);
    assert.equal(shared.gateway.posts.length, 1);
  });
}

const UNSENT = [
  [
    'no CORS',
    (page) => {
      shared.gateway.cors = false;
    },
    /does not let a web page call it/,
  ],
  [
    'server down',
    (page) =>
      page.evaluate(async () =>
        (await import('./js/state.js')).update((s) => {
          s.settings.origin = 'http://127.0.0.1:9';
        }),
      ),
    /Nothing responds at/,
  ],
  [
    'name unknown',
    (page) =>
      page.evaluate(async () =>
        (await import('./js/state.js')).update((s) => {
          s.settings.origin = 'https://nowhere.invalid';
        }),
      ),
    /name is unknown \(DNS\)/,
  ],
  ['offline', (page) => page.context().setOffline(true), /offline/],
  [
    'address outside the policy',
    (page) =>
      page.evaluate(async () =>
        (await import('./js/state.js')).update((s) => {
          s.settings.origin = 'https://other.invalid';
        }),
      ),
    /does not allow calls to/,
  ],
  ['no key', (page) => page.evaluate(async () => (await import('./js/secret.js')).forgetKey()), /no API key yet/],
];
for (const [name, prepare, words] of UNSENT) {
  test(`point 17: ${name} is told before anything is sent`, async () => {
    const page = await sameForm();
    await prepare(page);
    await send(page);
    const box = page.locator('#pay .failure');
    await expect(box).toHaveText(words, AS_SHOWN);
    const text = await box.innerText();
    assert.match(text, /^Not sent\n[^]*Nothing was sent, so nothing is charged/);
    assert.equal(shared.gateway.posts.length, 0);
    assert.equal((await records(page)).length, 0);
    if (name === 'no CORS') {
      assert.match(text, /companion/);
      assert.match(text, /Copy as curl/);
      assert.ok(shared.gateway.probes.length >= 1 && shared.gateway.probes.every((c) => !c.headers.authorization));
    }
    said.set(name, text);
  });
}

test('point 17: an answer that does not come in time is "unknown"', async () => {
  const page = await form({ clock: true });
  shared.gateway.create = () => ({ ...created(), delay: 300_000 });
  await send(page);
  await expect.poll(async () => (await inState(page, 'busy'))?.attempt).toBeTruthy();
  await expect.poll(() => shared.gateway.posts.length).toBe(1);
  await page.clock.fastForward(61_000);
  const box = page.locator('#pay .failure.unknown');
  await box.waitFor();
  said.set('time-out', await box.innerText());
  assert.match(said.get('time-out'), /did not respond in time/);
});

test('point 17: every failure has a message of its own', () => {
  const titles = [...said]
    .filter(([name]) => !['402'].includes(name))
    .map(([, text]) => text.split('\n').filter(Boolean)[1]);
  assert.equal(new Set(titles).size, titles.length, titles.join('\n'));
});

test('hostile answers to a create: 100 MB, a redirect and markup do nothing but show', async () => {
  const page = await form();
  shared.gateway.create = () => ({ endless: 100 * 1024 * 1024, type: 'application/json' });
  await send(page);
  await page.locator('#pay .failure.unknown').waitFor();
  await expect(page.locator('#pay .failure')).toHaveText(/too large and was not read/, AS_SHOWN);
  await page.evaluate(async () => (await import('./js/journal.js')).clearJournal());
  shared.gateway.create = () => ({ status: 302, headers: { location: 'http://169.254.169.254/latest' }, text: '' });
  await send(page);
  await page.waitForFunction(() => !document.querySelector('#send').getAttribute('aria-disabled').includes('true'));
  await page.getByText('The connection was lost before a response arrived').first().waitFor();
  await page.evaluate(async () => (await import('./js/journal.js')).clearJournal());
  shared.gateway.create = () => ({ status: 400, json: { code: 1, msg: '<img src=x onerror="window.hit=1">' } });
  await send(page);
  await page.getByText('<img src=x onerror="window.hit=1">').first().waitFor();
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.deepEqual(page.problems, []);
});

test('a gateway that dies before the create gets nothing, and one that comes back is used', async () => {
  const page = await form();
  await shared.gateway.close();
  await send(page);
  await page.getByText('Nothing responds at').waitFor();
  assert.equal((await records(page)).length, 0);
  await shared.gateway.reopen();
  await send(page);
  await page.locator('.pill.following').first().waitFor();
  assert.equal(shared.gateway.posts.length, 1);
});

test('point 29: below the limit it is sent at once; above it a dialog asks, Esc and Cancel send nothing, focus returns', async () => {
  const page = await form({ limit: '1', body: { ...MINI, model: 'seedance2.0-mini', duration: 11 } });
  await expect(page.locator('.price-head')).toHaveText('$0.55', AS_SHOWN);
  await send(page);
  await page.locator('.pill.following').first().waitFor();
  assert.equal(shared.gateway.posts.length, 1);
  await page.evaluate(async () => (await import('./js/edits.js')).setPrice('seedance2.0-mini-720p', '0.10'));
  await expect(page.locator('.price-head')).toHaveText('$1.10', AS_SHOWN);
  await page.locator('#f-prompt').fill('Another scene');
  for (const leave of ['Escape', 'Cancel']) {
    await send(page);
    const dialog = page.locator('#dialog[open]');
    await dialog.waitFor();
    const words = await dialog.innerText();
    for (const part of ['$1.10', 'seedance2.0-mini', '11 s', 'limit of $1.00']) assert.ok(words.includes(part), part);
    if (leave === 'Escape') await page.keyboard.press('Escape');
    else await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForFunction(() => document.activeElement.id === 'send');
    assert.equal(shared.gateway.posts.length, 1);
  }
  await send(page);
  await page.getByRole('button', { name: 'Send now' }).click();
  await posted(page, 2);
});

test('a limit in another currency than the price is never taken for one in its own: it asks, until a new one is set', async () => {
  const book = { currency: '元', prices: { 'seedance2.0-mini-720p': '0.2' } };
  const page = await form({ limit: '2', book });
  const dialog = page.locator('#dialog[open]');
  const asked = async () => {
    await send(page);
    await expect(dialog).toHaveText(/Your limit of 2\.00 元 is in another currency than your prices/, AS_SHOWN);
    await page.keyboard.press('Escape');
    assert.equal(shared.gateway.posts.length, 0);
  };
  await goTo(page, 'prices');
  await page.locator('#book-text').fill('{"currency":"USD","prices":{"seedance2.0-mini-720p":"0.3"}}');
  await page.locator('#book-take').click();
  await goTo(page, 'compose');
  await expect(page.locator('.price-head')).toHaveText('$1.50', AS_SHOWN);
  await asked();
  await page.reload();
  await page.locator('#app').waitFor();
  await page.evaluate(async (value) => (await import('./js/secret.js')).setKey(value), KEY);
  await asked();

  await goTo(page, 'connection');
  const card = page.locator('#connection .card', { has: page.locator('#limit') });
  await expect(card).toHaveText(/above this amount \(USD\)[^]*Your limit of 2\.00 元 is in another currency/, AS_SHOWN);
  await expect(page.locator('#limit')).toHaveValue('');
  await page.locator('#limit').fill('1.60');
  await page.locator('#limit').blur();
  await expect(card).not.toHaveText(/another currency/, AS_SHOWN);
  await goTo(page, 'compose');
  await send(page);
  await posted(page, 1);
});

test('what is no amount is not taken, stays where it was typed, and says why', async () => {
  const page = await form({ body: { ...MINI, model: 'seedance2.0-mini', resolution: '1080p' } });
  const refused = (value) => `“${value}” is not an amount. Write a plain number such as 1.50.`;
  const ask = page.locator('#ask-price');
  await ask.fill('$0.05');
  await ask.press('Enter');
  await expect(page.locator('#ask-price-error')).toHaveText(refused('$0.05'), AS_SHOWN);
  await expect(ask).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#lang-zh').click();
  await expect(page.locator('#ask-price-error')).toHaveText('“$0.05”不是金额，请写成 1.50 这样的数字。', AS_SHOWN);
  await page.locator('#lang-en').click();
  await ask.fill('0.05'); // goes as soon as it is typed again
  await expect(page.locator('#ask-price-error')).toHaveText('', AS_SHOWN);
  await expect(ask).toHaveAttribute('aria-invalid', 'false');
  await ask.press('Enter');
  await expect(page.locator('.price-head')).toHaveText('$0.25', AS_SHOWN);
  await goTo(page, 'connection');
  const limit = page.locator('#limit');
  await limit.fill('1,000');
  await limit.blur();
  await expect(page.locator('#limit-error')).toHaveText(refused('1,000'), AS_SHOWN);
  await expect(limit).toHaveValue('1,000');
  await limit.fill('1'); // goes as soon as it is typed again
  await expect(page.locator('#limit-error')).toHaveText('', AS_SHOWN);
  await limit.blur();
  await expect(limit).toHaveAttribute('aria-invalid', 'false');
  await expect.poll(async () => (await inState(page, 'settings')).limit).toBe('1');
  const origin = page.locator('#origin');
  const kept = await origin.inputValue();
  await origin.fill('http://insecure.example');
  await origin.blur();
  await expect(origin).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#connection .warn-box')).toHaveCount(1);
  await origin.fill(kept);
  await expect(origin).toHaveAttribute('aria-invalid', 'false');
  await expect(page.locator('#connection .warn-box')).toHaveCount(0);
  await goTo(page, 'prices');
  const cell = page.locator('[id="price-seedance2.0-md"]');
  await cell.fill('dear');
  await cell.blur();
  await expect(page.locator('#book-error')).toHaveText(/“dear” is not a price/, AS_SHOWN);
  await expect(cell).toHaveAttribute('aria-invalid', 'true');
  await cell.fill('0.30');
  await expect(page.locator('#book-error')).toHaveCount(0);
  await expect(cell).toHaveAttribute('aria-invalid', 'false');
});

test('Enter in a one-line field only takes what was typed; it sends from the duration, and from the empty row for links', async () => {
  const page = await form({ body: MINI_VIDEO });
  await page.locator('#f-ratio').selectOption('other');
  await openTile(page, 'reference_videos');
  const fields = await page.locator('#draft input').evaluateAll((all) => all.map((own) => [own.id, own.ariaLabel]));
  const others = fields.filter(([id]) => !['f-duration', 'add-links'].includes(id));
  assert.ok(others.length >= 9, JSON.stringify(fields));
  const values = { 'tile-url': 'https://media.example/other.mp4', 'f-ratio-own': '5:4' };
  for (const [id, label] of others) {
    const field = id ? page.locator(`[id="${id}"]`) : page.getByLabel(label, { exact: true });
    if (!(await field.count())) continue; // another field has answered the question
    await field.evaluate((own) => own.closest('details')?.setAttribute('open', ''));
    await field.fill(values[id] ?? '3');
    await field.press('Enter');
    assert.equal(await inState(page, 'busy'), null, `${id || label} sends`);
    if (id !== 'ask-seconds') await expect(field).toBeFocused();
  }
  await expect.poll(async () => (await inState(page, 'draft')).reference_videos[0].status).toBe('unreadable');
  assert.equal(shared.gateway.calls.length, 0);
  await openAdd(page);
  await page.locator('#add-links').press('Enter');
  await posted(page, 1);
  await page.locator('#f-prompt').fill('Another one');
  await page.locator('#f-duration').press('Enter');
  await posted(page, 2);
});

test('Ctrl+Enter sends nothing while the sheet of models covers the form', async () => {
  const page = await form();
  await openModels(page);
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Escape');
  await expect(page.locator('#sheet')).toBeHidden();
  assert.equal(await inState(page, 'busy'), null);
  assert.equal(shared.gateway.calls.length, 0);
});

test('point 31: confirming a Chinese input method with Enter sends nothing; Ctrl+Enter outside it sends', async () => {
  const page = await form({ lang: 'zh' });
  const cdp = await page.context().newCDPSession(page);
  await openAdd(page);
  for (const id of ['#f-prompt', '#f-duration', '#add-links']) {
    await page.locator(id).focus();
    const before = await page.locator(id).inputValue();
    await cdp.send('Input.imeSetComposition', { text: '你好', selectionStart: 2, selectionEnd: 2 });
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    await cdp.send('Input.insertText', { text: '你好' });
    await expect(page.locator(id)).toHaveValue(`${before}你好`);
    await page.locator(id).fill(before);
  }
  assert.equal(shared.gateway.calls.length, 0);
  await expect(page.locator('#media .item')).toHaveCount(0);
  await page.locator('#f-prompt').press('Control+Enter');
  await page.locator('.pill.following').first().waitFor();
  assert.equal(shared.gateway.posts.length, 1);
});

test('a journal that the browser closes: it is said aloud, and a request in doubt can still be sent again', async () => {
  const page = await form();
  shared.gateway.create = () => ({ ...created(), cut: 'before' });
  await send(page);
  await page.locator('#pay .failure.unknown').waitFor();
  await page.evaluate(() => indexedDB.deleteDatabase('seedance'));
  await page.getByText('The browser has closed the history’s storage').waitFor();
  await page.locator('#lang-zh').click();
  await page.getByText('浏览器已关闭历史记录的存储').waitFor();
  await page.locator('.second-charge').click();
  await page.locator('#dialog .strong').click();
  await posted(page, 2);
});

test('storage that is blocked: it is said aloud, the form works and sends', async () => {
  shared.gateway.reset();
  const context = await newContext(shared);
  const init = () => {
    const blocked = () => new DOMException('blocked', 'SecurityError');
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw blocked();
      },
    });
    for (const name of ['request', 'query']) LockManager.prototype[name] = () => Promise.reject(blocked());
  };
  const page = await openForm(shared, { context, init });
  await page.getByText('The browser blocks storage').waitFor();
  await importBody(page, MINI);
  await send(page);
  await page.locator('.pill.following').first().waitFor();
  assert.equal(shared.gateway.posts.length, 1);
  assert.deepEqual(page.problems, []);
  // Behind a companion, a tab still lets others in.
  await page.evaluate(async () => {
    (await import('./js/secret.js')).keepToken('a-token');
    await (await import('./js/tabs.js')).answerTabs();
  });
  const other = await openForm(shared, { context, init });
  assert.equal(await other.evaluate(async () => (await import('./js/tabs.js')).askTabs()), true);
});

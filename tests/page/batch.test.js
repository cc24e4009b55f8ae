// The batch: studio.md §4 point 3.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MINI, chooseLang, goTo, inState, openForm, suite } from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { newFolder } from './lib/folder.js';
import { created, held, status } from './lib/gateway.js';
import { inEveryLook } from './lib/looks.js';

const shared = suite();
const folder = newFolder('batch');
const prompts = () => shared.gateway.posts.map(({ body }) => JSON.parse(body).prompt);

async function open(text, options = {}) {
  shared.gateway.reset();
  shared.gateway.create = (n) => created(`vid_${n}`);
  shared.gateway.task = (id) => status(id, 'processing', { progress: 5 });
  const page = await openForm(shared, { width: 1440, ...options });
  await show(page);
  if (text) await add(page, text);
  return page;
}
const show = (page) => goTo(page, 'batch');
async function add(page, text) {
  await page.locator('#batch-text').fill(text);
  await page.getByRole('button', { name: 'Add rows' }).last().click();
}
const lines = (...jobs) => jobs.map((job) => JSON.stringify(job)).join('\n');
const many = (n) =>
  lines(...Array.from({ length: n }, (_, i) => ({ id: `s${i + 1}`, ...MINI, prompt: `scene ${i + 1}` })));
const cells = (page, name) => page.locator(`table.batch tbody td.cell-${name}`).allInnerTexts();
const sendButton = (page) => page.locator('#batch-send');
const agree = (page) =>
  page
    .locator('#dialog')
    .getByRole('button', { name: /^Send \d/ })
    .click();
/** Waits until the gateway has received this many creates. */
const posted = (n) => expect.poll(() => shared.gateway.posts.length).toBe(n);
const rowKinds = (page) =>
  page.locator('table.batch tbody tr').evaluateAll((rows) => rows.map((row) => row.className.replace('is-', '')));

test('rows are added on a page that is served without TLS, too', async () => {
  const page = await open(many(1), { init: () => delete Crypto.prototype.randomUUID });
  await expect(page.locator('table.batch tbody tr')).toHaveCount(1);
});

test('NDJSON, a JSON array, CSV with quotes, semicolons and tabs, numbered columns and lengths become rows with verdict and price', async () => {
  const page = await open(
    lines(
      { id: 'a', ...MINI },
      { id: 'b', request: { ...MINI, model: 'seedance2.0-md', duration: 16, resolution: undefined } },
      {
        request: {
          ...MINI,
          model: 'seedance2.0-mini-video',
          duration: 8,
          reference_videos: ['https://a.example/v.mp4'],
        },
        media: { reference_videos: [{ seconds: 3.2 }] },
      },
    ),
  );
  await expect.poll(() => cells(page, 'price')).toStrictEqual(['$0.25', 'No price yet', '$0.55']);
  await expect.poll(() => rowKinds(page)).toStrictEqual(['accepted', 'fix', 'accepted']);
  await expect.poll(async () => (await cells(page, 'result'))[1]).toMatch(/16/);
  await page.locator('.batch-more > summary').click();
  await add(page, JSON.stringify([{ ...MINI, prompt: 'from an array' }]));
  await add(
    page,
    'ID;model;prompt;duration;resolution;image_1;image_2;note\r\nc;seedance2.0-mini;"A ""red"" fox; two\nlines";5;720p;https://a.example/1.png;https://a.example/2.png;x\r\n',
  );
  await add(
    page,
    'model\tprompt\tduration\tresolution\treference_videos\tseconds_1\nseedance2.0-mini-video\tclip\t8\t720p\thttps://a.example/v.mp4\t3.2',
  );
  const { rows } = await page.evaluate(async () => (await import('./js/batch.js')).batch);
  assert.deepEqual(rows[4].body, {
    model: 'seedance2.0-mini',
    prompt: 'A "red" fox; two\nlines',
    duration: 5,
    resolution: '720p',
    images: ['https://a.example/1.png', 'https://a.example/2.png'],
  });
  assert.equal(rows[4].name, 'c');
  await expect.poll(async () => (await cells(page, 'price')).slice(3)).toStrictEqual(['$0.25', '$0.25', '$0.55']);
  for (const [text, words] of [
    ['{"model": 1}\n{oops', /Line 2 is neither a JSON object/],
    ['a,b\n1,2', /names its columns/],
  ]) {
    await add(page, text);
    await expect(page.locator('#batch-error')).toHaveText(words, AS_SHOWN);
  }
});

test('jobs that are nearly JSON are read as they were meant, which is told; what is not JSON is told with its place', async () => {
  const job = JSON.stringify(MINI);
  for (const [lang, meant, place] of [
    ['en', /not quite JSON.*line 1, column \d+: read without the trailing comma/, /invalid JSON at line 2, column \d+/],
    ['zh', /不是严格的 JSON.*第 1 行第 \d+ 列：去掉多余的逗号/, /第 2 行第 \d+ 列不是有效的 JSON/],
  ]) {
    const page = await open('', { lang });
    const told = page.locator('#batch-error');
    const give = async (text) => {
      await page.locator('#batch-text').fill(text);
      await page
        .locator('#batch .strong', { hasText: /^(Add rows|添加)/ })
        .last()
        .click();
    };
    const rows = page.locator('table.batch tbody tr');
    await give(`[\n${job} ${job}`);
    await expect(told).toHaveText(place, AS_SHOWN);
    await give(`{\n"model" "x"}`);
    await expect(told).toHaveText(place, AS_SHOWN);
    await give(`[${job},\n${job}`);
    await expect(told).toHaveText(place, AS_SHOWN);
    await give(`[oops,\n${job}]`);
    await expect(told).toHaveText(
      lang === 'en' ? /invalid JSON at line 1, column 2/ : /第 1 行第 2 列不是有效的 JSON/,
      AS_SHOWN,
    );
    await expect(rows).toHaveCount(0);
    await give(`[${job},${job.replace('}', ',}')},]`);
    await expect(rows).toHaveCount(2);
    await expect(told).toHaveText(meant, AS_SHOWN);
    await give(job.replaceAll('"', '“'));
    await expect(rows).toHaveCount(3);
    const { rows: read } = await page.evaluate(async () => (await import('./js/batch.js')).batch);
    for (const { body } of read) assert.deepEqual(body, MINI);
    await give(`${job}\n{oops`);
    await expect(told).toHaveText(lang === 'en' ? /Line 2 is neither/ : /第 2 行/, AS_SHOWN);
    await give(`${job}\n${job.replace('}', ',}')}`);
    await expect(told).toHaveText(lang === 'en' ? /Line 2 is neither/ : /第 2 行/, AS_SHOWN);
    await page.context().close();
  }
});

test('a file of jobs may be UTF-16, and bytes that are neither are refused, not replaced', async () => {
  const page = await open();
  const inGbk = (before, after) => Buffer.concat([Buffer.from(before), Buffer.from([0xd6, 0xd0]), Buffer.from(after)]);
  const table = 'model,prompt,duration,resolution\nseedance2.0-mini,';
  const added = (bytes, name) =>
    page.evaluate(
      async ([bytes, name]) => {
        await (await import('./js/ledger.js')).loadLedger(); // as the view does before it lets anybody add jobs
        const { addJobs, batch } = await import('./js/batch.js');
        const { error = '' } = addJobs(Uint8Array.from(bytes), name, name)();
        return { error, prompts: batch.rows.map(({ body }) => body.prompt) };
      },
      [[...bytes], name],
    );
  assert.deepEqual(await added(inGbk(table, ',5,720p\n'), 'a.csv'), {
    error: 'Line 2: not UTF-8; save the file as UTF-8',
    prompts: [],
  });
  assert.deepEqual(await added(inGbk('{"model":"seedance2.0-mini","prompt":"', '"}\n'), 'a.ndjson'), {
    error: 'This file is not UTF-8; save it as UTF-8.',
    prompts: [],
  });
  assert.deepEqual(await added(Buffer.from(`\ufeff${table}狐狸,5,720p\n`, 'utf16le'), 'a.csv'), {
    error: '',
    prompts: ['狐狸'],
  });
});

test('a file is imported by its name, which is the project of its videos; the rows are there after a reload', async () => {
  const page = await open();
  const path = join(folder, 'spring.csv');
  writeFileSync(path, '\uFEFFmodel,prompt,duration,resolution\nseedance2.0-mini,A kettle,5,720p\n');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import NDJSON or CSV' }).click(),
  ]);
  await chooser.setFiles(path);
  await page.locator('table.batch').waitFor();
  await page.reload();
  await page.locator('table.batch').waitFor();
  await expect(page.locator('.batch-name input')).toHaveValue('spring');
  await page.evaluate(async () => (await import('./js/secret.js')).setKey('sk_test_0123456789'));
  await sendButton(page).click();
  await agree(page);
  await page.locator('tr.is-sent').waitFor();
  await expect
    .poll(async () => (await inState(page, 'records')).map(({ project }) => project))
    .toStrictEqual(['spring']);
});

test('rows are mended by the core’s fixes, by one value for all that are chosen, and by hand', async () => {
  const page = await open(lines({ ...MINI, duration: 16 }, { ...MINI, prompt: 'two' }));
  await page.locator('tr.is-fix .fix').first().click();
  await expect.poll(() => cells(page, 'price')).toStrictEqual(['$0.75', '$0.25']);
  await page.getByLabel('Choose row 1').uncheck();
  await page.locator('#batch-field').selectOption('duration');
  await page.locator('#batch-value').fill('8');
  await page.getByRole('button', { name: 'Set in chosen rows' }).click();
  await expect.poll(() => cells(page, 'price')).toStrictEqual(['$0.75', '$0.40']);
  await page.getByRole('button', { name: 'Edit row 1' }).click();
  await page.locator('#batch-json').fill(JSON.stringify({ ...MINI, prompt: 'by hand' }));
  await page.getByRole('button', { name: 'Save row' }).click();
  await expect.poll(() => cells(page, 'prompt')).toStrictEqual(['by hand', 'two']);
});

test('a budget in another currency than the prices is not compared, and the question says so', async () => {
  const page = await open(lines(MINI));
  await page.getByLabel('Budget in USD').fill('1.00');
  await page.getByLabel('Budget in USD').blur();
  await page.evaluate(async () =>
    (await import('./js/edits.js')).exchangeBook(
      { currency: '元', prices: { 'seedance2.0-mini-720p': '0.1' } },
      {},
      '-',
    ),
  );
  const said = /The budget of \$1\.00 is in another currency than your prices/;
  await expect(page.locator('.batch-foot')).toHaveText(said, AS_SHOWN);
  await expect(page.getByLabel('Budget in 元')).toHaveValue('');
  await expect(sendButton(page)).toHaveClass(/amber/);
  await sendButton(page).click();
  await expect(page.locator('#dialog')).toHaveText(said, AS_SHOWN);
  await page.keyboard.press('Escape');
  await page.getByLabel('Budget in 元').fill('2');
  await page.getByLabel('Budget in 元').blur();
  await expect(page.locator('.batch-foot')).toHaveText(/1\.50 元 left after this batch/, AS_SHOWN);
});

test('total, budget, and the rows that fit it, in order', async () => {
  const page = await open(
    lines(
      { ...MINI, duration: 5 },
      { ...MINI, duration: 15 },
      { ...MINI, duration: 6 },
      { ...MINI, resolution: '1080p' },
    ),
  );
  const foot = page.locator('.batch-foot');
  await expect(foot).toHaveText(/At least \$1\.30\s+4 of 4 rows[^]*1 row has no known maximum price/, AS_SHOWN);
  await page.getByLabel('Budget in USD').fill('1.00');
  await page.getByLabel('Budget in USD').blur();
  await expect(foot).toHaveText(/exceeds the budget by \$0\.30/, AS_SHOWN);
  await sendButton(page).click();
  await expect(page.locator('#dialog')).toHaveText(/exceeds the budget by \$0\.30/, AS_SHOWN);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Choose what fits' }).click();
  await expect(foot).toHaveText(/\$1\.00\s+2 of 4 rows[^]*\$0\.00 left/, AS_SHOWN);
  await page.getByLabel('Choose row 2').uncheck();
  await expect(foot).toHaveText(/\$0\.25\s+1 of 4 rows[^]*\$0\.75 left/, AS_SHOWN);
  await expect(page.getByRole('button', { name: 'Choose what fits' })).toHaveCount(0);
});

test('one confirmation, one attempt each, journalled; a double click changes nothing', async () => {
  const page = await open(lines({ ...MINI }, { ...MINI, duration: 16 }, { ...MINI, prompt: 'three' }, { ...MINI }));
  await sendButton(page).click();
  await page.locator('#dialog[open]').waitFor();
  const words = await page.locator('#dialog').innerText();
  assert.match(words, /Send 3 requests\?[^]*\$0\.75[^]*1 row is the same as one before it/);
  await expect(page.locator('.batch-list li > :first-child')).toHaveText(['1', '3', '4'], AS_SHOWN);
  await page.keyboard.press('Escape');
  await expect(page.locator('#dialog')).toBeHidden();
  assert.equal(shared.gateway.posts.length, 0);
  await sendButton(page).dblclick();
  await page.locator('#dialog[open]').waitFor();
  await page
    .locator('#dialog')
    .getByRole('button', { name: /^Send \d/ })
    .dblclick();
  await page.waitForFunction(() => document.querySelectorAll('tr.is-sent .pill.following').length === 3);
  assert.deepEqual(prompts(), [MINI.prompt, 'three', MINI.prompt]);
  await expect.poll(async () => (await inState(page, 'records')).length).toBe(3);
  await expect(sendButton(page)).toBeDisabled();
  await expect(page.getByLabel('Choose row 1')).toBeDisabled();
  await page.getByRole('button', { name: 'Show 3' }).click();
  await expect(page.locator('#now .task-prompt')).toHaveText('three');
});

test('a reload in the middle sends nothing by itself, and nothing twice', async () => {
  const page = await open(many(3));
  shared.gateway.create = (n) => (n === 2 ? { ...created('vid_2'), delay: 60_000 } : created(`vid_${n}`));
  await sendButton(page).click();
  await agree(page);
  await posted(2);
  await page.reload();
  await page.locator('tr.is-sent').nth(1).waitFor();
  await page.evaluate(async () => (await import('./js/secret.js')).setKey('sk_test_0123456789'));
  await expect.poll(() => rowKinds(page)).toStrictEqual(['sent', 'sent', 'accepted']);
  await expect.poll(async () => (await cells(page, 'result'))[1]).toMatch(/^Result unknown/);
  await page.waitForTimeout(500);
  assert.equal(shared.gateway.posts.length, 2);
  shared.gateway.create = (n) => created(`vid_${n}`);
  await sendButton(page).click();
  await agree(page);
  await posted(3);
  assert.deepEqual(prompts(), ['scene 1', 'scene 2', 'scene 3']);
});

test('a second tab with the same batch is told that it is being sent, and sends none of it twice', async () => {
  const page = await open(many(3));
  const first = held(created('vid_1'));
  shared.gateway.create = (n) => (n === 1 ? first.given : created(`vid_${n}`));
  const other = await openForm(shared, { context: page.context(), width: 1440 });
  await show(other);
  await other.locator('table.batch').waitFor();
  for (const tab of [page, other]) {
    await sendButton(tab).click();
    await tab.locator('#dialog[open]').waitFor();
  }
  await agree(page);
  await posted(1);
  await agree(other);
  await other.getByText('Another tab is sending this batch.').waitFor();
  first.give();
  await page.locator('tr.is-sent').nth(2).waitFor();
  await other.locator('tr.is-sent').nth(2).waitFor();
  await posted(3);
  assert.deepEqual(prompts(), ['scene 1', 'scene 2', 'scene 3']);
  await expect(sendButton(other)).toBeDisabled();
});

test('it ends at the first unknown outcome, and at a refusal that the next row would meet too; other refusals go on', async () => {
  const page = await open(many(4));
  shared.gateway.create = (n) =>
    n === 1
      ? { status: 400, json: { code: 20002, msg: 'no such style' } }
      : n === 3
        ? { cut: 'before' }
        : created(`vid_${n}`);
  await sendButton(page).click();
  await agree(page);
  await page.getByText('Stopped after row 3').waitFor();
  await expect(page.locator('.batch-send .failure')).toHaveText(/Result unknown: you may have been charged/, AS_SHOWN);
  await page.locator('.batch-send .failure').getByRole('button', { name: 'Show' }).click();
  await expect(page.locator('#now .task-prompt')).toHaveText('scene 3');
  await show(page);
  await expect.poll(() => rowKinds(page)).toStrictEqual(['accepted', 'sent', 'sent', 'accepted']);
  await expect.poll(async () => (await cells(page, 'result'))[0]).toMatch(/no such style/);
  assert.equal(shared.gateway.posts.length, 3);
  shared.gateway.create = () => ({ status: 402, json: { msg: 'insufficient balance' } });
  await sendButton(page).click();
  await agree(page);
  await page.getByText('Stopped after row 1').waitFor();
  await expect(page.locator('.batch-send')).toHaveText(/balance or the key’s quota is too low/, AS_SHOWN);
  assert.equal(shared.gateway.posts.length, 4);
});

test('what was sent as a draft just now is named before it is sent as a row; a row that another tab sent is passed over', async () => {
  const page = await open();
  await page.evaluate(
    async (body) => {
      const { fillFrom } = await import('./js/fill.js');
      (await import('./js/state.js')).changeDraft((draft) => fillFrom(draft, body));
      await (await import('./js/send.js')).send();
    },
    { ...MINI, prompt: 'scene 1' },
  );
  await add(page, many(2));
  await sendButton(page).click();
  await page.locator('#dialog').getByText('1 of them was sent a few minutes ago').waitFor();
  await page.evaluate(async () => {
    const { batch } = await import('./js/batch.js');
    const { write } = await import('./js/journal.js');
    const { state } = await import('./js/state.js');
    const [record] = state.records.values();
    await write({ ...record, attempt: '00000000-0000-4000-8000-000000000001', row: batch.rows[0].id });
  });
  await agree(page);
  await posted(2);
  assert.deepEqual(prompts(), ['scene 1', 'scene 2']);
});

test('without a key nothing is sent, and that is said', async () => {
  const page = await open(many(1), { key: null });
  await sendButton(page).click();
  await page.getByText('There is no API key yet.').waitFor();
  assert.equal(shared.gateway.posts.length, 0);
});

test('rows that are removed or unticked while the batch is being sent are not sent any more', async () => {
  const page = await open(many(4));
  const first = held(created('vid_1'));
  shared.gateway.create = (n) => (n === 1 ? first.given : created(`vid_${n}`));
  await sendButton(page).click();
  await agree(page);
  await posted(1);
  await page.getByLabel('Choose row 2').uncheck();
  await page.getByRole('button', { name: 'Edit row 3' }).click();
  await page.locator('.row-editor').getByRole('button', { name: 'Remove' }).click();
  first.give();
  await posted(2);
  await sendButton(page).waitFor();
  assert.deepEqual(prompts(), ['scene 1', 'scene 4']);
});

test('a default name follows the language, here and in the library; a typed one stays', async () => {
  const page = await open(many(2));
  const name = page.locator('.batch-name input');
  const shown = () => name.evaluate((input) => input.value || input.placeholder);
  assert.equal(await shown(), 'Pasted rows');
  await page.getByLabel('Choose row 2').uncheck();
  await sendButton(page).click();
  await agree(page);
  await page.locator('tr.is-sent').waitFor();
  await page.getByLabel('Budget in USD').fill('1.00');
  await page.getByLabel('Budget in USD').blur();
  await chooseLang(page, 'zh');
  await expect.poll(shown).toBe('粘贴的请求');
  await expect(page.locator('.batch-budget')).toHaveText(/已用 \$0\.25/, AS_SHOWN);
  await expect(page.locator('.side-more dt')).toHaveText(['粘贴的请求']);
  await name.fill('spring');
  await name.blur();
  await chooseLang(page, 'en');
  await expect(name).toHaveValue('spring');
});

test('a batch of 500 is imported and drawn without a wait, in Chinese too', async () => {
  const page = await open(undefined, { lang: 'zh' });
  await page.locator('#batch-text').fill(many(500));
  const took = await page.evaluate(() => {
    const started = performance.now();
    [...document.querySelectorAll('#batch button')].find((b) => b.textContent.trim() === '添加行').click();
    return performance.now() - started;
  });
  await page.locator('table.batch tbody tr').nth(499).waitFor({ state: 'attached' });
  console.log(`# 500 rows: ${Math.round(took)} ms`);
  await expect(page.locator('.batch-foot')).toHaveText(/\$125\.00[^]*将发送 500 行/, AS_SHOWN);
});

test('the batch in every look, empty, mixed, and asking', async () => {
  const page = await open();
  await inEveryLook(page, 'batch-empty');
  await page.locator('#lang-en').click();
  await page.locator('#lang-en[aria-pressed="true"]').waitFor();
  await add(
    page,
    lines(
      { id: 'kettle', ...MINI, prompt: 'Kettle comes to the boil, morning light, close-up', ratio: '16:9' },
      { ...MINI, prompt: 'Lighthouse at dusk, slow aerial shot', duration: 16 },
      {
        ...MINI,
        model: 'seedance2.0-fast-i2v',
        prompt: 'Portrait of Ling, turning to the window',
        images: ['https://a.example/1.png'],
        resolution: '1080p',
      },
      { ...MINI, prompt: 'Dunes at sunset', ratio: '5:4', resolution: '1080p' },
    ),
  );
  await page.getByLabel('Budget in USD').fill('1,000');
  await page.getByLabel('Budget in USD').blur();
  await page.getByText('“1,000” is not an amount').waitFor();
  await page.getByLabel('Budget in USD').fill('0.2');
  await page.getByLabel('Budget in USD').blur();
  await inEveryLook(page, 'batch');
  await page.setViewportSize({ width: 1440, height: 900 });
  await sendButton(page).click();
  await page.locator('#dialog[open]').waitFor();
  await inEveryLook(page, 'batch-confirm', [1440, 390]);
  assert.deepEqual(page.problems, []);
});

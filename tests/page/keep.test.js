// What is stored, exported and imported: points 16, 25–28.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  MINI,
  MINI_VIDEO,
  chooseLang,
  fixturePath,
  importBody,
  openAdd,
  openPanel,
  openTile,
  tilesOf,
  upload,
  inState,
  openForm,
  preview,
  priceHead,
  suite,
  goTo,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { newFolder } from './lib/folder.js';
import { CREATE, created, ok, status } from './lib/gateway.js';

const shared = suite();
/** A file of this many bytes, which takes up no space on the disk. */
const fileOf = (path, bytes) => {
  writeFileSync(path, '');
  truncateSync(path, bytes);
  return path;
};
const CANARY = 'sk_CANARY_7f3a9c21';

test('point 16: the key is nowhere but in memory and in one header to one origin', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { key: null });
  const lines = [];
  page.on('console', (m) => lines.push(m.text()));
  const urls = [];
  page.on('request', (r) => urls.push([r.url(), r.headers().authorization ?? '']));
  await goTo(page, 'connection');
  await page.locator('#key').fill(CANARY);
  await page.getByRole('button', { name: 'Use key' }).click();
  await expect(page.locator('#connection')).toHaveText(/sk_…9c21/, AS_SHOWN);
  await goTo(page, 'compose');
  await importBody(page, MINI);
  await preview(page);
  for (const tab of ['curl (bash)', 'curl (cmd)', 'PowerShell', 'JavaScript', 'Python']) {
    await page.locator('#request').getByRole('button', { name: tab }).click();
    assert.ok(!(await page.locator('#code').textContent()).includes(CANARY));
  }
  await page.locator('#send').click();
  await page.locator('.pill.following').first().waitFor();
  shared.gateway.create = () => ({ status: 401, json: { code: 20001, msg: 'bad key' } });
  await page.locator('#f-prompt').fill('Another');
  await page.locator('#send').click();
  await page.locator('#pay .failure').waitFor();
  const everywhere = () =>
    page.evaluate(async () => {
      const { exportText } = await import('./js/journal.js');
      const dump = (db) =>
        new Promise((resolve) => {
          const request = indexedDB.open(db);
          request.onsuccess = () => {
            const all = request.result.transaction('attempts').objectStore('attempts').getAll();
            all.onsuccess = () => {
              request.result.close();
              resolve(JSON.stringify(all.result));
            };
          };
        });
      return [
        document.documentElement.outerHTML,
        location.href,
        document.cookie,
        JSON.stringify(localStorage),
        exportText(),
        await dump('seedance'),
        JSON.stringify((await import('./js/state.js')).state),
      ].join('\n');
    });
  assert.ok(!(await everywhere()).includes(CANARY));
  assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage)), '{}');
  assert.ok(!lines.some((l) => l.includes(CANARY)));
  for (const [url, header] of urls) {
    assert.ok(!url.includes(CANARY));
    if (header) assert.ok(url.startsWith(shared.gateway.origin) && header === `Bearer ${CANARY}`);
  }
  // The key is kept for this tab only if the user asks for it, and "Forget" clears both copies.
  await page.reload();
  await page.locator('#app').waitFor();
  assert.equal((await inState(page, 'key')).held, false);
  await goTo(page, 'connection');
  await page.locator('#key').fill(CANARY);
  await page.locator('#remember').check();
  await page.getByRole('button', { name: 'Use key' }).click();
  await page.reload();
  await page.locator('#app').waitFor();
  await expect.poll(async () => (await inState(page, 'key')).held).toBe(true);
  assert.ok(!(await everywhere()).includes(CANARY));
  await page.locator('#forget').click();
  await expect.poll(() => page.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}');
  // Changing the origin clears the key and tells the user.
  await page.locator('#key').fill(CANARY);
  await page.getByRole('button', { name: 'Use key' }).click();
  await page.locator('#origin').fill('http://192.168.1.5');
  await page.locator('#origin').blur();
  await page.getByText('not safe for a key').waitFor();
  assert.equal((await inState(page, 'key')).held, true);
  await page.locator('#origin').fill('https://nowhere.invalid');
  await page.locator('#origin').blur();
  await page.getByText('the key was removed').waitFor();
  await expect.poll(async () => (await inState(page, 'key')).held).toBe(false);
});

test('point 25: the bar moves, cancel aborts, the link lands in its slot with its measured length', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { limit: '' });
  await importBody(page, { ...MINI_VIDEO, reference_videos: undefined });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 8 * 1024 * 1024,
  });
  const big = fileOf(join(newFolder('form'), 'big.mp4'), 40 * 1024 * 1024);
  await page.evaluate(() => {
    window.seen = new Set();
    new MutationObserver(() => {
      const bar = document.querySelector('.upload progress');
      if (bar) window.seen.add(bar.value);
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await upload(page, big);
  await page.waitForFunction(() => window.seen.size >= 3);
  await page.locator('.upload').getByRole('button', { name: 'Cancel' }).click();
  await page.waitForFunction(() => !document.querySelector('.upload'));
  assert.ok(shared.gateway.uploadedBytes < 40 * 1024 * 1024);
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  shared.gateway.upload = () =>
    ok({ url: 'https://files.example/uploaded.mp4', filename: 'ref.mp4', size: 1, mime_type: 'video/mp4' });
  await upload(page, fixturePath('h264-3.20.mp4'));
  await tilesOf(page, 'reference_videos').waitFor();
  await openTile(page, 'reference_videos');
  await expect(page.locator('#tile-url')).toHaveValue('https://files.example/uploaded.mp4');
  await expect(page.locator('.facts')).toHaveText(/3\.20 s/, AS_SHOWN);
  await expect.poll(() => priceHead(page)).toBe('$0.55');
});

test('point 25: a file that the player cannot play is read from its boxes, within the page’s policy', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, {
    init: () => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (e) =>
        window.violations.push(`${e.violatedDirective} ${e.blockedURI}`),
      );
    },
  });
  await importBody(page, { ...MINI_VIDEO, reference_videos: undefined });
  shared.gateway.upload = () => ok({ url: 'https://files.example/uploaded.mp4' });
  await upload(page, fixturePath('hevc-3.00.mp4'));
  await tilesOf(page, 'reference_videos').waitFor();
  await openTile(page, 'reference_videos');
  await expect(page.locator('.facts')).toHaveText(/3\.00 s/, AS_SHOWN);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
});

test('point 25: too big or of the wrong type is refused before any byte, 403 is explained', async () => {
  shared.gateway.reset();
  shared.gateway.uploadedBytes = 0;
  const page = await openForm(shared);
  await importBody(page, { model: 'seedance2.0-md', prompt: 'x', duration: 5 });
  const folder = newFolder('form');
  const file = (name, bytes) => fileOf(join(folder, name), bytes);
  await upload(page, file('huge.mp4', 101 * 1024 * 1024));
  await page.getByText('101.0 MB is too big').waitFor();
  await upload(page, file('drawing.svg', 10));
  await page.locator('#tile').getByText('this file type is not accepted here').waitFor();
  await upload(page, file('moving.gif', 10));
  await page.locator('#tile .finding').filter({ hasText: /gif/i }).waitFor();
  assert.equal(shared.gateway.uploadedBytes, 0);
  shared.gateway.upload = () => ({ status: 403, json: { msg: 'forbidden' } });
  await upload(page, fixturePath('picture.png'));
  await page
    .locator('#tile')
    .getByText(/key is missing or wrong, or the balance is used up/)
    .waitFor();
});

test('point 26: curl, JavaScript and Python run as they are and send the very bytes of the preview', async () => {
  shared.gateway.reset();
  const page = await openForm(shared);
  await importBody(page, { ...MINI, prompt: 'It\'s $HOME `x` \\ "quoted"\n第二行 😀 """ end' });
  const shown = await preview(page);
  const folder = newFolder('form');
  const programs = {
    'curl (bash)': ['bash', 'create.sh'],
    JavaScript: [process.execPath, 'create.mjs'],
    Python: ['python3', 'create.py'],
  };
  let n = 0;
  for (const [tab, [program, name]] of Object.entries(programs)) {
    await page.locator('#request').getByRole('button', { name: tab }).click();
    const code = await page.locator('#code').textContent();
    assert.ok(!code.includes('sk_'));
    writeFileSync(join(folder, name), code);
    const child = spawn(program, [join(folder, name)], {
      env: { ...process.env, JIMMYAI_API_KEY: 'sk_from_env', no_proxy: '*' },
      stdio: 'ignore',
    });
    await new Promise((resolve) => child.on('exit', resolve));
    const post = shared.gateway.posts[n];
    assert.ok(post, tab);
    assert.equal(post.body, shown, tab);
    assert.equal(post.headers.authorization, 'Bearer sk_from_env', tab);
    assert.match(post.headers['content-type'], /^application\/json/);
    n += 1;
  }
  assert.equal(execFileSync('bash', ['-n', join(folder, 'create.sh')]).toString(), '');
});

/** All that a page shows, has in its fields and keeps. */
const everythingIn = (page) =>
  page.evaluate(
    async () =>
      document.documentElement.outerHTML +
      [...document.querySelectorAll('input, textarea')].map(({ value }) => value) +
      JSON.stringify(localStorage) +
      JSON.stringify(sessionStorage) +
      JSON.stringify((await import('./js/state.js')).state),
  );

test('point 27: a pasted curl with a key fills the form; the key is stripped, unknown fields are listed and kept out', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { key: null });
  const command = `curl -X POST 'https://www.jimmyai.cn${CREATE}' \\\n  -H 'Authorization: Bearer ${CANARY}' \\\n  -H "Content-Type: application/json" \\\n  -d '${JSON.stringify({ ...MINI, prompt: 'Don’t stop', seed: 7 })}'`;
  await openPanel(page, 'import');
  await page.locator('#import-text').fill(command);
  await page.getByText('The text contained a key').waitFor();
  assert.ok(!(await page.locator('#import-text').inputValue()).includes(CANARY));
  await expect(page.locator('#import-left')).toHaveText(/seed/, AS_SHOWN);
  await expect(page.locator('#import-findings [data-rule="unknown-field"]')).toHaveCount(1);
  await page.locator('#import-fill').click();
  await expect.poll(async () => JSON.parse(await preview(page))).toStrictEqual({ ...MINI, prompt: 'Don’t stop' });
  await page.waitForFunction(() => localStorage.getItem('seedance.draft')?.includes('Don’t stop'));
  assert.ok(!(await everythingIn(page)).includes(CANARY));
});

/** A paste or drop of this text, as Chromium makes it. */
const fire = (target, kind, text) =>
  target.evaluate(
    (node, [type, words]) => {
      const data = new DataTransfer();
      data.setData('text/plain', words);
      const more = { bubbles: true, cancelable: true };
      document.activeElement.blur();
      node.dispatchEvent(
        type === 'paste'
          ? new ClipboardEvent(type, { clipboardData: data, ...more })
          : new DragEvent(type, { dataTransfer: data, ...more }),
      );
    },
    [kind, text],
  );

test('points 16 and 27: a request pasted beside the fields, into the prompt or among the links is imported, and its key goes nowhere', async () => {
  const url = `https://api.example${CREATE}`;
  const sent = JSON.stringify({ ...MINI, images: ['https://media.example/a.png'] });
  const header = `-H "Authorization: Bearer ${CANARY}"`;
  const requests = {
    'curl on one line': `curl -X POST ${url} ${header} -d '${sent}'`,
    'curl on several lines': `curl -X POST \\\n  ${url} \\\n  ${header} \\\n  -d '${sent}'`,
    'a program': `requests.post("${url}", headers={"Authorization": "Bearer ${CANARY}"}, json=${sent})`,
    'JSON with a comma too many': `{"request": ${sent.replace('}', ',}')}, "headers": {"x-api-key": "${CANARY}"}}`,
    'a raw request': `POST ${url} HTTP/1.1\nAuthorization: Bearer ${CANARY}\n\n${sent}`,
  };
  const ways = {
    'pasted beside the fields': (page, text) => fire(page.locator('body'), 'paste', text),
    'pasted into the prompt': (page, text) => fire(page.locator('#f-prompt'), 'paste', text),
    'dropped on the page': (page, text) => fire(page.locator('#stage'), 'drop', text),
    'pasted among the links': (page, text) => openAdd(page).then(() => fire(page.locator('#add-links'), 'paste', text)),
    'typed among the links': async (page, text) => {
      await openAdd(page);
      await page.locator('#add-links').fill(text);
      await page.locator('#add-links').press('Enter');
    },
  };
  for (const [what, text] of Object.entries(requests))
    for (const [how, give] of Object.entries(ways)) {
      const page = await openForm(shared, { key: null });
      const asked = [];
      page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
      await give(page, text);
      await expect(page.locator('#import-panel'), `${what}, ${how}`).toHaveAttribute('open');
      await page.getByText('The text contained a key').waitFor();
      if (!what.includes('raw')) {
        await page.locator('#import-fill').click();
        await expect.poll(async () => JSON.parse(await preview(page))).toStrictEqual(JSON.parse(sent));
      }
      await page.locator('#f-prompt').pressSequentially('.');
      await page.waitForFunction(() => localStorage.getItem('seedance.drafts')?.includes('.'));
      assert.ok(!(await everythingIn(page)).includes(CANARY), `${what}, ${how}`);
      assert.deepEqual(
        asked.filter((address) => address.includes(CANARY) || address.includes('api.example')),
        [],
        `${what}, ${how}`,
      );
      await page.close();
    }
});

test('a link with white space in it is neither shown nor measured before it is mended', async () => {
  const page = await openForm(shared, { key: null });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await openAdd(page);
  for (const link of [
    'https://media.example/my fox.png',
    'https://media.example/my fox.mp4',
    'https://media.example/a.png',
  ]) {
    await page.locator('#add-links').fill(link);
    await page.locator('#add-links').press('Enter');
  }
  await expect(page.locator('#media .item')).toHaveCount(3);
  await expect
    .poll(() => asked.filter((address) => address.includes('media.example')))
    .toStrictEqual(['https://media.example/a.png']);
});

test('a pasted curl that sends a file says which, and fills nothing', async () => {
  const page = await openForm(shared, { key: null });
  await openPanel(page, 'import');
  await page.locator('#import-text').fill(`curl 'https://www.jimmyai.cn${CREATE}' -d @shots/one.json`);
  await expect(page.locator('#import-file')).toHaveText(
    'The command sends the file shots/one.json: paste the file’s content instead.',
    AS_SHOWN,
  );
  await expect(page.locator('#import-fill')).toBeDisabled();
});

test('point 27: shell words are read as a shell reads them', async () => {
  const page = await openForm(shared, { key: null });
  const words = [
    "curl 'a b' \"c \\\"d\\\" \\$e\" f\\ g $'h\\n\\'i' 'it'\\''s' \\\n last",
    ['curl', 'a b', 'c "d" $e', 'f g', "h\n'i", "it's", 'last'],
  ];
  assert.deepEqual(
    await page.evaluate(async (text) => (await import('./js/curl.js')).shellWords(text), words[0]),
    words[1],
  );
  const shell = execFileSync('bash', ['-c', `for w in ${words[0].slice(5)}; do printf '%s\\0' "$w"; done`])
    .toString()
    .split('\0')
    .slice(0, -1);
  assert.deepEqual(shell, words[1].slice(1));
});

test('point 28: a price that is being typed outlives whatever happens meanwhile', async () => {
  const page = await openForm(shared);
  await goTo(page, 'prices');
  const meanwhile = () => page.evaluate(async () => (await import('./js/state.js')).update());
  const price = page.locator('#price-seedance2\\.0-md');
  await price.fill('0.3x');
  await meanwhile();
  await expect(price).toHaveValue('0.3x');
  await price.blur();
  await expect(page.locator('#book-error')).toHaveText(/“0\.3x” is not a price/, AS_SHOWN);
  await expect(price).toHaveValue('0.3x');
  await price.fill('0.31');
  await price.blur();
  await expect(page.locator('#book-error')).toHaveCount(0);
  const currency = page.locator('#prices input.short').first();
  await currency.fill('EU');
  await meanwhile();
  await expect(currency).toHaveValue('EU');
  await currency.fill('EUR');
  await currency.blur();
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('seedance.book')));
  assert.deepEqual([kept.currency, kept.prices['seedance2.0-md']], ['EUR', '0.31']);
  await goTo(page, 'connection');
  for (const [id, text] of [
    ['#limit', '1.'],
    ['#origin', 'https://elsewhere.exam'],
  ]) {
    await page.locator(id).fill(text);
    await meanwhile();
    await expect(page.locator(id)).toHaveValue(text);
  }
});

test('point 28: prices are called old from the same day on beside the price and in the book', async () => {
  const day = 86_400_000;
  const [today, labelled] = [
    Date.UTC(2026, 10, 22, 12),
    (age) => new Date(Date.UTC(2026, 10, 22) - age * day).toISOString().slice(0, 10),
  ];
  const page = await openForm(shared, { clock: today });
  await importBody(page, MINI);
  for (const [age, old] of [
    [30, false],
    [31, true],
  ]) {
    await page.evaluate(
      async (as_of) =>
        (await import('./js/book.js')).takeBook({
          currency: 'USD',
          as_of,
          prices: { 'seedance2.0-mini-720p': '0.05' },
        }),
      labelled(age),
    );
    for (const [view, place] of [
      ['compose', '#price'],
      ['prices', '#prices'],
    ]) {
      await goTo(page, view);
      await page.evaluate(async () => (await import('./js/state.js')).update());
      const says = expect(page.locator(place), `${age} days in ${view}`);
      await (old ? says : says.not).toHaveText(/days old/, AS_SHOWN);
    }
  }
});

test('point 28: price books: import, errors by entry, currencies apart, age, exact sums', async () => {
  shared.gateway.reset();
  shared.gateway.create = (n) => created(`vid_${n}`);
  shared.gateway.task = (id) => status(id, 'queued');
  const page = await openForm(shared, { book: null });
  await importBody(page, MINI);
  await goTo(page, 'prices');
  await expect(page.locator('#book-missing')).toHaveText(/seedance2\.0-mini-720p/, AS_SHOWN);
  const take = async (text) => {
    await page.locator('#book-text').fill(text);
    await page.locator('#book-take').click();
  };
  await take('{ "currency": "USD", "prices": {');
  await expect(page.locator('#book-error')).toHaveText(/\S/, AS_SHOWN);
  await take('{ "currency": "USD", "prices": { "seedance2.0-mini-720p": "-1" } }');
  await expect(page.locator('#book-error')).toHaveText(/seedance2\.0-mini-720p/, AS_SHOWN);
  await chooseLang(page, 'zh');
  await take('{ "currency": "USD", "prices": { "seedance2.0-mini-720p": "0,05" } }');
  await expect(page.locator('#book-error')).toHaveText(/价格表：[^`]*0,05 不是有效的价格/, AS_SHOWN);
  await chooseLang(page, 'en');
  await take('seedance2.0-mini-720p 0.05\nseedance2.0-md 0.30 extra');
  await expect(page.locator('#book-error')).toHaveText(/Row 2/, AS_SHOWN);
  await take(
    '{ "currency": "元", "as_of": "2020-01-01", "prices": { "seedance2.0-mini-720p": "0.02", "seedance2.0-mini-72p": "1" } }',
  );
  await expect(page.locator('#book-error')).toHaveCount(0);
  await expect(page.locator('#prices')).toHaveText(/days old/, AS_SHOWN);
  await expect(page.locator('#prices .finding.warning')).toHaveText(/seedance2\.0-mini-72p/, AS_SHOWN);
  await goTo(page, 'compose');
  await expect.poll(() => priceHead(page)).toBe('0.10 元');
  await expect(page.locator('#price')).toHaveText(/days old/, AS_SHOWN);
  await page.locator('#send').click();
  await page.locator('.pill.following').first().waitFor();
  const again = async (prompt) => {
    await page.locator('#f-prompt').fill(prompt);
    await page.locator('#send').click();
  };
  await page.evaluate(async () =>
    (await import('./js/book.js')).takeBook({
      currency: 'USD',
      prices: { 'seedance2.0-mini-720p': '0.02', 'seedance2.0-mini-480p': '0.04' },
    }),
  );
  await again('two');
  await expect.poll(async () => (await inState(page, 'records')).length).toBe(2);
  await page.locator('#f-resolution').selectOption('480p');
  await again('three');
  await expect.poll(async () => (await inState(page, 'records')).length).toBe(3);
  await goTo(page, 'library');
  await page.locator('.side-more > summary').click();
  const totals = page.locator('.side-more dl');
  await expect(totals).toHaveText(/0\.10 元/, AS_SHOWN);
  await expect(totals).toHaveText(/\$0\.30(?!\d)/, AS_SHOWN); // 0.10 + 0.20, without floating-point noise
  await goTo(page, 'prices');
  await page.locator('#price-seedance2\\.0-md').fill('abc');
  await page.locator('#price-seedance2\\.0-md').blur();
  await expect(page.locator('#book-error')).toHaveText(/Row seedance2\.0-md: “abc” is not a price/, AS_SHOWN);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#prices').getByRole('button', { name: 'Export' }).click(),
  ]);
  assert.equal(JSON.parse(readFileSync(await file.path(), 'utf8')).currency, 'USD');
});

const paste = async (page, text) => {
  await openPanel(page, 'import');
  await page.locator('#import-text').fill(text);
};
const KEY_NOTE = {
  en: 'The text contained a key. It was discarded and is not stored.',
  zh: '粘贴的内容含有密钥，已丢弃，不会保存。',
};

for (const lang of ['en', 'zh'])
  test(`a key in pasted JSON is told of and gone (${lang})`, async () => {
    const page = await openForm(shared, { key: null, lang });
    await paste(page, JSON.stringify({ request: MINI, headers: { 'X-Api-Key': CANARY } }));
    await expect(page.locator('#import .warn-box')).toHaveText(KEY_NOTE[lang], AS_SHOWN);
    await paste(page, JSON.stringify({ ...MINI, api_key: CANARY }));
    await expect(page.locator('#import .warn-box')).toHaveText(KEY_NOTE[lang], AS_SHOWN);
    const everything = await page.evaluate(
      async () => document.documentElement.outerHTML + JSON.stringify((await import('./js/state.js')).state),
    );
    assert.ok(!everything.includes(CANARY));
    assert.ok(!(await page.locator('#import-text').inputValue()).includes(CANARY));
  });

const NEARLY = `Here it is:\n\`\`\`json\n{“model”: “seedance2.0-mini”, // the cheap one\n "prompt": "A fox", "duration": 5,}\n\`\`\``;
const MEANT = {
  en: [
    'This is not quite JSON. It was read as it was meant:',
    [
      'line 1, column 1: read without the fence around it',
      'line 3, column 2: read “ (U+201C) as "',
      'line 3, column 8: read ” (U+201D) as "',
      'line 3, column 31: read without its comments',
      'line 4, column 34: read without the trailing comma',
    ],
  ],
  zh: ['这不是严格的 JSON，已按原意读取：', null],
};
test('what is nearly JSON is offered as it was meant, with what was changed, in the language that is chosen', async () => {
  const page = await openForm(shared);
  await paste(page, NEARLY);
  await page.locator('#import-meant').waitFor();
  for (const lang of ['en', 'zh']) {
    await page.locator(`#lang-${lang}`).click();
    const [words, changes] = MEANT[lang];
    await expect(page.locator('#import')).toContainText(words);
    if (changes) await expect(page.locator('#import-meant li')).toHaveText(changes, AS_SHOWN);
    else await expect(page.locator('#import-meant li').first()).toHaveText(/第 1 行/, AS_SHOWN);
  }
  assert.equal(await page.locator('#import-text').inputValue(), NEARLY);
  await page.locator('#import-fill').click();
  await expect
    .poll(async () => JSON.parse(await preview(page)))
    .toStrictEqual({ model: 'seedance2.0-mini', prompt: 'A fox', duration: 5 });
});

test('what is pasted before the ledger has come keeps its key’s note, its file and its media once it has', async () => {
  for (const [text, shown] of [
    [`curl -u ${CANARY} https://x -d @body.json`, /body\.json/],
    [
      JSON.stringify({ request: MINI_VIDEO, media: { reference_videos: [{ seconds: 3 }] }, 'api-key': CANARY }),
      /\$0\.55/,
    ],
    [`Use {'model': 'seedance2.0-mini', 'prompt': 'A fox', 'duration': 5, 'api_key': '${CANARY}'}`, /as it was meant/],
    [JSON.stringify({ content: [{ type: 'text', text: 'A fox' }], api_key: CANARY }), /a request of Ark/],
  ]) {
    const page = await openForm(shared, { key: null });
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route('**/pkg/ledger.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await paste(page, text);
    await expect(page.locator('#import .warn-box')).toHaveText(KEY_NOTE.en, AS_SHOWN);
    release();
    await page.waitForFunction(async () => (await import('./pkg/ledger.js')).isReady());
    await expect(page.locator('#import')).toHaveText(shown, AS_SHOWN);
    await expect(page.locator('#import .warn-box')).toHaveText(KEY_NOTE.en, AS_SHOWN);
    assert.ok(!(await page.locator('#import-text').inputValue()).includes(CANARY));
    await page.close();
  }
});

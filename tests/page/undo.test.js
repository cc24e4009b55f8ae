// What is removed or replaced can be taken back, an undo takes nothing else back, and no tab overwrites what another one kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BOOK,
  MINI,
  fixturePath,
  goTo,
  importBody,
  inState,
  openAdd,
  openForm,
  openTile,
  suite,
  tilesOf,
  upload,
} from './lib/browser.js';
import { AS_SHOWN, expect } from './lib/expect.js';
import { held, ok } from './lib/gateway.js';

const shared = suite();
const prices = async (page) => (await inState(page, 'book')).prices;
const kept = (page, name) => page.evaluate((key) => JSON.parse(localStorage.getItem(`seedance.${key}`)), name);
const undoButton = (page) => page.locator('#toast').getByRole('button', { name: 'Undo' });

/** Opens the form with two drafts, both of which are kept; the second is shown. */
async function openWithTwoDrafts() {
  const page = await openForm(shared);
  await importBody(page, MINI);
  await page.locator('#draft-new').click();
  await page.locator('#f-prompt').fill('second');
  await expect.poll(async () => (await kept(page, 'drafts'))?.list.at(-1).draft.prompt).toBe('second');
  return page;
}
async function importPrices(page, text) {
  await goTo(page, 'prices');
  await page.locator('#book-text').fill(text);
  await page.locator('#book-take').click();
}
async function typePrice(page, name, price) {
  const field = page.locator(`[id="price-${name}"]`);
  await field.fill(price);
  await field.blur();
}

test('an import of prices can no longer be undone once the book was edited, and the edit stays', async () => {
  const page = await openForm(shared);
  await importBody(page, MINI); // an older action, which Undo must not take for the import
  await importPrices(page, 'seedance2.0-mini-720p 0.06');
  await undoButton(page).waitFor();
  await typePrice(page, 'seedance2.0-std', '0.99');
  const edited = { ...BOOK.prices, 'seedance2.0-mini-720p': '0.06', 'seedance2.0-std': '0.99' };
  await expect.poll(() => prices(page)).toStrictEqual(edited);
  await expect(undoButton(page)).toHaveCount(0);
  await page.keyboard.press('Alt+Z');
  assert.deepEqual(await prices(page), edited);
  await importPrices(page, 'seedance2.0-md 0.31');
  await importPrices(page, 'seedance2.0-md 0.32');
  await undoButton(page).click(); // the last import, then the one before it
  await expect.poll(async () => (await prices(page))['seedance2.0-md']).toBe('0.31');
  await page.keyboard.press('Alt+Z');
  await expect.poll(() => prices(page)).toStrictEqual(edited);
});

test('the note of an action that can be undone goes with the next action, so that its Undo never takes back another', async () => {
  const page = await openForm(shared);
  await importPrices(page, 'seedance2.0-mini-720p 0.06');
  await undoButton(page).waitFor();
  await page.evaluate(async () => (await import('./js/state.js')).chooseModel('seedance2.0-md'));
  await expect(undoButton(page)).toHaveCount(0, { timeout: 2000 }); // sooner than it goes by itself
});

test('a removed row of a batch comes back to its place, after a reload too', async () => {
  const page = await openForm(shared, { width: 1440 });
  await goTo(page, 'batch');
  await page
    .locator('#batch-text')
    .fill(['one', 'two', 'three'].map((prompt) => JSON.stringify({ ...MINI, prompt })).join('\n'));
  await page.getByRole('button', { name: 'Add rows' }).click();
  const rows = () => page.locator('table.batch tbody td.cell-prompt').allInnerTexts();
  await page.getByRole('button', { name: 'Edit row 2' }).click();
  await page.locator('.row-editor').getByRole('button', { name: 'Remove' }).click();
  await expect.poll(rows).toStrictEqual(['one', 'three']);
  await page.getByLabel('Choose row 1').uncheck(); // stays unticked
  await undoButton(page).click();
  await expect.poll(rows).toStrictEqual(['one', 'two', 'three']);
  await page.reload();
  await expect.poll(rows).toStrictEqual(['one', 'two', 'three']);
  await expect(page.getByLabel('Choose row 1')).not.toBeChecked();
});

test('a fix, a value for many rows and a request typed by hand can be undone, and what was changed again since stays', async () => {
  const page = await openForm(shared, { width: 390, height: 844 });
  await page.locator('#draft-new').waitFor();
  await page.evaluate(async () => (await import('./js/pages.js')).goTo('batch'));
  const jobs = [{ ...MINI, duration: 16 }, MINI, { ...MINI, resolution: '480p' }];
  await page.locator('#batch-text').fill(jobs.map((job) => JSON.stringify(job)).join('\n'));
  await page.getByRole('button', { name: 'Add rows' }).click();
  const bodies = async (name) => (await kept(page, 'batch')).rows.map(({ body }) => body[name]);
  await page.locator('tr.is-fix .fix').first().click();
  await expect.poll(() => bodies('duration')).toStrictEqual([15, 5, 5]);
  await expect(page.locator('#toast')).toHaveText(/^Set the duration to 15 s/, AS_SHOWN);
  const [note, foot] = await Promise.all(['#toast', '.batch-foot'].map((part) => page.locator(part).boundingBox()));
  assert.ok(note.y + note.height <= foot.y, JSON.stringify({ note, foot }));
  await undoButton(page).click();
  await expect.poll(() => bodies('duration')).toStrictEqual([16, 5, 5]);

  await page.locator('#batch-field').selectOption('resolution');
  await page.locator('#batch-value').fill('1080p');
  await page.getByRole('button', { name: 'Set in chosen rows' }).click();
  await expect(page.locator('#toast')).toHaveText(/^Set in 3 rows\./, AS_SHOWN);
  await page.getByLabel('Choose row 3').uncheck(); // another change, of the row and not of its request
  // What another tab keeps is read anew.
  await page.evaluate(() => dispatchEvent(new StorageEvent('storage', { key: 'seedance.batch' })));
  await undoButton(page).click();
  await expect.poll(() => bodies('resolution')).toStrictEqual(['720p', '720p', '480p']);

  await page.getByRole('button', { name: 'Edit row 2' }).click();
  await page.locator('#batch-json').fill(JSON.stringify({ ...MINI, prompt: 'by hand' }));
  await page.getByRole('button', { name: 'Save row' }).click();
  await expect.poll(async () => (await bodies('prompt'))[1]).toBe('by hand');
  await undoButton(page).click();
  await expect.poll(async () => (await bodies('prompt'))[1]).toBe(MINI.prompt);
});

test('a removed preset or snippet comes back, and what was saved meanwhile stays; a preset that is replaced comes back, too', async () => {
  const page = await openForm(shared);
  await importBody(page, MINI);
  const savePreset = (name) => page.evaluate(async (own) => (await import('./js/drafts.js')).keepPreset(own), name);
  const names = async (kind) => (await inState(page, kind)).map(({ name }) => name);
  await savePreset('a');
  await savePreset('b');
  await page.locator('#draft-menu > summary').click();
  await page.getByRole('button', { name: 'Remove “a”' }).click();
  await expect.poll(() => names('presets')).toStrictEqual(['b']);
  await savePreset('c');
  await undoButton(page).click();
  await expect.poll(() => names('presets')).toStrictEqual(['a', 'b', 'c']);
  assert.deepEqual(
    (await kept(page, 'presets')).map(({ name }) => name),
    ['a', 'b', 'c'],
  );
  await page.locator('#f-prompt').fill('Another');
  await savePreset('b');
  await expect(page.locator('#toast')).toHaveText(/^“b” was replaced\./, AS_SHOWN);
  await undoButton(page).click();
  await expect
    .poll(async () => (await kept(page, 'presets')).find(({ name }) => name === 'b').draft.prompt)
    .toBe(MINI.prompt);
  await expect(undoButton(page)).toHaveCount(0, { timeout: 2000 }); // the undo is none that can be undone: older ones are next

  await page.locator('#f-prompt').fill('slow aerial shot');
  await page.locator('#snippet-menu > summary').click();
  await page.locator('#snippet-keep').click();
  await page.getByRole('button', { name: 'Remove “slow aerial shot”' }).click();
  await expect.poll(() => kept(page, 'snippets')).toStrictEqual([]);
  await undoButton(page).click();
  await expect.poll(() => kept(page, 'snippets')).toStrictEqual([{ name: 'slow aerial shot' }]);
});

test('a closed draft comes back, and what was typed into another one meanwhile stays', async () => {
  const page = await openForm(shared);
  await importBody(page, MINI);
  await page.locator('#draft-new').click();
  await page.locator('#f-prompt').fill('second');
  await page.getByRole('button', { name: `Close “${MINI.prompt}”` }).click();
  await page.locator('#f-prompt').fill('second, and more');
  await undoButton(page).click();
  await expect(page.locator('.draft-tab')).toHaveText([MINI.prompt, 'second, and more'], AS_SHOWN);
  await expect(page.locator('#f-prompt')).toHaveValue('second, and more');
});

test('a closed draft comes back after another one was chosen, and an undo there takes back nothing of this one', async () => {
  const page = await openForm(shared);
  await page.locator('#draft-new').waitFor();
  for (const prompt of ['first', 'second', 'third']) {
    if (prompt !== 'first') await page.locator('#draft-new').click();
    await page.locator('#f-prompt').fill(prompt);
  }
  await importBody(page, { ...MINI, prompt: 'third, filled in' });
  await page.getByRole('button', { name: 'Close “first”' }).click();
  await page.locator('.draft-tab', { hasText: 'second' }).click();
  await undoButton(page).click();
  await expect(page.locator('.draft-tab')).toHaveText(['first', 'second', 'third, filled in'], AS_SHOWN);
  await page.keyboard.press('Alt+Z'); // what was filled in is no longer shown
  await expect(page.locator('#f-prompt')).toHaveValue('second');
  await page.locator('.draft-tab', { hasText: 'third' }).click();
  await expect(page.locator('#f-prompt')).toHaveValue('third, filled in');
});

test('a note whose undo is gone with its draft has no Undo, which would take back an older action', async () => {
  const page = await openForm(shared);
  await importBody(page, MINI);
  await page.locator('#draft-new').click();
  await page.locator('#f-prompt').fill('second');
  await page.getByRole('button', { name: `Close “${MINI.prompt}”` }).click();
  await page.locator('#draft-new').click();
  await importBody(page, { ...MINI, prompt: 'third' });
  await undoButton(page).waitFor();
  await page.locator('.draft-tab', { hasText: 'second' }).click();
  await expect(undoButton(page)).toHaveCount(0, { timeout: 2000 }); // sooner than it goes by itself
  await page.keyboard.press('Alt+Z');
  await expect(page.locator('.draft-tab')).toHaveText([MINI.prompt, 'second', 'third'], AS_SHOWN);
});

test('each draft stays as it was if the page is reloaded after another one was chosen and nothing was changed', async () => {
  const page = await openWithTwoDrafts();
  await page.locator('.draft-tab').first().click();
  await page.reload();
  await expect(page.locator('.draft-tab')).toHaveText([MINI.prompt, 'second'], AS_SHOWN);
  await expect(page.locator('#f-prompt')).toHaveValue(MINI.prompt);
});

test('drafts of an earlier version of the page, which kept the open one’s ID beside the list, are read', async () => {
  const page = await openWithTwoDrafts();
  const other = await openForm(shared, {
    context: page.context(),
    init: () => {
      const { list } = JSON.parse(localStorage.getItem('seedance.drafts'));
      const draft = { ...list[0].draft, prompt: 'first, and more' };
      localStorage.setItem('seedance.draft', JSON.stringify(draft));
      localStorage.setItem('seedance.drafts', JSON.stringify({ list, open: list[0].id }));
    },
  });
  await expect(other.locator('.draft-tab')).toHaveText(['first, and more', 'second'], AS_SHOWN);
  await expect(other.locator('#f-prompt')).toHaveValue('first, and more');
});

test('two tabs: a draft that one changes in the background replaces none that is open in the other', async () => {
  const page = await openWithTwoDrafts();
  const other = await openForm(shared, { context: page.context() });
  await other.locator('.draft-tab').first().click();
  await expect(other.locator('#f-prompt')).toHaveValue(MINI.prompt);
  await page.evaluate(async () =>
    (await import('./js/state.js')).update((s) => {
      const [first, second] = s.drafts;
      s.drafts = [{ ...first, draft: { ...first.draft, prompt: 'first, and more' } }, second]; // as by an upload
    }),
  );
  await expect(other.locator('#f-prompt')).toHaveValue('first, and more');
  await expect.poll(async () => (await kept(other, 'draft')).prompt).toBe('first, and more');
  await page.reload();
  await expect(page.locator('.draft-tab')).toHaveText(['first, and more', 'second'], AS_SHOWN);
});

test('what was typed just before another draft was opened stays, though another tab keeps its drafts at that moment', async () => {
  const page = await openWithTwoDrafts();
  await page.evaluate(async () => {
    const { state, update } = await import('./js/state.js');
    update((s) => {
      s.draft.prompt = 'second, and more';
    });
    (await import('./js/drafts.js')).switchTo(state.drafts[0].id);
    dispatchEvent(new StorageEvent('storage', { key: 'seedance.drafts' }));
  });
  await expect(page.locator('.draft-tab')).toHaveText([MINI.prompt, 'second, and more'], AS_SHOWN);
});

test('a file that is uploaded lands in the draft for which it was chosen, whichever is open then', async () => {
  shared.gateway.reset();
  const page = await openForm(shared);
  await importBody(page, MINI);
  const answer = held(ok({ url: 'https://files.example/a.png' }));
  shared.gateway.upload = () => answer.given;
  await upload(page, [fixturePath('picture.png')]);
  await page.locator('#tiles .upload').waitFor();
  await page.locator('#draft-new').click();
  await expect(page.locator('#tiles .upload')).toHaveCount(0);
  await page.locator('#f-prompt').fill('another draft');
  answer.give();
  await expect.poll(async () => (await inState(page, 'uploads')).length).toBe(0);
  assert.deepEqual((await inState(page, 'draft')).images, []);
  await page.locator('.draft-tab').first().click();
  await expect(tilesOf(page, 'images')).toHaveCount(1);
});

test('a request that is refused after its draft was left does not say so in the bar of another draft', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { width: 1440 });
  await importBody(page, MINI);
  const answer = held({ status: 400, json: { code: 20002, msg: 'no such style' } });
  shared.gateway.create = () => answer.given;
  await page.locator('#send').click();
  await expect.poll(() => shared.gateway.posts.length).toBe(1);
  await page.locator('#draft-new').click();
  await page.locator('#f-prompt').fill('another draft');
  answer.give();
  await expect(page.locator('#now')).toHaveText(/Not created[^]*no such style/, AS_SHOWN);
  await expect(page.locator('#pay .failure')).toHaveCount(0);
});

test('the names of a project and of a batch stay while they are typed, though the page is drawn every second', async () => {
  shared.gateway.reset();
  const page = await openForm(shared, { width: 1440 });
  await importBody(page, MINI);
  await page.locator('#send').click();
  await page.locator('#queue .pill').first().waitFor();
  const redraw = () => page.evaluate(async () => (await import('./js/state.js')).update());
  await page.locator('.side-more > summary').click();
  const project = page.getByLabel('Project for your next requests');
  await project.fill('Snow');
  await redraw();
  await expect(project).toHaveValue('Snow');
  await project.blur();
  await expect.poll(async () => (await kept(page, 'settings')).project).toBe('Snow');
  await goTo(page, 'batch');
  await page.locator('#batch-text').fill(JSON.stringify(MINI));
  await page.getByRole('button', { name: 'Add rows' }).click();
  const name = page.locator('.batch-name input');
  await name.fill('spring');
  await redraw();
  await expect(name).toHaveValue('spring');
  await name.blur();
  await expect.poll(async () => (await kept(page, 'batch')).name).toBe('spring');
});

test('what is typed into the row for links stays while a tile is looked at', async () => {
  const page = await openForm(shared);
  await importBody(page, { ...MINI, images: ['https://media.example/a.png'] });
  await openAdd(page);
  await page.locator('#add-links').fill('https://media.example/b.png');
  await openTile(page, 'images');
  await openAdd(page);
  await expect(page.locator('#add-links')).toHaveValue('https://media.example/b.png');
});

test('two tabs with the same draft: an idle one follows, and of what both type neither is lost', async () => {
  const page = await openForm(shared);
  await importBody(page, MINI);
  await expect.poll(async () => (await kept(page, 'drafts'))?.list.length).toBe(1);
  const other = await openForm(shared, { context: page.context() });
  const ready = (tab) => tab.locator('#draft-new').waitFor();
  await Promise.all([ready(page), ready(other)]);
  await page.locator('#f-prompt').fill('from the first');
  await expect(other.locator('#f-prompt')).toHaveValue('from the first');
  await expect(other.locator('.draft-tab')).toHaveCount(1);
  const typeSeconds = (tab) =>
    tab.evaluate(async () => {
      const { changeDraft, setTyped, state } = await import('./js/state.js');
      const { newItem } = await import('./js/draft.js');
      changeDraft((draft) => draft.reference_videos.push(newItem('https://media.example/a.mp4')));
      await new Promise((done) => setTimeout(done, 1000)); // the link is kept before its length is typed
      setTyped(state.draft.reference_videos[0], 'seconds', '7');
    });
  await typeSeconds(page);
  await expect.poll(async () => (await inState(other, 'draft')).reference_videos[0]?.typed.seconds).toBe('7');
  await Promise.all([page.locator('#f-prompt').fill('one'), other.locator('#f-prompt').fill('two')]);
  for (const tab of [page, other])
    await expect
      .poll(async () => (await tab.locator('.draft-tab').allInnerTexts()).sort())
      .toStrictEqual(['one', 'two']);
  await expect(page.locator('#f-prompt')).toHaveValue('one');
  await expect(other.locator('#f-prompt')).toHaveValue('two');
  await page.reload();
  await expect
    .poll(async () => (await page.locator('.draft-tab').allInnerTexts()).sort())
    .toStrictEqual(['one', 'two']);
});

test('two tabs with the same draft: what is typed in one just before it is left replaces nothing of the other', async () => {
  const page = await openForm(shared);
  await importBody(page, MINI);
  await expect.poll(async () => (await kept(page, 'drafts'))?.list[0].draft.prompt).toBe(MINI.prompt);
  await page.evaluate(async () => {
    const { list } = JSON.parse(localStorage.getItem('seedance.drafts'));
    list[0].draft.prompt = 'theirs'; // as another tab keeps it at this moment
    localStorage.setItem('seedance.drafts', JSON.stringify({ list }));
    (await import('./js/state.js')).update((s) => {
      s.draft.prompt = 'ours';
    });
    location.reload();
  });
  await expect(page.locator('.draft-tab')).toHaveText(['theirs', 'ours'], AS_SHOWN);
  await expect(page.locator('#f-prompt')).toHaveValue('ours');
});

test('two tabs: neither overwrites presets, prices or settings that the other kept', async () => {
  const page = await openForm(shared);
  const other = await openForm(shared, { context: page.context() });
  const savePreset = (tab, name) => tab.evaluate(async (own) => (await import('./js/drafts.js')).keepPreset(own), name);
  const ready = (tab) => tab.locator('#draft-new').waitFor();
  await Promise.all([ready(page), ready(other)]);
  await savePreset(page, 'a');
  await expect.poll(async () => (await inState(other, 'presets')).length).toBe(1);
  await savePreset(other, 'b');
  await expect
    .poll(async () => (await kept(page, 'presets')).map(({ name }) => name)) // another tab's write takes a moment
    .toStrictEqual(['a', 'b']);

  await goTo(page, 'prices');
  await goTo(other, 'prices');
  await page.locator('#currency').waitFor();
  await typePrice(page, 'seedance2.0-std', '0.99');
  await expect(other.locator('[id="price-seedance2.0-std"]')).toHaveValue('0.99');
  await typePrice(other, 'seedance2.0-md', '0.31');
  await expect
    .poll(async () => (await kept(page, 'book')).prices)
    .toStrictEqual({
      ...BOOK.prices,
      'seedance2.0-std': '0.99',
      'seedance2.0-md': '0.31',
    });

  await goTo(page, 'connection');
  await page.locator('#limit').fill('1.00');
  await page.locator('#limit').blur();
  await expect.poll(async () => (await inState(other, 'settings')).limit).toBe('1.00');
  await goTo(other, 'connection');
  await other.locator('#edition-choice').selectOption('2026-09');
  await expect.poll(async () => (await kept(page, 'settings')).limit).toBe('1.00');
});

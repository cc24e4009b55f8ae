// Everything beyond the first screen: the other views, the journal, sending and following. Loaded once the form can be used.
import { render } from '../vendor/lit-html/lit-html.js';
import { followAssets } from './assets.js';
import { watchBalance } from './balance.js';
import { at, loadStyle } from './dom.js';
import { restoreDrafts } from './drafts.js';
import { keepFocus } from './focus.js';
import { loadLedger } from './ledger.js';
import { measureAll } from './media.js';
import { watchEnds } from './notices.js';
import { followOthers } from './others.js';
import { loadPart } from './part.js';
import { state } from './state.js';
import { drawBalance } from './views/balance.js';
import { drawConnection } from './views/connection.js';
import { drawDrafts } from './views/drafts.js';
import { drawLibrary } from './views/library.js';
import { drawModels } from './views/models.js';
import { drawNotes, missing } from './views/notes.js';
import { drawPick } from './views/pick.js';
import { drawRequest } from './views/request.js';
import { drawSent } from './views/sent.js';
import { drawStage } from './views/stage.js';
import { drawTile } from './views/tile.js';

export { adoptOrphans } from './doubt.js';
export { newDraft } from './drafts.js';
export { startClock, startFollowing } from './follow.js';
export { openJournal } from './journal.js';
export { sendMeant } from './send.js';
export { take } from './upload.js';
export { showShortcuts } from './views/confirm.js';
export { openModels } from './views/models.js';

/** Resolves once the further styles are loaded or have failed. A retry loads both files again, since their order matters. */
export const styled = loadPart('styles', () =>
  Promise.all(['css/later.css', 'css/desk.css'].map((href) => loadStyle(href))),
);

/** Starts the listeners that need these modules. */
export function listen() {
  restoreDrafts();
  followOthers();
  watchEnds();
  followAssets();
  watchBalance();
  keepFocus();
}

/**
 * Draws a page by modules that are loaded when it is first opened.
 * @param {string} view
 * @param {() => Promise<Page[]>} load
 */
function drawnBy(view, load) {
  let modules = /** @type {Page[]} */ ([]);
  let asked = false;
  const use = (/** @type {Page[]} */ loaded) => {
    modules = loaded;
  };
  return () => {
    if (state.view !== view) return;
    if (!asked) loadPart(view, load, use);
    asked = true;
    if (!modules.length) render(missing(view), at(view));
    for (const { draw } of modules) draw();
  };
}

/** Loads the views that need the ledger. */
async function withLedger(/** @type {Promise<Page>[]} */ ...views) {
  const [, ...modules] = await Promise.all([loadLedger(), ...views]);
  return modules;
}

/** Called at each change, like those of the first screen. */
export const draws = [
  measureAll,
  drawNotes,
  drawModels,
  drawDrafts,
  drawTile,
  drawPick,
  drawSent,
  drawStage,
  drawLibrary,
  drawRequest,
  drawBalance,
  drawConnection,
  drawnBy('assets', async () => [await import('./views/desk.js')]),
  drawnBy('batch', () => withLedger(import('./views/batch.js'))),
  drawnBy('prices', () => withLedger(import('./views/prices.js'), import('./views/catalogue.js'))),
];

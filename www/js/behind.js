// What stands behind the first screen: the other views, the journal, sending and following. It comes once the form can be used.
import './views/confirm.js';
import { followAssets } from './assets.js';
import { watchBalance } from './balance.js';
import { watchDrops } from './drop.js';
import { restoreDrafts } from './drafts.js';
import { loadLedger } from './ledger.js';
import { measureAll } from './media.js';
import { watchEnds } from './notices.js';
import { state, update } from './state.js';
import { drawBalance } from './views/balance.js';
import { drawConnection } from './views/connection.js';
import { drawDrafts } from './views/drafts.js';
import { drawLibrary } from './views/library.js';
import { drawModels } from './views/models.js';
import { drawPick } from './views/pick.js';
import { drawRequest } from './views/request.js';
import { drawSent } from './views/sent.js';
import { drawStage } from './views/stage.js';
import { drawTile } from './views/tile.js';

export { newDraft } from './drafts.js';
export { startClock, startFollowing } from './follow.js';
export { openJournal } from './journal.js';
export { adoptOrphans, send } from './send.js';

/** What stands behind is drawn once its styles are there, or will not come. */
export const styled = Promise.all(
  ['css/later.css', 'css/desk.css'].map((href) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    document.head.append(link);
    return new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    });
  }),
);

/** What the page hears once it can do something about it. */
export function listen() {
  restoreDrafts();
  watchDrops();
  watchEnds();
  followAssets();
  watchBalance();
}

/** Draws a page of its own by a module that comes when the page is first opened. */
function drawnBy(view, load) {
  let draw = /** @type {(() => void) | null} */ (null);
  return () => {
    if (state.view !== view) return;
    if (draw) draw();
    else
      load().then((module) => {
        draw = module.draw;
        update();
      });
  };
}

/** What asks the ledger as it draws. */
async function withLedger(module) {
  await loadLedger();
  return module;
}

/** Called at each change, as the draws of the first screen are. */
export const draws = [
  measureAll,
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
  drawnBy('assets', () => import('./views/desk.js')),
  drawnBy('batch', () => withLedger(import('./views/batch.js'))),
  drawnBy('prices', () => withLedger(import('./views/prices.js'))),
  drawnBy('prices', () => withLedger(import('./views/catalogue.js'))),
];

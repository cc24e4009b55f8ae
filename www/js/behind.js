// What stands behind the first screen: the other views, the journal, sending and following. It comes once the form can be used.
import './views/confirm.js';
import './mp4.js';
import './upload.js';
import { followAssets } from './assets.js';
import { loadLaterWords } from './i18n.js';
import { openJournal } from './journal.js';
import { watchEnds } from './notices.js';
import { state, update } from './state.js';
import { drawCompare } from './views/compare.js';
import { drawConnection } from './views/connection.js';
import { drawLibrary } from './views/library.js';
import { drawPrices } from './views/prices.js';
import { drawRequest } from './views/request.js';
import { drawSent } from './views/sent.js';

export { startClock, startFollowing } from './follow.js';
export { adoptOrphans, send } from './send.js';

for (const href of ['css/later.css', 'css/desk.css'])
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));

/** Opens the journal, and brings the words. */
export async function prepare() {
  await Promise.all([openJournal(), loadLaterWords()]);
  watchEnds();
  followAssets();
}

/** Draws a page of its own by a module that comes when the page is first opened. */
function drawnBy(view, load) {
  let draw = null;
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

export const draws = [
  drawCompare,
  drawSent,
  drawLibrary,
  drawRequest,
  drawPrices,
  drawConnection,
  drawnBy('assets', () => import('./views/desk.js')),
];

// What stands behind the first screen: the other views, the journal, sending and following. It comes once the form can be used.
import './views/confirm.js';
import './mp4.js';
import { watchDrops } from './drop.js';
import { restoreDrafts } from './drafts.js';
import { drawConnection } from './views/connection.js';
import { drawDrafts } from './views/drafts.js';
import { drawModels } from './views/models.js';
import { drawPrices } from './views/prices.js';
import { drawRequest } from './views/request.js';
import { drawSent } from './views/sent.js';
import { drawStage } from './views/stage.js';
import { drawTasks } from './views/tasks.js';
import { drawTile } from './views/tile.js';

export { startClock, startFollowing } from './follow.js';
export { openJournal } from './journal.js';
export { adoptOrphans, send } from './send.js';

document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'css/later.css' }));

/** What the page hears once it can do something about it. */
export function listen() {
  restoreDrafts();
  watchDrops();
}

export const draws = [
  drawModels,
  drawDrafts,
  drawTile,
  drawSent,
  drawStage,
  drawTasks,
  drawRequest,
  drawPrices,
  drawConnection,
];

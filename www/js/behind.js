// What stands behind the first screen: the other views, the journal, sending and following. It comes once the form can be used.
import './views/confirm.js';
import './mp4.js';
import './upload.js';
import { drawCompare } from './views/compare.js';
import { drawConnection } from './views/connection.js';
import { drawPrices } from './views/prices.js';
import { drawRequest } from './views/request.js';
import { drawSent } from './views/sent.js';
import { drawTasks } from './views/tasks.js';

export { startClock, startFollowing } from './follow.js';
export { openJournal } from './journal.js';
export { adoptOrphans, send } from './send.js';

document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'css/later.css' }));

export const draws = [drawCompare, drawSent, drawTasks, drawRequest, drawPrices, drawConnection];

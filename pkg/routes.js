// The rule table, as data beside the core (table.js), for forms. Every call gives a copy of its own.
import { DEFAULT_EDITION, readOptions } from './core.js';
import { TABLES } from './table.js';

/** @type {typeof import('./index.js').routes} */
export const routes = (options) => {
  const { edition = DEFAULT_EDITION } = readOptions('routes', options, ['edition']);
  return JSON.parse(/** @type {Record<string, string>} */ (TABLES)[edition]);
};

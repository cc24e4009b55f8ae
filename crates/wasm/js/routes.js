// The rule table, which is data outside the core (table.js). Every call returns a new copy.
import { readOptions } from './options.js';
import { DEFAULT_EDITION, EDITIONS, TABLES } from './table.js';

export function routes(options) {
  const { edition = DEFAULT_EDITION } = readOptions('routes', options, ['edition']);
  return JSON.parse(TABLES[edition]);
}

export const editions = () => [...EDITIONS];

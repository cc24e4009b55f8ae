// The rule table, which is data beside the core (table.js). Every call gives a copy of its own.
import { readOptions } from './options.js';
import { DEFAULT_EDITION, EDITIONS, TABLES } from './table.js';

export function routes(options) {
  const { edition = DEFAULT_EDITION } = readOptions('routes', options, ['edition']);
  return JSON.parse(TABLES[edition]);
}

export const editions = () => [...EDITIONS];

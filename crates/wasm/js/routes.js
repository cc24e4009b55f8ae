// The rule table, which is data beside the core (table.js). Every call gives a copy of its own.
import { TABLE } from './table.js';

export function routes() {
  return JSON.parse(TABLE);
}

export function editions() {
  return [routes().edition];
}

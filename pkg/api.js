// Everything that the package does; each entry brings its own module. index.d.ts says what every function takes and returns.
export {
  applyFix,
  check,
  checkNdjson,
  compare,
  editions,
  init,
  isReady,
  judge,
  quote,
  quoteNdjson,
  readCreateAnswer,
  readPriceBook,
  readTaskAnswer,
  safeParse,
  schemaFor,
} from './core.js';
export { explain, jsonSchema, rules } from './reading.js';
export { routes } from './routes.js';

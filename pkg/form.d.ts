// The part of the package that `form.js` has; every function is described in index.d.ts.
export {
  apply_fix,
  check,
  check_ndjson,
  compare,
  edition,
  init,
  quote,
  quote_ndjson,
  read_create_answer,
  read_price_book,
  read_task_answer,
  routes,
} from './index.js'
export type * from './index.js'

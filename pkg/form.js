// For a page whose first screen judges a draft: the package without what is only looked up (rules, explain, json_schema,
// schemaFor), which is half of its JavaScript. How all this works stands in crates/wasm/js, of which core.js is made.
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
} from './core.js'

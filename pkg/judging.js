// What judges a draft and reads what the API answers. How it does so stands in crates/wasm/js; core.js is made of that.
export {
  apply_fix,
  check,
  check_ndjson,
  compare,
  edition,
  quote,
  quote_ndjson,
  read_create_answer,
  read_price_book,
  read_task_answer,
  routes,
} from './core.js'

// What judges a draft, without what is only looked up (api.js). It is made of crates/wasm/js.
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

// What judges a draft and reads what the API answers.
import * as core from './core.js'
import { ask, askBytes, judge } from './core.js'

export { apply_fix } from './patch.js'
export { edition, routes } from './routes.js'

export function check(body, options) {
  return judge('check', core.CHECK, body, options?.lang, undefined, options?.media)
}

export function quote(body, prices, options) {
  return judge('quote', core.QUOTE, body, options?.lang, prices, options?.media)
}

export function compare(body, options) {
  return judge('compare', core.COMPARE, body, options?.lang, options?.prices, options?.media)
}

export function check_ndjson(lines, options) {
  return askBytes('check_ndjson', core.CHECK_NDJSON, lines, options?.lang)
}

export function quote_ndjson(lines, prices, options) {
  return askBytes('quote_ndjson', core.QUOTE_NDJSON, lines, options?.lang, prices)
}

export function read_price_book(prices) {
  return ask('read_price_book', core.READ_PRICE_BOOK, prices)
}

export function read_create_answer(answer, status) {
  return ask('read_create_answer', core.READ_CREATE_ANSWER, status?.toString(), answer)
}

export function read_task_answer(answer, status) {
  return ask('read_task_answer', core.READ_TASK_ANSWER, status?.toString(), answer)
}

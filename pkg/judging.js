// What judges a draft and reads what the API answers.
import * as core from './seedance_preflight.js'
import { ask, askBytes, judge } from './core.js'

export { apply_fix } from './patch.js'
export { edition, routes } from './routes.js'

export function check(body, options) {
  return judge('check', core.check, body, options?.lang, options?.media)
}

export function quote(body, prices, options) {
  return judge('quote', core.quote, body, options?.lang, prices, options?.media)
}

export function compare(body, options) {
  return judge('compare', core.compare, body, options?.lang, options?.prices, options?.media)
}

export function check_ndjson(lines, options) {
  return askBytes('check_ndjson', core.check_ndjson, lines, options?.lang)
}

export function quote_ndjson(lines, prices, options) {
  return askBytes('quote_ndjson', core.quote_ndjson, lines, options?.lang, prices)
}

export function read_price_book(prices) {
  return ask('read_price_book', core.read_price_book, prices)
}

export function read_create_answer(answer, status) {
  return ask('read_create_answer', core.read_create_answer, status?.toString(), answer)
}

export function read_task_answer(answer, status) {
  return ask('read_task_answer', core.read_task_answer, status?.toString(), answer)
}

// What judges a draft and reads what the API answers.
import * as core from './core.js'
import { ask, askBytes } from './core.js'

export { apply_fix } from './patch.js'
export { edition, routes } from './routes.js'

export function check(body, options) {
  return ask('check', core.CHECK, { body, lang: options?.lang, prices: undefined, media: options?.media })
}

export function quote(body, prices, options) {
  return ask('quote', core.QUOTE, { body, lang: options?.lang, prices, media: options?.media })
}

export function compare(body, options) {
  return ask('compare', core.COMPARE, { body, lang: options?.lang, prices: options?.prices, media: options?.media })
}

export function check_ndjson(lines, options) {
  return askBytes('check_ndjson', core.CHECK_NDJSON, { lines, lang: options?.lang })
}

export function quote_ndjson(lines, prices, options) {
  return askBytes('quote_ndjson', core.QUOTE_NDJSON, { lines, lang: options?.lang, prices })
}

export function read_price_book(prices) {
  return ask('read_price_book', core.READ_PRICE_BOOK, { prices })
}

export function read_create_answer(answer, status) {
  return ask('read_create_answer', core.READ_CREATE_ANSWER, { status: status?.toString(), answer })
}

export function read_task_answer(answer, status) {
  return ask('read_task_answer', core.READ_TASK_ANSWER, { status: status?.toString(), answer })
}

// What judges a draft and reads what the API answers.
import {
  CHECK, CHECK_NDJSON, COMPARE, QUOTE, QUOTE_NDJSON, READ_CREATE_ANSWER, READ_PRICE_BOOK, READ_TASK_ANSWER, ask, askJob, askLines,
} from './exchange.js'

export { apply_fix } from './patch.js'
export { edition, routes } from './routes.js'

export function check(body, options) {
  return askJob('check', CHECK, body, options)
}

export function quote(body, prices, options) {
  return askJob('quote', QUOTE, body, options, prices)
}

export function compare(body, options) {
  return askJob('compare', COMPARE, body, options, options?.prices)
}

export function check_ndjson(lines, options) {
  return askLines('check_ndjson', CHECK_NDJSON, lines, options)
}

export function quote_ndjson(lines, prices, options) {
  return askLines('quote_ndjson', QUOTE_NDJSON, lines, options, prices)
}

export function read_price_book(prices) {
  return ask('read_price_book', READ_PRICE_BOOK, ['prices'], [prices])
}

export function read_create_answer(answer, status) {
  return readAnswer('read_create_answer', READ_CREATE_ANSWER, answer, status)
}

export function read_task_answer(answer, status) {
  return readAnswer('read_task_answer', READ_TASK_ANSWER, answer, status)
}

function readAnswer(name, number, answer, status) {
  const isKnown = status !== undefined && status !== null
  if (isKnown && !(Number.isInteger(status) && status >= 100 && status <= 599)) {
    throw new RangeError(`${name}() was given ${shown(status)} as \`status\`; an HTTP status is a whole number from 100 to 599`)
  }
  return ask(name, number, ['status', 'answer'], [isKnown ? String(status) : undefined, answer])
}

function shown(value) {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'object' ? 'a value of type object' : String(value)
}

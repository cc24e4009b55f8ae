// The core's memory seen from JavaScript: arguments go onto a tape there, answers come as JSON text. The other end, and what a
// tape is, stand in crates/wasm/src/tape.rs.
import { call, release, reserve } from './seedance_preflight.js'

// The functions of the core, in its order (crates/wasm/src/lib.rs).
export const [CHECK, QUOTE, COMPARE, CHECK_NDJSON, QUOTE_NDJSON, READ_PRICE_BOOK, READ_CREATE_ANSWER, READ_TASK_ANSWER] = Array(8).keys()

const [NULL, FALSE, TRUE, FOREIGN, SMALL, NUMBER, TEXT, LIST, OBJECT, END, DOCUMENT, ABSENT] = Array(12).keys()
const TAG_BITS = 4
const MOST = 2 ** (32 - TAG_BITS) - 1
const SMALLEST = -(2 ** (31 - TAG_BITS))
const LARGEST = 2 ** (31 - TAG_BITS) - 1

// Where memory's places stand, in words (crates/wasm/src/exchange.rs).
const WORDS_AT = 0
const WORDS_ROOM = 1
const TEXT_AT = 2
const TEXT_ROOM = 3
const ANSWER_AT = 4
const ANSWER_BYTES = 5

// Deeper than JSON text may nest (the core knows how deep that is), so that the walk has an end everywhere.
const DEEPEST = 200
// A value of more parts is no request, and would only take the page's memory.
const MOST_WORDS = 2 ** 24
// Room beyond this is given back after the call that needed it.
const KEPT_BYTES = 2 ** 20

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const binary64 = new Float64Array(1)
const halves = new Uint32Array(binary64.buffer)

let memory
let words
let bytes
// Where the places are, and out of them: the room for words and for text.
let places = 0
let base = 0
let room = 0
let textBytes

// The tape that is being written: the next word, and its strings.
let at = 0
let strings = ''
let documents = []
let documentBytes = 0
let busy = false
const ancestors = []

/** Takes over the memory of a core that was just instantiated. */
export function connect(exports) {
  memory = exports.memory
  makeRoom(256, 4096)
}

/** Calls a function of the core on a body, which may be any value, and documents; throws the sentence that it refuses with. */
export function judge(name, number, body, ...list) {
  return run(takeAnswer, name, number, putBody, body, list)
}

/** The same without a body. */
export function ask(name, number, ...list) {
  return run(takeAnswer, name, number, putDocument, list[0], list.slice(1))
}

/** The same for an answer that is UTF-8 of any size. */
export function askBytes(name, number, ...list) {
  return run(takeBytes, name, number, putDocument, list[0], list.slice(1))
}

function run(take, name, number, putFirst, first, list) {
  if (memory === undefined) throw new Error(`${name}() needs the core: \`await init()\` once before the first call`)
  if (busy) throw new Error(`${name}() was called by a getter or proxy that another call was reading`)
  busy = true
  try {
    look()
    at = documentBytes = 0
    strings = ''
    putArgument(name, putFirst, first)
    for (let i = 0; i < list.length; i++) putArgument(name, putDocument, list[i])
    const stringBytes = sendText()
    const answered = call(number, at, stringBytes, strings.length, documentBytes)
    look()
    if (!answered) throw new Error(takeText())
    return take()
  } finally {
    if (room * 4 + textBytes.length > KEPT_BYTES) {
      release()
      makeRoom(256, 4096)
    }
    strings = ''
    documents = []
    ancestors.length = 0
    busy = false
  }
}

function putArgument(name, putIt, value) {
  try {
    if (value === undefined) put(ABSENT)
    else putIt(value)
  } catch (cause) {
    if (cause instanceof TooLarge) throw new RangeError(`${name}() was given ${cause.message}`)
    throw new TypeError(`${name}() cannot read what it was given: ${wordsOf(cause)}`, { cause })
  }
}

function putBody(value) {
  if (isText(value)) putDocument(value)
  else putValue(value)
}

// What stands beside a body is small, and crosses as JSON text.
function putDocument(value) {
  documents.push(isText(value) ? value : toJson(value), at)
  put(DOCUMENT)
}

const isText = (value) => typeof value === 'string' || value instanceof Uint8Array

function toJson(document) {
  const paths = new Map()
  return JSON.stringify(document, function (key) {
    const value = this[key]
    const path = paths.has(this) ? `${paths.get(this)}/${key}` : ''
    const type = typeof value
    const isNested = type === 'object' && value !== null && (Array.isArray(value) || isPlain(value))
    if (isNested) paths.set(value, path)
    const isJson = isNested || value === null || type === 'string' || type === 'boolean' || Number.isFinite(value)
    if (isJson || (value === undefined && !Array.isArray(this))) return value
    throw new TypeError(`${path ? `\`${path}\`` : 'it'} is a value that JSON cannot hold`)
  })
}

class TooLarge extends Error {}

function wordsOf(cause) {
  try {
    return String(cause?.message ?? cause)
  } catch {
    return 'reading it threw something without words'
  }
}

function putValue(value) {
  switch (typeof value) {
    case 'string':
      return putText(value)
    case 'number':
      return putNumber(value)
    case 'boolean':
      return put(value ? TRUE : FALSE)
    case 'object':
      if (value === null) return put(NULL)
      if (ancestors.length >= DEEPEST || ancestors.includes(value)) return put(FOREIGN)
      if (Array.isArray(value)) return putList(value)
      if (isPlain(value)) return putObject(value)
  }
  put(FOREIGN)
}

function putList(list) {
  const length = list.length
  putBegin(LIST, length)
  ancestors.push(list)
  for (let i = 0; i < length; i++) putValue(list[i])
  ancestors.pop()
  put(END)
}

function putObject(object) {
  const keys = Object.keys(object)
  putBegin(OBJECT, keys.length)
  ancestors.push(object)
  for (const key of keys) {
    const value = object[key]
    if (value === undefined) continue
    putText(key)
    putValue(value)
  }
  ancestors.pop()
  put(END)
}

// Not a Date, a Map, a boxed string …: those are objects too, but none that JSON has.
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.prototype.toString.call(value) === '[object Object]'
}

function putText(text) {
  if (text.length > MOST) throw new TooLarge(`a text of ${text.length} characters; at most ${MOST} can be checked`)
  put(TEXT | (text.length << TAG_BITS))
  // Half a character at the end would join with half a one at the next text's start.
  const last = text.charCodeAt(text.length - 1)
  strings += last >= 0xd800 && last < 0xdc00 ? `${text.slice(0, -1)}\ufffd` : text
}

function putNumber(value) {
  if (Number.isInteger(value) && value >= SMALLEST && value <= LARGEST) return put(SMALL | (value << TAG_BITS))
  if (!Number.isFinite(value)) return put(FOREIGN)
  binary64[0] = value
  put(NUMBER)
  put(halves[0])
  put(halves[1])
}

function putBegin(tag, length) {
  if (at + length > MOST_WORDS) throw new TooLarge(`a value of ${length} parts; at most ${MOST_WORDS} can be checked`)
  put(tag)
}

function put(word) {
  if (at >= room) {
    if (at >= MOST_WORDS) throw new TooLarge(`a value of more than ${MOST_WORDS} parts`)
    makeRoom(2 * room, 0)
  }
  words[base + at++] = word
}

// Brings the strings into memory, and behind them the arguments that are JSON text; returns how many bytes the strings are.
function sendText() {
  const stringBytes = putBytes(strings, 0)
  let end = stringBytes
  for (let i = 0; i < documents.length; i += 2) {
    const length = putBytes(documents[i], end)
    if (length > MOST) throw new RangeError(`a JSON text of ${length} bytes; at most ${MOST} can be checked`)
    words[base + documents[i + 1]] = DOCUMENT | (length << TAG_BITS)
    end += length
  }
  documentBytes = end - stringBytes
  return stringBytes
}

function putBytes(text, start) {
  if (text.length === 0) return 0
  if (typeof text !== 'string') {
    if (start + text.length > textBytes.length) makeRoom(0, start + text.length)
    textBytes.set(text, start)
    return text.length
  }
  let done = encoder.encodeInto(text, start === 0 ? textBytes : textBytes.subarray(start))
  if (done.read < text.length) {
    makeRoom(0, start + text.length * 3)
    done = encoder.encodeInto(text, textBytes.subarray(start))
  }
  return done.written
}

function takeBytes() {
  const start = words[places + ANSWER_AT]
  return bytes.slice(start, start + words[places + ANSWER_BYTES])
}

function takeText() {
  const start = words[places + ANSWER_AT]
  return decoder.decode(bytes.subarray(start, start + words[places + ANSWER_BYTES]))
}

const takeAnswer = () => JSON.parse(takeText())

function makeRoom(wordsWanted, bytesWanted) {
  const where = reserve(wordsWanted, bytesWanted)
  if (where === 0) throw new RangeError('there is not enough memory left for this call')
  places = where >>> 2
  words = undefined
  look()
}

// Memory that grew is another buffer, and what moved in it is elsewhere.
function look() {
  if (words !== undefined && words.buffer === memory.buffer) return
  words = new Uint32Array(memory.buffer)
  bytes = new Uint8Array(memory.buffer)
  base = words[places + WORDS_AT] >>> 2
  room = words[places + WORDS_ROOM]
  const start = words[places + TEXT_AT]
  textBytes = bytes.subarray(start, start + words[places + TEXT_ROOM])
}

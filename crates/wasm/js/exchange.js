// The core: its memory, calls, and the tape that their arguments go onto. The other end is crates/wasm/src/exchange.rs.
import { TABLE } from './table.js'
import {
  ABSENT, DOCUMENT, END, FALSE, FIELD, FOREIGN, LIST, NULL, NUMBER, OBJECT, SMALL, TAG_BITS, TEXT, TRUE, forgetTape, readTape,
} from './tape.js'

// The functions of the core, in its order (crates/wasm/src/lib.rs).
export const CHECK = 0
export const QUOTE = 1
export const COMPARE = 2
export const CHECK_NDJSON = 3
export const QUOTE_NDJSON = 4
export const READ_PRICE_BOOK = 5
export const READ_CREATE_ANSWER = 6
export const READ_TASK_ANSWER = 7
const JOB = ['body', 'lang', 'prices', 'media']
const LINES = ['lines', 'lang', 'line', 'prices']

const MOST = 2 ** (32 - TAG_BITS) - 1
const SMALLEST = -(2 ** (31 - TAG_BITS))
const LARGEST = 2 ** (31 - TAG_BITS) - 1

// Where memory's places stand, in words (crates/wasm/src/exchange.rs).
const WORDS_AT = 0
const WORDS_ROOM = 1
const TEXT_AT = 2
const TEXT_ROOM = 3
const TOLD_WORDS_AT = 4
const TOLD_AT = 5
const TOLD_BYTES = 6
const CONSTANTS_AT = 7

// Deeper than JSON text may nest (the core knows how deep that is), so that the walk has an end everywhere.
const DEEPEST = 200
// A value of more parts is no request, and would only take the page's memory.
const MOST_WORDS = 2 ** 24
// So much of a batch stays in the processor's own memory.
const PIECE_BYTES = 2 ** 18
const LINE_FEED = 10
// How much more room is made for answers than the first of them foretell.
const SPARE = 0.02
// A core with more memory than this is not kept for the next call.
const KEPT_BYTES = 2 ** 24

/** What a module of rustup's target asks of its host: to fill a table of which it uses nothing. */
export const IMPORTS = { './seedance_preflight_bg.js': { __wbindgen_init_externref_table() {} } }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const binary64 = new Float64Array(1)
const halves = new Uint32Array(binary64.buffer)

let module
// Undefined while the core runs, and so after it threw: then it is dead, in the middle of what it did. Another one is started when
// it is needed.
let core
let memory
let words
let bytes
// Where the places are, and out of them: the room for words and for text.
let places = 0
let base = 0
let room = 0
let textBytes

// How a tape writes the names of the table's fields; and those that stood last at each place of an object, since most requests
// name the same ones in the same order.
const fields = new Map(JSON.parse(TABLE).fields.map(({ field }, place) => [field, FIELD | (place << TAG_BITS)]))
const LAST = 16
const lastNames = Array(LAST).fill(undefined)
const lastFields = Array(LAST).fill(0)

// The tape that is being written: the next word, and its strings.
let at = 0
let strings = ''
let documents = []
// The body where it is an object: read once, so that what is given back is what was checked, whatever a getter or proxy says then.
let copy
let stringBytes = 0
let documentBytes = 0
let busy = false
let caller = 'init'
// The function of the core that it asks.
let asked = CHECK
const ancestors = []
const hasOwn = Object.prototype.hasOwnProperty

/** Takes over a core: the module, for another instance when one dies, and the first instance. */
export function connect(compiled, instance = new WebAssembly.Instance(compiled, IMPORTS)) {
  start(instance)
  module = compiled
}

/** Whether there is a core to ask. */
export const isConnected = () => module !== undefined

function start({ exports }) {
  exports.__wbindgen_start?.()
  memory = exports.memory
  places = exports.reserve(256, 4096) >>> 2
  words = undefined
  look()
  core = exports
}

/**
 * Calls a function of the core on its arguments; throws the sentence that it refuses with. The argument `body` may be any value,
 * the others are documents.
 */
export function ask(name, number, names, values) {
  return run(takeAnswer, name, number, names, values)
}

/** The same about a job. */
export function askJob(name, number, body, options, prices) {
  return ask(name, number, JOB, [body, options?.lang, prices, options?.media])
}

/** The same about many lines, answered as UTF-8; a piece at a time, so that the core's memory holds no more than one. */
export function askLines(name, number, lines, options, prices) {
  const text = typeof lines === 'string' ? encoder.encode(lines) : lines
  const answers = new Answers()
  let line = 1
  let done = 0
  let rest
  const take = () => {
    const beside = words[places + TOLD_WORDS_AT] >>> 2
    line = words[beside]
    const answered = words[beside + 1]
    rest = rest?.subarray(answered)
    answers.add(told(), (done += answered) / text?.length)
  }
  for (rest of pieces(text)) {
    // The core stops where its answers take much memory.
    do run(take, name, number, LINES, [rest, options?.lang, String(line), prices])
    while (rest?.length > 0)
  }
  return answers.whole()
}

// Whole lines each; what is no text stays as it is.
function* pieces(text) {
  let start = 0
  if (text instanceof Uint8Array) {
    for (let end; (end = text.indexOf(LINE_FEED, start + PIECE_BYTES) + 1) > 0; start = end) yield text.subarray(start, end)
  }
  yield start === 0 ? text : text.subarray(start)
}

// Bytes one behind the other, in one buffer of the length that the first of them foretell: memory that was never used is dear.
class Answers {
  #bytes = new Uint8Array(0)
  #length = 0

  // `share` is how much of all has come with these.
  add(more, share) {
    const length = this.#length + more.length
    const room = this.#bytes.length
    if (length > room) {
      const foretold = share < 1 ? Math.max((length / share) * (1 + SPARE), room * 1.5) : length
      const larger = new Uint8Array(Math.ceil(foretold))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(more, this.#length)
    this.#length = length
  }

  whole() {
    const [bytes, length] = [this.#bytes, this.#length]
    if (bytes.length === length) return bytes
    // Little that is not used may stay behind the answers; much is given back.
    return bytes.length > length * (1 + 2 * SPARE) ? bytes.slice(0, length) : bytes.subarray(0, length)
  }
}

function run(take, name, number, names, values) {
  if (module === undefined) throw new Error(`${name}() needs the core: \`await init()\` once before the first call`)
  if (busy) throw new Refusal(`${name}() was called by a getter or proxy that another call was reading`)
  busy = true
  caller = name
  asked = number
  try {
    if (core === undefined) start(new WebAssembly.Instance(module, IMPORTS))
    look()
    at = documentBytes = 0
    for (let i = 0; i < names.length; i++) putArgument(names[i], values[i])
    sendText()
    const entered = core
    core = undefined
    const answered = entered.call(number, at, stringBytes, strings.length, documentBytes)
    core = entered
    look()
    if (!answered) throw new Error(takeText())
    return take()
  } catch (cause) {
    ancestors.length = 0
    throw cause instanceof WebAssembly.RuntimeError ? outOfMemory(cause) : cause
  } finally {
    busy = false
    strings = ''
    copy = undefined
    forgetTape()
    if (documents.length > 0) documents = []
    // Memory shrinks in no other way, and a dead core's may be all that a process can have.
    if (core === undefined || memory.buffer.byteLength > KEPT_BYTES) core = memory = words = bytes = textBytes = undefined
  }
}

// What is said as it is, in no other sentence.
class Refusal extends RangeError {}

const outOfMemory = (cause) => new Refusal(`${caller}() needs more memory than the core can have (4 GB at most); pass less at once`, { cause })

function putArgument(argument, value) {
  try {
    if (value === undefined) put(ABSENT)
    else if (argument === 'body') putBody(value)
    else putDocument(value)
  } catch (cause) {
    if (core === undefined || cause instanceof Refusal) throw cause
    throw new TypeError(`${caller}() cannot read \`${argument}\`: ${wordsOf(cause)}`, { cause })
  }
}

function putBody(value) {
  if (isText(value)) return putDocument(value)
  const mayComeBack = asked === CHECK && typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value)
  if (!mayComeBack) return putValue(value)
  copy = { ...value }
  putMembers(value, copy)
  for (const symbol of Object.getOwnPropertySymbols(copy)) delete copy[symbol]
}

// What stands beside a body is small, and crosses as JSON text.
function putDocument(value) {
  documents.push(isText(value) ? value : toJson(value), at)
  put(DOCUMENT)
}

export const isText = (value) => typeof value === 'string' || value instanceof Uint8Array

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

export function wordsOf(cause) {
  try {
    // Engines draw a cycle below their sentence about it.
    return String(cause?.message ?? cause).split('\n')[0]
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
      if (isPlain(value)) return putMembers(value, value)
  }
  put(FOREIGN)
}

// Into `items` goes a copy of the list, where one is wanted.
function putList(list, items) {
  const length = list.length
  if (length > MOST_WORDS) throw new Refusal(`${caller}() was given a value of ${length} parts; at most ${MOST_WORDS} can be checked`)
  put(LIST)
  ancestors.push(list)
  for (let i = 0; i < length; i++) {
    const item = list[i]
    items?.push(item)
    putValue(item)
  }
  ancestors.pop()
  put(END)
}

// The members of an object, or of its copy, which then has copies of lists and nothing undefined.
function putMembers(object, members) {
  put(OBJECT)
  ancestors.push(object)
  let place = 0
  // Engines read members faster by the names of such a loop than by those of a list.
  for (const key in members) {
    if (!hasOwn.call(members, key)) continue
    const value = members[key]
    if (value === undefined) {
      if (members === copy) delete members[key]
      continue
    }
    putName(key, place++ % LAST)
    if (members === copy && Array.isArray(value)) putList(value, (members[key] = []))
    else putValue(value)
  }
  ancestors.pop()
  put(END)
}

function putName(name, place) {
  if (lastNames[place] === name) return put(lastFields[place])
  const field = fields.get(name)
  if (field === undefined) return putText(name)
  lastNames[place] = name
  lastFields[place] = field
  put(field)
}

// Not a Date, a Map, a boxed string …: those are objects too, but none that JSON has.
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.prototype.toString.call(value) === '[object Object]'
}

function putText(text) {
  if (text.length > MOST) throw new Refusal(`${caller}() was given a text of ${text.length} characters; at most ${MOST} can be checked`)
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

function put(word) {
  if (at >= room) {
    if (at >= MOST_WORDS) throw new Refusal(`${caller}() was given a value of more than ${MOST_WORDS} parts`)
    makeRoom(2 * room, 0)
  }
  words[base + at++] = word
}

// Brings the strings into memory, and behind them the arguments that are JSON text.
function sendText() {
  stringBytes = putBytes(strings, 0)
  let end = stringBytes
  for (let i = 0; i < documents.length; i += 2) {
    const length = putBytes(documents[i], end)
    if (length > MOST) throw new Refusal(`${caller}() was given a JSON text of ${length} bytes; at most ${MOST} can be checked`)
    words[base + documents[i + 1]] = DOCUMENT | (length << TAG_BITS)
    end += length
  }
  documentBytes = end - stringBytes
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

// What the core told, where it stands.
function told() {
  const start = words[places + TOLD_AT]
  return bytes.subarray(start, start + words[places + TOLD_BYTES])
}

const takeText = () => decoder.decode(told())

const takeAnswer = () => readTape(words, bytes, words[places + TOLD_WORDS_AT], words[places + CONSTANTS_AT], takeText, givenText, copy)

// The strings that were given, as the core has them: only in ASCII a code unit is a byte, elsewhere half characters were replaced.
const givenText = () => (stringBytes === strings.length ? strings : decoder.decode(textBytes.subarray(0, stringBytes)))

function makeRoom(wordsWanted, bytesWanted) {
  const entered = core
  core = undefined
  places = entered.reserve(wordsWanted, bytesWanted) >>> 2
  core = entered
  words = undefined
  look()
}

// Memory that grew is another buffer, which leaves the one before empty; and what moved in it is elsewhere.
function look() {
  if (words !== undefined && words.length > 0) return
  words = new Uint32Array(memory.buffer)
  bytes = new Uint8Array(memory.buffer)
  base = words[places + WORDS_AT] >>> 2
  room = words[places + WORDS_ROOM]
  const start = words[places + TEXT_AT]
  textBytes = bytes.subarray(start, start + words[places + TEXT_ROOM])
}

// What a tape is made of, and reading the one of an answer. The other end, and how a tape is built, stand in crates/wasm/src/tape.

// What a word is, in its low bits; the same as in crates/wasm/src/tape/mod.rs.
export const NULL = 0
export const FALSE = 1
export const TRUE = 2
export const FOREIGN = 3
export const SMALL = 4
export const NUMBER = 5
export const TEXT = 6
export const LIST = 7
export const OBJECT = 8
export const END = 9
export const DOCUMENT = 10
export const ABSENT = 11
export const GIVEN = 12
export const CONSTANT = 13
export const FIELD = 14
export const SAME = 15
export const TAG_BITS = 4
const TAG_MASK = 2 ** TAG_BITS - 1
const PLACE_BITS = 16
const PLACE_MASK = 2 ** PLACE_BITS - 1

const decoder = new TextDecoder()
const binary64 = new Float64Array(1)
const halves = new Uint32Array(binary64.buffer)

// The core's constants that were seen: each has one slot, in which another may be.
const CONSTANT_SLOTS = 2 ** 10
const constantWords = new Uint32Array(CONSTANT_SLOTS)
const constants = Array(CONSTANT_SLOTS).fill('')

// The tape that is being read: memory, the next word, and where the constants begin.
let words
let bytes
let next = 0
let constantsAt = 0
// Its own strings and how far they are read, and those of the arguments; each made when the first is asked for.
let textOf
let givenOf
// What the first argument was, to be given back.
let same
let text
let given
let textAt = 0
// Whether members are defined, which takes ten times as long as setting them, but is not up to what all objects have: `__proto__`,
// and what a page may have put there.
let isCareful = false

/**
 * The value on the tape that begins at an address. `toText` gives its strings, `toGiven` those of the arguments; `body` is given
 * back where that is all there is to say.
 */
export function readTape(memoryWords, memoryBytes, address, constantsAddress, toText, toGiven, body) {
  words = memoryWords
  bytes = memoryBytes
  constantsAt = constantsAddress
  textOf = toText
  givenOf = toGiven
  same = body
  try {
    return readFrom(address, false)
  } catch {
    return readFrom(address, true)
  }
}

function readFrom(address, carefully) {
  isCareful = carefully
  textAt = 0
  next = address >>> 2
  return readValue(words[next++])
}

/** Holds nothing of the last tape any more. */
export function forgetTape() {
  words = bytes = text = given = same = undefined
}

// The most frequent first.
function readValue(word) {
  switch (word & TAG_MASK) {
    case GIVEN:
    case CONSTANT:
    case TEXT:
      return readString(word)
    case LIST:
      return readList()
    case OBJECT:
      return readObject()
    case SMALL:
      return word >> TAG_BITS
    case SAME:
      return same
    case NULL:
      return null
    case FALSE:
      return false
    case TRUE:
      return true
    case NUMBER:
      halves[0] = words[next++]
      halves[1] = words[next++]
      return binary64[0]
  }
  return JSON.parse(readText(words[next++]))
}

function readList() {
  let word = words[next++]
  if (word === END) return []
  // Most lists have one item: a list that begins without one gets room for many.
  const list = [readValue(word)]
  while ((word = words[next++]) !== END) list.push(readValue(word))
  return list
}

// A plain object all the same: engines give those of a constructor room for as many members as its others had, and only four
// to `{}`. A debugger shows the name.
const Plain = function Object() {}
Plain.prototype = Object.prototype

function readObject() {
  const object = new Plain()
  let members = 0
  for (;;) {
    const word = words[next++]
    if (word === END) break
    const name = readString(word)
    const value = readValue(words[next++])
    if (isCareful) Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
    else object[name] = value
    members++
  }
  if (Object.keys(object).length !== members) throw new TypeError('a member was set elsewhere')
  return object
}

function readString(word) {
  switch (word & TAG_MASK) {
    case GIVEN:
      return readGiven(words[next++], word >>> TAG_BITS)
    case CONSTANT:
      return readConstant(word)
  }
  return readText(words[next++])
}

function readConstant(word) {
  const slot = (word >>> TAG_BITS) % CONSTANT_SLOTS
  if (constantWords[slot] !== word) {
    const start = constantsAt + ((word >>> TAG_BITS) & PLACE_MASK)
    constants[slot] = decoder.decode(bytes.subarray(start, start + (word >>> (TAG_BITS + PLACE_BITS))))
    constantWords[slot] = word
  }
  return constants[slot]
}

function readGiven(start, length) {
  given ??= givenOf()
  return given.slice(start, start + length)
}

function readText(length) {
  text ??= textOf()
  return text.slice(textAt, (textAt += length))
}

// What crosses between JavaScript and the core comes over as it was, whichever way a tape writes it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seedance } from './support/untyped.js'

const GOOD = { model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 }
const asRead = (body) => JSON.parse(JSON.stringify(body))
const assertGivenBack = (body) => assert.deepEqual(seedance.check(body).request, asRead(body))

test('strings of one call come back in any order, beside others of one, two, three and four bytes', () => {
  const words = ['plain', 'naïve', '雪', '🦊', '', ' ', 'é'.repeat(300), '雪🦊'.repeat(300)]
  for (const first of words) {
    for (const second of words) {
      assertGivenBack({ [`${second}x`]: [first, second], prompt: `${first} a ${second}`, [`${first}y`]: { [second]: first }, model: GOOD.model, duration: 5 })
    }
  }
  const images = words.map((word, at) => `https://example.com/${at}/${encodeURIComponent(word)}.jpg`)
  assertGivenBack({ images: images.slice(0, 2), ...GOOD, prompt: '雪中的狐狸', first_image: undefined })
})

test('half characters are replaced, and nothing around them moves', () => {
  const [high, low] = ['\ud83e', '\udd8a']
  for (const odd of [high, low, `${low}${high}`, `${high}x`, `x${low}`, `🦊${high}`]) {
    const { request } = seedance.check({ ...GOOD, prompt: `a ${odd} b`, x: odd, y: 'after' })
    const whole = odd.toWellFormed()
    assert.deepEqual(request, { ...GOOD, prompt: `a ${whole} b`, x: whole, y: 'after' })
  }
  // Two halves of one character are still two strings.
  assert.deepEqual(seedance.check({ ...GOOD, x: high, y: low }).request, { ...GOOD, x: '\ufffd', y: '\ufffd' })
})

test('names of fields are names wherever they stand', () => {
  assertGivenBack({ ...GOOD, x: { model: { prompt: ['duration'], images: null } }, edition: { request: 1 } })
  assert.deepEqual(seedance.check({ ...GOOD, Model: 'm' }).findings.map(({ path }) => path), ['/Model'])
})

test('a name that would be a prototype is a name', () => {
  const body = JSON.parse('{"model":"seedance2.0-mini","prompt":"a fox","duration":5,"__proto__":{"accepted":true}}')
  const { request } = seedance.check(body)
  assert.deepEqual(Object.keys(request), ['model', 'prompt', 'duration', '__proto__'])
  assert.equal(Object.getPrototypeOf(request), Object.prototype)
  assert.equal({}.accepted, undefined)
})

test('numbers at the ends of what one word holds', () => {
  const found = (duration) => seedance.check({ ...GOOD, duration }).findings[0].params.actual
  for (const edge of [2 ** 27, 2 ** 31, 2 ** 32, 2 ** 53]) {
    for (const number of [edge - 1, edge, edge + 1, -edge - 1, -edge, -edge + 1]) {
      assert.equal(found(number), number)
      assert.deepEqual(seedance.check({ ...GOOD, x: number }).request.x, number)
    }
  }
  for (const number of [0, -1, 1e21, 1e300, -5e-324]) assert.equal(seedance.check({ ...GOOD, x: number }).request.x, number)
})

test('what one answer holds is no other answer\'s', () => {
  const one = seedance.check(GOOD)
  const other = seedance.check(GOOD)
  one.request.prompt = 'changed'
  one.findings.push('changed')
  one.route = 'changed'
  assert.deepEqual(seedance.check(GOOD), other)
  assert.deepEqual(other.request, GOOD)
})

test('text and values have the same answer', () => {
  for (const body of [GOOD, { ...GOOD, duration: 99, prompt: '雪' }, { ...GOOD, x: [1.5, '\u0000"\\', {}] }, [], 'x', null]) {
    for (const lang of ['en', 'zh']) assert.deepEqual(seedance.check(JSON.stringify(body), { lang }), seedance.check(body === 'x' ? '"x"' : body, { lang }))
  }
})

// Nothing of these changes on its way to the request, so the core only says that.
const FULL = {
  model: 'seedance2.0-mini-video',
  prompt: 'a fox',
  duration: 5,
  images: ['https://example.com/1.jpg', 'https://example.com/2.jpg'],
  reference_videos: ['https://example.com/1.mp4'],
}

test('an unchanged body is given back as another object', () => {
  for (const prompt of ['a fox', '一只狐狸']) {
    const body = { ...FULL, prompt }
    const { request } = seedance.check(body)
    assert.deepEqual(request, body)
    assert.deepEqual(Object.keys(request), Object.keys(body))
    request.images.push('changed')
    request.prompt = 'changed'
    assert.deepEqual(body, { ...FULL, prompt })
    assert.deepEqual(seedance.check(Object.freeze({ ...body, images: Object.freeze(body.images) })).request, body)
  }
})

test('what is no member of the request is not given back', () => {
  class Body {
    model = FULL.model
    prompt = FULL.prompt
    #hidden = 1
    get duration() {
      return this.#hidden
    }
  }
  const others = [
    { ...FULL, ratio: undefined, [Symbol('x')]: 1 },
    Object.assign(Object.create(null), FULL),
    Object.assign(Object.create({ ratio: '99:1', get size() { throw new Error('not read') } }), FULL),
    Object.defineProperty({ ...FULL }, 'ratio', { value: '99:1', enumerable: false }),
    Object.assign(new Body(), { images: FULL.images, reference_videos: FULL.reference_videos }),
  ]
  for (const body of others.slice(0, 4)) {
    const { findings, request } = seedance.check(body)
    assert.deepEqual([findings, request], [[], FULL])
    assert.deepEqual(Reflect.ownKeys(request), Object.keys(FULL))
    assert.equal(Object.getPrototypeOf(request), Object.prototype)
  }
  assert.deepEqual(seedance.check(others[4]).findings.map(({ rule, path }) => [rule, path]), [['missing-field', '/duration']])
})

test('what is given back is what was checked, whatever is said a second time', () => {
  const once = (value) => {
    let reads = 0
    return { enumerable: true, get: () => (reads++ === 0 ? value : 'http://evil.example/') }
  }
  const list = (items) => Object.defineProperties([], Object.fromEntries(items.map((item, at) => [at, once(item)])))
  const getters = () => Object.defineProperties({}, Object.fromEntries(Object.entries(FULL).map(([name, value]) => [name, once(Array.isArray(value) ? list(value) : value)])))
  assert.deepEqual(seedance.check(getters()), seedance.check(FULL))
  const reads = new Map()
  const fickle = (target) =>
    new Proxy(target, {
      get(of, key) {
        const count = (reads.get(of) ?? new Map()).get(key) ?? 0
        reads.set(of, (reads.get(of) ?? new Map()).set(key, count + 1))
        return count > 0 && key !== 'length' && typeof of[key] === 'string' ? 'http://evil.example/' : of[key]
      },
    })
  const proxies = fickle({ ...FULL, images: fickle([...FULL.images]), reference_videos: fickle([...FULL.reference_videos]) })
  assert.deepEqual(seedance.check(proxies), seedance.check(FULL))
})

test('a body that holds itself is told of where it does', () => {
  /** @type {any} */
  const body = { ...FULL }
  body.x = body
  body.images = [body]
  body.y = { z: body, w: [body] }
  const places = seedance.check(body).findings.filter(({ rule }) => rule === 'wrong-type').map(({ path }) => path)
  assert.deepEqual(places, ['/images/0', '/x', '/y/z', '/y/w/0'])
})

// How the package comes to its core: by every entry that its manifest names, and from everything that `init` takes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import * as form from 'seedance-preflight/form'
import { freshPackage } from './support/fresh.js'
import { coreBytes } from './support/module.js'
import { serve } from './support/server.js'

const GOOD = { model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 }
const folder = fileURLToPath(new URL('./node_modules/seedance-preflight', import.meta.url))

test('the entry for forms is ready on import in Node', async () => {
  assert.deepEqual(/** @type {any} */ (form.check(GOOD)).request, GOOD)
  await form.init()
})

test('every runtime takes the entry that suits it', async () => {
  for (const path of ['seedance-preflight', 'seedance-preflight/form']) {
    assert.match(await entryOf(path, 'workerd'), /workerd\.js$/)
    assert.match(await entryOf(path, 'node'), /node\.js$/)
    assert.match(await entryOf(path, 'browser'), path.endsWith('form') ? /form\.js$/ : /index\.js$/)
  }
})

async function entryOf(path, condition) {
  const { metafile } = await build({
    stdin: { contents: `import * as entry from '${path}'; console.log(entry)`, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    external: ['node:*'],
    loader: { '.wasm': 'empty' },
    conditions: [condition],
  })
  return metafile.inputs['<stdin>'].imports[0].path
}

test('init takes an address, an answer, bytes, a module, and a promise of each', async () => {
  const odd = () => coreBytes()
  const server = await serve({ '/pkg/': folder }, { '/core': odd })
  const address = `${server.origin}/pkg/core.wasm`
  try {
    const sources = [
      () => address,
      () => new URL(address),
      () => new Request(address),
      () => fetch(address),
      // Served as something else.
      () => `${server.origin}/core`,
      () => coreBytes(),
      () => Uint8Array.from(coreBytes()).buffer,
      () => new WebAssembly.Module(coreBytes()),
    ]
    for (const source of sources) {
      for (const given of [source(), Promise.resolve(source())]) {
        const seedance = freshPackage()
        await seedance.init(given)
        assert.deepEqual(seedance.check(GOOD).request, GOOD, String(source))
      }
    }
    const missing = `${server.origin}/pkg/none.wasm`
    await assert.rejects(freshPackage().init(missing), { message: `init() got no core from ${missing}: the status is 404` })
  } finally {
    server.close()
  }
})

test('a loading that failed can be repeated, however early it failed', async () => {
  const seedance = freshPackage()
  await assert.rejects(seedance.init())
  await assert.rejects(seedance.init(new Uint8Array(8)), { name: 'CompileError' })
  await assert.rejects(seedance.init(5), { name: 'TypeError' })
  const [one, two] = [seedance.init(coreBytes()), seedance.init()]
  assert.equal(one, two)
  await one
  assert.deepEqual(seedance.check(GOOD).request, GOOD)
})

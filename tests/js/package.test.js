// What the tarball holds, and how large it is.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { LOADED_FILES, budgetOf } from './support/budget.js'

const folder = new URL('./node_modules/seedance-preflight/', import.meta.url)
const read = (name) => readFileSync(new URL(name, folder))

test('the tarball holds every file that an entry needs, and nothing else', () => {
  assert.deepEqual(readdirSync(folder).sort(), [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'api.js',
    'build.json',
    'core.js',
    'core.js.map',
    'form.d.ts',
    'form.js',
    'index.d.ts',
    'index.js',
    'node.js',
    'openapi.json',
    'package.json',
    'reading.js',
    'reference.js',
    'schema.js',
    'core.wasm',
    'wasm.d.ts',
    'workerd.js',
  ])
})

test('types come first under every path that has some', () => {
  const { exports } = JSON.parse(String(read('package.json')))
  for (const [path, target] of Object.entries(exports)) {
    if (typeof target === 'object') assert.equal(Object.keys(target)[0], 'types', path)
  }
})

test('no code is made of text, which a page may forbid', () => {
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    assert.doesNotMatch(String(read(name)), /\beval\s*\(|new Function\b/, name)
  }
})

test('the module names no folder of the machine that built it', () => {
  const paths = read('core.wasm').toString('latin1').match(/\/(?:root|home|Users)\/|registry\/src/g)
  assert.equal(paths, null)
})

test('no type is `any`', () => {
  assert.doesNotMatch(String(read('index.d.ts')), /:\s*any\b|<any>|any\[\]/)
})

test('the entry for forms is the package without what is only looked up, and typed so', async () => {
  const [whole, form] = await Promise.all(['index.js', 'form.js'].map(async (name) => Object.keys(await import(new URL(name, folder))).sort()))
  assert.deepEqual(whole.filter((name) => !form.includes(name)), ['explain', 'jsonSchema', 'rules', 'schemaFor'])
  const [, typed] = /export \{([^}]*)\}/.exec(String(read('form.d.ts')))
  assert.deepEqual(typed.split(',').map((name) => name.trim()).filter(Boolean).sort(), form)
})

test('the core needs nothing from its host', async () => {
  const { default: imports } = { default: WebAssembly.Module.imports(new WebAssembly.Module(read('core.wasm'))) }
  assert.deepEqual(imports.map(({ name }) => name).filter((name) => name !== '__wbindgen_init_externref_table'), [])
})

test('the module, its glue and its entry keep to their budget', () => {
  const budget = budgetOf(JSON.parse(String(read('build.json'))))
  const sizes = LOADED_FILES.map((name) => ({ name, size: gzipSync(read(name), { level: 9 }).length }))
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  console.log(`measured: ${total} B gzip of ${budget}: ${sizes.map(({ name, size }) => `${name} ${size}`).join(', ')}`)
  assert.ok(total <= budget)
})

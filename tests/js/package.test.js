// The files in the tarball, and their size.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { LOADED_FILES, WHOLE_FILES, budgetsOf } from './support/budget.js';

const folder = new URL('./node_modules/seedance-preflight/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder));
const manifest = JSON.parse(String(read('package.json')));

test('the tarball holds every file that an entry needs, and nothing else', () => {
  assert.deepEqual(readdirSync(folder).sort(), [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'api.js',
    'build.json',
    'check.d.ts',
    'check.js',
    'check.js.map',
    'check.wasm',
    'core.js',
    'core.js.map',
    'core.wasm',
    'core.wasm.d.ts',
    'edge.js',
    'index.cjs',
    'index.d.cts',
    'index.d.ts',
    'index.js',
    'inline.js',
    'ledger-edge.js',
    'ledger-inline.js',
    'ledger-workerd.js',
    'ledger.cjs',
    'ledger.d.cts',
    'ledger.d.ts',
    'ledger.js',
    'ledger.js.map',
    'ledger.wasm',
    'openapi-2026-09.json',
    'openapi.json',
    'package.json',
    'reading.js',
    'reference.js',
    'routes.js',
    'table.js',
    'workerd.js',
  ]);
});

test('every path that the manifest names is there, and types come first', () => {
  const files = new Set(readdirSync(folder));
  const paths = (target) => (typeof target === 'string' ? [target] : Object.values(target).flatMap(paths));
  for (const target of paths([
    manifest.exports,
    manifest.main,
    manifest.module,
    manifest.types,
    manifest.unpkg,
    manifest.jsdelivr,
  ])) {
    assert.ok(files.has(target.replace('./', '')), target);
  }
  const check = (target, path) => {
    if (typeof target === 'string') return;
    const [first] = Object.keys(target);
    if (Object.values(target).some((inner) => typeof inner === 'object'))
      for (const inner of Object.values(target)) check(inner, path);
    else assert.equal(first, 'types', path);
  };
  for (const [path, target] of Object.entries(manifest.exports)) check(target, path);
});

test('no code is made of text, which a page may forbid', () => {
  for (const name of readdirSync(folder).filter((name) => /\.c?js$/.test(name))) {
    assert.doesNotMatch(String(read(name)), /\beval\s*\(|new Function\b/, name);
  }
});

test('nothing names a folder of the machine that built it', () => {
  for (const name of [
    'check.wasm',
    'check.js',
    'check.js.map',
    'core.wasm',
    'core.js',
    'core.js.map',
    'index.cjs',
    'ledger.wasm',
    'ledger.cjs',
    'ledger.js',
    'ledger.js.map',
  ]) {
    const paths = read(name)
      .toString('latin1')
      .match(/\/(?:root|home|Users)\/|registry\/src/g);
    assert.equal(paths, null, name);
  }
});

test('no type is `any`, and both kinds of programs have the same ones', () => {
  assert.doesNotMatch(String(read('index.d.ts')), /:\s*any\b|<any>|any\[\]/);
  assert.equal(String(read('index.d.cts')), String(read('index.d.ts')));
  assert.equal(String(read('ledger.d.cts')), String(read('ledger.d.ts')).replaceAll('index.js', 'index.cjs'));
});

test('`seedance-preflight/check` is what a page needs before its first report, and typed so', async () => {
  const [whole, part] = await Promise.all(
    ['index.js', 'check.js'].map(async (name) => Object.keys(await import(String(new URL(name, folder)))).sort()),
  );
  assert.deepEqual(
    whole.filter((name) => !part.includes(name)),
    [
      'checkNdjson',
      'compare',
      'explain',
      'jsonSchema',
      'quoteNdjson',
      'readCreateAnswer',
      'readTaskAnswer',
      'routes',
      'rules',
    ],
  );
  const [, typed] = /export \{([^}]*)\}/.exec(String(read('check.d.ts')));
  assert.deepEqual(
    typed
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .sort(),
    part,
  );
});

test('the modules need nothing from their host but their own glue', () => {
  for (const name of ['check.wasm', 'core.wasm', 'ledger.wasm']) {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(read(name)));
    assert.deepEqual([...new Set(imports.map(({ module }) => module))], ['./seedance_preflight_bg.js'], name);
  }
});

test('what a page loads keeps to its budget, by either entry', () => {
  const { page, whole } = budgetsOf(JSON.parse(String(read('build.json'))));
  keepTo(page, LOADED_FILES);
  keepTo(whole, WHOLE_FILES);
});

function keepTo(budget, names) {
  const sizes = names.map((name) => ({ name, size: gzipSync(read(name), { level: 9 }).length }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  console.log(`measured: ${total} B gzip of ${budget}: ${sizes.map(({ name, size }) => `${name} ${size}`).join(', ')}`);
  assert.ok(total <= budget);
}

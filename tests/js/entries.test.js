// How the package gets its core: through every entry in its manifest, and from every kind of source that `init` takes.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import * as judging from 'seedance-preflight/check';
import * as inline from 'seedance-preflight/inline';
import * as ledgerInline from 'seedance-preflight/ledger/inline';
import * as ledger from 'seedance-preflight/ledger';
import { freshPackage } from './support/fresh.js';
import { coreBytes } from './support/module.js';
import { serve } from './support/server.js';

const GOOD = { model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 };
const NO_PRICES = { currency: 'USD', prices: {} };
const installed = fileURLToPath(new URL('./node_modules/seedance-preflight', import.meta.url));

test('every entry is ready on import in Node', async () => {
  for (const entry of [judging, inline]) {
    assert.ok(entry.isReady());
    assert.deepEqual(/** @type {any} */ (entry.check(GOOD)).request, GOOD);
    await entry.init();
  }
  assert.ok(ledgerInline.isReady());
  assert.deepEqual(Object.keys(ledgerInline).sort(), Object.keys(ledger).sort());
});

test('the module inside of a script is read even where the host does not decode', async () => {
  const { Buffer } = globalThis;
  const script = pathToFileURL(join(installed, 'inline.js'));
  for (const other of [undefined, {}]) {
    script.search = String(other);
    Object.assign(globalThis, { Buffer: other });
    try {
      const { check } = await import(script.href);
      assert.deepEqual(check(GOOD).request, GOOD);
    } finally {
      Object.assign(globalThis, { Buffer });
    }
  }
});

test('require() gives the same functions, ready', () => {
  const require = createRequire(import.meta.url);
  const whole = require('seedance-preflight');
  assert.deepEqual(Object.keys(whole).sort(), Object.keys(inline).sort());
  assert.ok(whole.isReady());
  assert.deepEqual(whole.check(GOOD), inline.check(GOOD));
  const jobs = require('seedance-preflight/ledger');
  assert.deepEqual(Object.keys(jobs).sort(), Object.keys(ledger).sort());
  assert.ok(jobs.isReady());
  assert.deepEqual(
    jobs.plan(JSON.stringify(GOOD), { prices: NO_PRICES }),
    ledger.plan(JSON.stringify(GOOD), { prices: NO_PRICES }),
  );
});

test('what is required without its module says what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'required-'));
  for (const [script, remedy] of [
    ['index.cjs', 'has no core.wasm in .*: leave the package out of the bundle, or import seedance-preflight/inline'],
    [
      'ledger.cjs',
      'has no ledger.wasm in .*: leave the package out of the bundle, or import the ledger instead of requiring it',
    ],
  ]) {
    copyFileSync(join(installed, script), join(folder, script));
    assert.throws(
      () => createRequire(import.meta.url)(join(folder, script)),
      new RegExp(`^Error: seedance-preflight ${remedy}$`),
    );
  }
});

test('every runtime takes the entry that suits it', async () => {
  for (const path of ['seedance-preflight', 'seedance-preflight/check']) {
    assert.match(await entryOf(path, 'workerd'), /workerd\.js$/);
    assert.match(await entryOf(path, 'edge-light'), /edge\.js$/);
    assert.match(await entryOf(path, 'node'), /inline\.js$/);
    assert.match(await entryOf(path, 'browser'), path.endsWith('check') ? /check\.js$/ : /index\.js$/);
  }
  for (const [condition, file] of [
    ['workerd', 'ledger-workerd.js'],
    ['edge-light', 'ledger-edge.js'],
    ['node', 'ledger-inline.js'],
    ['browser', 'ledger.js'],
  ]) {
    assert.equal(basename(await entryOf('seedance-preflight/ledger', condition)), file);
  }
});

async function entryOf(path, condition) {
  const { metafile } = await build({
    stdin: {
      contents: `import * as entry from '${path}'; console.log(entry)`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    external: ['node:*'],
    // Bundlers of edge runtimes resolve this import themselves.
    plugins: [
      {
        name: 'edge',
        setup: (build) => void build.onResolve({ filter: /\?module$/ }, () => ({ path: 'core.wasm', external: true })),
      },
    ],
    loader: { '.wasm': 'empty' },
    conditions: [condition],
    // The suites' own tsconfig would redirect the import to the sources.
    tsconfigRaw: {},
  });
  return metafile.inputs['<stdin>'].imports[0].path;
}

test('init takes an address, an answer, bytes, a module, and a promise of each', async () => {
  const odd = () => coreBytes();
  const server = await serve({ '/pkg/': installed }, { '/core.json': odd, '/page': () => '<!doctype html>' });
  const address = `${server.origin}/pkg/core.wasm`;
  try {
    const sources = [
      () => address,
      () => new URL(address),
      () => new Request(address),
      () => fetch(address),
      // Served with another content type.
      () => `${server.origin}/core.json`,
      () => coreBytes(),
      () => Uint8Array.from(coreBytes()).buffer,
      () => new WebAssembly.Module(coreBytes()),
      // From another realm.
      () => runInNewContext('new WebAssembly.Module(bytes)', { bytes: coreBytes() }),
    ];
    for (const source of sources) {
      const thenable = { then: (take) => take(source()) };
      for (const given of [source(), Promise.resolve(source()), thenable, { source: source() }]) {
        const seedance = freshPackage();
        await seedance.init(given);
        assert.deepEqual(seedance.check(GOOD).request, GOOD, String(source));
      }
    }
    const missing = `${server.origin}/pkg/none.wasm`;
    await assert.rejects(freshPackage().init(missing), {
      message: `init() got no core from ${missing}: the status is 404`,
    });
    await assert.rejects(freshPackage().init('file:///none/core.wasm'), {
      message:
        'init() cannot fetch file:///none/core.wasm: fetch failed; `seedance-preflight/inline` and `seedance-preflight/ledger/inline` have their module inside',
    });
    const page = `${server.origin}/page`;
    await assert.rejects(freshPackage().init(page), {
      message: `init() got text/html from ${page}: the core is not there; serve \`core.wasm\`, or pass its address`,
    });
  } finally {
    server.close();
  }
});

test('a compiled module is taken over at once', () => {
  const seedance = freshPackage();
  seedance.init(new WebAssembly.Module(coreBytes()));
  assert.deepEqual(seedance.check(GOOD).request, GOOD);
});

test('a loading that failed can be repeated, however early it failed', async () => {
  const seedance = freshPackage();
  await assert.rejects(seedance.init());
  await assert.rejects(seedance.init(new Uint8Array(8)), { name: 'CompileError' });
  await assert.rejects(seedance.init(5), { name: 'TypeError' });
  assert.ok(!seedance.isReady());
  const [one, two] = [seedance.init(coreBytes()), seedance.init()];
  assert.equal(one, two);
  await one;
  assert.ok(seedance.isReady());
  assert.deepEqual(seedance.check(GOOD).request, GOOD);
});

test('the language of messages where a call names none', async () => {
  const seedance = freshPackage();
  await assert.rejects(seedance.init({ lang: 'fr' }), { message: 'the language must be `en` or `zh`' });
  await assert.rejects(seedance.init({ language: 'zh' }), {
    message: 'init() has no option `language`; it has `lang`, `edition`, `source`',
  });
  await seedance.init({ lang: 'zh', source: coreBytes() });
  const message = (options) => seedance.check({}, options).findings[0].message;
  assert.match(message(), /缺少|必填/);
  assert.match(message({ lang: 'en' }), /required/);
  await seedance.init({ lang: 'en' });
  assert.match(message(), /required/);
});

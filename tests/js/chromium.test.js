// The package in Chromium: in a plain page under the form's policy, and bundled by two bundlers.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as seedance from 'seedance-preflight';
import { plan } from 'seedance-preflight/ledger';
import { build } from 'vite';
import { inChromium } from './support/browser.js';
import { caseJobs } from './support/cases.js';
import { nativeAnswers, randomJobs } from './support/native.js';
import { POLICY, serve } from './support/server.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BODY = {
  model: 'seedance2.0-mini',
  prompt: 'a fox',
  duration: 20,
  images: ['https://example.com/1.jpg'],
  first_image: '',
};

test('a page without a bundler: every case and 5,000 seeded jobs as the native core', async () => {
  const jobs = [...caseJobs(), ...randomJobs('2026-07', 900, 2_500), ...randomJobs('2026-09', 900, 2_500)];
  const answers = {
    '/jobs.json': () => JSON.stringify(jobs),
    '/native.json': () => JSON.stringify(nativeAnswers(jobs)),
  };
  const folders = {
    '/pkg/': here('node_modules/seedance-preflight'),
    '/support/': here('support'),
    '/page/': here('fixtures/page'),
  };
  const server = await serve(folders, answers);
  try {
    await inChromium(`${server.origin}/page/index.html`, async (page) => {
      assert.deepEqual(await page.evaluate(() => window.tellTale), {
        early: 'check() needs the core: `await init()` once before the first call',
        failed: 'CompileError',
        shared: true,
      });
      assert.deepEqual(await page.evaluate(() => window.compareWithNative()), {
        compared: jobs.length,
        differences: [],
      });
      const planned = await page.evaluate(async () => {
        const address = '/pkg/ledger.js';
        const { init, plan } = await import(address);
        await init();
        return plan('{}\n', { prices: { currency: 'USD', prices: {} } }).jobs;
      });
      assert.deepEqual(planned, plan('{}\n', { prices: { currency: 'USD', prices: {} } }).jobs);
      assert.equal(planned[0].status, 'refused');
    });
  } finally {
    server.close();
  }
});

test('a page whose policy forbids WebAssembly is told what to allow', async () => {
  const policy = POLICY.replace(" 'wasm-unsafe-eval'", '');
  const server = await serve(
    { '/pkg/': here('node_modules/seedance-preflight'), '/page/': here('fixtures/page') },
    {},
    policy,
  );
  try {
    const told = await inChromium(
      `${server.origin}/page/forbidden.html`,
      (page) => page.evaluate(() => window.tellTale),
      { mayComplain: true },
    );
    assert.equal(
      told,
      "init() may not compile WebAssembly here: add 'wasm-unsafe-eval' to `script-src` in the page's Content Security Policy",
    );
  } finally {
    server.close();
  }
});

test('a Vite build', async () => {
  const outDir = here('../output/vite');
  await build({ root: here('fixtures/bundled'), base: './', logLevel: 'error', build: { outDir, emptyOutDir: true } });
  await runsBundled(outDir);
});

test('React 19, in a Vite build: a component suspends until the core is there', async () => {
  const outDir = here('../output/react');
  await build({ root: here('fixtures/react'), base: './', logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await serve({ '/': outDir });
  try {
    await inChromium(`${server.origin}/index.html`, async (page) => {
      const verdict = () => page.locator('li').allTextContents();
      assert.deepEqual(await verdict(), ['`duration` is 20 s; it must be 4–15 s on `seedance2.0-mini`']);
      await page.locator('input').fill('5');
      assert.deepEqual(await verdict(), []);
      await page.locator('input').fill('');
      assert.deepEqual(await verdict(), [
        '`duration` must be an integer, not a value that JSON cannot hold, such as NaN',
      ]);
    });
  } finally {
    server.close();
  }
});

test('an esbuild bundle', async () => {
  const outdir = here('../output/esbuild');
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  await esbuild.build({
    entryPoints: { main: here('fixtures/bundled/esbuild.js') },
    bundle: true,
    format: 'esm',
    minify: true,
    loader: { '.wasm': 'file' },
    outdir,
  });
  await esbuild.build({ entryPoints: [here('fixtures/bundled/index.html')], loader: { '.html': 'copy' }, outdir });
  await runsBundled(outdir);
});

async function runsBundled(folder) {
  const server = await serve({ '/': folder });
  try {
    const report = await inChromium(`${server.origin}/index.html`, (page) =>
      page.evaluate((body) => window.report(body), BODY),
    );
    assert.deepEqual(report, seedance.check(BODY));
  } finally {
    server.close();
  }
}

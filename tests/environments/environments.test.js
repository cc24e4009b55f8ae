// The package as npm installs it, in the tools that people build and test with: its answers are the same as in Node.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { check } from 'seedance-preflight';
import webpack from 'webpack';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const output = here('output');
const run = async (program, ...words) => {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_OPTIONS: '' };
  return promisify(execFile)(here(`node_modules/.bin/${program}`), words, { cwd: here('programs'), env });
};
const BODY = { model: 'seedance2.0-mini', prompt: 'a fox', duration: 20 };
const EXPECTED = JSON.stringify(check(BODY));

rmSync(output, { recursive: true, force: true });
mkdirSync(output);

test('Jest, in Node', () => run('jest', '--env=node', 'jest.test.cjs'));

test('Jest, in jsdom, is told what is missing, and runs once it is there', async () => {
  const inJsdom = ['--env=jsdom', 'jest.test.cjs'];
  await assert.rejects(run('jest', ...inJsdom), /needs `TextDecoder`.*`testEnvironment: 'node'`/s);
  await run('jest', ...inJsdom, '--setupFiles=./jest.setup.cjs');
});

test('Vitest', () => run('vitest', 'run', 'vitest.test.js'));

test('tsx, in a CommonJS program', async () => {
  assert.equal((await run('tsx', 'program.cts')).stdout.trim(), EXPECTED);
});

for (const [program, ...words] of [['bun'], ['deno', 'run']]) {
  test(program, async () => {
    assert.equal((await run(program, ...words, 'bundled.js')).stdout.trim(), EXPECTED);
  });
}

test('an esbuild bundle for Node', async () => {
  const outfile = `${output}/esbuild.cjs`;
  await run('esbuild', 'bundled.js', '--bundle', '--platform=node', `--outfile=${outfile}`);
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  assert.equal(stdout.trim(), EXPECTED);
});

test('a webpack bundle for Node', async () => {
  const compiler = webpack({
    mode: 'production',
    target: 'node',
    context: here('programs'),
    entry: './bundled.js',
    output: { path: `${output}/webpack` },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  assert.deepEqual(stats.toJson().errors, []);
  const { stdout } = await promisify(execFile)(process.execPath, [`${output}/webpack/main.js`]);
  assert.equal(stdout.trim(), EXPECTED);
});

// Built with webpack, Next.js 16.4 has no edge routes, whatever they import.
for (const [bundler, routes] of [
  ['turbopack', ['node', 'edge']],
  ['webpack', ['node']],
]) {
  test(`Next.js by ${bundler}: a page, and routes: ${routes.join(', ')}`, async () => {
    const app = `${output}/next-${bundler}`;
    cpSync(here('programs/next'), app, { recursive: true });
    if (!routes.includes('edge')) rmSync(`${app}/app/api/edge`, { recursive: true });
    await run('next', 'build', app, `--${bundler}`);
    const server = spawn(here('node_modules/.bin/next'), ['start', app, '--port=0', '--hostname=127.0.0.1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const address = await addressOf(server);
      const page = await (await fetch(address)).text();
      assert.match(page, /duration-out-of-range/);
      for (const route of routes) {
        const answer = await fetch(`${address}/api/${route}`, { method: 'POST', body: JSON.stringify(BODY) });
        assert.equal(JSON.stringify(await answer.json()), EXPECTED, route);
      }
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  });
}

async function addressOf(server) {
  let said = '';
  for await (const piece of server.stdout) {
    said += piece;
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
    if (address !== undefined && said.includes('Ready')) return address;
  }
  throw new Error(`next start ended: ${said}`);
}

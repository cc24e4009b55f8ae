// A local worker in workerd.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PROGRAM = createRequire(import.meta.url).resolve('@cloudflare/workerd-linux-64/bin/workerd');

/** Starts fixtures/worker.js with the installed package, and returns its address and a function that stops it. */
export async function startWorker() {
  const folder = here('../../output/workerd');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(here('../node_modules/seedance-preflight/'), join(folder, 'pkg'), { recursive: true, dereference: true });
  cpSync(here('../support'), join(folder, 'support'), { recursive: true });
  cpSync(here('../fixtures/worker.js'), join(folder, 'worker.js'));
  const config = join(folder, 'config.capnp');
  writeFileSync(config, configOf(folder));
  const process = spawn(PROGRAM, ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const port = await new Promise((found, failed) => {
    process.stdio[3].on('data', (data) => found(JSON.parse(String(data).split('\n')[0]).port));
    process.on('exit', (code) => failed(new Error(`workerd ended with ${code}`)));
  });
  return { origin: `http://127.0.0.1:${port}`, stop: () => process.kill() };
}

function configOf(folder) {
  const scripts = readdirSync(join(folder, 'pkg')).filter(
    (name) => name.endsWith('.js') && !/edge\.js|inline\.js|index\.js/.test(name),
  );
  const modules = ['worker.js', 'support/answers.js', 'support/canonical.js', ...scripts.map((name) => `pkg/${name}`)];
  const wasm = ['pkg/core.wasm', 'pkg/ledger.wasm'];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [
    ${modules.map((name) => `(name = "${name}", esModule = embed "${name}"),`).join('\n    ')}
    ${wasm.map((name) => `(name = "${name}", wasm = embed "${name}"),`).join('\n    ')}
  ],
);
`;
}

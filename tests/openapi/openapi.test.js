// The completed OpenAPI documents and the JSON Schemas in the tools that use them: two linters, generators for TypeScript and
// Python, and a mock server, which refuses what the core refuses and serves what its document says.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compile } from 'json-schema-to-typescript';
import openapi, { astToString } from 'openapi-typescript';
import * as seedance from '../../pkg/inline.js';
import { cases } from '../js/support/cases.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PATH = '/api/open-api/v1/seedance/videos';
const DOCUMENTS = { '2026-07': here('../../pkg/openapi.json'), '2026-09': here('../../pkg/openapi-2026-09.json') };
const all = here('../output/openapi');
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
const python = (program) => `${process.env.SEEDANCE_PYTHON}/${program}`;
const answers = JSON.parse(readFileSync(here('answers.json'), 'utf8'));

rmSync(all, { recursive: true, force: true });
assert.deepEqual(Object.keys(DOCUMENTS), seedance.editions());

for (const [edition, document] of Object.entries(DOCUMENTS))
  describe(edition, () => {
    const output = `${all}/${edition}`;
    mkdirSync(output, { recursive: true });
    const run = (program, ...words) => promisify(execFile)(program, words, { env, cwd: output, maxBuffer: 2 ** 26 });
    const node = (program, ...words) => run(here(`node_modules/.bin/${program}`), ...words);

    const { allOf, ...endpoint } = /** @type {any} */ (seedance.jsonSchema({ edition }));
    const unsaid = new Set(endpoint['x-not-expressed']);
    /** The definition that a model's requests follow. */
    const kindOf = (model) => {
      const branch = allOf.find((each) => each.if.properties.model.enum.includes(model));
      return branch.then.$ref.split('/').pop();
    };
    // Accepted cases are asked in their normalised form: a blank field counts as absent, and is not in it.
    const asked = cases()
      .filter((each) => each.edition === edition && typeof each.request === 'object' && each.request && !each.error)
      .map(({ name, request }) => {
        const report = seedance.check(request, { edition });
        const errors = report.findings.filter(({ severity }) => severity === 'error');
        return { name, request: report.accepted ? report.request : request, model: report.model, errors };
      });

    test('no error by Redocly and Spectral', async () => {
      const { stdout } = await node('redocly', 'lint', document, '--extends=recommended', '--format=json');
      assert.equal(JSON.parse(stdout).totals.errors, 0);
      writeFileSync(`${output}/.spectral.json`, '{ "extends": ["spectral:oas"] }');
      await node('spectral', 'lint', document, '--ruleset', `${output}/.spectral.json`);
    });

    test('TypeScript by openapi-typescript and json-schema-to-typescript takes every accepted case', async () => {
      writeFileSync(`${output}/api.ts`, astToString(await openapi(new URL(`file://${document}`))));
      const accepted = asked.filter(({ errors }) => errors.length === 0);
      const models = [...new Set(accepted.map(({ model }) => model))];
      const programs = ["import type { components } from './api.js'", "type Schemas = components['schemas']"];
      for (const [at, model] of models.entries()) {
        const schema = /** @type {any} */ (seedance.jsonSchema({ edition, model, target: 'draft-07' }));
        writeFileSync(`${output}/model${at}.ts`, await compile({ ...schema, title: 'Request' }, 'Request'));
        programs.push(`import type { Request as Request${at} } from './model${at}.js'`);
      }
      for (const { request, model } of accepted) {
        programs.push(
          `;(${JSON.stringify(request)}) satisfies Request${models.indexOf(model)} & Schemas[${JSON.stringify(kindOf(model))}]`,
        );
      }
      for (const [at, answer] of answers.entries()) {
        programs.push(
          `const answer${at} = ${JSON.stringify(answer)}`,
          `answer${at} satisfies Schemas['VideoGenerationResponse']`,
        );
      }
      writeFileSync(`${output}/program.ts`, programs.join('\n'));
      await node('tsc', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', `${output}/program.ts`);
      assert.ok(accepted.length > 50);
    });

    test('Python by openapi-python-client and datamodel-code-generator reads answers and requests', async () => {
      const requests = asked
        .filter(({ model }) => model !== null)
        .map(({ request, model, errors }) => ({ request, kind: kindOf(model), accepted: errors.length === 0 }));
      const program = promisify(execFile)(python('python'), [here('generated.py'), document, output]);
      program.child.stdin.end(JSON.stringify({ answers, requests }));
      assert.ok(Number((await program).stdout) > 50);
    });

    let mock, origin;
    before(async () => {
      const port = await freePort();
      mock = spawn(here('node_modules/.bin/prism'), ['mock', document, '--port', String(port), '--errors'], {
        stdio: 'ignore',
      });
      origin = `http://127.0.0.1:${port}`;
      await until(() => fetch(origin + PATH, { method: 'POST' }));
    });
    after(() => mock.kill());

    test('Prism serves it, and refuses what the core refuses', async () => {
      const headers = { authorization: 'Bearer test', 'content-type': 'application/json' };
      for (const { name, request, errors } of asked) {
        const { status } = await fetch(origin + PATH, { method: 'POST', headers, body: JSON.stringify(request) });
        const isSaid = errors.some(({ rule }) => !unsaid.has(rule));
        assert.ok(status === 200 ? !isSaid : status === 422 && errors.length > 0, `${name}: ${status}`);
      }
      assert.ok(asked.length > 100);
    });

    // Fuzzing sends only valid requests, since a zero byte makes Prism hang. From the newer document schemathesis makes no body.
    const phases = [['--phases=coverage']];
    if (edition === '2026-07') phases.push(['--phases=fuzzing', '--mode=positive', '--max-examples=100']);
    for (const phase of phases) {
      test(`schemathesis finds nothing in what Prism serves: ${phase[0]}`, () =>
        // Prism does not check keys, and does not report which methods it has.
        run(
          python('schemathesis'),
          ...['run', document, '--url', origin, '--header', 'Authorization: Bearer test', '--seed=1', ...phase],
          '--exclude-checks=ignored_auth,unsupported_method',
        ));
    }
  });

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

async function until(attempt) {
  for (let left = 120; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((later) => setTimeout(later, 250));
    }
  }
}

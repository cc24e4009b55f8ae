// tsc --strict over a program that uses everything, a program with an error in every line, the package's own values and answers, and
// the README's programs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as seedance from 'seedance-preflight';
import { cases } from './support/cases.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test('types', () => compile(here('types')));

test('what is looked up is of its type, to the last member', () => {
  const values = seedance.editions().flatMap((edition) => {
    const rules = seedance.rules({ edition });
    return Object.entries({
      Table: seedance.routes({ edition }),
      'Rule[]': rules,
      'Rule<string>[]': seedance.rules({ edition, lang: 'zh' }),
      'Explanation[]': rules.map(({ rule }) => seedance.explain(rule, { edition })),
      'Explanation<string>[]': rules.map(({ rule }) => seedance.explain(rule, { edition, lang: 'en' })),
    });
  });
  compileValues('Explanation, Rule, Table', values);
});

test('what is judged is of its type, to the last member', () => {
  const given = cases().filter(({ error }) => error === undefined);
  const judged = given.flatMap(
    ({ edition, request, text = request, media, prices = { currency: 'USD', prices: {} } }) => {
      const { report, quote } = seedance.judge(text, prices, { edition, media });
      // An accepted request is what was given, and so may have members that no type knows.
      const Report = report.accepted
        ? { ...report, request: { model: report.model, prompt: '', duration: 5 } }
        : report;
      return Object.entries({ Report, Quote: quote });
    },
  );
  const compared = given
    .filter((_, at) => at % 40 === 0)
    .flatMap(({ edition, request, prices }) => seedance.compare(request, { edition, prices }))
    .map((candidate) => ['Comparison', candidate]);
  compileValues('Comparison, Quote, Report', [...judged, ...compared]);
});

test("the README's programs", () => {
  const readme = readFileSync(here('node_modules/seedance-preflight/README.md'), 'utf8');
  const [order, batch, forms, ...more] = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, program]) => program);
  assert.deepEqual(more, []);
  // The declarations that the README's lines about forms and servers need.
  const around = `import { FormApi } from '@tanstack/form-core'
import { initTRPC } from '@trpc/server'
import { useForm } from 'react-hook-form'
import type { SeedanceRequest } from 'seedance-preflight'
const t = initTRPC.create()
declare const draft: SeedanceRequest
declare function send(request: SeedanceRequest): void
`;
  compilePrograms({ first: order + batch, forms: around + forms });
  // After each `console.log` the README says what it prints.
  const expected = [...(order + batch).matchAll(/console\.log\(.*\)\s*\/\/ (.*)/g)].map(([, printed]) => printed);
  const inspecting = `import { inspect } from 'node:util'
const print = console.log
console.log = (...values) => print(values.map((each) => inspect(each)).join(' '))
`;
  const words = ['--input-type=module', '--eval', inspecting + order + batch];
  const printed = execFileSync(process.execPath, words, { cwd: here('.'), encoding: 'utf8' });
  assert.deepEqual(printed.trimEnd().split('\n'), expected);
});

/** Compiles values, which must not have a member that their types lack. */
function compileValues(types, values) {
  const lines = values.map(([type, value], at) => `export const value${at}: ${type} = ${JSON.stringify(value)}`);
  compilePrograms({ values: [`import type { ${types} } from 'seedance-preflight'`, ...lines].join('\n') });
}

function compilePrograms(programs) {
  const folder = here('../output/types/');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(here('node_modules'), `${folder}node_modules`);
  for (const [name, text] of Object.entries(programs)) writeFileSync(`${folder}${name}.mts`, text);
  const compilerOptions = { skipLibCheck: true, lib: ['es2023', 'dom'] };
  writeFileSync(
    `${folder}tsconfig.json`,
    JSON.stringify({ extends: '../../js/types/tsconfig.json', compilerOptions, include: ['*.mts'] }),
  );
  compile(folder);
}

function compile(folder) {
  try {
    execFileSync(here('node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
  } catch (error) {
    throw new Error(error.stdout);
  }
}

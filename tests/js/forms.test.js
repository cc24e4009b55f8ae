// The Standard Schema in the libraries that people use it with, on all cases: react-hook-form's resolver, TanStack Form, tRPC.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { FormApi } from '@tanstack/form-core';
import { initTRPC } from '@trpc/server';
import { seedance } from './support/untyped.js';
import { cases } from './support/cases.js';
import { freshPackage } from './support/fresh.js';
import { coreBytes } from './support/module.js';

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const any = seedance.schemaFor();
const objects = cases().filter(
  ({ edition, request, error, media }) => edition === seedance.editions()[0] && isObject(request) && !error && !media,
);
const errorsOf = (body) => seedance.check(body).findings.filter(({ severity }) => severity === 'error');
const keyOf = (path) => path.slice(1).replaceAll('/', '.');

test('what the Standard Schema promises', () => {
  for (const { request } of objects) {
    const { validate } = any['~standard'];
    const result = validate(request);
    const report = seedance.check(request);
    assert.ok(!(result instanceof Promise));
    if (report.accepted) assert.deepEqual(result, { value: report.request });
    else {
      assert.deepEqual(Object.keys(result), ['issues']);
      assert.ok(result.issues.length > 0);
      assert.deepEqual(
        result.issues.map(({ message }) => message),
        errorsOf(request).map(({ message }) => message),
      );
    }
  }
  const names = ['parse', 'parseAsync', 'validateSync', 'create', 'assert'];
  assert.ok(names.every((name) => any[name] === undefined));
  assert.deepEqual([any['~standard'].version, any['~standard'].vendor], [1, 'seedance-preflight']);
});

test('a schema for one model', () => {
  assert.equal(seedance.schemaFor('seedance2.0-md')['~standard'].jsonSchema, undefined);
  const { validate, jsonSchema } = seedance.schemaFor('seedance2.0-md', {
    lang: 'zh',
    jsonSchema: seedance.jsonSchema,
  })['~standard'];
  const good = { model: 'seedance2.0-md', prompt: '狐狸', duration: 5 };
  assert.deepEqual(validate(good), { value: good });
  assert.deepEqual(validate({ ...good, model: 'seedance2.0-std' }).issues, [
    { message: '此处 `model` 必须是 `seedance2.0-md`', path: ['model'] },
  ]);
  assert.deepEqual(
    validate({ ...good, images: ['x'] }).issues.map(({ path }) => path),
    [['images', 0]],
  );
  const boom = {
    get model() {
      throw new Error('boom');
    },
  };
  assert.deepEqual(validate(boom), { issues: [{ message: 'validate() cannot read `body`: boom', path: [] }] });
  assert.equal(jsonSchema.input({ target: 'draft-07' }).properties.model.const, 'seedance2.0-md');
  assert.throws(() => jsonSchema.output({ target: 'openapi-3.0' }), RangeError);
});

test('a model may be given by any of its names, and a body may have any of them', () => {
  const models = seedance.routes({ edition: 'latest' }).routes.flatMap(({ models }) => models);
  const names = models.filter(({ aliases }) => aliases).map(({ model, aliases }) => [model, ...aliases]);
  assert.ok(names.length > 3);
  for (const same of names) {
    for (const own of same) {
      const { validate, jsonSchema } = seedance.schemaFor(own, {
        edition: 'latest',
        jsonSchema: seedance.jsonSchema,
      })['~standard'];
      assert.deepEqual(jsonSchema.input().properties.model.enum, same);
      for (const model of same) {
        const { issues = [] } = validate({ model, prompt: 'x', duration: 5 });
        assert.deepEqual(
          issues.filter(({ path }) => path[0] === 'model'),
          [],
          `${model} for ${own}`,
        );
      }
      assert.deepEqual(validate({ model: 'seedance2.0-mini', prompt: 'x', duration: 5 }).issues, [
        { message: `\`model\` must be \`${own}\` here`, path: ['model'] },
      ]);
    }
  }
  const body = { model: 'sd2_933_720p', prompt: 'x', duration: 5 };
  const schema = seedance.schemaFor('sd2_933_720p', { edition: 'latest' });
  assert.deepEqual(schema['~standard'].validate(body), { value: body });
});

test('safeParse', () => {
  const good = { model: 'seedance2.0-md', prompt: 'a fox', duration: 5, ratio: '' };
  assert.deepEqual(seedance.safeParse(good), {
    success: true,
    data: { model: 'seedance2.0-md', prompt: 'a fox', duration: 5 },
  });
  const { success, issues } = seedance.safeParse({ ...good, duration: 99 }, { lang: 'zh' });
  assert.deepEqual(
    [success, issues.map(({ path, rule }) => [path, rule])],
    [false, [[['duration'], 'duration-out-of-range']]],
  );
  assert.match(issues[0].message, /视频时长/);
  assert.deepEqual(issues[0].fixes[0].patch, [{ op: 'replace', path: '/duration', value: 15 }]);
});

test('more findings than a report holds: the last issue says how many', () => {
  // The error is among the findings that are left out.
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`further_${at}`, 1]));
  const body = { model: 'seedance2.0-md', prompt: 'a fox', duration: 5, ...wide, zz: NaN };
  const left = (message) => [{ message, path: [] }];
  assert.deepEqual(seedance.safeParse(body).issues, left('not shown: 1 more findings'));
  const schema = seedance.schemaFor('seedance2.0-md', { lang: 'zh' });
  assert.deepEqual(schema['~standard'].validate(body).issues, left('另有 1 条问题未显示'));
  const many = seedance.safeParse({ ...body, zz: 1, images: Array(1500).fill('') }).issues;
  assert.deepEqual([many.length, many.at(-1)], [1001, ...left('not shown: 1502 more findings')]);
});

test('a misspelt model is told with what it was meant to be', () => {
  for (const lang of ['en', 'zh'])
    assert.throws(() => seedance.schemaFor('seedance2.0-mni', { lang }), {
      name: 'RangeError',
      message: /^schemaFor\(\) has no such schema: unknown model `seedance2\.0-mni`; did you mean `seedance2\.0-mini`/,
    });
});

test("the program's own mistakes are thrown and are no issues", async () => {
  const facts = (...videos) => ({ media: { reference_videos: videos } });
  const bad = [{ lang: 'cn' }, { lang: null }, { media: 'no JSON' }, { media: { videos: [] } }, facts({ seconds: -1 })];
  for (const options of bad)
    assert.throws(() => seedance.schemaFor(undefined, options), Error, JSON.stringify(options));
  for (const [jsonSchema, words] of [
    [true, 'true'],
    [false, 'false'],
    [null, 'null'],
    [{}, 'a value of type object'],
    ['x', '"x"'],
  ]) {
    assert.throws(() => freshPackage().schemaFor('seedance2.0-md', { jsonSchema }), {
      name: 'TypeError',
      message: `schemaFor() was given ${words} as \`jsonSchema\`; it is the package's function`,
    });
  }
  // However many facts there are.
  for (const entries of [100, 5_000]) seedance.schemaFor('sd2_mx_video_720p', facts(...Array(entries).fill(null)));
  // The number of facts is only compared when a value is validated.
  const { validate } = seedance.schemaFor(undefined, facts({ seconds: 3 }, null))['~standard'];
  assert.equal(validate({ model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 }).issues.length, 1);
  const early = freshPackage();
  assert.throws(() => early.schemaFor(undefined, { lang: 'cn' }), { message: 'the language must be `en` or `zh`' });
  const schemas = bad.slice(2).map((options) => early.schemaFor(undefined, options)['~standard']);
  assert.throws(() => schemas[0].validate({}), {
    message: 'validate() needs the core: `await init()` once before the first call',
  });
  await early.init(coreBytes());
  for (const schema of schemas) {
    for (let i = 0; i < 2; i++) assert.throws(() => schema.validate({}), /^Error: media facts: /);
  }
});

test('a schema that was made before `init` speaks the language and edition that `init` sets', async () => {
  const early = freshPackage();
  const { validate } = early.schemaFor('seedance2.0-md')['~standard'];
  const english = early.schemaFor('seedance2.0-md', { lang: 'en', edition: '2026-07' })['~standard'];
  await early.init({ lang: 'zh', edition: 'latest', source: coreBytes() });
  const body = { model: 'seedance2.0-mini', prompt: 'x', duration: 99 };
  const messages = (validate) => validate(body).issues.map(({ message }) => message);
  const findings = (options) => early.check(body, options).findings.map(({ message }) => message);
  assert.deepEqual(messages(validate), ['此处 `model` 必须是 `seedance2.0-md`', ...findings()]);
  assert.match(messages(validate)[1], /视频时长/);
  const fixed = { lang: 'en', edition: '2026-07' };
  assert.deepEqual(messages(english.validate), ['`model` must be `seedance2.0-md` here', ...findings(fixed)]);
  await early.init({ lang: 'en' });
  assert.deepEqual(messages(validate), ['`model` must be `seedance2.0-md` here', ...findings()]);
});

test("react-hook-form's resolver", async () => {
  const resolver = standardSchemaResolver(any);
  for (const { name, request } of objects) {
    const { values, errors } = await resolver(request, undefined, { fields: {}, shouldUseNativeValidation: false });
    const report = seedance.check(request);
    if (report.accepted) assert.deepEqual(values, report.request, name);
    else
      assert.deepEqual(
        [...leaves(errors)].sort(),
        [...new Set(errorsOf(request).map(({ path }) => keyOf(path)))].map(inResolver).sort(),
        name,
      );
  }
});

// The resolver keeps the errors of a list's items inside those of the list, and the list's own errors under `root`.
const inResolver = (path, _, all) => (all.some((other) => other.startsWith(`${path}.`)) ? `${path}.root` : path);

function* leaves(errors, path = []) {
  for (const [key, value] of Object.entries(errors)) {
    const isError = typeof value?.message === 'string' && typeof value?.type === 'string';
    const children = Object.entries(value ?? {}).filter(([, child]) => isObject(child) && child !== value.ref);
    if (children.some(([, child]) => child.message !== undefined))
      yield* leaves(Object.fromEntries(children), [...path, key]);
    else if (isError) yield [...path, key].join('.');
  }
}

test('TanStack Form', async () => {
  for (const { name, request } of objects.slice(0, 60)) {
    let sent;
    const form = new FormApi({
      defaultValues: request,
      validators: { onSubmit: any },
      onSubmit: ({ value }) => {
        sent = any['~standard'].validate(value).value;
      },
    });
    form.mount();
    await form.handleSubmit();
    assert.deepEqual(sent, seedance.check(request).request, name);
  }
});

test('tRPC', async () => {
  const t = initTRPC.create();
  const router = t.router({ create: t.procedure.input(any).mutation(({ input }) => input) });
  const caller = t.createCallerFactory(router)({});
  for (const { name, request } of objects) {
    const report = seedance.check(request);
    if (report.accepted) assert.deepEqual(await caller.create(request), report.request, name);
    else {
      /** @type {any} */
      const refusal = await caller.create(request).catch((error) => error);
      assert.equal(refusal.code, 'BAD_REQUEST', name);
      assert.deepEqual(
        refusal.cause.issues.map(({ rule }) => rule),
        errorsOf(request).map(({ rule }) => rule),
        name,
      );
    }
  }
});

// The exported JSON Schemas in an engine that nobody here wrote: what the core accepts they accept as it would be submitted, and what
// the core refuses for a reason that a schema can say, the schema refuses. tests/tests/release_schemas asks the same of another engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Ajv07 from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import { seedance } from './support/untyped.js';
import { cases } from './support/cases.js';
import { randomRequests } from './support/native.js';

const ENGINES = { 'draft-07': Ajv07, 'draft-2020-12': Ajv2020 };
// What a schema says beside JSON Schema: such keywords a strict engine wants to be told.
const EXTENSIONS = ['x-edition', 'x-not-expressed', 'x-rules'];
// `cargo xtask prove` asks for all of them.
const SEEDED = process.env.SEEDANCE_EXHAUSTIVE === 'whole' ? 1_000_000 : 200_000;
// What fits into one string of Node's.
const AT_ONCE = 50_000;

const modelsOf = (edition) =>
  seedance.routes({ edition }).routes.flatMap(({ models }) => models.map(({ model }) => model));
const models = modelsOf(undefined);
const compile =
  (edition) =>
  ([target, Ajv]) => {
    const compiled = (model) => {
      const schema = seedance.jsonSchema({ model, target, edition });
      const validate = new Ajv({ strict: true, keywords: EXTENSIONS }).compile(schema);
      return {
        name: `${model ?? 'the endpoint'}, ${target}`,
        validate,
        unsaid: new Set(schema['x-not-expressed']),
        refused: 0,
      };
    };
    return { endpoint: compiled(undefined), of: new Map(modelsOf(edition).map((model) => [model, compiled(model)])) };
  };
const schemas = new Map(seedance.editions().map((edition) => [edition, Object.entries(ENGINES).map(compile(edition))]));
const [DEFAULT] = schemas.keys();

test("the endpoint's and every model's schema and the core, on every case", () => {
  for (const edition of schemas.keys()) {
    const requests = cases()
      .filter((each) => (each.edition ?? DEFAULT) === edition && each.request !== undefined)
      .map(({ request }) => request);
    assert.ok(compare(edition, requests) > 300);
  }
});

test('form generators find titles, and choices as lists', () => {
  for (const model of models) {
    const { title, properties } = seedance.jsonSchema({ model });
    assert.equal(properties.model.const, model);
    assert.deepEqual(
      Object.values(properties).filter((property) => !property.title || property.anyOf),
      [],
      title,
    );
    assert.ok(Array.isArray(properties.resolution.enum) && Array.isArray(properties.orientation.enum), title);
  }
  assert.equal(new Set(models.map((model) => seedance.jsonSchema({ model }).title)).size, models.length);
});

test(`the same on ${SEEDED} seeded requests`, () => {
  let compared = 0;
  for (let seed = 77; compared < SEEDED; seed++) compared += compare(DEFAULT, randomRequests(seed, AT_ONCE));
  const idle = schemas
    .get(DEFAULT)
    .flatMap(({ endpoint, of }) => [endpoint, ...of.values()])
    .filter(({ refused }) => refused === 0);
  assert.deepEqual(
    idle.map(({ name }) => name),
    [],
  );
});

/** Says how many there were. */
function compare(edition, requests) {
  for (const request of requests) {
    const { findings, request: submitted = request } = seedance.check(request, { edition });
    const errors = findings.filter(({ severity }) => severity === 'error');
    for (const { endpoint, of } of schemas.get(edition)) {
      agree(endpoint, submitted, errors);
      if (of.has(request?.model)) agree(of.get(request.model), submitted, errors);
    }
  }
  return requests.length;
}

function agree(schema, request, errors) {
  const takes = schema.validate(request);
  if (!takes) schema.refused++;
  const right = takes ? errors.every(({ rule }) => schema.unsaid.has(rule)) : errors.length > 0;
  if (right) return;
  assert.fail(
    `${schema.name}: ${JSON.stringify({ request, errors, problems: schema.validate.errors })}`.slice(0, 1_500),
  );
}

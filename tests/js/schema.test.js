// The exported JSON Schemas in an independent engine: what the core accepts they accept in its normalised form, and what the core
// refuses for a reason that a schema can express they refuse. tests/tests/release_schemas does the same with another engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Ajv07 from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import { seedance } from './support/untyped.js';
import { cases } from './support/cases.js';
import { randomRequests } from './support/native.js';

const ENGINES = { 'draft-07': Ajv07, 'draft-2020-12': Ajv2020 };
// Keywords in our schemas beyond JSON Schema, which a strict engine has to be told.
const EXTENSIONS = ['x-edition', 'x-not-expressed', 'x-rules'];
// Requests per edition; `cargo xtask prove` takes the larger number.
const SEEDED = process.env.SEEDANCE_EXHAUSTIVE === 'whole' ? 1_000_000 : 100_000;
// As many requests as fit into one string in Node.
const AT_ONCE = 50_000;

for (const edition of seedance.editions()) {
  const models = seedance.routes({ edition }).routes.flatMap(({ models }) => models.map(({ model }) => model));
  const schemas = Object.entries(ENGINES).map(([target, Ajv]) => {
    const compiled = (model) => {
      const schema = seedance.jsonSchema({ edition, model, target });
      const validate = new Ajv({ strict: true, keywords: EXTENSIONS }).compile(schema);
      return {
        name: `${model ?? 'the endpoint'} in ${edition}, ${target}`,
        validate,
        unsaid: new Set(schema['x-not-expressed']),
        refused: 0,
      };
    };
    return { endpoint: compiled(undefined), of: new Map(models.map((model) => [model, compiled(model)])) };
  });

  test(`${edition}: the endpoint's and every model's schema and the core, on every case`, () => {
    const own = cases().filter((each) => each.edition === edition && each.request !== undefined);
    assert.ok(compare(own.map(({ request }) => request)) > 200);
  });

  test(`${edition}: form generators find titles, and choices as lists`, () => {
    const titles = models.map((model) => {
      const { title, properties } = seedance.jsonSchema({ edition, model });
      assert.ok([properties.model.const, properties.model.enum?.[0]].includes(model));
      const odd = Object.values(properties).filter((property) => !property.title || property.anyOf);
      assert.deepEqual(odd, [], title);
      assert.ok(Array.isArray(properties.resolution.enum) && Array.isArray(properties.orientation.enum), title);
      return title;
    });
    assert.equal(new Set(titles).size, models.length);
  });

  test(`${edition}: the same on ${SEEDED} seeded requests`, () => {
    let compared = 0;
    for (let seed = 77; compared < SEEDED; seed++) compared += compare(randomRequests(edition, seed, AT_ONCE));
    const all = schemas.flatMap(({ endpoint, of }) => [endpoint, ...of.values()]);
    const idle = all.filter(({ refused }) => refused === 0).map(({ name }) => name);
    assert.deepEqual(idle, []);
  });

  /** Compares all requests and returns their number. */
  function compare(requests) {
    for (const request of requests) {
      // A blank field counts as absent, and is not in the normalised request.
      const { findings, request: submitted = request } = seedance.check(request, { edition });
      const errors = findings.filter(({ severity }) => severity === 'error');
      for (const { endpoint, of } of schemas) {
        agree(endpoint, submitted, errors);
        if (of.has(request?.model)) agree(of.get(request.model), submitted, errors);
      }
    }
    return requests.length;
  }
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

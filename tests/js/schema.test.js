// The exported JSON Schemas in an engine that nobody here wrote: what a schema refuses the core refuses, and what the core refuses
// for a reason that a schema can say, the schema refuses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Ajv07 from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'
import * as seedance from 'seedance-preflight'
import { cases } from './support/cases.js'
import { randomJobs } from './support/native.js'

const ENGINES = { 'draft-07': Ajv07, 'draft-2020-12': Ajv2020 }
const SEEDED = 50_000
const bodies = [...cases(), ...randomJobs(77, SEEDED)].map(({ request }) => request).filter((request) => request !== undefined)

for (const [target, Ajv] of Object.entries(ENGINES)) {
  const compile = (schema) => new Ajv({ strict: false, allErrors: true }).compile(schema)

  test(`the endpoint's schema and the core, ${target}`, () => agree(compile(seedance.json_schema({ target })), undefined, target))

  test(`every model's schema and the core, ${target}`, () => {
    const models = seedance.routes().routes.flatMap(({ models }) => models.map(({ model }) => model))
    assert.equal(models.length, 23)
    for (const model of models) agree(compile(seedance.json_schema({ model, target })), model, target)
  })
}

function agree(validate, model, target) {
  const unsaid = new Set(seedance.json_schema({ model, target })['x-not-expressed'])
  let refused = 0
  for (const body of bodies) {
    if (model !== undefined && body?.model !== model) continue
    const errors = seedance.check(body).findings.filter(({ severity }) => severity === 'error')
    const takes = validate(body)
    if (!takes) refused++
    const said = errors.filter(({ rule }) => !unsaid.has(rule))
    const right = takes ? said.length === 0 : errors.length > 0
    assert.ok(right, `${JSON.stringify({ body, said, problems: validate.errors })}`.slice(0, 1_500))
  }
  assert.ok(refused > 0)
}

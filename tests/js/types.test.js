// tsc --strict over a program that uses everything, over one whose every line is wrong, and over what the package gives.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as seedance from 'seedance-preflight'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

test('types', () => compile(here('types')))

test('what is looked up is of its type, to the last member', () => {
  const folder = here('../output/types/')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const rules = seedance.rules()
  const values = {
    Table: seedance.routes(),
    'Rule[]': rules,
    'Rule<string>[]': seedance.rules('zh'),
    'Explanation[]': rules.map(({ rule }) => seedance.explain(rule)),
    'Explanation<string>[]': rules.map(({ rule }) => seedance.explain(rule, 'en')),
  }
  const lines = Object.entries(values).map(([type, value], at) => `export const value${at}: ${type} = ${JSON.stringify(value)}`)
  const types = "import type { Explanation, Rule, Table } from '../../js/node_modules/seedance-preflight/index.js'"
  writeFileSync(`${folder}values.mts`, [types, ...lines].join('\n'))
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify({ extends: '../../js/types/tsconfig.json', include: ['*.mts'] }))
  compile(folder)
})

function compile(folder) {
  try {
    execFileSync(here('node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' })
  } catch (error) {
    throw new Error(error.stdout)
  }
}

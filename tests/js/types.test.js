// tsc --strict over a program that uses everything, and over one whose every line is wrong.
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

test('types', () => {
  try {
    execFileSync(here('node_modules/.bin/tsc'), ['-p', here('types')], { encoding: 'utf8' })
  } catch (error) {
    throw new Error(error.stdout)
  }
})

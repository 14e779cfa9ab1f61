import { expect, test } from 'vitest'
import { parseDuration } from '../../src/project/duration.js'
import { resolveClient } from '../../src/project/dialects.js'
import { inclusion } from '../../src/project/name-patterns.js'
import { didYouMean, nearMiss } from '../../src/project/near-miss.js'
import { packageFolder, packageVersion } from '../../src/project/package-folder.js'
import { migrateErrorOf } from '../support/thrown.js'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

test.each([
  ['3s', 3000],
  ['500ms', 500],
  [' 1.5 S ', 1500],
  ['2m', 120_000],
  ['250', 250],
  [0, 0],
  ['soon', null],
  ['3h', null],
  ['-1s', null],
  [-1, null],
  [Number.NaN, null],
])('%j is %j milliseconds', (value, ms) => {
  expect(parseDuration(value)).toBe(ms)
})

test.each([
  ['upgrad', ['upgrade', 'downgrade'], 'upgrade'],
  ['hist', ['heads', 'history'], 'history'],
  ['fsh', ['zsh', 'fish'], 'fish'],
  ['Models', ['models'], 'models'],
  ['xyz', ['upgrade', 'downgrade'], null],
])('%s among %j means %s', (word, candidates, meant) => {
  expect(nearMiss(word, candidates)).toBe(meant)
})

test('a sentence is added only where something is near', () => {
  expect(didYouMean('chek', ['check'])).toBe(' Did you mean check?')
  expect(didYouMean('?', ['check'])).toBe('')
})

test('exclude takes tables and columns away, by glob and by regular expression', () => {
  const isIncluded = inclusion([], ['audit_*', 'users.legacy_*', /^tmp/gi])
  expect(isIncluded('audit_log', null)).toBe(false)
  expect(isIncluded('audit_log', 'id')).toBe(false)
  expect(isIncluded('users', null)).toBe(true)
  expect(isIncluded('users', 'legacy_ref')).toBe(false)
  expect(isIncluded('users', 'name')).toBe(true)
  expect(isIncluded('TMP_1', null)).toBe(false)
  expect(isIncluded('TMP_1', null)).toBe(false)
})

test('include leaves only what it names, and * does not cross a dot', () => {
  const isIncluded = inclusion(['app_*', 'shop.orders'], ['app_?'])
  expect(isIncluded('app_users', 'name')).toBe(true)
  expect(isIncluded('app_x', null)).toBe(false)
  expect(isIncluded('shop.orders', 'id')).toBe(true)
  expect(isIncluded('users', null)).toBe(false)
  expect(inclusion(['*'], [])('shop.orders', null)).toBe(false)
})

test('the package knows its folder and version', () => {
  expect(existsSync(join(packageFolder(), 'scaffolds'))).toBe(true)
  expect(packageVersion()).toMatch(/^\d+\.\d+\.\d+/)
})

test('another engine’s client is not taken for a supported one misspelt', async () => {
  const error = await migrateErrorOf(() => resolveClient('mssql', 'knexfile.js'))
  expect(error.message).toBe('knexfile.js names the client mssql, which is not supported.')
  expect(error.fix).toContain('Supported clients: better-sqlite3, sqlite3, pg')
})

import { expect, test } from 'vitest'
import { readCommandLine } from '../../src/cli/command-line.js'
import {
  mergeOptions,
  migrateOptions,
  runOptions,
  stampOptions,
  variablesOf,
} from '../../src/cli/given-options.js'
import { migrateErrorOf } from '../support/thrown.js'

test('without options a run goes to its target, with a backup and no consent', () => {
  expect(runOptions(readCommandLine(['upgrade']), 'head')).toEqual({
    target: 'head',
    sql: false,
    tag: null,
    dryRun: false,
    step: false,
    allowDestructive: false,
    allowDestructiveRevisions: [],
    backup: true,
    commitsEach: false,
    lockTimeout: null,
    limit: null,
    expected: null,
  })
})

test('a run takes what was typed', () => {
  const line = readCommandLine(
    'downgrade -2 --tag t --dry-run --step --allow-destructive --no-backup --lock-timeout 500ms'.split(
      ' ',
    ),
  )
  expect(runOptions(line, '-1')).toMatchObject({
    target: '-2',
    tag: 't',
    dryRun: true,
    step: true,
    allowDestructive: true,
    backup: false,
    lockTimeout: 500,
  })
})

test.each([
  ['users.name:full_name', { table: 'users', column: 'name', to: 'full_name' }],
  ['users:people', { table: 'users', column: null, to: 'people' }],
  ['app.users.name:full_name', { table: 'app.users', column: 'name', to: 'full_name' }],
  ['users."a.b":"c:d"', { table: 'users', column: 'a.b', to: 'c:d' }],
  ['"a:b"."c""d":"e"', { table: 'a:b', column: 'c"d', to: 'e' }],
  ['"a.b":ab', { table: 'a.b', column: null, to: 'ab' }],
  ['or"der.name:full "name"', { table: 'or"der', column: 'name', to: 'full "name"' }],
  ['app.users:app.people', { table: 'app.users', column: null, to: 'app.people' }],
])('--rename %s', (text, answer) => {
  expect(migrateOptions(readCommandLine(['migrate', '--rename', text])).renames).toEqual([answer])
})

test.each([
  ['users.level=0', { table: 'users', column: 'level', sql: '0' }],
  [
    "users.slug=lower(name) || '.x=1'",
    { table: 'users', column: 'slug', sql: "lower(name) || '.x=1'" },
  ],
  ['users."a.b=c"="x"=y', { table: 'users', column: 'a.b=c', sql: '"x"=y' }],
  ['app.users.level=a.b', { table: 'app.users', column: 'level', sql: 'a.b' }],
])('--fill %s', (text, answer) => {
  expect(migrateOptions(readCommandLine(['migrate', '--fill', text])).fills).toEqual([answer])
})

test.each([
  [['migrate', '--rename', 'users'], 'the old name and the new one'],
  [['migrate', '--rename', 'a:b:c'], 'the old name and the new one'],
  [['migrate', '--fill', 'level=0'], 'a column and an SQL expression'],
  [['migrate', '--fill', 'users.level'], 'a column and an SQL expression'],
])('%j is refused with an example', async (argv, message) => {
  const error = await migrateErrorOf(() => migrateOptions(readCommandLine(argv)))
  expect(error.message).toContain(message)
  expect(error.fix).toContain('For example')
})

test('a time to wait must be a time, and a variable has a key', async () => {
  const timeout = readCommandLine(['upgrade', '--lock-timeout', 'soon'])
  expect((await migrateErrorOf(() => runOptions(timeout, 'head'))).exit).toBe(2)
  const nameless = readCommandLine(['current', '-x', 'value'])
  expect((await migrateErrorOf(() => variablesOf(nameless))).exit).toBe(2)
})

test('values for the configuration keep what stands behind the first =', () => {
  expect(variablesOf(readCommandLine(['current', '-x', 'a=1', '-x', 'b=x=y', '-x', 'c=']))).toEqual(
    {
      a: '1',
      b: 'x=y',
      c: '',
    },
  )
})

test('merge and stamp have revisions of their own to begin with', () => {
  expect(mergeOptions(readCommandLine(['merge'])).revisions).toEqual(['heads'])
  expect(stampOptions(readCommandLine(['stamp'])).revisions).toEqual(['head'])
  expect(stampOptions(readCommandLine(['stamp', 'base', '--purge'])).purge).toBe(true)
})

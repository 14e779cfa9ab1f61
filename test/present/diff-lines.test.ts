import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ComparisonRow, TableComparison } from '../../src/compare/comparison.js'
import { diffLines, tableDiffLines } from '../../src/present/diff-lines.js'
import { lookOf } from '../../src/present/look.js'
import { widthOf } from '../../src/present/text-width.js'
import { comparisonDocument } from '../support/documents.js'

const at = (width: number | null) => lookOf({ colour: false, unicode: true }, width)

const row = (more: Partial<ComparisonRow>): ComparisonRow => ({
  facet: 'column',
  name: 'email',
  model: 'varchar(320), not null',
  database: 'varchar(255)',
  status: 'changed',
  reason: '',
  ...more,
})

const users: TableComparison = {
  table: 'users',
  status: 'changed',
  rows: [
    row({}),
    row({ name: 'full_name', model: 'text', database: null, status: 'onlyModel' }),
    row({ name: 'id', model: 'increments', database: 'increments', status: 'same' }),
    row({
      facet: 'index',
      name: 'users_old',
      model: null,
      database: '(old)',
      status: 'onlyDatabase',
      reason: 'the model no longer has it',
    }),
  ],
}

test('from 100 columns on both sides stand beside each other', () => {
  expect(tableDiffLines(users, at(100))).toEqual([
    'users',
    '                   model (what you wrote)                │   │ database (what is there)',
    '  email            varchar(320), not null                │ ~ │ varchar(255)',
    '  full_name        text                                  │ + │',
    '  index users_old                                        │ - │ (old)',
    '      the model no longer has it',
    '  = 1 the same',
  ])
})

test('below that they stand under each other', () => {
  expect(tableDiffLines(users, at(80))).toEqual([
    'users',
    '  ~ email',
    '      model     varchar(320), not null',
    '      database  varchar(255)',
    '  + full_name',
    '      model     text',
    '  - index users_old',
    '      database  (old)',
    '      the model no longer has it',
    '  = 1 the same',
  ])
})

test('in a pipe a difference is a line', () => {
  expect(tableDiffLines(users, at(null))).toEqual([
    '~ users.email: model varchar(320), not null; database varchar(255)',
    '+ users.full_name: model text',
    '- users.index users_old: database (old); the model no longer has it',
  ])
})

test('a table of one side says so, and the verdict stands last', () => {
  const document = {
    ...comparisonDocument(),
    tables: [{ table: 'teams', status: 'onlyModel' as const, rows: [] }],
  }
  expect(diffLines(document, at(80))[0]).toBe('teams  only in the models')
  expect(diffLines(document, at(null)).at(-1)).toContain('Compared 2 models with 3 tables')
})

test('a value that is too long for its side goes on below it, to the last character', () => {
  const long = `enum('${'x'.repeat(120)}')`
  const lines = tableDiffLines({ ...users, rows: [row({ model: long })] }, at(100))
  const models = lines.slice(2).map((line) => line.slice(9, line.indexOf('│')).trim())
  expect(models.join('')).toBe(long)
})

test('no line is wider than the terminal, whatever the names and values are', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 150 })
  const rows = fc.array(
    fc
      .tuple(text, fc.option(text), fc.option(text), text)
      .map(([name, model, database, reason]) => row({ name, model, database, reason })),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(rows, fc.constantFrom(100, 137), (some, width) => {
      for (const line of tableDiffLines({ ...users, rows: some }, at(width))) {
        expect(widthOf(line)).toBeLessThanOrEqual(width)
        expect(line).not.toMatch(/\p{Cc}/u)
      }
    }),
  )
})

import { expect, test } from 'vitest'
import type { ComparisonRow } from '../../src/compare/comparison.js'
import type { RowFacts } from '../../src/present/explain-row.js'
import { explainRow, rowVerdict } from '../../src/present/explain-row.js'
import { row } from '../support/review-document.js'

const facts: RowFacts = {
  table: 'users',
  status: 'changed',
  dialect: 'postgres',
  isInferred: false,
}

const explained = (more: Partial<ComparisonRow>, about: Partial<RowFacts> = {}): string =>
  explainRow(row(more), { ...facts, ...about }).join('\n')

test('a changed column names its differing parts, the rule for columns and whose spelling counts', () => {
  expect(explainRow(row({}), facts)).toEqual([
    'Both sides have email, and they differ: type, not null.',
    'The rule: columns are paired by name, after the renames that you answered; their order is no difference. Compared are type, not null, default, generation, identity, collation and comment.',
    'The model is what you wrote, the database is what it reports, both in the words of Knex. What is compared is either side as postgres would report it back, so a spelling of its own is no difference.',
  ])
})

test('two spellings of one thing are said to be the same in this database', () => {
  const text = explained({ status: 'same', reason: 'the same in this database' })
  expect(text).toContain('spelled differently and mean the same: postgres reports one and the same')
})

test('what a complete model does not name is dropped, unless a model could not be read', () => {
  const gone = { status: 'onlyDatabase', model: null, reason: '' } as const
  expect(explained(gone)).toContain('what it does not name is dropped')
  const kept = explained({ ...gone, reason: 'stays while a model cannot be read' })
  expect(kept).toContain('Only the database has email; it stays while a model cannot be read.')
  expect(kept).not.toContain('is dropped')
})

test('a model that only infers leaves alone what it does not speak of, and alters nothing', () => {
  const inferred = { isInferred: true }
  const undeclared = explained({ status: 'undeclared', model: null, reason: '' }, inferred)
  expect(undeclared).toContain('the model, which only infers, does not speak of it')
  expect(undeclared).toContain('only adds columns to a table that exists')
  const altered = explained({ status: 'same', reason: 'a jsonSchema alters no column' }, inferred)
  expect(altered).toContain('It stays as the database has it')
})

test('a table without a model is told apart by who made it', () => {
  const gone = { status: 'onlyDatabase', model: null, reason: '' } as const
  expect(explained(gone, { status: 'unmanaged' })).toContain('left alone until you say otherwise')
  expect(explained(gone, { status: 'onlyDatabase' })).toContain('dropped with all its rows')
})

test('a new table needs no rule: it is created', () => {
  const [verdict, ...rest] = explainRow(row({ status: 'onlyModel', database: null }), {
    ...facts,
    status: 'onlyModel',
  })
  expect(verdict).toBe(
    'users does not exist yet: it is created with all that the model says of it.',
  )
  expect(rest.join()).not.toContain('The rule')
})

test.each([
  ['unique', 'uniques are paired by name and content together'],
  ['index', 'indexes are paired by name and content together'],
  ['foreignKey', 'foreign keys are paired by name and content together'],
  ['check', 'checks are paired by name and content together'],
  ['primaryKey', 'never rebuilt for its name alone'],
  ['comment', 'compared letter by letter'],
  ['options', 'those count that postgres knows'],
] as const)('the rule for %s', (facet, words) => {
  expect(explained({ facet })).toContain(words)
})

test('a renamed table says what it was and that its rows stay', () => {
  const text = explained({
    facet: 'table',
    name: 'people',
    model: 'people',
    database: 'users',
    reason: 'renamed from users',
  })
  expect(text).toContain('The table was users and becomes people')
  expect(text).toContain('its rows stay')
})

test('the verdict fits on a line', () => {
  expect(rowVerdict(row({}))).toBe('email differs: type, not null')
  expect(rowVerdict(row({ status: 'onlyModel' }))).toBe('email: only the model has it')
  expect(rowVerdict(row({ facet: 'index', name: 'i', status: 'onlyDatabase', reason: '' }))).toBe(
    'index i: only the database has it',
  )
})

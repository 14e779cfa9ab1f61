import { describe, expect, test } from 'vitest'
import type { CompareInput, GivenRename } from '../../src/compare/comparison.js'
import { nameSimilarity } from '../../src/compare/similarity.js'
import { bestAssignment } from '../../src/compare/assignment.js'
import type { Table } from '../../src/schema/table.js'
import { between, comparing, declared, inferred, rowsOf, said } from '../support/comparing.js'
import { column, email, id, index, key, table } from '../support/schema-builders.js'

const name = column('name', { type: { kind: 'text', size: 'text' } })
const fullName = { ...name, name: 'full_name' }
const users = table('users', [id, name, email], { primaryKey: { name: null, columns: ['id'] } })
const people = { ...users, name: 'people' }

function answered(...renames: readonly GivenRename[]): Pick<CompareInput, 'answers'> {
  return { answers: { renames, apart: [] } }
}

describe('a candidate', () => {
  test('is a dropped and an added column, with what speaks for it', () => {
    const sides = { current: [users], models: [table('users', [id, fullName, email])] }
    const { renames } = between(sides)
    expect(renames).toEqual([
      {
        table: 'users',
        column: 'name',
        to: 'full_name',
        score: 0.83,
        evidence: ['same type text', 'the names are alike (0.67)', 'the same place in the table'],
      },
    ])
  })

  test('is a table without a model and a new one with the same columns, before all columns', () => {
    const other = { ...users, name: 'other' }
    const changed = { ...other, columns: [id, fullName, email] }
    const { renames } = between({ current: [users, other], models: [people, changed] })
    expect(renames.map((each) => [each.table, each.column, each.to])).toEqual([
      ['users', null, 'people'],
      ['other', 'name', 'full_name'],
    ])
    expect(renames[0]?.evidence).toEqual([
      '3 of 3 columns have the same name and type',
      'the same primary key',
    ])
  })

  test('written as drop and add until it is answered', () => {
    const { operations } = between({ current: [users], models: [people] })
    expect(operations.map((each) => each.kind)).toEqual(['createTable', 'dropTable'])
  })

  test('is none where the types have nothing in common', () => {
    const when = column('born', { type: { kind: 'date' } })
    const found = between({ current: [users], models: [table('users', [id, when, email])] })
    expect(found.renames).toEqual([])
  })

  test('is none where a person has said so', () => {
    const apart = [{ table: 'users', column: 'name', to: 'full_name' }]
    const found = between(
      { current: [users], models: [{ ...users, columns: [id, fullName, email] }] },
      { answers: { renames: [], apart } },
    )
    expect(found.renames).toEqual([])
    expect(said(found)).toEqual([
      'Add column users.full_name: text',
      'Drop column users.name: text',
    ])
  })

  test('is the likelier of two, and the other one gets what is left', () => {
    const columns = ['first_name', 'last_name'].map((each) => ({ ...name, name: each }))
    const renamed = ['surname_last', 'name_first'].map((each) => ({ ...name, name: each }))
    const found = between({
      current: [table('users', columns)],
      models: [table('users', renamed)],
    })
    expect(found.renames.map((each) => [each.column, each.to])).toEqual([
      ['first_name', 'name_first'],
      ['last_name', 'surname_last'],
    ])
  })
})

describe('an answered rename', () => {
  test('is made first, and the comparison goes on under the new names', () => {
    const model = table('people', [id, { ...fullName, nullable: false }, email])
    const found = between(
      { current: [table('users', [id, name, email])], models: [model] },
      answered(
        { table: 'users', column: null, to: 'people' },
        { table: 'users', column: 'name', to: 'full_name' },
      ),
    )
    expect(said(found)).toEqual([
      'Rename table users to people',
      'Rename column people.name to full_name',
      'Change column people.full_name: null to not null',
    ])
    expect(rowsOf(found, 'people').map((row) => [row.name, row.status, row.reason])).toEqual([
      ['people', 'changed', 'renamed from users'],
      ['id', 'same', ''],
      ['full_name', 'changed', 'renamed from name; not null'],
      ['email', 'same', ''],
    ])
  })

  test('may name the table as it will be', () => {
    const found = between(
      { current: [users], models: [{ ...people, columns: [id, fullName, email] }] },
      answered(
        { table: 'users', column: null, to: 'people' },
        { table: 'people', column: 'name', to: 'full_name' },
      ),
    )
    expect(said(found)).toEqual([
      'Rename table users to people',
      'Rename column people.name to full_name',
    ])
  })

  test('makes no index anew that is named after the old name', () => {
    const live = { ...users, indexes: [index('users_name_index', ['name'])] }
    const model = {
      ...people,
      columns: [id, fullName, email],
      indexes: [index('people_full_name_index', ['full_name'])],
    }
    const found = between(
      { current: [live], models: [model] },
      answered(
        { table: 'users', column: null, to: 'people' },
        { table: 'users', column: 'name', to: 'full_name' },
      ),
    )
    expect(found.operations.map((each) => each.kind)).toEqual(['renameTable', 'renameColumn'])
  })

  test('carries the foreign keys of other tables along', () => {
    const posts = (refTable: string): Table =>
      table('posts', [id, column('user_id')], {
        foreignKeys: [key('posts_user_id_foreign', 'user_id', refTable)],
      })
    const found = between(
      { current: [users, posts('users')], models: [people, posts('people')] },
      answered({ table: 'users', column: null, to: 'people' }),
    )
    expect(said(found)).toEqual(['Rename table users to people'])
  })

  test('may change nothing but the case', () => {
    const renames: readonly GivenRename[] = [
      { table: 'users', column: null, to: 'Users' },
      { table: 'users', column: 'name', to: 'Name' },
    ]
    const model = table('Users', [id, { ...name, name: 'Name' }, email], {
      primaryKey: users.primaryKey,
    })
    const sides = { current: [users], models: [model] }
    expect(between(sides).renames).toMatchObject([{ table: 'users', to: 'Users' }])
    expect(said(between(sides, answered(...renames)))).toEqual([
      'Rename table users to Users',
      'Rename column Users.name to Name',
    ])
  })

  test('lets two columns change places by way of a third name', () => {
    const [a, b] = [column('a'), { ...name, name: 'b' }]
    const model = table('t', [
      { ...a, name: 'b' },
      { ...b, name: 'a' },
    ])
    const found = between(
      { current: [table('t', [a, b])], models: [model] },
      answered({ table: 't', column: 'a', to: 'b' }, { table: 't', column: 'b', to: 'a' }),
    )
    expect(said(found)).toEqual([
      'Rename column t.a to a_renaming',
      'Rename column t.b to a',
      'Rename column t.a_renaming to b',
    ])
  })

  test('moves one name along a chain from its end', () => {
    const model = [table('b', [id]), table('c', [name])]
    const found = between(
      { current: [table('a', [id]), table('b', [name])], models: model },
      answered({ table: 'a', column: null, to: 'b' }, { table: 'b', column: null, to: 'c' }),
    )
    expect(said(found)).toEqual(['Rename table b to c', 'Rename table a to b'])
  })

  test('works where the model only infers', () => {
    const found = comparing(
      { tables: [users], enums: [] },
      [inferred(table('users', [fullName]))],
      answered({ table: 'users', column: 'name', to: 'full_name' }),
    )
    expect(said(found)).toEqual(['Rename column users.name to full_name'])
  })

  test.each([
    [{ table: 'nobody', column: null, to: 'people' }, 'The database has no nobody.'],
    [{ table: 'users', column: null, to: 'nobody' }, 'The models have no nobody.'],
    [{ table: 'posts', column: null, to: 'people' }, 'The models still have posts.'],
    [{ table: 'users', column: null, to: 'posts' }, 'The database has posts already.'],
    [{ table: 'posts', column: 'x', to: 'id' }, 'The database has no x.'],
    [{ table: 'gone', column: 'x', to: 'y' }, 'The database has no table gone.'],
  ])('that fits no difference is refused: %j', (rename, why) => {
    const posts = table('posts', [id])
    const current = { tables: [users, posts], enums: [] }
    const models = [people, posts].map(declared)
    expect(() => comparing(current, models, answered(rename))).toThrow(
      expect.objectContaining({ code: 'RENAME_UNKNOWN', exit: 2, why }),
    )
  })
})

test.each([
  ['users', 'Users', 1],
  ['name', 'full_name', 0.67],
  ['fullName', 'full_name', 1],
  ['email', 'e_mail', 0.83],
  ['total', 'legacy', 0.17],
])('%s and %s are alike by %f', (a, b, similarity) => {
  expect(nameSimilarity(a, b)).toBeCloseTo(similarity, 1)
})

test('an assignment gives up its best pair where two others are better together', () => {
  const pairs = [
    { from: 'a', to: 'x', score: 0.9 },
    { from: 'a', to: 'y', score: 0.85 },
    { from: 'b', to: 'x', score: 0.85 },
  ]
  expect(bestAssignment(pairs).map((pair) => pair.from + pair.to)).toEqual(['ay', 'bx'])
})

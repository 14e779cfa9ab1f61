import { describe, expect, test } from 'vitest'
import { applyOperation, applyOperations } from '../../src/operations/apply.js'
import { ApplyError } from '../../src/operations/apply-error.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { costRatio, TEN_TIMES } from '../support/cpu-time.js'
import { column, index, key, table } from '../support/schema-builders.js'

const toUsers = key('posts_user_id_foreign', 'user_id', 'users')

const blog: Schema = {
  tables: [
    table('users', [column('id'), column('age')], {
      primaryKey: { name: null, columns: ['id'] },
      checks: [{ name: 'users_age_check', sql: 'users.age > 0 and "age" < 200' }],
      indexes: [index('users_age_index', ['age'], { where: 'AGE is not null' })],
    }),
    table('posts', [column('id'), column('user_id')], { foreignKeys: [toUsers] }),
  ],
  enums: [],
}

function tableIn(schema: Schema, name: string): Table | undefined {
  return schema.tables.find((each) => each.name === name)
}

describe('a rename', () => {
  test('of a table carries the foreign keys of other tables and qualified names along', () => {
    const after = applyOperation(blog, { kind: 'renameTable', from: 'users', to: 'people' })
    expect(tableIn(after, 'posts')?.foreignKeys[0]?.refTable).toBe('people')
    expect(tableIn(after, 'people')?.checks[0]?.sql).toBe('people.age > 0 and "age" < 200')
  })

  test('of a column carries keys, indexes, checks and predicates along', () => {
    const after = applyOperation(blog, {
      kind: 'renameColumn',
      table: 'users',
      from: 'age',
      to: 'years',
    })
    expect(tableIn(after, 'users')).toMatchObject({
      checks: [{ sql: 'users.years > 0 and "years" < 200' }],
      indexes: [{ parts: [{ on: { column: 'years' } }], where: 'years is not null' }],
    })
  })

  test('of a referenced column changes the foreign keys that point at it', () => {
    const after = applyOperation(blog, {
      kind: 'renameColumn',
      table: 'users',
      from: 'id',
      to: 'user_id',
    })
    expect(tableIn(after, 'posts')?.foreignKeys[0]?.refColumns).toEqual(['user_id'])
    expect(tableIn(after, 'users')?.primaryKey?.columns).toEqual(['user_id'])
  })

  test('onto a name that is taken is refused', () => {
    const rename = { kind: 'renameTable', from: 'users', to: 'posts' } as const
    expect(() => applyOperation(blog, rename)).toThrow(ApplyError)
  })
})

describe('a dropped column', () => {
  test('takes with it what names it in its own table', () => {
    const after = applyOperation(blog, {
      kind: 'dropColumn',
      table: 'users',
      column: column('age'),
    })
    expect(tableIn(after, 'users')).toMatchObject({ checks: [], indexes: [] })
  })

  test('leaves the primary key', () => {
    const after = applyOperation(blog, { kind: 'dropColumn', table: 'users', column: column('id') })
    expect(tableIn(after, 'users')?.primaryKey).toBeNull()
  })
})

describe('an added counting column', () => {
  const id = column('id', { type: { kind: 'increments' }, nullable: false })

  test('is the primary key of a table that has none', () => {
    const before = { tables: [table('t', [column('a')])], enums: [] }
    const after = applyOperation(before, { kind: 'addColumn', table: 't', column: id })
    expect(tableIn(after, 't')?.primaryKey).toEqual({ name: null, columns: ['id'] })
  })

  test('leaves a primary key that is there', () => {
    const primaryKey = { name: null, columns: ['a'] }
    const before = { tables: [table('t', [column('a')], { primaryKey })], enums: [] }
    const after = applyOperation(before, { kind: 'addColumn', table: 't', column: id })
    expect(tableIn(after, 't')?.primaryKey).toEqual(primaryKey)
  })
})

test('an operation on a table that is not there names the table', () => {
  const drop = { kind: 'dropColumn', table: 'nobody', column: column('a') } as const
  expect(() => applyOperation(blog, drop)).toThrow('There is no table nobody.')
})

test('a constraint whose stand-in name changed with a rename is found by its content', () => {
  const after = applyOperations(blog, [
    { kind: 'renameColumn', table: 'users', from: 'age', to: 'years' },
    {
      kind: 'dropCheck',
      table: 'users',
      check: { name: 'users_years_check', sql: 'users.years > 0 and "years" < 200' },
    },
  ])
  expect(tableIn(after, 'users')?.checks).toEqual([])
})

test('an altered enum changes in every column of its type, defaults included', () => {
  const type = { kind: 'enum', values: ['on', 'off'], native: 'state' } as const
  const before = {
    tables: [table('t', [column('s', { type, default: { kind: 'literal', value: 'off' } })])],
    enums: [{ name: 'state', values: ['on', 'off'] }],
  }
  const after = applyOperation(before, {
    kind: 'alterEnum',
    name: 'state',
    from: ['on', 'off'],
    to: ['on', 'out'],
    renamed: { off: 'out' },
  })
  expect(after.enums).toEqual([{ name: 'state', values: ['on', 'out'] }])
  expect(tableIn(after, 't')?.columns[0]).toMatchObject({
    type: { values: ['on', 'out'] },
    default: { value: 'out' },
  })
})

describe('tables that are made one after the other', () => {
  const making = (names: readonly string[]): readonly Operation[] =>
    names.map((name) => ({ kind: 'createTable', table: table(name, []) }))
  const standing: Schema = { tables: [table('there', [])], enums: [] }

  test('stand in that order behind those that were there, and before what is made later', () => {
    const operations = making(['c', 'a'])
    const dropped: Operation = { kind: 'dropTable', table: table('c', []) }
    const { tables } = applyOperations(standing, [...operations, dropped, ...making(['b', 'c'])])
    expect(tables.map(({ name }) => name)).toEqual(['there', 'a', 'b', 'c'])
  })

  test.each([[['there']], [['a', 'b', 'a']]])('%j do not fit', (names) => {
    expect(() => applyOperations(standing, making(names))).toThrow(ApplyError)
  })

  test('take time by their number, and no more', async () => {
    const some = making(Array.from({ length: 1000 }, (_, at) => `t${at}`))
    const many = making(Array.from({ length: 10_000 }, (_, at) => `t${at}`))
    const ratio = await costRatio(
      () => applyOperations(standing, some),
      () => applyOperations(standing, many),
    )
    expect(ratio).toBeLessThan(TEN_TIMES)
  })
})

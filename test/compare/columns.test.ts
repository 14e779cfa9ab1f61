import { describe, expect, test } from 'vitest'
import type { Column } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { between, said, rowsOf } from '../support/comparing.js'
import { column, email, id, index, table } from '../support/schema-builders.js'

describe('columns', () => {
  test('that differ in several ways are one change, with what the database has and what the model says', () => {
    const model = { ...email, nullable: false, comment: 'where to write to' }
    const found = between({
      current: [table('users', [id, email])],
      models: [table('users', [id, model])],
    })
    expect(found.operations).toEqual([
      { kind: 'alterColumn', table: 'users', from: email, to: model },
    ])
    expect(rowsOf(found)).toContainEqual({
      facet: 'column',
      name: 'email',
      model: "varchar(120), not null, comment 'where to write to'",
      database: 'varchar(120)',
      status: 'changed',
      reason: 'not null, comment',
    })
  })

  test('of a primary key that stays are never null, whatever else of them changes', () => {
    const key = column('code', { nullable: false })
    const wanted = column('code', { type: { kind: 'text', size: 'text' } })
    const primaryKey = { name: null, columns: ['code'] }
    const canonical = (each: Table): Table => ({
      ...each,
      columns: each.columns.map((one) => ({ ...one, nullable: false })),
    })
    const found = between(
      {
        current: [table('users', [key], { primaryKey })],
        models: [table('users', [wanted], { primaryKey })],
      },
      { canonical },
    )
    expect(found.operations).toEqual([
      { kind: 'alterColumn', table: 'users', from: key, to: { ...wanted, nullable: false } },
    ])
  })

  test('that the database writes in another way are no change, and the reason is told', () => {
    const canonical = (each: Table): Table => ({
      ...each,
      columns: each.columns.map((one) => ({ ...one, type: { kind: 'json' } })),
    })
    const found = between(
      {
        current: [table('users', [email])],
        models: [table('users', [{ ...email, type: { kind: 'text', size: 'text' } }])],
      },
      { canonical },
    )
    expect(found.operations).toEqual([])
    expect(found.tables()).toMatchObject([{ status: 'same' }])
  })

  const generated = (sql: string, stored = true): Column =>
    column('total', { generated: { sql, stored } })

  test('whose expression changes are altered, between the columns that come and those that go', () => {
    const indexes = [index('users_total_index', ['total'])]
    const found = between({
      current: [table('users', [id, column('old'), generated('old + 1')], { indexes })],
      models: [table('users', [id, generated('fresh + 2'), column('fresh')], { indexes })],
    })
    expect(said(found)).toEqual([
      'Add column users.fresh: integer',
      'Change column users.total: generated (old + 1) stored to (fresh + 2) stored',
      'Drop column users.old: integer',
    ])
  })

  test('whose expression changes with a column that it names are dropped and added', () => {
    const a = column('a')
    const found = between({
      current: [table('users', [id, a, generated('a + 1')])],
      models: [table('users', [id, { ...a, nullable: false }, generated('a + 2')])],
    })
    expect(said(found).map((each) => each.split(':')[0])).toEqual([
      'Drop column users.total',
      'Change column users.a',
      'Add column users.total',
    ])
  })

  test('that are kept in another way are dropped and added with the index over them', () => {
    const indexes = [index('users_total_index', ['total'])]
    const found = between({
      current: [table('users', [id, generated('a + 1')], { indexes })],
      models: [table('users', [id, generated('a + 2', false)], { indexes })],
    })
    expect(said(found)).toEqual([
      'Drop index users_total_index on users (total)',
      'Drop column users.total: integer, generated (a + 1) stored',
      'Add column users.total: integer, generated (a + 2)',
      'Add index users_total_index on users (total)',
    ])
  })

  test('that are computed no more are told to start empty', () => {
    const total = column('total', { generated: { sql: 'a + 1', stored: true } })
    const found = between({
      current: [table('users', [id, total])],
      models: [table('users', [id, { ...total, generated: null }])],
    })
    expect(found.notes).toMatchObject([{ code: 'COMPUTED_NO_MORE', where: 'users.total' }])
  })
})

describe('a primary key', () => {
  const keyed = (...columns: readonly string[]): Table =>
    table('users', [id, email], { primaryKey: { name: null, columns } })

  test('that becomes composite is one change', () => {
    const found = between({ current: [keyed('id')], models: [keyed('id', 'email')] })
    expect(said(found)).toEqual(['Change primary key of users from (id) to (id, email)'])
  })

  test('with a name is dropped by name before its counting column, so that the way back knows it', () => {
    const named = table('users', [id, email], { primaryKey: { name: 'pk', columns: ['id'] } })
    const code = column('code', { type: { kind: 'increments' }, nullable: false })
    const model = table('users', [code, email], { primaryKey: { name: null, columns: ['code'] } })
    expect(said(between({ current: [named], models: [model] }))).toEqual([
      'Drop primary key of users (id)',
      'Drop column users.id: increments',
      'Add column users.code: increments',
    ])
  })

  test('over a column that is made anew is made anew around it', () => {
    const total = column('total', { generated: { sql: '1 + 1', stored: true } })
    const primaryKey = { name: null, columns: ['total'] }
    const found = between({
      current: [table('users', [total, email], { primaryKey })],
      models: [table('users', [{ ...total, generated: null }, email], { primaryKey })],
    })
    expect(said(found)).toEqual([
      'Drop primary key of users (total)',
      'Drop column users.total: integer, generated (1 + 1) stored',
      'Add column users.total: integer',
      'Set primary key of users to (total)',
    ])
  })

  test('takes along what it implies for its columns, in words, and leaves none of it behind', () => {
    // As an engine does that holds the columns of a key to be not null.
    const canonical = (each: Table): Table => ({
      ...each,
      columns: each.columns.map((one) => ({
        ...one,
        nullable: one.nullable && each.primaryKey?.columns.includes(one.name) !== true,
      })),
    })
    const bare = table('users', [id, email])
    const written = table('users', [id, { ...email, nullable: false }])
    expect(said(between({ current: [bare], models: [keyed('email')] }, { canonical }))).toEqual([
      'Change column users.email: null to not null',
      'Set primary key of users to (email)',
    ])
    const left = between({ current: [keyed('email')], models: [written] }, { canonical })
    expect(said(left)).toEqual([
      'Drop primary key of users (email)',
      'Change column users.email: null to not null',
    ])
    expect(left.notes).toEqual([])
  })

  test('is not made anew for its name, which is told', () => {
    const named = (name: string): Table =>
      table('users', [id], { primaryKey: { name, columns: ['id'] } })
    const found = between({ current: [named('one')], models: [named('two')] })
    expect(found.operations).toEqual([])
    expect(found.notes).toMatchObject([{ code: 'PRIMARY_KEY_NAME' }])
  })

  test('comes with the counting column that is added, and goes with the one that is dropped', () => {
    const bare = table('users', [email])
    const counted = table('users', [id, email], { primaryKey: { name: null, columns: ['id'] } })
    expect(said(between({ current: [bare], models: [counted] }))).toEqual([
      'Add column users.id: increments',
    ])
    expect(said(between({ current: [counted], models: [bare] }))).toEqual([
      'Drop column users.id: increments',
    ])
  })
})

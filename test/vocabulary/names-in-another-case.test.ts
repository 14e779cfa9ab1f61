import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import { before, total, users } from '../support/altered-table.js'
import { scriptReader } from '../support/read-script.js'

describe('names in another case', () => {
  const lines = [
    `await knex.schema.alterTable('users', (t) => { t.string('EMAIL', 90).alter() })`,
    `await knex.schema.alterTable('users', (t) => { t.dropNullable('Team_Id') })`,
    `await knex.schema.alterTable('users', (t) => { t.index(['Email'], 'by_email') })`,
    `await knex.schema.alterTable('users', (t) => { t.dropIndex([], 'BY_TEAM') })`,
    `await knex.schema.alterTable('users', (t) => { t.dropUnique([], 'Email_Once') })`,
    `await knex.schema.alterTable('users', (t) => { t.renameColumn('EMail', 'mail') })`,
    `await knex.schema.alterTable('users', (t) => { t.dropColumn('Total') })`,
  ]

  test.each(['better-sqlite3', 'mysql2'])('%s finds what they mean', async (client) => {
    const operations = await scriptReader(client).read(lines, before)
    expect(operations.map((each) => [each.kind, namesIn(each)])).toEqual([
      ['alterColumn', ['email', 'email']],
      ['alterColumn', ['team_id', 'team_id']],
      ['addIndex', ['email']],
      ['dropIndex', ['team_id']],
      ['dropUnique', ['email']],
      ['renameColumn', ['email', 'mail']],
      ['dropColumn', ['total']],
    ])
  })

  test('PostgreSQL finds another one, or none', async () => {
    const [operation] = await scriptReader('pg').read(
      [`await knex.schema.alterTable('users', (t) => { t.dropColumn('Total') })`],
      {
        ...before,
        tables: [{ ...users, columns: [...users.columns, { ...total, name: 'Total' }] }],
      },
    )
    expect(operation).toMatchObject({ kind: 'dropColumn', column: { name: 'Total' } })
  })

  test.each(['better-sqlite3', 'mysql2'])('%s knows the columns of a new table', async (client) => {
    const [operation] = await scriptReader(client).read(
      [
        `await knex.schema.createTable('t', (t) => { t.integer('Id'); t.primary(['id']); t.index(['ID'], 'i') })`,
      ],
      { tables: [], enums: [] },
    )
    expect(operation).toMatchObject({
      table: { primaryKey: { columns: ['Id'] }, indexes: [{ parts: [{ on: { column: 'Id' } }] }] },
    })
  })
})

/** The columns that an operation is about. */
function namesIn(operation: Operation): readonly unknown[] {
  switch (operation.kind) {
    case 'alterColumn':
      return [operation.from.name, operation.to.name]
    case 'renameColumn':
      return [operation.from, operation.to]
    case 'addIndex':
    case 'dropIndex':
      return operation.index.parts.map(({ on }) => ('column' in on ? on.column : on.sql))
    case 'dropUnique':
      return operation.unique.columns
    case 'dropColumn':
      return [operation.column.name]
    default:
      return []
  }
}

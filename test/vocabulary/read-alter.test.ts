import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { CLIENTS, scriptReader } from '../support/read-script.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../support/schema-arbitraries.js'

const id: Column = { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false }

const email: Column = {
  ...PLAIN_COLUMN,
  name: 'email',
  type: { kind: 'string', length: 80 },
  nullable: false,
  default: { kind: 'literal', value: 'x' },
  collation: 'C',
  comment: 'where to write',
}

const total: Column = {
  ...PLAIN_COLUMN,
  name: 'total',
  generated: { sql: 'a * b', stored: true },
}

const team: Column = { ...PLAIN_COLUMN, name: 'team_id' }

const users: Table = {
  ...EMPTY_TABLE,
  name: 'users',
  columns: [id, email, total, team],
  primaryKey: { name: null, columns: ['id'] },
  uniques: [{ name: 'email_once', columns: ['email'], deferrable: null, nullsNotDistinct: false }],
  indexes: [
    {
      name: 'by_team',
      unique: false,
      parts: [
        {
          on: { column: 'team_id' },
          order: 'asc',
          nulls: null,
          collation: null,
          opclass: null,
          prefix: null,
        },
      ],
      where: null,
      method: null,
      include: [],
      nullsNotDistinct: false,
    },
  ],
  foreignKeys: [
    {
      name: 'team_of_user',
      columns: ['team_id'],
      refTable: 'teams',
      refColumns: ['id'],
      onDelete: null,
      onUpdate: null,
      deferrable: null,
    },
  ],
  checks: [{ name: 'users_email_check', sql: `"email" <> ''` }],
  comment: 'people',
}

const before: Schema = { tables: [users], enums: [] }

describe.each(CLIENTS)('an alterTable call, read from builders of %s', (client) => {
  const reader = scriptReader(client)

  function read(...statements: readonly string[]): Promise<readonly Operation[]> {
    return reader.read(
      ["await knex.schema.alterTable('users', (table) => {", ...statements, '})'],
      before,
    )
  }

  async function altered(statement: string): Promise<Column | null> {
    const [operation] = await read(statement)
    return operation?.kind === 'alterColumn' ? operation.to : null
  }

  test('is in the order in which Knex runs it: added, altered, the rest as written', async () => {
    const operations = await read(
      `table.dropColumn('total')`,
      `table.string('email').alter()`,
      `table.integer('level').index()`,
      `table.comment('')`,
      `table.renameColumn('team_id', 'group_id')`,
      `table.dropNullable('group_id')`,
    )
    expect(operations.map(({ kind }) => kind)).toEqual([
      'addColumn',
      'alterColumn',
      'dropColumn',
      'addIndex',
      'renameColumn',
      'alterColumn',
      'alterComment',
    ])
    expect(operations[5]).toMatchObject({
      from: { name: 'group_id', nullable: true },
      to: { name: 'group_id', nullable: false },
    })
    expect(operations[6]).toMatchObject({ from: 'people', to: null })
  })

  test('alter() states the whole column, but keeps collation, comment and generation', async () => {
    expect(await altered(`table.string('email', 120).alter()`)).toEqual({
      ...email,
      type: { kind: 'string', length: 120 },
      nullable: true,
      default: null,
    })
    expect(await altered(`table.bigInteger('total').alter()`)).toEqual({
      ...total,
      type: { kind: 'bigInteger', unsigned: false },
    })
  })

  test('collation and comment are removed by name', async () => {
    const text = `table.string('email').collate('default').comment('').alter()`
    expect(await altered(text)).toMatchObject({ collation: null, comment: null })
  })

  test('alterNullable and alterType keep what they name', async () => {
    expect(await altered(`table.text('email').alter({ alterNullable: false })`)).toMatchObject({
      type: { kind: 'text' },
      nullable: false,
    })
    expect(await altered(`table.text('email').alter({ alterType: false })`)).toMatchObject({
      type: email.type,
      nullable: true,
    })
  })

  test('nullability alone changes nothing else', async () => {
    expect(await altered(`table.setNullable('email')`)).toEqual({ ...email, nullable: true })
    expect(await altered(`table.dropNullable('team_id')`)).toEqual({ ...team, nullable: false })
  })

  test.each([
    [`table.dropUnique([], 'email_once')`, { kind: 'dropUnique', unique: users.uniques[0] }],
    [`table.dropUnique(['email'])`, { kind: 'dropUnique', unique: users.uniques[0] }],
    [`table.dropIndex([], 'email_once')`, { kind: 'dropUnique', unique: users.uniques[0] }],
    [`table.dropIndex('team_id')`, { kind: 'dropIndex', index: users.indexes[0] }],
    [
      `table.dropForeign(['team_id'])`,
      { kind: 'dropForeignKey', foreignKey: users.foreignKeys[0] },
    ],
    [
      `table.dropForeign([], 'team_of_user')`,
      { kind: 'dropForeignKey', foreignKey: users.foreignKeys[0] },
    ],
    [`table.dropChecks('users_email_check')`, { kind: 'dropCheck', check: users.checks[0] }],
    [`table.dropPrimary()`, { kind: 'alterPrimaryKey', from: users.primaryKey, to: null }],
  ])('%s finds what it drops in the table before', async (statement, operation) => {
    expect(await read(statement)).toEqual([{ ...operation, table: 'users' }])
  })

  test('what is dropped only if it is there may be missing', async () => {
    expect(
      await read(
        `table.dropUniqueIfExists(['team_id'])`,
        `table.dropForeignIfExists(['email'])`,
        `table.dropPrimary()`,
        `table.dropPrimaryIfExists()`,
      ),
    ).toMatchObject([{ kind: 'alterPrimaryKey', to: null }])
  })

  test('columns are dropped one by one, by list, and as timestamps', async () => {
    const operations = await read(
      `table.dropColumns('email', 'total')`,
      `table.dropColumn(['team_id'])`,
    )
    expect(operations).toMatchObject([{ column: email }, { column: total }, { column: team }])
    const script = [
      `await knex.schema.alterTable('users', (table) => table.timestamps())`,
      `await knex.schema.alterTable('users', (table) => table.dropTimestamps())`,
    ]
    expect((await reader.read(script, before)).map(({ kind }) => kind)).toEqual([
      'addColumn',
      'addColumn',
      'dropColumn',
      'dropColumn',
    ])
  })

  test('a key that replaces another is one change, and a second key is refused', async () => {
    expect(await read(`table.dropPrimary()`, `table.primary(['email'], 'pk')`)).toEqual([
      {
        kind: 'alterPrimaryKey',
        table: 'users',
        from: users.primaryKey,
        to: { name: 'pk', columns: ['email'] },
      },
    ])
    await expect(read(`table.primary(['email'])`)).rejects.toMatchObject({
      code: 'VOCABULARY_PRIMARY_EXISTS',
    })
  })

  test('a native enum is created by a call of its own before the column', async () => {
    const operations = await read(
      `table.enu('mood', ['ok'], { useNative: true, enumName: 'mood' })`,
      `table.enu('next', ['ok'], { useNative: true, enumName: 'mood', existingType: true })`,
    )
    expect(operations.map(({ kind }) => kind)).toEqual(['createEnum', 'addColumn', 'addColumn'])
  })

  test('the bindings of an added check, which Knex forgets, are written in', async () => {
    expect(await read(`table.check('?? > ?', ['team_id', 5], 'sane')`)).toMatchObject([
      { kind: 'addCheck', check: { name: 'sane', sql: '"team_id" > 5' } },
    ])
  })

  test('an option of a table is refused, as Knex refuses it', async () => {
    await expect(read(`table.engine('InnoDB')`)).rejects.toMatchObject({
      code: 'VOCABULARY_OPTION',
    })
  })

  test('a word that nobody knows leaves the call to Knex, where that needs no database', async () => {
    const extension = `  table._statements.push({
      grouping: 'alterTable', method: 'pushQuery', args: ['cluster users'],
    })`
    const call = (...more: readonly string[]) =>
      reader.calls([`await knex.schema.alterTable('users', (table) => {`, extension, ...more, '})'])
    expect(await call()).toEqual([
      { kind: 'unknown', what: 'alterTable users', statements: ['cluster users'] },
    ])
    if (client === 'better-sqlite3') {
      await expect(call(`table.string('email').alter()`)).rejects.toMatchObject({
        code: 'VOCABULARY_UNKNOWN',
      })
    }
  })

  test('what the table before does not have stands as far as it is known', async () => {
    const script = [`await knex.schema.alterTable('gone', (table) => table.dropColumn('x'))`]
    const [call] = await reader.calls(script)
    expect(call?.kind === 'table' && call.read(null)).toMatchObject([
      {
        kind: 'dropColumn',
        table: 'gone',
        column: { name: 'x', type: { kind: 'native', text: '' } },
      },
    ])
  })
})

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

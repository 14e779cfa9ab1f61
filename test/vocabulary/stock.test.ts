import type { Knex } from 'knex'
import { afterAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import type { Table } from '../../src/schema/table.js'
import * as functions from '../../src/vocabulary/functions.js'
import { writeOperations } from '../../src/vocabulary/writing/write-script.js'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import { postgres } from '../../src/dialects/postgres/index.js'
import { makeMariadbDatabase } from '../support/mariadb.js'
import { makePostgresDatabase } from '../support/postgres.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../support/schema-arbitraries.js'

const part = { order: 'asc', nulls: null, collation: null, opclass: null, prefix: null } as const
const plainIndex = {
  unique: false,
  where: null,
  method: null,
  include: [],
  nullsNotDistinct: false,
}
const plainUnique = { deferrable: null, nullsNotDistinct: false }

const teams: Table = {
  ...EMPTY_TABLE,
  name: 'teams',
  columns: [
    { ...PLAIN_COLUMN, name: 'id', type: { kind: 'integer', unsigned: false }, nullable: false },
  ],
  primaryKey: { name: 'teams_key', columns: ['id'] },
}

const users: Table = {
  ...EMPTY_TABLE,
  name: 'users',
  columns: [
    { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false },
    {
      ...PLAIN_COLUMN,
      name: 'Full Name',
      type: { kind: 'string', length: 80 },
      nullable: false,
      default: { kind: 'literal', value: `it's ok` },
      comment: 'as on the card',
    },
    { ...PLAIN_COLUMN, name: 'team_id', type: { kind: 'integer', unsigned: false } },
    { ...PLAIN_COLUMN, name: 'order', generated: { sql: '"size" * 2', stored: true } },
    { ...PLAIN_COLUMN, name: 'size' },
    { ...PLAIN_COLUMN, name: 'short', type: { kind: 'time', precision: 3 } },
    {
      ...PLAIN_COLUMN,
      name: 'at',
      type: { kind: 'timestamp', tz: true, precision: null },
      nullable: false,
      default: { kind: 'now', precision: null },
    },
  ],
  primaryKey: { name: null, columns: ['id'] },
  uniques: [{ ...plainUnique, name: 'one_of_a_team', columns: ['team_id', 'Full Name'] }],
  indexes: [
    { ...plainIndex, name: 'users_team_id_index', parts: [{ ...part, on: { column: 'team_id' } }] },
    { ...plainIndex, name: 'latest', parts: [{ ...part, on: { column: 'at' }, order: 'desc' }] },
  ],
  foreignKeys: [
    {
      name: 'users_team_id_foreign',
      columns: ['team_id'],
      refTable: 'teams',
      refColumns: ['id'],
      onDelete: 'set null',
      onUpdate: 'cascade',
      deferrable: null,
    },
  ],
  checks: [{ name: 'users_size_check', sql: '"size" > 0' }],
}

const later: readonly Operation[] = [
  { kind: 'dropColumn', table: 'users', column: { ...PLAIN_COLUMN, name: 'short' } },
  { kind: 'addColumn', table: 'users', column: { ...PLAIN_COLUMN, name: 'level' } },
  {
    kind: 'addIndex',
    table: 'users',
    index: {
      ...plainIndex,
      name: 'users_level_index',
      parts: [{ ...part, on: { column: 'level' } }],
    },
  },
  { kind: 'addCheck', table: 'users', check: { name: 'sane', sql: '"level" > 1 and "order" > 2' } },
]

const after: Table = {
  ...users,
  columns: [
    ...users.columns.filter(({ name }) => name !== 'short'),
    { ...PLAIN_COLUMN, name: 'level' },
  ],
  indexes: [
    ...users.indexes,
    { ...plainIndex, name: 'users_level_index', parts: [{ ...part, on: { column: 'level' } }] },
  ],
  checks: [...users.checks, { name: 'sane', sql: '"level" > 1 and "order" > 2' }],
}

const SERVERS = [
  { client: 'pg', dialect: postgres, make: () => makePostgresDatabase('postgres-15') },
  { client: 'mysql2', dialect: mariadb, make: () => makeMariadbDatabase() },
]

describe.each(SERVERS)('under stock Knex, by $client', async ({ dialect, make }) => {
  const database = await make()
  afterAll(() => database.drop())

  test('what is written makes the table that it was written for', async () => {
    const connection = await database.connect()
    const script = database.knex()
    await run(script, [
      { kind: 'createTable', table: teams },
      { kind: 'createTable', table: users },
    ])
    await run(script, later)
    const made = await dialect.introspectTable(connection, 'users')
    expect(made === null ? null : sorted(dialect.canonical(made))).toEqual(
      sorted(dialect.canonical(after)),
    )
  })
})

async function run(knex: Knex, operations: readonly Operation[]): Promise<void> {
  const { lines } = writeOperations(operations)
  const names = Object.keys(functions)
  const body = `return (async () => {\n${lines.join('\n')}\n})()`
  // The text is what is under test, so it has to be run as text.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const script = new Function('knex', ...names, body) as (...args: unknown[]) => Promise<void>
  await script(knex, ...Object.values(functions))
}

/** The order of indexes and checks is no difference. */
function sorted(table: Table): Table {
  const byName = <T extends { readonly name: string }>(objects: readonly T[]): readonly T[] =>
    objects.toSorted((a, b) => a.name.localeCompare(b.name))
  return { ...table, indexes: byName(table.indexes), checks: byName(table.checks), options: {} }
}

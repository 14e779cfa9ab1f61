/** Changes that rows make impossible: refused by the engine, explained with their number. */
import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Column } from '../../../src/schema/column.js'
import { PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import { carryOut, columnIn, databaseWith, DRIVERS } from '../../support/sqlite.js'
import { migrateErrorOf } from '../../support/thrown.js'

const alter =
  (more: Partial<Column>) =>
  async (connection: Connection): Promise<Operation> => {
    const from = await columnIn(connection, 't', 'a')
    return { kind: 'alterColumn', table: 't', from, to: { ...from, ...more } }
  }

const ROWS = [
  'create table t (id integer primary key, a text, b int)',
  "insert into t (a, b) values ('x', 1), ('x', 2), ('x', 3), ('y', 4), (null, 5), (null, 6)",
]

const VIOLATIONS: Readonly<
  Record<
    string,
    readonly [(connection: Connection) => Operation | Promise<Operation>, string, number]
  >
> = {
  'not null': [
    alter({ nullable: false }),
    '2 rows of t have no value in a, which is to be NOT NULL.',
    2,
  ],
  'not null in a rebuild': [
    alter({ nullable: false, type: { kind: 'string', length: 9 } }),
    '2 rows of t have no value in a, which is to be NOT NULL.',
    2,
  ],
  'a new column without a value': [
    () => ({
      kind: 'addColumn',
      table: 't',
      column: { ...PLAIN_COLUMN, name: 'n', nullable: false },
    }),
    '6 rows of t have no value for the new column n, which may not be null or breaks its check.',
    6,
  ],
  'a unique': [
    () => ({
      kind: 'addUnique',
      table: 't',
      unique: { name: 'u', columns: ['a'], deferrable: null, nullsNotDistinct: false },
    }),
    '2 rows of t have the same a as another row, which is to be unique.',
    2,
  ],
  'a key': [
    () => ({
      kind: 'alterPrimaryKey',
      table: 't',
      from: { name: null, columns: ['id'] },
      to: { name: null, columns: ['a'] },
    }),
    '2 rows of t have the same a as another row, which is to be unique.',
    2,
  ],
  'a check': [
    () => ({ kind: 'addCheck', table: 't', check: { name: 'small', sql: 'b < 3' } }),
    '4 rows of t break the check small.',
    4,
  ],
  'an enum': [
    alter({ type: { kind: 'enum', values: ['x'], native: null } }),
    "1 row of t has a value in a that is none of 'x'.",
    1,
  ],
}

describe.each(DRIVERS)('%s', (driver) => {
  test.each(Object.entries(VIOLATIONS))(
    'rows in the way of %s are counted',
    async (_name, [make, message, rows]) => {
      const connection = await databaseWith(ROWS, driver)
      const operation = await make(connection)
      await connection.execute('begin')
      const error = await migrateErrorOf(() => carryOut(connection, [operation]))
      expect(error.code).toBe('ROWS_VIOLATE')
      expect(error.message).toBe(message)
      expect(error.details).toMatchObject({ table: 't', rows })
      await connection.execute('rollback')
      expect(await connection.query('select count(*) as n from t')).toEqual([{ n: 6 }])
    },
  )
})

test('rows that become the same are no reason to lose one, whatever the table does on conflict', async () => {
  const connection = await databaseWith([
    'create table t (a text unique on conflict replace, b int not null on conflict ignore default 1)',
    "insert into t values ('1', 1), ('01', 2), ('x', 3)",
  ])
  const from = await columnIn(connection, 't', 'a')
  const to: Column = { ...from, type: { kind: 'integer', unsigned: false } }
  const error = await migrateErrorOf(() =>
    carryOut(connection, [{ kind: 'alterColumn', table: 't', from, to }]),
  )
  expect(error.code).toBe('ROWS_VIOLATE')
  expect(await connection.query('select count(*) as n from t')).toEqual([{ n: 3 }])
})

test('values are copied as they are where the type changes; only the affinity applies', async () => {
  const connection = await databaseWith([
    'create table t (a text)',
    "insert into t values ('12'), ('1.50'), ('word'), (x'00'), (null)",
  ])
  const from = await columnIn(connection, 't', 'a')
  const to: Column = { ...from, type: { kind: 'integer', unsigned: false } }
  await carryOut(connection, [{ kind: 'alterColumn', table: 't', from, to }])
  expect(await connection.query('select typeof(a) as t from t')).toEqual(
    ['integer', 'real', 'text', 'blob', 'null'].map((t) => ({ t })),
  )
})

test('a STRICT table refuses values that do not fit', async () => {
  const connection = await databaseWith([
    'create table t (a text) strict',
    "insert into t values ('word')",
  ])
  const from = await columnIn(connection, 't', 'a')
  const to: Column = { ...from, type: { kind: 'integer', unsigned: false } }
  const error = await migrateErrorOf(() =>
    carryOut(connection, [{ kind: 'alterColumn', table: 't', from, to }]),
  )
  expect(error.code).toBe('ROWS_VIOLATE')
  expect(error.message).toBe('Rows of t have values that do not fit the new type.')
})

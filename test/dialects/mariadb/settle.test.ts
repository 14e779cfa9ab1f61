import mysql2 from 'mysql2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/connection.js'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import { settle } from '../../../src/dialects/mariadb/settle.js'
import type { Table } from '../../../src/schema/table.js'
import { type MariadbDatabase, makeMariadbDatabase, tableIn } from '../../support/mariadb.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'
import { migrateErrorOf } from '../../support/thrown.js'

let database: MariadbDatabase
let connection: Connection

beforeAll(async () => {
  database = await makeMariadbDatabase('character set latin1')
  connection = await database.connect()
})

afterAll(() => database.drop())

const table: Table = {
  ...EMPTY_TABLE,
  columns: [
    { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false },
    {
      ...PLAIN_COLUMN,
      name: 'w',
      type: { kind: 'string', length: 20 },
      collation: 'latin1_swedish_ci',
    },
    { ...PLAIN_COLUMN, name: 'd', default: { kind: 'sql', text: 'pow(2, 3) * (1 + 1)' } },
  ],
  primaryKey: { name: null, columns: ['id'] },
  foreignKeys: [
    {
      name: 'to_itself',
      columns: ['d'],
      refTable: 'elsewhere',
      refColumns: ['id'],
      onDelete: null,
      onUpdate: null,
      deferrable: null,
    },
  ],
  checks: [{ name: 'odd', sql: "w in ('a') or (not (w like 'x%' or (d is null) = 1))" }],
  options: { charset: 'latin1' },
}

async function scratchDatabases(): Promise<readonly unknown[]> {
  return connection.query("show databases like 'migrate\\_tui\\_scratch%'")
}

test('what rules cannot tell is told by the server', async () => {
  const [settled] = await settle(connection, [table])
  await database.exec(
    `create table t (id int unsigned not null auto_increment primary key, w varchar(20), d int default (pow(2, 3) * (1 + 1)),
      constraint odd check (w in ('a') or (not (w like 'x%' or (d is null) = 1))))`,
  )
  const live = mariadb.canonical(await tableIn(connection, 't'), table)
  expect({ ...settled, foreignKeys: [] }).toEqual(live)
  expect(settled?.foreignKeys).toEqual(mariadb.canonical(table).foreignKeys)
  expect(await scratchDatabases()).toEqual([])
})

test('a table that the server refuses comes back by the rules', async () => {
  const column = { ...PLAIN_COLUMN, type: { kind: 'native' as const, text: 'citext' } }
  const refused: Table = { ...EMPTY_TABLE, columns: [column] }
  expect(await settle(connection, [refused, { ...table, name: 'u' }])).toMatchObject([
    mariadb.canonical(refused),
    { name: 'u' },
  ])
  expect(await scratchDatabases()).toEqual([])
})

test('what a killed run left is swept away', async () => {
  await database.exec('create database migrate_tui_scratch_left')
  await settle(connection, [table])
  expect(await scratchDatabases()).toEqual([])
})

test('a user without the right is told so', async () => {
  const user = `u_${database.name}`
  await database.exec(`create user ${user}; grant all on ${database.name}.* to ${user}`)
  const socketPath = new URL(database.url).searchParams.get('socketPath')
  const settings = database.settings({
    connection: { socketPath, user, database: database.name },
  })
  const own = await mariadb.connect(mysql2, settings)
  const error = await migrateErrorOf(() => settle(own, [table]))
  expect(error.code).toBe('SCRATCH_DENIED')
  await own.close()
  await database.exec(`drop user ${user}`)
})

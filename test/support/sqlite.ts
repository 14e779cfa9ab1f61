/** SQLite databases in memory or in temporary folders, opened through the dialect with either driver. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Connection, ConnectionSettings, Row } from '../../src/dialects/connection.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { applyOperations } from '../../src/operations/apply.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { folderOf } from './folder.js'

const require = createRequire(import.meta.url)

/** Both drivers, by the name of Knex's client. */
export const DRIVERS = ['better-sqlite3', 'sqlite3'] as const

export type Driver = (typeof DRIVERS)[number]

export function driverOf(client: Driver): unknown {
  return require(client)
}

export function settingsFor(
  file: string,
  more: Partial<ConnectionSettings> = {},
): ConnectionSettings {
  return {
    client: 'better-sqlite3',
    connection: { filename: file },
    searchPath: [],
    readOnly: false,
    lockTimeout: 3000,
    statementTimeout: null,
    ...more,
  }
}

/** A connection that is closed when the test is over. */
export async function open(
  file = ':memory:',
  more: Partial<ConnectionSettings> = {},
  client: Driver = 'better-sqlite3',
): Promise<Connection> {
  const settings = settingsFor(file, { client, ...more })
  const connection = await sqlite.connect(driverOf(client), settings)
  onTestFinished(() => connection.close())
  return connection
}

/** A database in memory with these statements run, foreign keys off as the runner has them. */
export async function databaseWith(
  statements: readonly string[],
  client: Driver = 'better-sqlite3',
): Promise<Connection> {
  const connection = await open(':memory:', {}, client)
  await connection.execute('pragma foreign_keys = off')
  await run(connection, statements)
  return connection
}

/** The path of a database file in a folder of its own. */
export function newFile(): string {
  return join(folderOf({}), 'test.sqlite3')
}

export async function run(connection: Connection, statements: readonly string[]): Promise<void> {
  for (const sql of statements) await connection.execute(sql)
}

/** Emits and carries operations out; the statements that ran. */
export async function carryOut(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly string[]> {
  const statements = (await sqlite.emit(connection, operations)).map((each) => each.sql)
  await run(connection, statements)
  return statements
}

/** The table as introspected; it must be there. */
export async function tableIn(connection: Connection, name: string): Promise<Table> {
  const table = await sqlite.introspectTable(connection, name)
  if (table === null) throw new Error(`no table ${name}`)
  return table
}

export async function columnIn(
  connection: Connection,
  table: string,
  name: string,
): Promise<Column> {
  const column = (await tableIn(connection, table)).columns.find((each) => each.name === name)
  if (column === undefined) throw new Error(`no column ${table}.${name}`)
  return column
}

/** The texts of all objects, by type and name. */
export async function schemaTexts(connection: Connection): Promise<readonly Row[]> {
  return connection.query(
    `select type, name, tbl_name, sql from sqlite_master where name not like 'sqlite\\_%' escape '\\' order by type, name`,
  )
}

export const WHOLE = { only: null, except: [] } as const

/** A database in memory for one run of a property; foreign keys off as the runner has them. */
export async function inMemory<T>(
  use: (connection: Connection) => Promise<T>,
  client: Driver = 'better-sqlite3',
): Promise<T> {
  const connection = await sqlite.connect(driverOf(client), settingsFor(':memory:', { client }))
  try {
    await connection.execute('pragma foreign_keys = off')
    return await use(connection)
  } finally {
    await connection.close()
  }
}

/** Carries operations out and holds the database against what they say should be there. */
export async function expectApplied(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly string[]> {
  const before = (await sqlite.introspect(connection, WHOLE)).schema
  const wanted = applyOperations(before, operations)
  const statements = await carryOut(connection, operations)
  const after = (await sqlite.introspect(connection, WHOLE)).schema
  const byName = (tables: readonly Table[]): readonly Table[] =>
    tables
      .map((table) => withoutNames(sqlite.canonical(table)))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  expect(byName(after.tables)).toEqual(byName(wanted.tables))
  return statements
}

/** A name that stands in for none changes with the table's and the column's. */
function withoutNames(table: Table): Table {
  const nameless = <T extends { readonly name: string }>(objects: readonly T[]): readonly T[] =>
    objects
      .map((each) => ({ ...each, name: '' }))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return {
    ...table,
    uniques: nameless(table.uniques),
    foreignKeys: nameless(table.foreignKeys),
    checks: nameless(table.checks),
  }
}

/** Databases of a real MariaDB, one for each test file or test, and the ways into them. */
import knex, { type Knex } from 'knex'
import mysql2 from 'mysql2'
import promised from 'mysql2/promise'
import type { Connection, ConnectionSettings } from '../../src/dialects/connection.js'
import { mariadb } from '../../src/dialects/mariadb/index.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { serverUrl } from './servers/server-url.js'

export const WHOLE = { only: null, except: [] }

export interface MariadbDatabase {
  readonly name: string
  readonly url: string
  settings(more?: Partial<ConnectionSettings>): ConnectionSettings
  /** A session of the dialect, closed with the database. */
  connect(more?: Partial<ConnectionSettings>): Promise<Connection>
  /** Stock Knex, destroyed with the database. */
  knex(): Knex
  /** Runs SQL, several statements at once; the rows of the last. */
  exec(sql: string): Promise<unknown>
  /** Drops every table. */
  empty(): Promise<void>
  drop(): Promise<void>
}

/** A fresh database. `drop` ends what was opened and removes it. */
export async function makeMariadbDatabase(options = ''): Promise<MariadbDatabase> {
  const maintenance = await serverUrl('mariadb')
  const name = `t_${Math.random().toString(36).slice(2, 10)}`
  const url = new URL(maintenance)
  url.pathname = `/${name}`
  const client = await promised.createConnection({ uri: maintenance, multipleStatements: true })
  await client.query(`create database ${name} ${options}; use ${name}`)
  const closers: (() => Promise<void>)[] = []
  const settings = (more?: Partial<ConnectionSettings>): ConnectionSettings => ({
    client: 'mysql2',
    connection: url.href,
    searchPath: [],
    readOnly: false,
    lockTimeout: 5000,
    statementTimeout: null,
    ...more,
  })
  return {
    name,
    url: url.href,
    settings,
    async connect(more) {
      const connection = await mariadb.connect(mysql2, settings(more))
      closers.push(() => connection.close())
      return connection
    },
    knex() {
      const made = knex({ client: 'mysql2', connection: url.href, pool: { min: 0, max: 2 } })
      closers.push(() => made.destroy())
      return made
    },
    async exec(sql) {
      const [answer] = await client.query(sql)
      return answer
    },
    async empty() {
      await client.query(`drop database ${name}; create database ${name} ${options}; use ${name}`)
    },
    async drop() {
      for (const close of closers) await close().catch(() => undefined)
      await client.query(`drop database ${name}`)
      await client.end()
    },
  }
}

/** Works out the statements for operations and runs them; the statements. */
export async function carryOut(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly string[]> {
  const statements = await mariadb.emit(connection, operations)
  for (const { sql } of statements) await connection.execute(sql)
  return statements.map(({ sql }) => sql)
}

/** The tables of the session's database. */
export async function schemaIn(connection: Connection): Promise<Schema> {
  return (await mariadb.introspect(connection, WHOLE)).schema
}

/** A table that is there. */
export async function tableIn(connection: Connection, name: string): Promise<Table> {
  const table = await mariadb.introspectTable(connection, name)
  if (table === null) throw new Error(`There is no table ${name}.`)
  return table
}

/** What the server itself prints of every table: the letter of the catalog. */
export async function printedIn(connection: Connection): Promise<Readonly<Record<string, string>>> {
  const printed: Record<string, string> = {}
  for (const name of await mariadb.listTables(connection)) {
    const [row] = await connection.query(`show create table ${mariadb.quote(name)}`)
    printed[name] = withSortedKeys(String(row?.['Create Table']))
  }
  return printed
}

/** In what order keys were made is no difference, nor where a counter stands. */
function withSortedKeys(sql: string): string {
  const lines = sql.split('\n').map((line) => line.replace(/,$/, ''))
  const isKey = (line: string): boolean => /^ *(?:[A-Z]+ )?(?:KEY|CONSTRAINT) /.test(line)
  const end = lines.at(-1)?.replace(/ AUTO_INCREMENT=\d+/, '') ?? ''
  const body = lines.slice(0, -1)
  return [...body.filter((line) => !isKey(line)), ...body.filter(isKey).toSorted(), end].join('\n')
}

/** A table with each of its lists in order of name: the order of the rest is no difference. */
export function sorted(table: Table): Table {
  const byName = <T extends { readonly name: string }>(objects: readonly T[]): readonly T[] =>
    objects.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return {
    ...table,
    columns: byName(table.columns),
    uniques: byName(table.uniques),
    indexes: byName(table.indexes),
    foreignKeys: byName(table.foreignKeys),
    checks: byName(table.checks),
  }
}

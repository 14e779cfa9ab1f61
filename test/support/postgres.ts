/** Databases of real PostgreSQL servers, one for each test file, and the ways into them. */
import knex, { type Knex } from 'knex'
import pg from 'pg'
import { postgres } from '../../src/dialects/postgres/index.js'
import type { Connection, ConnectionSettings } from '../../src/dialects/connection.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Table } from '../../src/schema/table.js'
import { serverUrl } from './servers/server-url.js'

/** The servers to run on: two majors, or the one that `PG_URL` names. */
export const POSTGRES_SERVERS: readonly string[] =
  (process.env.PG_URL ?? '') === '' ? ['postgres-15', 'postgres-18'] : ['PG_URL']

export interface PostgresDatabase {
  readonly url: string
  settings(more?: Partial<ConnectionSettings>): ConnectionSettings
  /** A session of the dialect, closed with the database. */
  connect(more?: Partial<ConnectionSettings>): Promise<Connection>
  /** Stock Knex, destroyed with the database. */
  knex(): Knex
  /** Runs SQL, several statements at once. */
  exec(sql: string): Promise<pg.QueryResult>
  drop(): Promise<void>
}

/** A fresh database. `drop` ends what was opened and removes it. */
export async function makePostgresDatabase(server: string): Promise<PostgresDatabase> {
  const maintenance = server === 'PG_URL' ? (process.env.PG_URL ?? '') : await serverUrl(server)
  const name = `t_${Math.random().toString(36).slice(2, 10)}`
  await once(maintenance, `create database ${name} template template0`)
  const url = new URL(maintenance)
  url.pathname = `/${name}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  const closers: (() => Promise<void>)[] = [() => client.end()]
  const settings = (more?: Partial<ConnectionSettings>): ConnectionSettings => ({
    client: 'pg',
    connection: url.href,
    searchPath: [],
    readOnly: false,
    lockTimeout: 5000,
    statementTimeout: null,
    ...more,
  })
  return {
    url: url.href,
    settings,
    async connect(more) {
      const connection = await postgres.connect(pg, settings(more))
      closers.push(() => connection.close())
      return connection
    },
    knex() {
      const made = knex({ client: 'pg', connection: url.href, pool: { min: 0, max: 2 } })
      closers.push(() => made.destroy())
      return made
    },
    exec: (sql) => client.query(sql),
    async drop() {
      for (const close of closers) await close().catch(() => undefined)
      await once(maintenance, `drop database if exists ${name} with (force)`)
    },
  }
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The table with its lists in order of name: the order in which things were made is no difference. */
export function inOrder(table: Table): Table {
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

/** Emits and carries operations out; the statements that ran. */
export async function carryOut(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly string[]> {
  const statements = (await postgres.emit(connection, operations)).map(({ sql }) => sql)
  for (const sql of statements) await connection.execute(sql)
  return statements
}

/** A table as the catalogs have it, whatever this session remembers; null when there is none. */
export async function liveTable(connection: Connection, name: string): Promise<Table | null> {
  const { schema } = await postgres.introspect(connection, { only: [name], except: [] })
  return schema.tables[0] ?? null
}

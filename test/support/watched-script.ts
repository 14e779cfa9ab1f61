/** A script's Knex on a real SQLite database, watched. */
import knex from 'knex'
import type { Connection } from '../../src/dialects/connection.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import type { RawStatement, SchemaCall } from '../../src/vocabulary/call.js'
import type { ScriptKnexOptions, ScriptSession } from '../../src/vocabulary/client.js'
import { scriptKnex } from '../../src/vocabulary/client.js'
import type { Driver } from './sqlite.js'
import { open } from './sqlite.js'

export interface Watched {
  readonly session: ScriptSession
  readonly connection: Connection
  readonly calls: SchemaCall[]
  readonly statements: RawStatement[]
}

/** A script's Knex on a real database in memory whose table `notes` has the columns id and text. */
export async function watched(
  more: Partial<ScriptKnexOptions> = {},
  client: Driver = 'better-sqlite3',
): Promise<Watched> {
  const connection = await open(':memory:', {}, client)
  await connection.execute('create table notes (id integer primary key, text varchar(50))')
  const calls: SchemaCall[] = []
  const statements: RawStatement[] = []
  const session = scriptKnex({
    knexModule: knex,
    config: { client, useNullAsDefault: true, connection: { filename: 'none' } },
    connection,
    frame: sqlite.frame,
    onSchemaCall: (call) => {
      calls.push(call)
      return Promise.resolve()
    },
    onStatement: (statement) => {
      statements.push(statement)
      return Promise.resolve('run')
    },
    ...more,
  })
  return { session, connection, calls, statements }
}

/** Runs work inside a transaction that somebody else began, as the runner does. */
export async function inRevision<T>({ connection }: Watched, work: () => Promise<T>): Promise<T> {
  await sqlite.frame.begin(connection, 1000)
  const result = await work()
  await sqlite.frame.commit(connection)
  return result
}

/** The texts of the notes, in the order in which they were inserted. */
export async function texts(connection: Connection): Promise<readonly unknown[]> {
  const rows = await connection.query('select text from notes order by id')
  return rows.map((row) => row.text)
}

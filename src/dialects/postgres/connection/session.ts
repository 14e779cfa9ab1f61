/** One session of the driver `pg`: what the tool asks of it, and what only this folder does. */
import type { Client, QueryResult } from 'pg'
import type { Binding, Connection, Row } from '../../connection.js'
import type { Address } from './address.js'
import { connectionLost, isLost } from './connect-error.js'
import { numberPlaceholders } from './placeholders.js'
import type { RecentTables } from './recent-tables.js'
import { createRecentTables } from './recent-tables.js'
import type { RunLock } from './run-lock.js'
import { explainServerError } from './server-error.js'
import { watchEnd } from './session-end.js'
import type { Sketch } from '../sketch/sketch.js'
import { watchTransaction } from './transaction-status.js'

export interface PostgresConnection extends Connection {
  /** `server_version_num`: 180004 is 18.4. */
  readonly version: number
  /** Runs statements without bindings in one round trip; the rows of each. Text is not converted. */
  batch(statements: readonly string[]): Promise<readonly (readonly Row[])[]>
  /** Sends such statements and does not wait: what is asked next does. */
  sendAhead(statements: readonly string[]): void
  /** Waits for those; what they failed with is told to everybody who asks, until this has told it. */
  settled(): Promise<void>
  /** Whether a transaction is open now. */
  inTransaction(): boolean
  /** From now on it is watched whether anybody else speaks on this session. */
  watchDisturbance(): void
  /** Whether the open transaction is sound, and since then nobody else spoke. */
  isUndisturbed(): boolean
  /** What the session was lost by, null while it is not. */
  endedBy(): unknown
  /** What is known of tables without asking again. */
  readonly recent: RecentTables
  /** What keeps two runs apart; held by a session of its own. */
  readonly lock: RunLock
  /** Where the structure is only kept in memory: nothing is sent to a server. */
  readonly sketch: Sketch | null
}

/** @throws Error for a connection that another dialect opened */
export function postgresConnection(connection: Connection): PostgresConnection {
  if (!('batch' in connection)) throw new Error('this is no PostgreSQL connection')
  return connection as PostgresConnection // only `openConnection` and `sketchConnection` make such
}

/** What the driver converts: whatever type parsers the project has set up stay out of the way. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  20: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text),
  21: Number,
  23: Number,
  26: Number,
  114: (text) => JSON.parse(text) as unknown,
  700: Number,
  701: Number,
  3802: (text) => JSON.parse(text) as unknown,
}

const TYPES = {
  getTypeParser: (oid: number) => PARSERS[oid] ?? ((text: string) => text),
} // the driver's own type is overloaded by format

export interface OpenSession {
  readonly client: Client
  readonly address: Address
  readonly version: number
  readonly lock: RunLock
}

/** A connection over an open client of the driver. */
export function openConnection({
  client,
  address,
  version,
  lock,
}: OpenSession): PostgresConnection {
  const status = watchTransaction(client)
  const endedBy = watchEnd(client)
  const inTransaction = (): boolean => status() !== 'none'
  const recent = createRecentTables(inTransaction)
  let isOurs = false
  let isDisturbed = true
  let ahead: Promise<void> | null = null
  watchStatements(client, (sql) => {
    if (isOurs) return
    isDisturbed = true
    recent.foreign(sql)
  })

  async function run(sql: string, bindings: readonly Binding[]): Promise<unknown> {
    if (ahead !== null) await ahead
    return await sent(sql, bindings)
  }

  async function sent(sql: string, bindings: readonly Binding[]): Promise<unknown> {
    const text = numberPlaceholders(sql, bindings.length)
    try {
      isOurs = true
      const answer = client.query<Row>({
        text,
        ...(bindings.length === 0 ? {} : { values: bindings.map(sentValue) }),
        types: TYPES,
      })
      isOurs = false
      return await answer
    } catch (thrown) {
      isDisturbed = true
      if (isLost(thrown)) throw connectionLost(endedBy() ?? thrown, address)
      await untilAnswered()
      throw explainServerError(thrown) ?? thrown
    }
  }

  function sendAhead(statements: readonly string[]): void {
    const before = ahead
    const answered = async (): Promise<void> => {
      await before
      await sent(statements.join(';\n'), [])
    }
    const own = answered()
    ahead = own
    own.then(
      () => {
        if (ahead === own) ahead = null
      },
      // Whoever asks next hears of it.
      () => undefined,
    )
  }

  /** The driver tells of an error before the server has said what became of the transaction. */
  async function untilAnswered(): Promise<void> {
    isOurs = true
    const answer = client.query('')
    isOurs = false
    await answer.catch(() => undefined)
  }

  async function runAndTell(sql: string, bindings: readonly Binding[]): Promise<unknown> {
    try {
      const answer = await run(sql, bindings)
      recent.ran(sql)
      return answer
    } catch (thrown) {
      recent.forget()
      throw thrown
    }
  }

  /** A read that fails must not doom the transaction that it is asked in. */
  async function runGuarded(sql: string, bindings: readonly Binding[]): Promise<unknown> {
    if (!inTransaction()) return await run(sql, bindings)
    try {
      if (bindings.length === 0) return resultsOf(await run(guarded(sql), []))[1]
      await run(SAVEPOINT, [])
      const result = await run(sql, bindings)
      await run(RELEASE, [])
      return result
    } catch (thrown) {
      // In a transaction that had failed before there is no savepoint, and what was thrown says so.
      const back = `rollback to migrate_tui_query; ${RELEASE}`
      if (inTransaction()) await run(back, []).catch(() => undefined)
      throw thrown
    }
  }

  return {
    query: async (sql, bindings = []) =>
      resultsOf(await runGuarded(sql, bindings)).flatMap((result) => result.rows),
    execute: async (sql, bindings = []) => {
      const [result] = resultsOf(await runAndTell(sql, bindings))
      return result === undefined || result.command === 'SELECT' ? 0 : (result.rowCount ?? 0)
    },
    batch: async (statements) =>
      resultsOf(await run(statements.join(';\n'), [])).map((result) => result.rows),
    sendAhead,
    settled: async () => {
      const before = ahead
      ahead = null
      await before
    },
    handle: client,
    inTransaction,
    watchDisturbance: () => {
      isDisturbed = false
    },
    isUndisturbed: () => !isDisturbed && status() === 'open',
    recent,
    version,
    lock,
    sketch: null,
    endedBy,
    async close() {
      await lock.release()
      await client.end()
    },
  }
}

const SAVEPOINT = 'savepoint migrate_tui_query'
const RELEASE = 'release migrate_tui_query'

/** One round trip; a comment at the end of the statement ends with its line. */
function guarded(sql: string): string {
  return `${SAVEPOINT};\n${sql.trim().replace(/;$/, '')}\n;${RELEASE}`
}

/** The driver answers several statements with several results. */
function resultsOf(answer: unknown): readonly QueryResult<Row>[] {
  return Array.isArray(answer) ? (answer as QueryResult<Row>[]) : [answer as QueryResult<Row>]
}

/** Watches on the client itself, since Knex sends its statements there. */
function watchStatements(client: Client, onStatement: (sql: string) => void): void {
  const query: unknown = client.query.bind(client)
  Object.assign(client, {
    query(...args: readonly unknown[]): unknown {
      onStatement(statementIn(args[0]))
      return (query as (...args: readonly unknown[]) => unknown)(...args) // whatever form Knex uses
    },
  })
}

function statementIn(asked: unknown): string {
  if (typeof asked === 'string') return asked
  const text: unknown =
    typeof asked === 'object' && asked !== null ? Reflect.get(asked, 'text') : ''
  return typeof text === 'string' ? text : ''
}

function sentValue(value: Binding): unknown {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value)
  return typeof value === 'bigint' ? String(value) : value
}

/** A session that sends nothing to a server: what would be written is taken down, what is read comes from the database. */
import { Readable } from 'node:stream'
import type { Connection, Row } from '../../connection.js'
import type { Shadow } from '../../dialect.js'
import { postgresConnection, type PostgresConnection } from '../connection/session.js'
import { createRecentTables } from '../connection/recent-tables.js'
import { serverFields } from '../connection/server-error.js'
import { NO_LOCK } from '../connection/run-lock.js'
import { createSketch } from './create-sketch.js'
import type { Sketch } from './sketch.js'

/** A sketch of the structure of `source`, or of an empty database. */
export function shadow(_driver: unknown, source: Connection | null): Promise<Shadow> {
  const own = source === null ? null : postgresConnection(source)
  const sketch = createSketch(own)
  return Promise.resolve({
    connection: sketchConnection(own, sketch),
    revisionBegins: (inTransaction: boolean) => {
      sketch.revisionBegins(inTransaction)
    },
    foresee: async (tables) => {
      await sketch.tables(tables)
    },
    close: () => Promise.resolve(),
  })
}

function sketchConnection(source: PostgresConnection | null, sketch: Sketch): PostgresConnection {
  return {
    query: (sql, bindings) =>
      source === null ? Promise.resolve([]) : readOnly(source, () => source.query(sql, bindings)),
    execute(sql) {
      sketch.ran(sql)
      return Promise.resolve(0)
    },
    batch(statements) {
      for (const sql of statements) sketch.ran(sql)
      return Promise.resolve(statements.map((): readonly Row[] => []))
    },
    sendAhead(statements) {
      for (const sql of statements) sketch.ran(sql)
    },
    settled: () => Promise.resolve(),
    handle: sketchHandle(source, sketch),
    inTransaction: () => false,
    watchDisturbance: () => undefined,
    isUndisturbed: () => false,
    recent: createRecentTables(() => false),
    version: sketch.version,
    lock: NO_LOCK,
    endedBy: () => source?.endedBy() ?? null,
    sketch,
    close: () => Promise.resolve(),
  }
}

/** Reads that may call anything run where nothing can be written. */
async function readOnly<T>(source: PostgresConnection, read: () => Promise<T>): Promise<T> {
  await source.execute('begin read only')
  try {
    return await read()
  } finally {
    await source.execute('rollback')
  }
}

/** What the driver's client answers to Knex. */
interface Answer {
  readonly command: string
  readonly rowCount: number
  readonly rows: readonly unknown[]
  readonly fields: readonly unknown[]
}

const EMPTY: Answer = { command: '', rowCount: 0, rows: [], fields: [] }

interface Question {
  readonly text: string
}

/** A query that the driver lets send itself, such as `pg-query-stream`, and that gives the rows. */
interface Stream {
  submit(connection: unknown): void
}

function isStream(question: object | string): question is Stream {
  return typeof question === 'object' && 'submit' in question
}

type Callback = (error: unknown, answer?: Answer) => void

/** A stand-in for the driver's client, as far as Knex uses one. */
function sketchHandle(source: PostgresConnection | null, sketch: Sketch): unknown {
  const handle = source?.handle as { query(question: Question): Promise<Answer> } | undefined // a client of the driver
  const ask = async (question: Question | string): Promise<Answer> => {
    const asked = typeof question === 'string' ? { text: question } : question
    if (!READS.test(asked.text)) sketch.ran(asked.text)
    if (source === null || handle === undefined || !READS.test(asked.text)) return EMPTY
    try {
      return await readOnly(source, () => handle.query(asked))
    } catch (thrown) {
      // `with … insert` and functions that write.
      if (serverFields(thrown)?.code === '25006') return EMPTY
      throw thrown
    }
  }
  return {
    query(question: Question | string | Stream, callback: Callback): unknown {
      // What is streamed may be more than memory holds: here it has no rows.
      if (isStream(question)) return Readable.from([])
      ask(question).then(
        (answer) => {
          callback(null, answer)
        },
        (thrown: unknown) => {
          callback(thrown)
        },
      )
      return undefined
    },
    on: () => undefined,
  }
}

const READS = /^\s*(?:select|with|values|table|show|explain)\b/i

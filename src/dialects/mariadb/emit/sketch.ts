/**
 * A database of which only the structure is known, in memory: statements are worked out on it and
 * never sent. It stands in for a copy, since MariaDB has no place where one could be made and undone.
 */
import { Readable } from 'node:stream'
import { MigrateError } from '../../../errors.js'
import type { TableName } from '../../../schema/table.js'
import type { Binding, Connection, Row } from '../../connection.js'
import type { Statement } from '../../dialect.js'
import { columnTypes, type EmitContext, referrersIn } from './emit-context.js'
import type { PhysicalTable, Referrer } from '../catalog/physical.js'
import { type Server, USUAL_SERVER } from '../connection/server.js'
import { answerStructure } from './structure-answers.js'

/** Where the structure comes from; null is an empty database. */
export interface SketchSource {
  readonly server: Server
  lookup(name: TableName): Promise<PhysicalTable | null>
  referrers(name: TableName): Promise<readonly Referrer[]>
  listTables(): Promise<readonly TableName[]>
  /** Runs a question where nothing can be written. */
  read(sql: string, bindings: readonly Binding[]): Promise<readonly Row[]>
}

export interface Sketch {
  readonly server: Server
  /** Tables that statements have made or changed; null is gone. */
  readonly tables: ReadonlyMap<TableName, PhysicalTable | null>
  readonly context: EmitContext
  listTables(): Promise<readonly TableName[]>
  /** Remembers what the tables are once the statements have run. */
  expect(
    statements: readonly Statement[],
    after: ReadonlyMap<TableName, PhysicalTable | null>,
  ): void
}

interface SketchConnection extends Connection {
  readonly sketch: Sketch
}

/** Whether a connection leads to no server. */
export function isSketch(connection: Connection): connection is SketchConnection {
  return 'sketch' in connection
}

/** A connection to a sketch of a database. */
export function openSketch(source: SketchSource | null): Connection {
  const tables = new Map<TableName, PhysicalTable | null>()
  /** What is true after a statement, by its text: the statements of a call are run one by one. */
  const expected = new Map<string, ReadonlyMap<TableName, PhysicalTable | null>>()
  const lookup = async (name: TableName): Promise<PhysicalTable | null> => {
    const known = tables.get(name)
    return known === undefined ? ((await source?.lookup(name)) ?? null) : known
  }
  const sketch: Sketch = {
    server: source?.server ?? USUAL_SERVER,
    tables,
    context: {
      server: source?.server ?? USUAL_SERVER,
      lookup,
      typesOf: async (name) => columnTypes(await lookup(name)),
      referrers: async (name) => {
        const others = ((await source?.referrers(name)) ?? []).filter(
          ({ table }) => !tables.has(table.name),
        )
        const own = [...tables.values()].filter((table) => table !== null)
        return [...others, ...referrersIn(own, name)]
      },
    },
    listTables: async () => {
      const listed = (await source?.listTables()) ?? []
      const made = [...tables].flatMap(([name, table]) => (table === null ? [] : [name]))
      const left = listed.filter((name) => tables.get(name) !== null)
      return [...new Set([...left, ...made])].toSorted()
    },
    expect(statements, after) {
      const last = statements.at(-1)
      if (last === undefined) for (const [name, table] of after) tables.set(name, table)
      else expected.set(last.sql, after)
    },
  }
  const run = (sql: string): void => {
    for (const [name, table] of expected.get(sql) ?? []) tables.set(name, table)
    expected.delete(sql)
  }
  /** Knex's questions from what is known here, others from the database behind, which has not changed. */
  const read = async (sql: string, bindings: readonly Binding[]): Promise<readonly Row[]> => {
    const known = await answerStructure(sql, bindings, lookup)
    if (known !== null) return known
    if (source === null) throw noDatabase(sql)
    return source.read(sql, bindings)
  }
  const connection: SketchConnection = {
    sketch,
    query: (sql, bindings = []) => read(sql, bindings),
    execute: (sql) => {
      run(sql)
      return Promise.resolve(0)
    },
    handle: handleOf(run, read),
    close: () => Promise.resolve(),
  }
  return connection
}

type Answer = (error: unknown, rows?: unknown, fields?: unknown) => void

/** What Knex takes for the driver's connection: it takes every change, and is asked what it can answer. */
function handleOf(
  run: (sql: string) => void,
  read: (sql: string, bindings: readonly Binding[]) => Promise<readonly Row[]>,
): unknown {
  return {
    on: () => undefined,
    query(
      options: { readonly sql: string },
      bindings: readonly Binding[] | undefined,
      /** Absent where the rows are to be streamed. */
      answer?: Answer,
    ) {
      // What is streamed may be more than memory holds: here it has no rows.
      if (answer === undefined) return { stream: () => Readable.from([]) }
      const { sql } = options
      if (!READS.test(sql)) {
        run(sql)
        answer(null, { affectedRows: 0, insertId: 0 }, [])
        return undefined
      }
      read(sql, bindings ?? []).then(
        (rows) => {
          answer(null, rows, [])
        },
        (thrown: unknown) => {
          answer(thrown)
        },
      )
      return undefined
    },
  }
}

const READS = /^\s*(?:\(\s*)*(?:select|show|with|explain|describe|desc|values)\b/i

function noDatabase(sql: string): MigrateError {
  return new MigrateError('OFFLINE_READ', 3, 'The script reads the database, and there is none.', {
    why: `What it does depends on the answer to: ${sql}`,
    fix: 'Run it against a database, without --sql.',
    details: { sql },
  })
}

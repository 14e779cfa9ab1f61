/**
 * What a session knows of tables and of its server without asking again, so that a run of many small
 * revisions does not read the catalogs anew for each. All of it is believed for a moment only, since
 * nothing locks a table between two statements here; a statement whose effect is not known ends it.
 */
import type { Operation } from '../../../operations/operation.js'
import type { Column } from '../../../schema/column.js'
import type { TableName } from '../../../schema/table.js'
import type { PhysicalTable } from '../catalog/physical.js'
import type { Server } from './server.js'

/** Tables as they are, by name; null is gone. */
export type KnownTables = ReadonlyMap<TableName, PhysicalTable | null>

export interface RecentTables {
  /** The table as it is now, null where there is none; undefined where nobody knows. */
  recall(name: TableName): PhysicalTable | null | undefined
  /** Notes what the catalogs said of a table just now. */
  remember(name: TableName, found: PhysicalTable | null): void
  /** What the server said of itself just now; undefined where nobody knows. */
  recallServer(): Server | undefined
  rememberServer(server: Server): void
  /** Whether anything is remembered: only in a run, which says so. */
  follow(isWanted: boolean): void
  /** Tells what is true once these statements ran, in this order and with nothing between. */
  expect(statements: readonly string[], operations: readonly Operation[], after: KnownTables): void
  /** A statement of ours that ran. */
  ran(sql: string): void
  forget(): void
}

/** Milliseconds in which nobody else is expected to change a table that a script is about to. */
const FRESH = 50

/** Statements of ours that leave the structure and the server's ways as they are. */
const HARMLESS = /^(?:insert|update|delete|savepoint|release|set autocommit)\b/

interface Entry {
  readonly table: PhysicalTable | null
  /** When the catalogs were read for it, in ms: what we make of it since is no younger. */
  readonly at: number
}

/** Nothing known. */
export function createRecentTables(): RecentTables {
  const known = new Map<TableName, Entry>()
  let follows = false
  let server: { readonly is: Server; readonly at: number } | null = null
  let expected: { readonly left: readonly string[]; readonly after: KnownTables } | null = null

  const forget = (): void => {
    known.clear()
    server = null
    expected = null
  }

  const take = (after: KnownTables): void => {
    for (const [name, table] of after) {
      const before = known.get(name)
      // Of a table that was not looked at before, our own statement is the first news.
      known.set(name, { table, at: before === undefined ? performance.now() : before.at })
    }
  }

  return {
    recall(name) {
      const entry = known.get(name)
      return entry === undefined || isOld(entry) ? undefined : entry.table
    },
    remember(name, table) {
      if (follows) known.set(name, { table, at: performance.now() })
    },
    recallServer: () => (server === null || isOld(server) ? undefined : server.is),
    rememberServer(is) {
      if (follows) server = { is, at: performance.now() }
    },
    follow(isWanted) {
      follows = isWanted
      forget()
    },
    expect(statements, operations, after) {
      expected = follows && operations.every(isForeseen) ? { left: statements, after } : null
    },
    ran(sql) {
      const [next, ...left] = expected?.left ?? []
      if (expected === null || next !== sql) {
        if (!HARMLESS.test(sql)) forget()
      } else if (left.length > 0) {
        expected = { left, after: expected.after }
      } else {
        take(expected.after)
        expected = null
      }
    },
    forget,
  }
}

function isOld({ at }: { readonly at: number }): boolean {
  return performance.now() - at > FRESH
}

/** Whether the server makes of an operation exactly what it says, and of no other table anything. */
function isForeseen(operation: Operation): boolean {
  switch (operation.kind) {
    case 'createTable': {
      const { columns, checks, foreignKeys, options } = operation.table
      const isBare = checks.length === 0 && foreignKeys.length === 0
      return isBare && Object.keys(options).length === 0 && columns.every(isPlain)
    }
    case 'addColumn':
      return isPlain(operation.column)
    case 'dropTable':
    case 'dropColumn':
    case 'addIndex':
    case 'dropIndex':
    case 'addUnique':
    case 'dropUnique':
      return true
    default:
      return false
  }
}

/** Types that the server reports as they were asked for. */
const PLAIN_TYPES: ReadonlySet<Column['type']['kind']> = new Set([
  'tinyint',
  'smallint',
  'mediumint',
  'integer',
  'bigInteger',
  'increments',
  'bigIncrements',
  'string',
  'text',
  'boolean',
  'date',
  'datetime',
])

function isPlain({ type, default: value, generated, collation }: Column): boolean {
  const isBare = value === null && generated === null && collation === null
  // A datetime has no zone here: what asks for none is reported as what does not say.
  const isReportedSo = type.kind !== 'datetime' || type.tz
  return isBare && isReportedSo && PLAIN_TYPES.has(type.kind)
}

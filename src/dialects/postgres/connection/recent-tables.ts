/**
 * Tables as this transaction has made them, so that a run of many small revisions does not ask the
 * catalogs anew for each. What was only read is believed for a moment; what our own statements made
 * is locked by this transaction, so nobody else can change it before it ends. Any statement whose
 * effect on the structure is not known ends all of it.
 */
import { applyOperation } from '../../../operations/apply.js'
import { ApplyError } from '../../../operations/apply-error.js'
import { isCounter } from '../../../operations/counter.js'
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { Table, TableName } from '../../../schema/table.js'
import { keptName, splitName } from '../names.js'
import type { LiveTable } from '../catalog/read-table.js'
import { isSerial } from '../types.js'

export interface RecentTables {
  /** The table as it is now, null where there is none; undefined where nobody knows. */
  recall(name: TableName): LiveTable | null | undefined
  /** Notes what the catalogs said of these tables just now. */
  remember(names: readonly TableName[], found: readonly LiveTable[]): void
  /** Tells which operations these statements carry out. */
  expect(statements: readonly string[], operations: readonly Operation[]): void
  /** A statement that ran. */
  ran(sql: string): void
  /** A statement of a script's own that is about to run. */
  foreign(sql: string): void
  forget(): void
}

interface Entry {
  readonly live: LiveTable | null
  /** When it was read, in ms; infinite where this transaction made it so. */
  readonly at: number
}

/** Milliseconds in which nobody else is expected to change a table that a script is about to. */
const FRESH = 50

/** Statements that leave the structure as it is. */
const HARMLESS = /^\s*(?:insert|update|delete|savepoint|release)\b/i

/** Nothing is known outside a transaction for longer than a moment. */
export function createRecentTables(inTransaction: () => boolean): RecentTables {
  const known = new Map<TableName, Entry>()
  let expected: {
    readonly left: readonly string[]
    readonly operations: readonly Operation[]
  } | null = null

  const forget = (): void => {
    known.clear()
    expected = null
  }

  return {
    recall(name) {
      const entry = known.get(name)
      return entry === undefined || isOld(entry) ? undefined : entry.live
    },
    remember(names, found) {
      const byName = new Map(found.map((live) => [live.table.name, live]))
      // A table that is said with the default schema goes by its bare name: only that is kept.
      const said = new Set(found.map(({ schema, bare }) => `${schema}.${bare}`))
      for (const name of names) {
        if (!byName.has(name) && said.has(name)) continue
        known.set(name, { live: byName.get(name) ?? null, at: performance.now() })
      }
    },
    expect(statements, operations) {
      expected = { left: statements, operations }
    },
    ran(sql) {
      const [next, ...left] = expected?.left ?? []
      if (expected === null || next !== sql) {
        if (!HARMLESS.test(sql)) forget()
        return
      }
      const { operations } = expected
      expected = left.length === 0 ? null : { left, operations }
      if (expected !== null) return
      if (!inTransaction() || !operations.every((operation) => follow(known, operation))) forget()
    },
    foreign(sql) {
      if (!HARMLESS.test(sql)) forget()
    },
    forget,
  }
}

/** The tables after an operation; false where they are not known any more. */
function follow(known: Map<TableName, Entry>, operation: Operation): boolean {
  const name = tableOf(operation)
  if (name === null || !FOLLOWED.has(operation.kind)) return false
  if (operation.kind === 'dropTable') {
    known.set(name, { live: null, at: Infinity })
    return true
  }
  const entry = known.get(name)
  const live = entry?.live ?? null
  if (operation.kind !== 'createTable' && (live === null || isOld(entry))) {
    known.delete(name)
    return true
  }
  try {
    const tables = operation.kind === 'createTable' || live === null ? [] : [live.table]
    const [table] = applyOperation({ tables, enums: [] }, operation).tables
    if (table === undefined) return false
    known.set(name, {
      live: { ...(live ?? NEW), ...nameOf(name), table: asKept(table) },
      at: Infinity,
    })
    return true
  } catch (thrown) {
    if (thrown instanceof ApplyError) return false
    throw thrown
  }
}

function isOld(entry: Entry | undefined): boolean {
  return entry === undefined || performance.now() - entry.at > FRESH
}

/** Those after which the rules say what the catalogs would. */
const FOLLOWED: ReadonlySet<Operation['kind']> = new Set([
  'createTable',
  'dropTable',
  'addColumn',
  'dropColumn',
  'addIndex',
  'dropIndex',
  'addUnique',
  'dropUnique',
  'addForeignKey',
  'dropForeignKey',
  'addCheck',
  'dropCheck',
  'alterComment',
])

function nameOf(name: TableName): Pick<LiveTable, 'schema' | 'bare'> {
  const { schema, bare } = splitName(name)
  return { schema: schema ?? '', bare }
}

const NEW: Omit<LiveTable, 'table' | 'schema' | 'bare'> = {
  primaryKeyName: null,
  enumChecks: new Map(),
  sequences: new Map(),
  invalidIndexes: [],
  exclusions: [],
}

/** The table with what the server makes of it without being told: required columns, names cut short. */
function asKept(table: Table): Table {
  const named = <T extends { readonly name: string }>(objects: readonly T[]): readonly T[] =>
    objects.map((each) => ({ ...each, name: keptName(each.name) }))
  const key = table.primaryKey?.columns ?? []
  return {
    ...table,
    columns: table.columns.map((column) => {
      const isRequired =
        key.includes(column.name) ||
        isCounter(column) ||
        isSerial(column.type) ||
        column.identity !== null
      return isRequired ? { ...column, nullable: false } : column
    }),
    uniques: named(table.uniques),
    indexes: named(table.indexes),
    foreignKeys: named(table.foreignKeys),
    checks: named(table.checks),
  }
}

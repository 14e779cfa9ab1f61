/** Statements of better-sqlite3 that are prepared once and run again and again. */
import type { Row } from '../../connection.js'

export interface SyncStatement {
  readonly reader: boolean
  safeIntegers(on: boolean): unknown
  all(...bindings: readonly unknown[]): readonly Row[]
  run(...bindings: readonly unknown[]): { readonly changes: number }
}

/** A handle as far as statements need it. */
export interface Preparing {
  prepare(sql: string): SyncStatement
}

/** Statements of each handle, the one used last at the end: to prepare one costs more than to run it. */
const prepared = new WeakMap<Preparing, Map<string, SyncStatement>>()

/** More than a revision repeats. */
const KEPT_STATEMENTS = 32

/** A statement that reads: kept, as long as it is used. */
export function prepare(handle: Preparing, sql: string): SyncStatement {
  const kept = prepared.get(handle) ?? new Map<string, SyncStatement>()
  prepared.set(handle, kept)
  const statement = kept.get(sql) ?? newStatement(handle, sql)
  kept.delete(sql)
  kept.set(sql, statement)
  if (kept.size > KEPT_STATEMENTS) {
    const [oldest = ''] = kept.keys()
    kept.delete(oldest)
  }
  return statement
}

/** A statement that may change something: kept only where each revision has it. */
export function prepareToRun(handle: Preparing, sql: string): SyncStatement {
  return /^(?:savepoint|release|rollback to) /.test(sql)
    ? prepare(handle, sql)
    : newStatement(handle, sql)
}

function newStatement(handle: Preparing, sql: string): SyncStatement {
  const statement = handle.prepare(sql)
  if (statement.reader) statement.safeIntegers(false)
  return statement
}

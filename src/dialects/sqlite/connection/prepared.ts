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
  /** Runs every statement of a text, and tells nothing of any. */
  exec(sql: string): unknown
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

/**
 * Statements of which nothing is to be known but that they ran. A statement of the driver costs as much
 * as making the table; a text with a semicolon may be more than one, and what is executed is always one.
 */
export function runsBare(sql: string): boolean {
  return /^(?:create|drop|alter|savepoint|release|rollback to) [^;]*$/.test(sql)
}

/** A statement that may change something: kept by nobody, for it is rarely the same again. */
export function newStatement(handle: Preparing, sql: string): SyncStatement {
  const statement = handle.prepare(sql)
  if (statement.reader) statement.safeIntegers(false)
  return statement
}

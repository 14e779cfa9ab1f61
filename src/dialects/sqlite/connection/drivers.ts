/** What tells the two drivers apart, better-sqlite3 (synchronous) and sqlite3 (callbacks), and what is used of each. */
import type { Row } from '../../connection.js'
import type { Preparing } from './prepared.js'

export interface SyncHandle extends Preparing {
  readonly inTransaction: boolean
  defaultSafeIntegers(on: boolean): unknown
  backup(path: string): Promise<unknown>
  close(): unknown
}

export type SyncDriver = new (
  file: string,
  options: Readonly<Record<string, unknown>>,
) => SyncHandle

type Callback<T> = (this: { readonly changes?: number }, error: Error | null, value: T) => void

interface AsyncBackup {
  readonly completed: boolean
  step(pages: number, callback: Callback<unknown>): unknown
  finish(callback: Callback<unknown>): unknown
}

export interface AsyncHandle {
  serialize(): unknown
  all(sql: string, bindings: readonly unknown[], callback: Callback<readonly Row[]>): unknown
  run(sql: string, bindings: readonly unknown[], callback: Callback<unknown>): unknown
  backup(path: string, callback: Callback<unknown>): AsyncBackup
  close(callback: Callback<unknown>): unknown
}

export type AsyncDriver = new (
  file: string,
  flags: number,
  callback: Callback<unknown>,
) => AsyncHandle

/** The class in a driver module, however it was loaded. */
export function constructorIn(driver: unknown): unknown {
  if (typeof driver === 'function') return driver
  if (driver === null || typeof driver !== 'object') return null
  const { Database, default: whole } = driver as { Database?: unknown; default?: unknown } // a module
  return typeof Database === 'function' ? Database : constructorIn(whole)
}

export function isSyncDriver(value: unknown): value is SyncDriver {
  return typeof value === 'function' && isSyncHandle(value.prototype)
}

export function isAsyncDriver(value: unknown): value is AsyncDriver {
  return typeof value === 'function' && isAsyncHandle(value.prototype)
}

export function isSyncHandle(value: unknown): value is SyncHandle {
  return hasMethods(value, ['prepare', 'pragma', 'backup', 'close'])
}

export function isAsyncHandle(value: unknown): value is AsyncHandle {
  return hasMethods(value, ['all', 'run', 'serialize', 'backup', 'close'])
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if (value === null || typeof value !== 'object') return false
  // better-sqlite3 has its methods on the prototype as properties that throw there when read as values.
  return names.every((name) => name in value)
}

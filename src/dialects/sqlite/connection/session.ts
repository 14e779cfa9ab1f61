/** One session of either driver, better-sqlite3 (synchronous) or sqlite3 (callbacks), under one face. */
import type { Binding, Connection, Row } from '../../connection.js'
import type { AsyncDriver, AsyncHandle, SyncHandle } from './drivers.js'
import {
  constructorIn,
  isAsyncDriver,
  isAsyncHandle,
  isSyncDriver,
  isSyncHandle,
} from './drivers.js'
import { newStatement, prepare, runsBare } from './prepared.js'

/** Calls run in the order in which they were made, also where nobody awaits them. */
export interface Session {
  readonly handle: unknown
  /** The two calls below of a driver that answers at once, which then need no promise; else null. */
  readonly now: CallsNow | null
  all(sql: string, bindings: readonly Binding[]): Promise<readonly Row[]>
  /** Runs one statement; the rows that it inserted, updated or deleted. */
  run(sql: string, bindings: readonly Binding[]): Promise<number>
  /** For the project's own queries; ours stay numbers. sqlite3 knows no bigints. */
  readIntegersAsBigints(): void
  /** Copies the database into a file, page by page, while others use it. */
  backup(path: string): Promise<void>
  close(): Promise<void>
}

interface CallsNow {
  all(sql: string, bindings: readonly Binding[]): readonly Row[]
  run(sql: string, bindings: readonly Binding[]): number
}

export interface OpenMode {
  readonly readOnly: boolean
  readonly create: boolean
  /** For better-sqlite3: where its binary is. */
  readonly nativeBinding: string | null
  /** For sqlite3: more of SQLite's open flags, such as 0x40 for URIs. */
  readonly flags: number
}

/** Handles of databases that nobody else can open. */
const alone = new WeakSet<object>()

/** Opens a file, or `:memory:`, with a driver module however it was loaded. */
export async function openSession(driver: unknown, file: string, mode: OpenMode): Promise<Session> {
  const session = await openWith(driver, file, mode)
  if (file === ':memory:') alone.add(handleOf(session))
  return session
}

/** Whether no other session can be in this one's database. */
export function isAlone(connection: Connection): boolean {
  return alone.has(handleOf(connection))
}

async function openWith(driver: unknown, file: string, mode: OpenMode): Promise<Session> {
  const found = constructorIn(driver)
  if (isAsyncDriver(found)) return openAsync(found, file, mode)
  if (isSyncDriver(found)) {
    return syncSession(
      new found(file, {
        readonly: mode.readOnly,
        fileMustExist: !mode.create,
        ...(mode.nativeBinding === null ? {} : { nativeBinding: mode.nativeBinding }),
      }),
    )
  }
  throw new Error('The driver is neither better-sqlite3 nor sqlite3.')
}

/** A session in memory, of the same driver as a connection's. */
export function openBeside(connection: Connection, file: string): Promise<Session> {
  const { handle } = connection
  const driver: unknown = handle instanceof Object ? handle.constructor : null
  return openSession(driver, file, { readOnly: false, create: true, nativeBinding: null, flags: 0 })
}

/** The session behind a connection. */
export function sessionOf(connection: Connection): Session {
  const { handle } = connection
  if (isAsyncHandle(handle)) return asyncSession(handle)
  if (isSyncHandle(handle)) return syncSession(handle)
  throw new Error('The connection is none of SQLite.')
}

/** The driver's own object behind a connection: what is remembered of a session hangs on it. */
export function handleOf({ handle }: { readonly handle: unknown }): object {
  if (typeof handle !== 'object' || handle === null) throw new Error('No handle of a driver.')
  return handle
}

/** Whether a transaction is open; false where the driver does not tell. */
export function isInTransaction({ handle }: Connection): boolean {
  return isSyncHandle(handle) && handle.inTransaction
}

/** Whether a session's driver takes URIs as file names when asked to. */
export function takesUris(driver: unknown): boolean {
  return isAsyncDriver(constructorIn(driver))
}

/** What a driver that answers at once gives; null for another. */
export function allNow({ handle }: Connection, sql: string): readonly Row[] | null {
  return isSyncHandle(handle) ? prepare(handle, sql).all() : null
}

function callsNowOf(handle: SyncHandle): CallsNow {
  return {
    all: (sql, bindings) => prepare(handle, sql).all(...bindings.map(bound)),
    run(sql, bindings) {
      if (bindings.length === 0 && runsBare(sql)) {
        handle.exec(sql)
        return 0
      }
      const statement = newStatement(handle, sql)
      if (statement.reader) {
        const rows = statement.all(...bindings.map(bound))
        return changesRows(sql) ? rows.length : 0
      }
      const { changes } = statement.run(...bindings.map(bound))
      return changesRows(sql) ? changes : 0
    },
  }
}

function syncSession(handle: SyncHandle): Session {
  const calls = callsNowOf(handle)
  return {
    handle,
    now: calls,
    all: (sql, bindings) => now(() => calls.all(sql, bindings)),
    run: (sql, bindings) => now(() => calls.run(sql, bindings)),
    readIntegersAsBigints: () => {
      handle.defaultSafeIntegers(true)
    },
    backup: async (path) => {
      await handle.backup(path)
    },
    close: () =>
      now(() => {
        handle.close()
      }),
  }
}

function asyncSession(handle: AsyncHandle): Session {
  return {
    handle,
    now: null,
    all: (sql, bindings) =>
      new Promise((resolve, reject) => {
        handle.all(sql, bindings.map(bound), (error, rows) => {
          if (error === null) resolve(rows)
          else reject(error)
        })
      }),
    run: (sql, bindings) =>
      new Promise((resolve, reject) => {
        handle.run(sql, bindings.map(bound), function (error) {
          if (error === null) resolve(changesRows(sql) ? (this.changes ?? 0) : 0)
          else reject(error)
        })
      }),
    readIntegersAsBigints: () => undefined,
    backup: (path) => backUpAsync(handle, path),
    close: () =>
      new Promise((resolve, reject) => {
        handle.close((error) => {
          if (error === null) resolve()
          else reject(error)
        })
      }),
  }
}

function openAsync(driver: AsyncDriver, file: string, mode: OpenMode): Promise<Session> {
  // SQLITE_OPEN_READONLY, or READWRITE with CREATE (https://sqlite.org/c3ref/c_open_autoproxy.html).
  const flags = (mode.readOnly ? 1 : mode.create ? 2 | 4 : 2) | mode.flags
  return new Promise((resolve, reject) => {
    const handle = new driver(file, flags, (error) => {
      if (error !== null) {
        reject(error)
        return
      }
      // Without it statements that nobody awaits may overtake each other.
      handle.serialize()
      resolve(asyncSession(handle))
    })
  })
}

function backUpAsync(handle: AsyncHandle, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const backup = handle.backup(path, (opened) => {
      if (opened !== null) {
        reject(opened)
        return
      }
      backup.step(-1, (error) => {
        const isWhole = backup.completed
        backup.finish(() => {
          if (error !== null) reject(error)
          else if (isWhole) resolve()
          else reject(new Error('The copy did not become whole.'))
        })
      })
    })
  })
}

/** Runs at once, so that the order of calls is that of the statements. */
function now<T>(run: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(run())
  })
}

/** As Knex binds them: booleans as 0 and 1, dates as milliseconds. */
function bound(value: Binding): unknown {
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return value.valueOf()
  if (value instanceof Uint8Array) return Buffer.from(value)
  return value
}

/** SQLite's count of changes stays that of the statement before where one changes no rows. */
function changesRows(sql: string): boolean {
  return /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:insert|update|delete|replace|with)\b/i.test(sql)
}

/**
 * Transactions for what changes data, and the lock around a run. What changes the schema commits
 * itself and what ran before it; nothing here pretends otherwise.
 */
import { MigrateError } from '../../../errors.js'
import type { Connection } from '../../connection.js'
import type { Guard, TransactionFrame } from '../../dialect.js'
import { driverError } from './driver-error.js'
import { quote } from '../quote.js'
import { expectLock, releaseLock, takeLock } from './run-lock.js'
import { readServer } from './server.js'
import { sessionOf } from './session.js'
import { standingStatements } from './statements.js'
import { isSketch } from '../emit/sketch.js'

/** Modes in which a value that does not fit is an error, not another value. */
const STRICT = ['STRICT_TRANS_TABLES', 'STRICT_ALL_TABLES']

/** The `sql_mode` of sessions before `enter`, by the driver's handle. */
const modes = new WeakMap<object, string>()

/** Nothing is rebuilt behind the server's back, so there is nothing to look after. */
const NO_GUARD: Guard = {
  named: () => undefined,
  raw: () => undefined,
  verify: () => Promise.resolve(),
}

const liveFrame: TransactionFrame = {
  async enter(connection) {
    const { sqlMode } = await readServer(connection)
    sessionOf(connection).recent.follow(true)
    const key = keyOf(connection)
    if (key === null || STRICT.some((mode) => sqlMode.includes(mode))) return
    modes.set(key, sqlMode.join(','))
    // Else a narrowed column would cut its values without a word.
    await connection.execute("set session sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES')")
  },

  async leave(connection) {
    const key = keyOf(connection)
    const mode = key === null ? undefined : modes.get(key)
    sessionOf(connection).recent.follow(false)
    try {
      if (mode !== undefined)
        await unlessLost(connection.execute('set session sql_mode = ?', [mode]))
    } finally {
      await releaseLock(sessionOf(connection))
    }
  },

  async begin(connection, lockTimeout) {
    await takeLock(sessionOf(connection), lockTimeout)
    // A transaction begins anew after each statement that commits itself, not only at the first.
    await connection.execute('set autocommit = 0')
  },

  async commit(connection) {
    await expectLock(sessionOf(connection))
    // This commits (https://mariadb.com/kb/en/server-system-variables/#autocommit): one round trip less.
    await connection.execute('set autocommit = 1')
  },

  async rollback(connection) {
    await unlessLost(connection.execute('rollback'))
    await unlessLost(connection.execute('set autocommit = 1'))
  },

  async savepoint(connection, name) {
    await connection.execute(`savepoint ${quote(name)}`)
  },

  async release(connection, name) {
    await unlessForgotten(connection.execute(`release savepoint ${quote(name)}`))
  },

  async rollbackTo(connection, name) {
    const isThere = await unlessForgotten(
      connection.execute(`rollback to savepoint ${quote(name)}`),
    )
    // What ran since the last statement that committed itself can still be taken back.
    if (!isThere) await connection.execute('rollback')
  },

  guard: () => Promise.resolve(NO_GUARD),
}

/** What only exists in memory has no transactions. */
const sketchFrame: TransactionFrame = {
  enter: () => Promise.resolve(),
  leave: () => Promise.resolve(),
  begin: () => Promise.resolve(),
  commit: () => Promise.resolve(),
  rollback: () => Promise.resolve(),
  savepoint: () => Promise.resolve(),
  release: () => Promise.resolve(),
  rollbackTo: () => Promise.resolve(),
  guard: () => Promise.resolve(NO_GUARD),
}

export const frame: TransactionFrame = {
  enter: (connection) => frameOf(connection).enter(connection),
  leave: (connection) => frameOf(connection).leave(connection),
  begin: (connection, timeout) => frameOf(connection).begin(connection, timeout),
  commit: (connection) => frameOf(connection).commit(connection),
  rollback: (connection) => frameOf(connection).rollback(connection),
  savepoint: (connection, name) => frameOf(connection).savepoint(connection, name),
  release: (connection, name) => frameOf(connection).release(connection, name),
  rollbackTo: (connection, name) => frameOf(connection).rollbackTo(connection, name),
  standing: standingStatements,
  guard: (connection) => frameOf(connection).guard(connection),
}

function frameOf(connection: Connection): TransactionFrame {
  return isSketch(connection) ? sketchFrame : liveFrame
}

/** A session that is gone has nothing to set back. */
async function unlessLost(ending: Promise<unknown>): Promise<void> {
  try {
    await ending
  } catch (thrown) {
    if (!(thrown instanceof MigrateError && thrown.code === 'CONNECT_LOST')) throw thrown
  }
}

/** Whether the savepoint was there: a statement that commits itself forgets them all. */
async function unlessForgotten(ending: Promise<unknown>): Promise<boolean> {
  try {
    await ending
    return true
  } catch (thrown) {
    const cause: unknown = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown
    if (driverError(cause).errno === 1305) return false
    throw thrown
  }
}

function keyOf({ handle }: Connection): object | null {
  return typeof handle === 'object' ? handle : null
}

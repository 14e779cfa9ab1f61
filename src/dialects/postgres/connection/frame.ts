/** Transactions: one for each group of revisions, under a lock that keeps other runs out. */
import { setTimeout as sleep } from 'node:timers/promises'
import { MigrateError } from '../../../errors.js'
import type { Connection } from '../../connection.js'
import type { Guard, TransactionFrame } from '../../dialect.js'
import type { PostgresConnection } from './session.js'
import { postgresConnection } from './session.js'
import { clearInvalid, leftInvalid } from './left-invalid.js'
import { quote } from '../names.js'
import { flag } from '../catalog/rows.js'

/** Sessions between `enter` and `leave`: the lock stays theirs from the first transaction to the end. */
const entered = new WeakSet<Connection>()

/**
 * What releases the savepoints of a transaction in which only we spoke: nothing depends on when, so
 * it is sent with the next savepoint, and not at all before `commit`.
 */
const unreleased = new WeakMap<Connection, string[]>()

export const frame: TransactionFrame = {
  enter(connection) {
    entered.add(connection)
    return Promise.resolve()
  },
  async leave(connection) {
    entered.delete(connection)
    await postgresConnection(connection).lock.release()
  },
  begin,
  async commit(connection) {
    // A transaction that failed would be rolled back by `commit` without a word: the first statement says it.
    const session = postgresConnection(connection)
    session.recent.forget()
    unreleased.delete(connection)
    await session.settled()
    await session.batch(['select 1', 'commit'])
    await releaseOutside(connection)
  },
  async rollback(connection) {
    unreleased.delete(connection)
    // Whatever it failed with goes with the transaction.
    await postgresConnection(connection)
      .settled()
      .catch(() => undefined)
    try {
      await connection.execute('rollback')
    } catch (thrown) {
      // The server rolls back what a lost session had begun.
      if (!(thrown instanceof MigrateError && thrown.code === 'CONNECT_LOST')) throw thrown
    }
    await releaseOutside(connection)
  },
  savepoint(connection, name) {
    const before = unreleased.get(connection)?.splice(0) ?? []
    // The server works on it while the script is only beginning to.
    postgresConnection(connection).sendAhead([...before, `savepoint ${quote(name)}`])
    return Promise.resolve()
  },
  async release(connection, name) {
    const sql = `release ${quote(name)}`
    const session = postgresConnection(connection)
    await session.settled()
    // One that failed, or in which a script set savepoints of its own, says here that it cannot go on.
    if (session.isUndisturbed()) unreleased.get(connection)?.push(sql)
    else await connection.execute(sql)
  },
  async rollbackTo(connection, name) {
    // Those that are not released yet came later, and are undone with the rest.
    unreleased.get(connection)?.splice(0)
    await postgresConnection(connection).settled()
    await connection.execute(`rollback to ${quote(name)}`)
  },
  leftBy: leftInvalid,
  clearFor: clearInvalid,
  guard: () => Promise.resolve(NO_GUARD),
}

/**
 * Nothing to guard: no statement of this engine's takes more with it than it names, unless the script
 * itself says `cascade`; tables are never rebuilt, and foreign keys never fire.
 */
const NO_GUARD: Guard = {
  named: () => undefined,
  raw: () => undefined,
  verify: () => Promise.resolve(),
}

/** A transaction of ours, so that one whose process was killed is over before the next one begins. */
const TAKE =
  "select pg_try_advisory_xact_lock(hashtext('migrate_tui transaction'), hashtext(coalesce(current_schema(), ''))) as taken"

const PAUSE = 100

async function begin(connection: Connection, lockTimeout: number): Promise<void> {
  const session = postgresConnection(connection)
  if (session.sketch !== null) {
    await session.execute('begin')
    return
  }
  const started = performance.now()
  await session.lock.take(lockTimeout)
  session.recent.forget()
  session.watchDisturbance()
  unreleased.set(connection, [])
  const [, rows] = await session.batch(['begin', TAKE])
  let taken = rows?.[0]
  while (taken !== undefined && !flag(taken, 'taken')) {
    if (performance.now() - started > lockTimeout) {
      await frame.rollback(session)
      throw transactionOpen()
    }
    await sleep(PAUSE)
    taken = (await session.query(TAKE))[0]
  }
}

async function releaseOutside(connection: PostgresConnection | Connection): Promise<void> {
  if (!entered.has(connection)) await postgresConnection(connection).lock.release()
}

function transactionOpen(): MigrateError {
  return new MigrateError(
    'DATABASE_LOCKED',
    1,
    'A transaction of an earlier run is not over yet.',
    {
      why: 'Its process is gone, and the server still works on what it had sent.',
      fix: 'Run again in a moment.',
      state: 'Nothing was changed.',
    },
  )
}

/** Transactions: foreign keys off around them, the write lock taken at once, the guard for each revision. */
import { setTimeout as wait } from 'node:timers/promises'
import { MigrateError } from '../../../errors.js'
import type { Connection } from '../../connection.js'
import type { TransactionFrame } from '../../dialect.js'
import { forgetStructure } from '../catalog/current-rows.js'
import { startGuard } from '../guard/guard.js'
import { lockHolders } from './lock-holders.js'
import { quote } from '../names.js'
import { handleOf } from './session.js'

/** What a session was like before `enter`, to be made so again. */
interface Session {
  readonly foreignKeys: number
  readonly legacyAlter: number
  readonly busyTimeout: number
  /** Milliseconds to wait for readers at COMMIT, as at BEGIN. */
  lockTimeout: number
}

const sessions = new WeakMap<object, Session>()

export const frame: TransactionFrame = {
  async enter(connection) {
    const foreignKeys = await pragma(connection, 'foreign_keys')
    const legacyAlter = await pragma(connection, 'legacy_alter_table')
    const busyTimeout = await pragma(connection, 'busy_timeout')
    sessions.set(handleOf(connection), { foreignKeys, legacyAlter, busyTimeout, lockTimeout: 0 })
    await connection.execute('pragma foreign_keys = off')
    await connection.execute('pragma legacy_alter_table = off')
    if ((await pragma(connection, 'foreign_keys')) !== 0) {
      throw new Error('The frame was entered inside a transaction, where foreign keys stay on.')
    }
  },

  async leave(connection) {
    const session = sessionOf(connection)
    sessions.delete(handleOf(connection))
    forgetStructure(connection)
    await connection.execute(`pragma legacy_alter_table = ${session.legacyAlter}`)
    await connection.execute(`pragma foreign_keys = ${session.foreignKeys}`)
  },

  async begin(connection, lockTimeout) {
    const session = sessions.get(handleOf(connection))
    if (session !== undefined) session.lockTimeout = lockTimeout
    await untilFree(connection, 'begin immediate', lockTimeout)
  },

  async commit(connection) {
    const session = sessions.get(handleOf(connection))
    await untilFree(connection, 'commit', session?.lockTimeout ?? 0)
  },

  async rollback(connection) {
    forgetStructure(connection)
    // A statement that failed half-way through a rebuild leaves the pragma as it set it.
    await connection.execute('pragma legacy_alter_table = off')
    try {
      await connection.execute('rollback')
    } catch (thrown) {
      // SQLite rolls back by itself when the disk is full or fails.
      if (!String(thrown).includes('no transaction is active')) throw thrown
    }
  },

  async savepoint(connection, name) {
    await connection.execute(`savepoint ${quote(name)}`)
  },

  async release(connection, name) {
    await connection.execute(`release ${quote(name)}`)
  },

  async rollbackTo(connection, name) {
    forgetStructure(connection)
    await connection.execute('pragma legacy_alter_table = off')
    await connection.execute(`rollback to ${quote(name)}`)
  },

  guard: startGuard,
}

/** Runs a statement that needs a lock, again and again until it gets it; other work goes on meanwhile. */
async function untilFree(connection: Connection, sql: string, timeout: number): Promise<void> {
  const started = performance.now()
  const busyTimeout = await pragma(connection, 'busy_timeout')
  await connection.execute('pragma busy_timeout = 0')
  try {
    for (let pause = 10; ; pause = Math.min(pause * 2, 100)) {
      const thrown = await attempt(connection, sql)
      if (thrown === null) return
      const left = timeout - (performance.now() - started)
      if (left <= 0) throw await locked(connection, thrown, { sql, timeout })
      await wait(Math.min(pause, left))
    }
  } finally {
    await connection.execute(`pragma busy_timeout = ${busyTimeout}`)
  }
}

async function attempt(connection: Connection, sql: string): Promise<MigrateError | null> {
  try {
    await connection.execute(sql)
    return null
  } catch (thrown) {
    if (thrown instanceof MigrateError && thrown.code === 'DATABASE_LOCKED') return thrown
    throw thrown
  }
}

async function locked(
  connection: Connection,
  thrown: MigrateError,
  { sql, timeout }: { readonly sql: string; readonly timeout: number },
): Promise<MigrateError> {
  const [row] = await connection.query('pragma database_list')
  const file = typeof row?.file === 'string' ? row.file : ''
  const doing = sql === 'commit' ? 'reading' : 'writing'
  const holders = lockHolders(file, doing)
  const what = `${holders.length > 1 ? 'are' : 'is'} ${doing === 'reading' ? 'reading' : 'writing to'} it`
  const who =
    holders.length === 0
      ? 'Another process'
      : holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ')
  return new MigrateError(
    'DATABASE_LOCKED',
    1,
    `The database is locked: ${who} ${what}, and did not end within ${timeout} ms.`,
    {
      why: thrown.why ?? '',
      fix: 'Wait for it or end it, then run the command again; `--lock-timeout` waits longer.',
      details: { path: file, holders, waitedMs: timeout },
      cause: thrown,
    },
  )
}

async function pragma(connection: Connection, name: string): Promise<number> {
  const [row] = await connection.query(`pragma ${name}`)
  return Number(Object.values(row ?? {})[0] ?? 0)
}

function sessionOf(connection: Connection): Session {
  const session = sessions.get(handleOf(connection))
  if (session === undefined) throw new Error('The frame was left without being entered.')
  return session
}

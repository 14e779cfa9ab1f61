/**
 * Keeps two runs on one database apart: a named lock of the server, held by a session that does
 * nothing else. It is only ever asked for, never waited for, so that a waiter can say who holds it. A
 * process that is killed loses its session, and the lock with it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { MigrateError } from '../../../errors.js'
import type { Row } from '../../connection.js'
import { text, textOrNull } from './server.js'
import type { Session } from './session.js'
import { nodeCrypto } from '../../../node-crypto.js'

/** Milliseconds between two attempts: at first, and at most. */
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1000

/** Seconds after which the server would end a session that does nothing: as long as it lets it be. */
const PATIENCE = 31_536_000

/** Locks held, by the driver's handle of the session that works under them. */
const held = new WeakMap<object, Held>()

interface Held {
  readonly own: Session
  readonly name: string
}

/** Takes the lock of the session's database, or goes on when it is held already. @throws MigrateError `DATABASE_LOCKED` */
export async function takeLock(session: Session, timeout: number): Promise<void> {
  if (held.has(keyOf(session))) return
  const name = await lockName(session)
  const own = await session.openSibling()
  try {
    await own.execute(`set session wait_timeout = ${PATIENCE}`)
    await poll(own, name, timeout)
    held.set(keyOf(session), { own, name })
  } finally {
    if (held.get(keyOf(session))?.own !== own) await own.close()
  }
}

/** Gives the lock back; nothing where there is none. */
export async function releaseLock(session: Session): Promise<void> {
  const lock = held.get(keyOf(session))
  held.delete(keyOf(session))
  // The server frees the lock with the session, whatever state it is in.
  await lock?.own.close()
}

/**
 * Looks whether the lock is still ours: a server that ended its session has given it away.
 * @throws MigrateError `LOCK_LOST`
 */
export async function expectLock(session: Session): Promise<void> {
  const lock = held.get(keyOf(session))
  if (lock === undefined) return
  const [row] = await lock.own
    .query('select is_used_lock(?) = connection_id() as mine', [lock.name])
    .catch(() => [])
  if (Number(row?.mine) === 1) return
  throw new MigrateError(
    'LOCK_LOST',
    1,
    'The lock on this database was lost while the run went on.',
    {
      why: 'The server ended the session that held it, so another run may have begun.',
      fix: 'See with `migrate-tui current` where the database stands, then run again.',
      state: 'Nothing of this revision was recorded.',
    },
  )
}

async function poll(own: Session, name: string, timeout: number): Promise<void> {
  const started = performance.now()
  let pause = FIRST_PAUSE
  for (;;) {
    const [row] = await own.query('select get_lock(?, 0) as taken', [name])
    if (Number(row?.taken) === 1) return
    const left = timeout - (performance.now() - started)
    if (left <= 0) throw locked(await readHolder(own, name))
    await sleep(Math.min(pause * (0.75 + Math.random() / 2), left))
    pause = Math.min(pause * 1.5, LONGEST_PAUSE)
  }
}

/** Names of locks belong to the whole server, and are short. */
async function lockName(session: Session): Promise<string> {
  const [row] = await session.query('select database() as db')
  const digest = nodeCrypto()
    .createHash('sha1')
    .update(text(row ?? {}, 'db'))
    .digest('hex')
  return `migrate_tui_${digest}`
}

/** Who holds the lock, and for how long: that session has done nothing since. */
async function readHolder(own: Session, name: string): Promise<Row | null> {
  const [row] = await own.query(
    `select p.id, p.user, p.host, p.time as seconds, date_format(
        utc_timestamp() - interval p.time second, '%Y-%m-%dT%H:%i:%sZ') as since
      from information_schema.processlist p where p.id = is_used_lock(?)`,
    [name],
  )
  return row ?? null
}

function locked(holder: Row | null): MigrateError {
  const host = holder === null ? null : textOrNull(holder, 'host')
  const words =
    holder === null
      ? null
      : `session ${text(holder, 'id')} of ${text(holder, 'user')}${host === null || host === '' ? '' : ` from ${host}`} since ${text(holder, 'since')}`
  return new MigrateError('DATABASE_LOCKED', 1, 'Another run of migrate-tui is on this database.', {
    ...(words === null ? {} : { why: `The lock is held by ${words}.` }),
    fix:
      holder === null
        ? 'Run again when it is done.'
        : `Run again when it is done; if it hangs, end it with: kill ${text(holder, 'id')}.`,
    state: 'Nothing was changed.',
    details: { ...holder },
  })
}

function keyOf(session: Session): object {
  const { handle } = session
  if (typeof handle !== 'object' || handle === null) throw new Error('No handle of a driver.')
  return handle
}

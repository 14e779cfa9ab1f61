/**
 * Keeps two runs on one database apart: an advisory lock of the server, held by a session that does
 * nothing else. It is only ever asked for, never waited for: a session that waits holds a snapshot, and
 * `create index concurrently` of the run itself would wait for that (a deadlock). A process that is
 * killed loses its session, and the lock with it.
 */
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { MigrateError } from '../../../errors.js'

export interface RunLock {
  /** Takes the lock, or goes on when it is held already. @throws MigrateError `DATABASE_LOCKED` */
  take(timeout: number): Promise<void>
  release(): Promise<void>
}

/** A lock that keeps nobody out, where there is no server. */
export const NO_LOCK: RunLock = { take: () => Promise.resolve(), release: () => Promise.resolve() }

/** Runs in different schemas of one database do not disturb each other. */
const KEYS = "hashtext('migrate_tui'), hashtext(coalesce(current_schema(), ''))"

/** Milliseconds between two attempts: at first, and at most. */
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1000

/** A lock on sessions that `open` makes, which shows the name it is given to other sessions. */
export function createRunLock(open: (name: string) => Promise<Client>): RunLock {
  let holder: Client | null = null
  return {
    async take(timeout) {
      if (holder !== null) return
      const client = await open(`migrate-tui ${process.pid}@${hostname()}`)
      try {
        await poll(client, timeout)
        holder = client
      } finally {
        if (holder !== client) await client.end()
      }
    },
    async release() {
      const client = holder
      holder = null
      // The server frees the lock with the session, whatever state it is in.
      await client?.end()
    },
  }
}

async function poll(client: Client, timeout: number): Promise<void> {
  const started = performance.now()
  let pause = FIRST_PAUSE
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${KEYS}) as taken`,
    )
    if (rows[0]?.taken === true) return
    const left = timeout - (performance.now() - started)
    if (left <= 0) throw locked(await readHolder(client))
    await sleep(Math.min(pause * (0.75 + Math.random() / 2), left))
    pause = Math.min(pause * 1.5, LONGEST_PAUSE)
  }
}

interface Holder {
  readonly pid: number
  readonly application: string | null
  readonly client: string | null
  /** When it took the lock: it has done nothing since. */
  readonly since: string | null
}

async function readHolder(client: Client): Promise<Holder | null> {
  const { rows } = await client.query<Holder>(
    `select a.pid, a.application_name as application, a.client_addr::text as client,
      to_char(a.state_change at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
      and (l.classid::bigint, l.objid::bigint) = (select a & 4294967295, b & 4294967295
        from (select hashtext('migrate_tui')::bigint as a,
          hashtext(coalesce(current_schema(), ''))::bigint as b) k)`,
  )
  return rows[0] ?? null
}

function locked(holder: Holder | null): MigrateError {
  const who = holder?.application ?? null
  const pid = holder === null ? '' : `process ${holder.pid} of the server`
  const words = [
    who === null || who === '' ? pid : `${who} (${pid})`,
    ...(holder?.client == null ? [] : [`from ${holder.client}`]),
    ...(holder?.since == null ? [] : [`since ${holder.since}`]),
  ].filter((word) => word !== '')
  return new MigrateError('DATABASE_LOCKED', 1, 'Another run of migrate-tui is on this database.', {
    ...(words.length === 0 ? {} : { why: `The lock is held by ${words.join(', ')}.` }),
    fix:
      holder === null
        ? 'Run again when it is done.'
        : `Run again when it is done; if it hangs, end it with: select pg_terminate_backend(${holder.pid}).`,
    state: 'Nothing was changed.',
    details: { ...holder },
  })
}

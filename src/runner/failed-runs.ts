/** Runs that failed, as our log tells of them: what they may have left, until the revision goes through. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import type { HistoryTables } from './history-tables.js'
import { NOT_DONE } from './history.js'

/** A run of a revision that failed, and after which the revision was not done yet. */
export interface FailedRun {
  readonly revision: string
  readonly direction: 'up' | 'down'
  /** Whether statements of it stand, or may. */
  readonly isHalfDone: boolean
  /** Whether its end was recorded: else it runs still, or its process or its session is gone. */
  readonly hasEnded: boolean
  /** When it ended or, where that is not known, began; ISO 8601 in UTC. */
  readonly at: string
  /** What went wrong and, below it, the statements that stood. */
  readonly error: string
}

/** What is known of a run whose end nobody recorded. */
const UNENDED =
  'It began then, and no end of it is recorded: it runs still, or its process or its session is gone, and what it had done stands.'

/**
 * The runs that failed since their revision was last done, undone or stamped, oldest first; without
 * the one under way, whose row stands at the position `now`.
 */
export async function readFailedRuns(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
  now: number | null = null,
): Promise<readonly FailedRun[]> {
  const log = dialect.quote(tables.log)
  const rows = await connection.query(
    `select f.revision, f.direction, f.state, f.finished_at, f.error from ${log} f
      where f.state in ${NOT_DONE} and f.position <> ? and not exists (select 1 from ${log} l
        where l.revision = f.revision and l.position > f.position and l.state not in ${NOT_DONE})
      order by f.position`,
    [now ?? 0],
  )
  return rows.map((row) => ({
    revision: String(row.revision),
    direction: row.direction === 'down' ? 'down' : 'up',
    isHalfDone: row.state !== 'failed',
    hasEnded: row.state !== 'running',
    at: String(row.finished_at),
    error: row.state === 'running' ? UNENDED : typeof row.error === 'string' ? row.error : '',
  }))
}

/** Runs that failed, as our log tells of them: what they may have left, until the revision goes through. */
import type { Connection, Dialect } from '../dialects/dialect.js'
import type { HistoryTables } from './history-tables.js'

/** A run of a revision that failed, and after which the revision was not done yet. */
export interface FailedRun {
  readonly revision: string
  readonly direction: 'up' | 'down'
  /** Whether statements of it stand, or may. */
  readonly isHalfDone: boolean
  /** When it ended, ISO 8601 in UTC. */
  readonly at: string
  /** What went wrong and, below it, the statements that stood. */
  readonly error: string
}

/** The runs that failed since their revision was last done, undone or stamped, oldest first. */
export async function readFailedRuns(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
): Promise<readonly FailedRun[]> {
  const log = dialect.quote(tables.log)
  const failed = "('failed', 'partial')"
  const rows = await connection.query(
    `select f.revision, f.direction, f.state, f.finished_at, f.error from ${log} f
      where f.state in ${failed} and not exists (select 1 from ${log} l
        where l.revision = f.revision and l.position > f.position and l.state not in ${failed})
      order by f.position`,
  )
  return rows.map((row) => ({
    revision: String(row.revision),
    direction: row.direction === 'down' ? 'down' : 'up',
    isHalfDone: row.state === 'partial',
    at: String(row.finished_at),
    error: typeof row.error === 'string' ? row.error : '',
  }))
}

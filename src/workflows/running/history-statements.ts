/** The rows of our history as text, for offline SQL. */
import type { Binding } from '../../dialects/connection.js'
import type { LoadedStep } from './load-scripts.js'
import type { Session } from '../session.js'
import { TOOL_VERSION } from '../tool-version.js'

/** The statement that records a step as if it had run, or was stamped, at `position`; times are those of writing. */
export function historyStatements(
  { dialect, tables }: Pick<Session, 'dialect' | 'tables'>,
  { revision, direction }: Pick<LoadedStep, 'revision' | 'direction'>,
  position: number,
  state: 'applied' | 'stamped' = 'applied',
): readonly string[] {
  const table = dialect.quote(tables.revisions)
  if (direction === 'down') {
    return [`delete from ${table} where revision = ${dialect.literal(revision.id)}`]
  }
  const now = new Date().toISOString()
  const row: Readonly<Record<string, Binding>> = {
    revision: revision.id,
    position,
    down_revisions: JSON.stringify(revision.parents),
    message: revision.message,
    checksum: revision.checksum,
    state,
    started_at: now,
    finished_at: now,
    duration_ms: 0,
    tool_version: TOOL_VERSION,
    applied_by: 'offline SQL',
    hazards: '[]',
    error: null,
  }
  const values = Object.values(row).map((value) => dialect.literal(value))
  return [`insert into ${table} (${Object.keys(row).join(', ')}) values (${values.join(', ')})`]
}

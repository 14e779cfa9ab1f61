/** Rows of our history tables, and what the database keeps of each. */
import type { Row } from '../dialects/connection.js'

export type RevisionState = 'applied' | 'failed' | 'partial' | 'stamped'

/** One applied revision as it was recorded. */
export interface HistoryRow {
  readonly revision: string
  /** Grows by one with each revision applied; the order in which they were. */
  readonly position: number
  readonly downRevisions: readonly string[]
  readonly message: string
  /** sha256 of the script, line ends normalised; null where it was stamped without its file. */
  readonly checksum: string | null
  readonly state: RevisionState
  readonly startedAt: string
  readonly finishedAt: string
  readonly durationMs: number
  readonly toolVersion: string
  readonly appliedBy: string
  /** Codes of the hazards that were consented to. */
  readonly hazards: readonly string[]
  readonly error: string | null
}

/** What happened, for the log: `up` and `down` ran a script, `stamp` did not. */
export interface LogRow extends Omit<HistoryRow, 'state'> {
  /** `running`: no end of that run is recorded. */
  readonly state: RevisionState | 'running'
  readonly direction: 'up' | 'down' | 'stamp'
}

/** The columns that both tables have. */
export const COMMON = [
  'down_revisions',
  'message',
  'checksum',
  'state',
  'started_at',
  'finished_at',
  'duration_ms',
  'tool_version',
  'applied_by',
  'hazards',
  'error',
] as const

/** The values of those columns, in their order. */
export function commonValues(row: Omit<LogRow, 'direction'>): readonly (string | number | null)[] {
  return [
    JSON.stringify(row.downRevisions),
    row.message,
    row.checksum,
    row.state,
    row.startedAt,
    row.finishedAt,
    row.durationMs,
    row.toolVersion,
    row.appliedBy,
    JSON.stringify(row.hazards),
    row.error,
  ]
}

/** A row as the database gives it. */
export function historyRow(row: Row): HistoryRow {
  return {
    revision: text(row.revision),
    position: Number(row.position),
    downRevisions: list(row.down_revisions),
    message: text(row.message),
    checksum: row.checksum === null ? null : text(row.checksum),
    state: state(text(row.state)),
    startedAt: text(row.started_at),
    finishedAt: text(row.finished_at),
    durationMs: Number(row.duration_ms),
    toolVersion: text(row.tool_version),
    appliedBy: text(row.applied_by),
    hazards: list(row.hazards),
    error: row.error === null ? null : text(row.error),
  }
}

function state(value: string): RevisionState {
  return value === 'failed' || value === 'partial' || value === 'stamped' ? value : 'applied'
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : String(value)
}

/** A list of strings kept as JSON; a row that somebody edited by hand gives an empty one. */
function list(value: unknown): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text(value))
    return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : []
  } catch {
    return []
  }
}

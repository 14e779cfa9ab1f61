/** The tables in which the tool remembers what it did: created by the first run that writes. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'

export interface HistoryTables {
  /** One row an applied revision. */
  readonly revisions: string
  /** One row a thing that happened, only ever added to. */
  readonly log: string
}

/** The names of our tables under a prefix such as `migrate_tui`. */
export function historyTables(prefix: string): HistoryTables {
  return { revisions: `${prefix}_revisions`, log: `${prefix}_log` }
}

// Types that all engines read alike; times are ISO 8601 text in UTC, lists are JSON.
const COLUMNS = [
  'down_revisions text not null',
  'message text not null',
  'checksum varchar(64)',
  'state varchar(16) not null',
  'started_at varchar(32) not null',
  'finished_at varchar(32) not null',
  'duration_ms integer not null',
  'tool_version varchar(32) not null',
  'applied_by varchar(255) not null',
  'hazards text not null',
  'error text',
]

/** The statements that create our tables; `ifMissing` where nobody can look whether they are there. */
export function createHistoryTables(
  dialect: Dialect,
  tables: HistoryTables,
  ifMissing = false,
): readonly string[] {
  const quote = (name: string): string =>
    `${ifMissing ? 'if not exists ' : ''}${dialect.quote(name)}`
  return [
    `create table ${quote(tables.revisions)} (revision varchar(255) not null primary key, position integer not null, ${COLUMNS.join(', ')})`,
    `create table ${quote(tables.log)} (position integer not null primary key, revision varchar(255) not null, direction varchar(8) not null, ${COLUMNS.join(', ')})`,
  ]
}

/** Whether our tables are there. */
export async function hasHistory(
  dialect: Dialect,
  connection: Connection,
  tables: HistoryTables,
): Promise<boolean> {
  return (await dialect.listTables(connection, [tables.revisions])).includes(tables.revisions)
}

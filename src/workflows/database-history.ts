/** What a database remembers of its revisions, in our tables and in Knex's. */
import type { Connection } from '../dialects/connection.js'
import type { ProjectDatabase } from '../project/project.js'
import type { HistoryRow } from '../runner/history-row.js'
import { readApplied, readHistory, readLog } from '../runner/history.js'
import type { HistoryTables } from '../runner/history-tables.js'
import { hasHistory } from '../runner/history-tables.js'
import type { KnexHistory } from '../runner/knex-history.js'
import { readKnexHistory } from '../runner/knex-history.js'

/** What the database remembers of its revisions. */
export interface DatabaseHistory {
  readonly rows: readonly HistoryRow[]
  /** Knex's own history table; null where there is none. */
  readonly knex: KnexHistory | null
  /** The last position in our log: it grows with everything that we do. */
  readonly logged: number
  /** Ids of which Knex's table is no longer asked: it is not kept, and we went on from them. */
  readonly outgrown: ReadonlySet<string>
}

/** As much of it as tells which revisions are applied. */
export type AppliedHistory = Pick<DatabaseHistory, 'knex' | 'outgrown'> & {
  readonly rows: readonly Pick<HistoryRow, 'revision'>[]
}

/** Of a database at which nobody looks, or that is not there yet. */
export const NO_HISTORY: DatabaseHistory = { rows: [], knex: null, logged: 0, outgrown: new Set() }

/** All that a database remembers; nothing without a connection. */
export async function readDatabaseHistory(
  database: ProjectDatabase,
  tables: HistoryTables,
  connection: Connection | null,
): Promise<DatabaseHistory> {
  if (connection === null) return NO_HISTORY
  const { dialect, keepsKnexTable } = database
  const log = await readLog(dialect, connection, tables, { ids: !keepsKnexTable })
  return {
    logged: log.last,
    outgrown: log.ids,
    rows: await readHistory(dialect, connection, tables),
    knex: await readKnexTable(database, connection),
  }
}

/** What tells which revisions are applied, and nothing else of the history. */
export async function readAppliedNow(session: {
  readonly database: ProjectDatabase
  readonly tables: HistoryTables
  readonly connection: Connection | null
}): Promise<AppliedHistory> {
  const { database, connection, tables } = session
  if (connection === null) return NO_HISTORY
  const { dialect, keepsKnexTable } = database
  const { ids } = await readLog(dialect, connection, tables, { ids: !keepsKnexTable })
  const isThere = await hasHistory(dialect, connection, tables)
  const applied = isThere ? await readApplied(dialect, connection, tables) : []
  return {
    outgrown: ids,
    rows: applied.map((revision) => ({ revision })),
    knex: await readKnexTable(database, connection),
  }
}

function readKnexTable(
  { dialect, knexTables }: ProjectDatabase,
  connection: Connection,
): Promise<KnexHistory | null> {
  const candidates = knexTables.map((one) => one.history)
  return readKnexHistory(dialect, connection, candidates)
}

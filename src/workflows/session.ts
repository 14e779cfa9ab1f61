/** A database with its history and the project's revisions, opened for one workflow. */
import { existsSync } from 'node:fs'
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import { MigrateError, withState } from '../errors.js'
import { connect, connectionSettings } from '../project/connection.js'
import type { Project, ProjectDatabase } from '../project/project.js'
import type { RevisionGraph } from '../revisions/graph.js'
import { buildGraph } from '../revisions/graph.js'
import type { HistoryTables } from '../runner/history-tables.js'
import { historyTables } from '../runner/history-tables.js'
import type { KnexHistory } from '../runner/knex-history.js'
import type { ScriptFile } from '../scripts/folder.js'
import { readScripts, recordedIds } from '../scripts/folder.js'
import { readSource } from '../scripts/knex/migration-source.js'
import { withRecordedNames } from '../scripts/knex/recorded-name.js'
import type { AppliedHistory, DatabaseHistory } from './database-history.js'
import { NO_HISTORY, readAppliedNow, readDatabaseHistory } from './database-history.js'

/** The project's revisions, and which of them the database has. */
export interface Revisions {
  readonly graph: RevisionGraph
  readonly files: ReadonlyMap<string, ScriptFile>
  /** Ids in the order in which they were applied; some may have no file. */
  readonly applied: ReadonlySet<string>
}

export interface Session extends DatabaseHistory, Revisions {
  readonly project: Project
  readonly database: ProjectDatabase
  readonly dialect: Dialect
  /** For people: a path, `host:port/name`; never a secret. */
  readonly described: string
  readonly tables: HistoryTables
  /** Absolute path of the database where it is one file. */
  readonly file: string | null
  /** Whether opening it made the database. */
  readonly isNew: boolean
  /** Null where the database does not exist yet and nothing may create it. */
  readonly connection: Connection | null
  /** The same database as it stands now: another process may have changed it. */
  readAgain(): Promise<Session>
  /** The ids that are applied as the database stands now, of the revisions read before. */
  appliedNow(): Promise<ReadonlySet<string>>
  close(): Promise<void>
}

/** A session that never looks at the database. */
export type OfflineSession = Revisions &
  Pick<Session, 'project' | 'database' | 'dialect' | 'tables'>

export interface SessionWishes {
  readonly readOnly: boolean
  readonly lockTimeout?: number | null
  /** Told the revisions before a database file is made; it may throw to have none made. */
  readonly beforeMaking?: (revisions: Revisions) => void
}

/**
 * Opens the database and reads what it remembers and which scripts there are.
 * @throws MigrateError `CONNECT_…`, `REV_…`, `SCRIPT_…`
 */
async function openSession(project: Project, wishes: SessionWishes): Promise<Session> {
  const { database } = project
  const settings = await connectionSettings(database, wishes)
  const file = database.dialect.fileOf(settings)
  const isNew = file !== null && !existsSync(file)
  // Read before the file is made, and good for the first look at what was made then.
  let early: Revisions | null = null
  if (isNew && !wishes.readOnly && wishes.beforeMaking !== undefined) {
    early = await readRevisions(database, NO_HISTORY)
    wishes.beforeMaking(early)
  }
  const connection = await connectIfThere(database, wishes)
  const fixed = {
    project,
    database,
    dialect: database.dialect,
    described: database.dialect.describe(settings),
    tables: historyTables(database.versionTable),
    file,
    isNew,
    connection,
    close: async (): Promise<void> => {
      await connection?.close()
    },
  }
  const readNow = (): Promise<DatabaseHistory> =>
    readDatabaseHistory(database, fixed.tables, connection)
  const read = async (): Promise<Session> => {
    const history = await readNow().catch((thrown: unknown) => {
      throw withState(thrown, 'Nothing was changed.')
    })
    const isEmpty = history.rows.length === 0 && history.knex === null
    const revisions = early !== null && isEmpty ? early : await readRevisions(database, history)
    early = null
    const appliedNow = async (): Promise<ReadonlySet<string>> =>
      appliedOf([...revisions.files.values()], await readAppliedNow(fixed))
    return { ...fixed, ...history, ...revisions, readAgain: read, appliedNow }
  }
  try {
    return await read()
  } catch (thrown) {
    await connection?.close()
    throw thrown
  }
}

/** The project's revisions without a look at any database: nothing is applied. */
export async function offlineSession(project: Project): Promise<OfflineSession> {
  const { database } = project
  return {
    project,
    database,
    dialect: database.dialect,
    tables: historyTables(database.versionTable),
    ...(await readRevisions(database, NO_HISTORY)),
  }
}

/** Knex's history where it is to be kept true; null where there is none, or with `knexTable: false`. */
export function keptKnexHistory({
  knex,
  database,
}: Pick<Session, 'knex' | 'database'>): KnexHistory | null {
  return database.keepsKnexTable ? knex : null
}

/** Which of several history tables of Knex is followed, in a sentence; null where there is no choice. */
export function knexChoice({ knex }: Pick<Session, 'knex'>): string | null {
  if (knex === null || knex.others.length === 0) return null
  const others = knex.others.join(', ')
  const rows = `${knex.names.length} ${knex.names.length === 1 ? 'row' : 'rows'}`
  return `Knex's history is taken from ${knex.table} (${rows}); ${others} is there too, and is left alone.`
}

/** The session's connection in a workflow that cannot do without one. */
export function connectionOf(session: Session): Connection {
  if (session.connection === null) throw new Error('This workflow opened the database read-only.')
  return session.connection
}

/** Runs a workflow in a session and closes it however that ends. */
export async function inSession<T>(
  project: Project,
  wishes: SessionWishes,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(project, wishes)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

/** The revisions of the project against what a database remembers. */
export async function readRevisions(
  database: ProjectDatabase,
  history: DatabaseHistory,
): Promise<Revisions> {
  const { migrations } = database
  const recorded = history.knex?.names ?? []
  const found =
    migrations.source === null
      ? readScripts(migrations, recorded)
      : await readSource(migrations.source, { ...migrations, recorded })
  const files = withRecordedNames(found, recorded)
  const byId = new Map(files.map((file) => [file.revision.id, file]))
  const graph = buildGraph(files.map((file) => file.revision))
  return { graph, files: byId, applied: appliedOf(files, history) }
}

function appliedOf(files: readonly ScriptFile[], history: AppliedHistory): ReadonlySet<string> {
  const fromKnex = recordedIds(files, history.knex?.names ?? [])
  const started = fromKnex.filter((id) => !history.outgrown.has(id))
  return new Set([...started, ...history.rows.map((row) => row.revision)])
}

/** A connection; null where the database is a file that is not there and nothing may make it. */
export async function connectIfThere(
  database: ProjectDatabase,
  wishes: SessionWishes,
): Promise<Connection | null> {
  try {
    return await connect(database, wishes)
  } catch (thrown) {
    const missing = thrown instanceof MigrateError && thrown.code === 'CONNECT_NO_DATABASE'
    if (missing && wishes.readOnly && database.dialect.facts.fileBackup) return null
    throw thrown
  }
}

/** The tree of the screens: every revision with its state, and where the database stands. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Project } from '../../project/project.js'
import { currentHeads } from '../../revisions/current.js'
import type { RevisionDocument } from '../documents.js'
import type { FailedRuns } from '../failed-runs-of.js'
import { failedRunsOf } from '../failed-runs-of.js'
import { headIds, missingDocuments, revisionDocuments } from '../writing/revision-documents.js'
import type { OverviewDocument, TreeRevision, TreeState } from './screen-documents.js'
import type { Session } from '../session.js'
import { inSession } from '../session.js'

/**
 * Everything that the tree shows; no script is loaded, and the database is only read.
 * @throws MigrateError `CONNECT_…`, `REV_…`, `SCRIPT_…`
 */
export function overview(project: Project): Promise<OverviewDocument> {
  return inSession(project, { readOnly: true }, async (session) => {
    const { graph, applied, logged } = session
    const current = currentHeads(graph, applied)
    const failures = await failedRunsOf(session)
    return {
      project: {
        name: nameOf(project),
        root: project.root,
        environment: project.environment,
        configPath: project.configPath,
        keys: project.keys,
      },
      database: databaseOf(session),
      databases: project.databaseNames,
      revisions: [...missingRows(session), ...treeRows(session, failures)],
      current,
      heads: headIds(session),
      pending: graph.order.filter(({ id }) => !applied.has(id)).length,
      position: logged,
      watched: watchedOf(project),
    }
  })
}

function databaseOf(session: Session): OverviewDocument['database'] {
  const { database, dialect, described, connection, file } = session
  const isFile = file !== null && dialect.facts.fileBackup && connection !== null
  return {
    name: database.name,
    described,
    dialect: dialect.name,
    protection: database.protection,
    isMissing: connection === null,
    canBackUp: isFile && database.backup !== null,
  }
}

function watchedOf({ configPath, database }: Project): OverviewDocument['watched'] {
  return {
    config: [...new Set([configPath, database.knexSource.file])],
    migrations: database.migrations.source === null ? database.migrations.folders : [],
    models: database.models.flatMap(({ paths }) => paths),
  }
}

/** The package's name, else that of the folder. */
function nameOf({ root }: Project): string {
  const folder = path.basename(root)
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    if (typeof manifest !== 'object' || manifest === null || !('name' in manifest)) return folder
    return typeof manifest.name === 'string' && manifest.name !== '' ? manifest.name : folder
  } catch {
    return folder
  }
}

function treeRows(session: Session, failures: FailedRuns): readonly TreeRevision[] {
  const { graph, rows, files } = session
  const recorded = new Map(rows.map((row) => [row.revision, row.state]))
  const stateOf = ({ revision, applied, current, failed }: RevisionDocument): TreeState => {
    const state = recorded.get(revision)
    if (state === 'failed' || state === 'partial') return state
    if (applied) return current ? 'current' : 'applied'
    if (failed === null) return 'pending'
    return failed.isHalfDone ? 'partial' : 'failed'
  }
  return revisionDocuments(session, graph.order.toReversed(), failures).map((document) => ({
    // Not after the spread: Node 20 would give each object a shape of its own, here ten thousand.
    state: stateOf(document),
    fillIn: files.get(document.revision)?.fillIn ?? false,
    ...document,
  }))
}

function missingRows(session: Session): readonly TreeRevision[] {
  return missingDocuments(session).map((document) => ({
    ...document,
    state: 'fileMissing',
    fillIn: false,
  }))
}

/** One revision: what it says, what it would run, what was recorded of it. */
import { MigrateError } from '../errors.js'
import { summaryOf } from '../operations/summary.js'
import type { Project } from '../project/project.js'
import { atMostOne } from '../revisions/anchor.js'
import { resolveRevisions } from '../revisions/resolve.js'
import type { Revision } from '../revisions/revision.js'
import type { HistoryRow } from '../runner/history-row.js'
import type { RecordedDocument, RevisionDocument, ShowDocument } from './documents.js'
import { failedRunsOf } from './failed-runs-of.js'
import type { Io } from './io.js'
import { fileOf } from './running/load-scripts.js'
import type { ShowOptions } from './options.js'
import { bothDirections } from './running/replay.js'
import { missingDocuments, revisionDocuments } from './writing/revision-documents.js'
import type { Session } from './session.js'
import { inSession } from './session.js'

/**
 * Reads a revision and, on a copy of what the revisions before it make, the statements of both its
 * directions. Of a revision whose file is missing it is what was recorded; of a script that does not run there, why they are not known.
 * @throws MigrateError `REV_…`
 */
export function show(project: Project, options: ShowOptions, _io: Io): Promise<ShowDocument> {
  return inSession(project, { readOnly: true }, async (session) => {
    const gone = missingNamed(session, options.revision)
    if (gone !== null) return recordedOnly(session, gone)
    const revision = oneRevision(session, options.revision)
    const [document] = revisionDocuments(session, [revision], await failedRunsOf(session))
    if (document === undefined) throw new Error('A revision has no document.')
    const file = fileOf(session, revision.id)
    const { up, down } = await bothDirections(session, revision)
    return {
      ...document,
      operations: up.operations.map(summaryOf),
      statements: { up: up.statements, down: down.statements },
      unforeseen: { up: up.unforeseen, down: down.unforeseen },
      checksum: file.checksum(),
      recorded: recordedOf(session, revision.id),
    }
  })
}

/** What the history has under an id and no file provides; else null. */
function missingNamed(session: Session, id: string): RevisionDocument | null {
  return missingDocuments(session).find(({ revision }) => revision === id) ?? null
}

function recordedOnly(session: Session, document: RevisionDocument): ShowDocument {
  return {
    ...document,
    operations: [],
    statements: { up: [], down: [] },
    unforeseen: { up: FILE_MISSING, down: FILE_MISSING },
    checksum: '',
    recorded: recordedOf(session, document.revision),
  }
}

const FILE_MISSING = 'its file is missing'

/**
 * The one revision that a name stands for.
 * @throws MigrateError `REV_ONE_NEEDED` (exit 2), `REV_SEVERAL_HEADS` (exit 3), `REV_…`
 */
export function oneRevision({ graph, applied }: Session, name: string): Revision {
  const found = resolveRevisions(graph, applied, name)
  const [id] = atMostOne(
    graph,
    name,
    found.map((one) => one.id),
  )
  const revision = found.find((one) => one.id === id)
  if (revision !== undefined) return revision
  if (graph.order.length === 0) throw noRevisionYet()
  throw new MigrateError('REV_ONE_NEEDED', 2, `${name} names no revision.`, {
    fix: 'Name one: `migrate-tui history` lists them.',
  })
}

function noRevisionYet(): MigrateError {
  return new MigrateError('REV_ONE_NEEDED', 2, 'There is no revision yet.', {
    fix: 'Write the first: `migrate-tui migrate` from the models, `migrate-tui revision` by hand.',
  })
}

/** What the history recorded of a revision; null where it is not applied. */
export function recordedOf({ rows }: Pick<Session, 'rows'>, id: string): RecordedDocument | null {
  const row = rows.find((one) => one.revision === id)
  return row === undefined ? null : recordedDocument(row)
}

/** A row of the history as a document. */
export function recordedDocument(row: HistoryRow): RecordedDocument {
  return {
    state: row.state,
    appliedAt: row.finishedAt,
    durationMs: row.durationMs,
    checksum: row.checksum,
    toolVersion: row.toolVersion,
    by: row.appliedBy,
    hazards: row.hazards,
  }
}

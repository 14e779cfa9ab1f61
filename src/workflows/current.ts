/** Where the database stands. */
import { MigrateError } from '../errors.js'
import type { Project } from '../project/project.js'
import { currentHeads, missingFiles, requireFiles } from '../revisions/current.js'
import type { Note } from '../schema/desired.js'
import type { CurrentDocument, FailedRunDocument, StandDocument } from './documents.js'
import type { FailedRuns } from './failed-runs-of.js'
import { failedRunsOf, tellingRun, unended } from './failed-runs-of.js'
import { historyNotes } from './history-doubts.js'
import type { Io } from './io.js'
import type { CurrentOptions } from './options.js'
import { headIds } from './writing/revision-documents.js'
import type { Session } from './session.js'
import { inSession } from './session.js'
import { shellWord } from '../shell-word.js'

/**
 * The current revisions, the heads, and how many revisions are pending.
 * @throws MigrateError `HEADS_BEHIND` (exit 3) with `checkHeads`, where the database is not at the heads
 * @throws MigrateError `REV_FILE_MISSING` (exit 3) with `checkHeads`, where an applied revision has no file
 */
export function current(
  project: Project,
  options: CurrentOptions,
  io: Io,
): Promise<CurrentDocument> {
  return inSession(project, { readOnly: true }, async (session) => {
    const document = currentDocument(session)
    const notes = [...historyNotes(session), ...halfDoneNotes(await failedRunsOf(session))]
    for (const { message } of notes) io.warn(message)
    if (options.checkHeads) {
      requireFiles(session.graph, session.applied)
      if (!document.atHead) throw headsBehind(document)
    }
    return { ...document, notes }
  })
}

/** Where a session's database stands. */
export function currentDocument(session: Session): StandDocument {
  const { graph, applied } = session
  const pending = graph.order.filter(({ id }) => !applied.has(id)).length
  const missing = missingFiles(graph, applied)
  return {
    database: session.described,
    dialect: session.dialect.name,
    current: currentHeads(graph, applied),
    heads: headIds(session),
    pending,
    missing,
    atHead: pending === 0 && missing.length === 0,
  }
}

function halfDoneNotes(failed: FailedRuns): readonly Note[] {
  return [...failed].flatMap(([revision, runs]) => {
    const run = tellingRun(runs)
    if (run?.isHalfDone !== true) return []
    return [{ code: 'LAST_RUN_FAILED', message: halfDone(revision, run), where: revision }]
  })
}

function halfDone(revision: string, run: FailedRunDocument): string {
  if (!run.hasEnded) return unended(revision, run)
  return `Revision ${revision} failed half-way when it was last run: \`migrate-tui show ${shellWord(revision)}\` says what stands.`
}

function headsBehind(document: StandDocument): MigrateError {
  const { pending, database } = document
  return new MigrateError(
    'HEADS_BEHIND',
    3,
    `${database} is behind: ${pending} ${pending === 1 ? 'revision is' : 'revisions are'} pending.`,
    { fix: 'Apply them: `migrate-tui upgrade`.', details: { ...document } },
  )
}

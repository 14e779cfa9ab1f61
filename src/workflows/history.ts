/** The revisions, newest first. */
import type { Project } from '../project/project.js'
import { historyRange } from '../revisions/history-range.js'
import type { RevisionDocument } from './documents.js'
import { folderNotes } from './history-doubts.js'
import { failedRunsOf } from './failed-runs-of.js'
import type { Io } from './io.js'
import type { HistoryOptions } from './options.js'
import { missingDocuments, revisionDocuments } from './writing/revision-documents.js'
import { inSession } from './session.js'

/** The revisions of a range, or all, newest first; before all of them those whose file is missing. */
export function history(
  project: Project,
  options: HistoryOptions,
  io: Io,
): Promise<readonly RevisionDocument[]> {
  return inSession(project, { readOnly: true }, async (session) => {
    const { graph, applied } = session
    for (const { message } of folderNotes(session)) io.warn(message)
    const found =
      options.range === null
        ? graph.order.toReversed()
        : historyRange(graph, applied, options.range)
    const gone = options.range === null ? missingDocuments(session) : []
    return [...gone, ...revisionDocuments(session, found, await failedRunsOf(session))]
  })
}

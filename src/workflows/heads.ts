/** Where the graph ends. */
import type { Project } from '../project/project.js'
import { heads as branchHeads, resolvedHeads } from '../revisions/walk.js'
import type { RevisionDocument } from './documents.js'
import { failedRunsOf } from './failed-runs-of.js'
import type { Io } from './io.js'
import type { HeadsOptions } from './options.js'
import { revisionDocuments } from './writing/revision-documents.js'
import { inSession } from './session.js'

/** The heads, newest first; with `resolveDependencies` without those that another depends on. */
export function heads(
  project: Project,
  options: HeadsOptions,
  _io: Io,
): Promise<readonly RevisionDocument[]> {
  return inSession(project, { readOnly: true }, async (session) => {
    const found = options.resolveDependencies
      ? resolvedHeads(session.graph)
      : branchHeads(session.graph)
    return revisionDocuments(session, found.toReversed(), await failedRunsOf(session))
  })
}

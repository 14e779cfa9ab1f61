/** Where the graph forks. */
import type { Project } from '../project/project.js'
import { branchPoints } from '../revisions/walk.js'
import type { RevisionDocument } from './documents.js'
import { failedRunsOf } from './failed-runs-of.js'
import type { Io } from './io.js'
import type { BranchesOptions } from './options.js'
import { revisionDocuments } from './writing/revision-documents.js'
import { inSession } from './session.js'

/** The branch points, newest first, each with the revisions that follow it. */
export type BranchDocument = RevisionDocument & { readonly next: readonly string[] }

/** The branch points of the project. */
export function branches(
  project: Project,
  _options: BranchesOptions,
  _io: Io,
): Promise<readonly BranchDocument[]> {
  return inSession(project, { readOnly: true }, async (session) => {
    const points = branchPoints(session.graph).toReversed()
    const documents = revisionDocuments(session, points, await failedRunsOf(session))
    return documents.map((document) => ({
      ...document,
      next: session.graph.nodes.get(document.revision)?.children ?? [],
    }))
  })
}

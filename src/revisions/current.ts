/** Where a database stands: the heads of what is applied, what is out of order, what has no file. */
import { filesMissing } from './choice-errors.js'
import type { RevisionGraph } from './graph.js'
import { nodeAt } from './graph.js'
import type { Revision, RevisionId } from './revision.js'
import { withAncestors } from './walk.js'

/**
 * The applied revisions that no applied one follows or depends on: the known ones oldest first,
 * then those whose file is missing.
 */
export function currentHeads(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
): readonly RevisionId[] {
  const known = knownOf(graph, applied)
  const covered = withAncestors(
    graph,
    known.flatMap((id) => {
      const { parents, dependencies } = nodeAt(graph, id)
      return [...parents, ...dependencies]
    }),
  )
  const tops = new Set(known.filter((id) => !covered.has(id)))
  const inGraph = graph.order.filter(({ id }) => tops.has(id)).map(({ id }) => id)
  return [...inGraph, ...missingFiles(graph, applied)]
}

/** The applied ids that no file provides, in the order of the set. */
export function missingFiles(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
): readonly RevisionId[] {
  return [...applied].filter((id) => !graph.nodes.has(id))
}

/**
 * Makes sure that every applied revision has its file.
 * @throws MigrateError `REV_FILE_MISSING` naming those that have none
 */
export function requireFiles(graph: RevisionGraph, applied: ReadonlySet<RevisionId>): void {
  const missing = missingFiles(graph, applied)
  if (missing.length > 0) throw filesMissing(missing)
}

/** The revisions that are not applied although one that follows them is, oldest first. */
export function outOfOrder(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionId>,
): readonly Revision[] {
  const needed = withAncestors(graph, knownOf(graph, applied))
  return graph.order.filter(({ id }) => needed.has(id) && !applied.has(id))
}

function knownOf(graph: RevisionGraph, applied: ReadonlySet<RevisionId>): readonly RevisionId[] {
  return [...applied].filter((id) => graph.nodes.has(id))
}

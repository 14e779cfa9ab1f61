/** Ways through the graph: ancestors, descendants, ends and forks. None of them recurses. */
import type { RevisionGraph, RevisionNode } from './graph.js'
import { nodeAt } from './graph.js'
import type { Revision, RevisionId } from './revision.js'

/** Which links to follow: those of the branches alone, or dependencies as well. */
export type Links = 'branches' | 'all'

/** The ids and everything that must be applied before them. */
export function withAncestors(
  graph: RevisionGraph,
  ids: Iterable<RevisionId>,
  links: Links = 'all',
): ReadonlySet<RevisionId> {
  return reach(graph, ids, (node) =>
    links === 'all' ? [node.parents, node.dependencies] : [node.parents],
  )
}

/** The ids and everything that can only be applied after them. */
export function withDescendants(
  graph: RevisionGraph,
  ids: Iterable<RevisionId>,
  links: Links = 'all',
): ReadonlySet<RevisionId> {
  return reach(graph, ids, (node) =>
    links === 'all' ? [node.children, node.dependents] : [node.children],
  )
}

/** What lies on one line with a revision: itself, what leads to it and what it leads to. */
export function lineage(
  graph: RevisionGraph,
  id: RevisionId,
  links: Links = 'branches',
): ReadonlySet<RevisionId> {
  const line = new Set(withAncestors(graph, [id], links))
  for (const descendant of withDescendants(graph, [id], links)) line.add(descendant)
  return line
}

/** The revisions without a child, oldest first. Another may still depend on them. */
export function heads(graph: RevisionGraph): readonly Revision[] {
  return where(graph, (node) => node.children.length === 0)
}

/** The heads that no revision depends on either, oldest first: what a full upgrade ends at. */
export function resolvedHeads(graph: RevisionGraph): readonly Revision[] {
  return where(graph, (node) => node.children.length === 0 && node.dependents.length === 0)
}

/** The revisions without a parent, oldest first. */
export function bases(graph: RevisionGraph): readonly Revision[] {
  return where(graph, (node) => node.parents.length === 0)
}

/** The revisions with several children, oldest first. */
export function branchPoints(graph: RevisionGraph): readonly Revision[] {
  return where(graph, (node) => node.children.length > 1)
}

/** The revisions with several parents, oldest first. */
export function mergePoints(graph: RevisionGraph): readonly Revision[] {
  return where(graph, (node) => node.parents.length > 1)
}

function where(graph: RevisionGraph, holds: (node: RevisionNode) => boolean): readonly Revision[] {
  return graph.order.filter(({ id }) => holds(nodeAt(graph, id)))
}

function reach(
  graph: RevisionGraph,
  ids: Iterable<RevisionId>,
  next: (node: RevisionNode) => readonly (readonly RevisionId[])[],
): ReadonlySet<RevisionId> {
  const reached = new Set<RevisionId>(ids)
  // A set may grow while it is walked: what is added is visited as well.
  for (const id of reached) {
    for (const list of next(nodeAt(graph, id))) {
      for (const neighbour of list) reached.add(neighbour)
    }
  }
  return reached
}

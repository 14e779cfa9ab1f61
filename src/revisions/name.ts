/** What a typed name stands for: an id, a label, or the beginning of one. */
import { ambiguous, notInBranch, unknownRevision } from './choice-errors.js'
import type { RevisionGraph } from './graph.js'
import { revisionAt } from './graph.js'
import type { Revision, RevisionId } from './revision.js'
import { typedId } from './revision.js'
import { lineage } from './walk.js'

/** Names this short are no abbreviation of anything: they must be typed whole. As in Alembic. */
const SHORTEST_ABBREVIATED = 4

/**
 * The revision that a name stands for. An exact id wins, then an exact label, then the one id or
 * label that begins with it.
 * @throws MigrateError `REV_UNKNOWN` with near misses, or `REV_AMBIGUOUS` with the choices
 */
export function revisionNamed(graph: RevisionGraph, name: string): Revision {
  const exact = graph.nodes.get(name)?.revision
  if (exact !== undefined) return exact
  const labelled = graph.labels.get(name)
  if (labelled !== undefined) return revisionAt(graph, labelled)
  return chosen(graph, name, candidates(graph, name))
}

/**
 * The revision that a name stands for on a branch: where the name is an abbreviation, only
 * revisions of the branch count.
 * @throws MigrateError as `revisionNamed`, or `REV_NOT_IN_BRANCH`
 */
export function revisionOnBranch(graph: RevisionGraph, name: string, branch: string): Revision {
  const line = branchLine(graph, branch)
  const exact = graph.nodes.has(name) ? name : graph.labels.get(name)
  const found = exact === undefined ? abbreviated(graph, name, line) : revisionAt(graph, exact)
  if (!line.has(found.id)) throw notInBranch(found.id, branch)
  return found
}

/** The revisions on one line with the label or revision that names a branch. */
export function branchLine(graph: RevisionGraph, branch: string): ReadonlySet<RevisionId> {
  return lineage(graph, revisionNamed(graph, branch).id)
}

/** What an abbreviation stands for on a line; off it, where nothing on it begins so. */
function abbreviated(graph: RevisionGraph, name: string, line: ReadonlySet<RevisionId>): Revision {
  const all = candidates(graph, name)
  const onLine = all.filter((id) => line.has(id))
  return chosen(graph, name, onLine.length > 0 ? onLine : all)
}

function candidates(graph: RevisionGraph, beginning: string): readonly RevisionId[] {
  const found = new Set<RevisionId>()
  if (beginning === '') return []
  for (const id of graph.nodes.keys()) {
    if (id.length >= SHORTEST_ABBREVIATED && id.startsWith(beginning)) found.add(id)
  }
  for (const [label, id] of graph.labels) {
    if (label.length >= SHORTEST_ABBREVIATED && label.startsWith(beginning)) found.add(id)
  }
  return [...found]
}

function chosen(graph: RevisionGraph, name: string, ids: readonly RevisionId[]): Revision {
  const [id, ...others] = ids
  if (id === undefined) throw unknownRevision(name, graph.order, graph.labels.keys())
  if (others.length > 0) {
    throw ambiguous(
      `${JSON.stringify(name)} is the beginning of ${ids.length} names`,
      ids.map(typedId),
      'Type more of the one you mean.',
    )
  }
  return revisionAt(graph, id)
}

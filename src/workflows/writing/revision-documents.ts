/** Revisions as documents: what a script says, and where the database stands with it. */
import { currentHeads, missingFiles } from '../../revisions/current.js'
import { labelsByRevision } from '../../revisions/labels.js'
import type { Revision } from '../../revisions/revision.js'
import { resolvedHeads } from '../../revisions/walk.js'
import { messageOfName } from '../../scripts/folder.js'
import type { RevisionDocument } from '../documents.js'
import type { Session } from '../session.js'

type Seen = Pick<Session, 'graph' | 'applied'>

/** Documents of revisions, in the order given; `current` is where the database stands. */
export function revisionDocuments(
  seen: Seen,
  revisions: readonly Revision[],
  current: readonly string[] = currentHeads(seen.graph, seen.applied),
): readonly RevisionDocument[] {
  const ends = headIdsOf(seen)
  const currentIds = new Set(current)
  const labels = labelsByRevision(seen.graph)
  return revisions.map((revision) => ({
    revision: revision.id,
    downRevision: revision.parents,
    dependsOn: revision.dependsOn,
    branchLabels: labels.get(revision.id) ?? [],
    message: revision.message,
    createdAt: revision.createdAt,
    path: revision.path,
    applied: seen.applied.has(revision.id),
    head: ends.has(revision.id),
    current: currentIds.has(revision.id),
    missing: false,
  }))
}

/** Documents of what the history has and no file provides, the one applied last first. */
export function missingDocuments({
  graph,
  applied,
  rows,
}: Seen & Pick<Session, 'rows'>): readonly RevisionDocument[] {
  const recorded = new Map(rows.map((row) => [row.revision, row]))
  return missingFiles(graph, applied)
    .toReversed()
    .map((revision) => {
      const row = recorded.get(revision)
      return {
        revision,
        downRevision: row?.downRevisions ?? [],
        dependsOn: [],
        branchLabels: [],
        message: row?.message ?? messageOfName(revision),
        createdAt: null,
        path: null,
        applied: true,
        head: false,
        current: true,
        missing: true,
      }
    })
}

/** Where the graph ends: the heads that nothing follows or depends on. */
export function headIds(seen: Pick<Seen, 'graph'>): readonly string[] {
  return resolvedHeads(seen.graph).map(({ id }) => id)
}

function headIdsOf(seen: Seen): ReadonlySet<string> {
  return new Set(
    seen.graph.order.filter((revision) => isHead(seen, revision.id)).map(({ id }) => id),
  )
}

function isHead({ graph }: Seen, id: string): boolean {
  return graph.nodes.get(id)?.children.length === 0
}

/** Revisions as documents: what a script says, and where the database stands with it. */
import { currentHeads, missingFiles } from '../../revisions/current.js'
import { labelsByRevision } from '../../revisions/labels.js'
import type { Revision } from '../../revisions/revision.js'
import { heads } from '../../revisions/walk.js'
import { messageOfName } from '../../scripts/folder.js'
import type { RevisionDocument } from '../documents.js'
import type { FailedRuns } from '../failed-runs-of.js'
import { tellingRun } from '../failed-runs-of.js'
import type { Session } from '../session.js'

type Seen = Pick<Session, 'graph' | 'applied'>

/** Documents of revisions, in the order given; without `failures` none is said to have failed. */
export function revisionDocuments(
  seen: Seen,
  revisions: readonly Revision[],
  failures: FailedRuns = new Map(),
): readonly RevisionDocument[] {
  const ends = new Set(headIds(seen))
  const currentIds = new Set(currentHeads(seen.graph, seen.applied))
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
    failed: tellingRun(failures.get(revision.id)),
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
        failed: null,
      }
    })
}

/** Where the branches end, oldest first; another may depend on one of them. */
export function headIds(seen: Pick<Seen, 'graph'>): readonly string[] {
  return heads(seen.graph).map(({ id }) => id)
}

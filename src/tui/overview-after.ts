/** The overview as a step leaves it: the header keeps up with a run, and is read again at its end. */
import type { OverviewDocument, TreeRevision } from '../workflows/screens/screen-documents.js'

/** The overview after that revision was applied, or undone. */
export function overviewAfter(
  document: OverviewDocument,
  step: { readonly revision: string; readonly direction: 'up' | 'down' },
): OverviewDocument {
  const { revisions, pending } = document
  const moved = revisions.find((one) => one.revision === step.revision)
  const isUp = step.direction === 'up'
  if (moved === undefined || moved.applied === isUp) return document
  const stand = revisions.map((one) => (one === moved ? { ...one, applied: isUp } : one))
  const before = [...moved.downRevision, ...moved.dependsOn]
  const covered = new Set(
    stand.filter((one) => one.applied).flatMap((one) => [...one.downRevision, ...one.dependsOn]),
  )
  const rest = document.current.filter((id) => id !== moved.revision && !covered.has(id))
  const freed = stand
    .filter((one) => one.applied && before.includes(one.revision))
    .map((one) => one.revision)
    .filter((id) => !covered.has(id) && !rest.includes(id))
  const current = [...rest, ...(isUp ? [moved.revision] : freed)]
  return {
    ...document,
    revisions: stand.map((one) => standing(one, moved.revision, current)),
    current,
    pending: Math.max(0, pending + (isUp ? -1 : 1)),
  }
}

/** A revision with where it stands now; what else is known of others stays. */
function standing(one: TreeRevision, moved: string, current: readonly string[]): TreeRevision {
  const isCurrent = current.includes(one.revision)
  if (one.revision !== moved && one.current === isCurrent) return one
  const state = isCurrent ? 'current' : one.applied ? 'applied' : 'pending'
  return { ...one, current: isCurrent, state: one.state === 'fileMissing' ? one.state : state }
}

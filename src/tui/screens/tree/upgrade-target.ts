/** Where an upgrade goes from the tree. */
import type { AppState } from '../../state.js'
import { selectedRevision } from './rows.js'

/**
 * The selected revision where it is pending; from an applied one the head, where one alone is pending.
 * Null where neither is.
 */
export function upgradeTarget(app: AppState): string | null {
  const selected = selectedRevision(app)
  if (selected?.applied === false) return selected.revision
  const { revisions, heads } = app.overview.value ?? { revisions: [], heads: [] }
  const applied = new Set(revisions.filter((one) => one.applied).map((one) => one.revision))
  const pending = heads.filter((head) => !applied.has(head))
  return pending.length === 1 ? (pending[0] ?? null) : null
}

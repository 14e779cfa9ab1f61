/** The overview: what the tree and the header show. */
import { asking, inTurn } from './call.js'
import type { Step } from './messages.js'
import type { AppState } from './state.js'
import { withTree } from './changed.js'

/** Reads files and history again; what is shown stays until the answer is there. */
export function askOverview(app: AppState): Step {
  return asking(
    { ...app, overview: { ...app.overview, isLoading: true } },
    'overview',
    'overview',
    {},
  )
}

/** Reads everything again: scripts, effects and the comparison too. */
export function askEverything(app: AppState): Step {
  const fresh = withTree(app, { scripts: new Map(), effects: new Map(), losing: new Set() })
  const comparison = { ...fresh.comparison, isLoading: true }
  return inTurn(askOverview({ ...fresh, comparison }), (next) =>
    asking(next, 'comparison', 'compare', { answers: next.answers }),
  )
}

/** The comparison of models and database that the header, the diff and the review share. */
import { asking } from './call.js'
import type { Step } from './messages.js'
import type { AppState } from './state.js'

/** Compares with the answers so far, unless that was done or is on its way. */
export function askComparison(app: AppState): Step {
  const { value, isLoading } = app.comparison
  return value !== null || isLoading ? [app, []] : askComparisonAgain(app)
}

/** Compares with the answers so far; what is shown stays until the answer is there. */
export function askComparisonAgain(app: AppState): Step {
  const loading = { ...app.comparison, isLoading: true }
  return asking({ ...app, comparison: loading }, 'comparison', 'compare', { answers: app.answers })
}

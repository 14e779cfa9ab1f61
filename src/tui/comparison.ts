/** The comparison of models and database that the header, the diff and the review share. */
import type { HostFailure } from '../host/calls.js'
import type { ReviewDocument } from '../workflows/screens/screen-documents.js'
import { asking } from './call.js'
import type { Step } from './messages.js'
import type { AppState } from './state.js'
import { noticed } from './changed.js'

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

/** The comparison where it holds; null where there is none yet, or the last one failed. */
export function comparedDocument({
  comparison,
}: Pick<AppState, 'comparison'>): ReviewDocument | null {
  return comparison.failure === null ? comparison.value : null
}

/**
 * The state after a comparison failed. An answered rename that no longer fits, since models or
 * database changed, is forgotten: every comparison after it would fail for the same reason.
 */
export function comparisonFailed(app: AppState, failure: HostFailure): Step {
  const { from, to } = failure.details
  const { renames } = app.answers
  const left = renames.filter(({ table, column, to: name }) => {
    const old = column === null ? table : `${table}.${column}`
    return old !== from || name !== to
  })
  if (failure.code === 'RENAME_UNKNOWN' && left.length < renames.length) {
    const answers = { ...app.answers, renames: left }
    return askComparisonAgain(noticed({ ...app, answers }, `Forgotten: ${failure.message}`))
  }
  const comparison = { value: app.comparison.value, failure, isLoading: false }
  return [{ ...app, comparison }, []]
}

/** Looking again by itself, where the process that looks ended before it answered. */
import type { HostFailure } from '../host/calls.js'
import { askComparisonAgain } from './comparison.js'
import { inTurn } from './call.js'
import { isLeftToKey } from './host-ended.js'
import type { Step } from './messages.js'
import { askOverview } from './overview.js'
import type { AppState } from './state.js'

type Look = 'overview' | 'comparison'

/**
 * Milliseconds before it is asked again, after the first end in a row, the second, and the third. The
 * project's own code may be why it ends, and it would go on for ever.
 */
const PAUSES = [0, 5_000, 30_000]

const ASK: Readonly<Record<Look, (app: AppState) => Step>> = {
  overview: askOverview,
  comparison: askComparisonAgain,
}

/** The step that is to be taken for a look that failed, and `failed` where nothing is asked at once. */
export function lookAgain(
  app: AppState,
  look: Look,
  { failure, failed }: { readonly failure: HostFailure; readonly failed: (app: AppState) => Step },
): Step {
  if (failure.code !== 'HOST_DIED') return failed(looked(app, look))
  const count = app.deaths.get(look) ?? 0
  const next = { ...app, deaths: new Map(app.deaths).set(look, count + 1) }
  if (isLeftToKey(app, 'look')) return failed(next)
  const pause = PAUSES[count]
  if (pause === 0) return ASK[look](next)
  if (pause === undefined) return failed(next)
  return inTurn(failed(next), (then) => [then, [{ kind: 'later', name: look, ms: pause }]])
}

/** The state after a look was answered: the next end is the first in a row. */
export function looked(app: AppState, look: Look): AppState {
  if (!app.deaths.has(look)) return app
  const deaths = new Map(app.deaths)
  deaths.delete(look)
  return { ...app, deaths }
}

/** Asks again what was put off, unless somebody asked in between. */
export function lookAgainDue(app: AppState, look: Look): Step {
  const { failure, isLoading } = app[look]
  return failure?.code === 'HOST_DIED' && !isLoading ? ASK[look](app) : [app, []]
}

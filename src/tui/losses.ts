/** The losses of pending revisions, which are looked for by themselves, and what a plan kept from being known. */
import type { HostFailure } from '../host/calls.js'
import { asking, inTurn, isWork } from './call.js'
import { planAmong, withTree } from './changed.js'
import type { Step } from './messages.js'
import { askDetail } from './screens/tree/update.js'
import type { AppState } from './state.js'
import { LOOKED_AT, LOSING, PLAN } from './tries.js'

/** Looks for them, where there are not too many to look at. */
export function askLosses(before: AppState): Step {
  const cut = new Set(before.tree.cut)
  const app = cut.delete(LOSING) ? withTree(before, { cut }) : before
  const pending = app.overview.value?.pending ?? 0
  return pending > 0 && pending <= LOOKED_AT
    ? asking(app, LOSING, 'plan', { direction: 'up', target: 'heads' })
    : [app, []]
}

/** The state after they could not be found: a process that somebody ended may do better the next time. */
export function lossesFailed(app: AppState, { code }: HostFailure): AppState {
  const isFirst = code === 'HOST_DIED' && app.hostEnds.get('run')?.length === 1
  return isFirst ? withTree(app, { cut: new Set(app.tree.cut).add(LOSING) }) : app
}

/** Tries anew what was ended for a plan, or for what changes things, once nothing of the kind is shown or runs. */
export function takeUpTries(app: AppState): Step {
  const { cut } = app.tree
  if (cut.size === 0 || planAmong(app) !== null || app.overview.isLoading) return [app, []]
  if (app.calls.has(PLAN) || [...app.calls.values()].some(({ name }) => isWork(name))) {
    return [app, []]
  }
  const free = withTree(app, { cut: new Set() })
  return inTurn(cut.has(LOSING) ? askLosses(free) : [free, []], askDetail)
}

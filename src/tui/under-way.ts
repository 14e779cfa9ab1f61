/** What is under way: leaving now would lose it, or let it go on unseen. */
import { isWork } from './call.js'
import type { PlanScreen } from './screens/plan/state.js'
import type { AppState, OpenCall, RunningCommand } from './state.js'
import { planAmong } from './changed.js'

export type UnderWay =
  | { readonly kind: 'plan'; readonly isStopping: boolean }
  | { readonly kind: 'command'; readonly command: RunningCommand; readonly isStopping: boolean }
  /** It is over in a moment, and cannot be stopped in its middle. */
  | { readonly kind: 'call'; readonly name: OpenCall['name'] }

/** What is under way; null where nothing is, or what only looks. */
export function underWay(app: AppState): UnderWay | null {
  const plan = runningPlan(app)
  if (plan?.running != null) return { kind: 'plan', isStopping: plan.running.isStopping }
  const [command] = changingCommands(app)
  if (command !== undefined) {
    return { kind: 'command', command, isStopping: changingCommands(app).every(isBeingStopped) }
  }
  const call = [...app.calls.values()].find(({ name }) => isWork(name))
  return call === undefined ? null : { kind: 'call', name: call.name }
}

/** Whether what is shown tells how long something takes. */
export function isTicking(app: AppState): boolean {
  return runningPlan(app) !== null || app.calls.has('plan')
}

/** The plan that runs; null where none does. */
export function runningPlan(app: AppState): PlanScreen | null {
  const plan = planAmong(app)
  return plan?.running == null ? null : plan
}

/** The commands that run and may change files or the database, oldest first. */
export function changingCommands({ commands }: AppState): readonly RunningCommand[] {
  return [...commands.values()].filter(({ changes }) => changes)
}

function isBeingStopped({ isStopping }: RunningCommand): boolean {
  return isStopping
}

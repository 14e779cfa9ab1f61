/** Asking the host, and telling its answers from outdated ones. */
import type { CallName, HostCalls } from '../host/calls.js'
import type { CallEffect, Effect, Step } from './messages.js'
import type { AppState } from './state.js'
import { isTry, othersTrying, PLAN, TRIED_FOR, WAITED_FOR, withoutTries } from './tries.js'

/** Calls that change files or the database; the others only look. */
const WORK: ReadonlySet<CallName> = new Set<CallName>([
  'run',
  'backUp',
  'write',
  'merge',
  'revision',
  'stamp',
])

/** Whether a call changes files or the database. */
export function isWork(name: CallName): boolean {
  return WORK.has(name)
}

/**
 * The state with a call on its way to the place `slot`; an earlier one there is forgotten. What changes
 * things, and what tries a script anew, does not wait for a script that may never end.
 */
export function asking<N extends CallName>(
  before: AppState,
  slot: string,
  name: N,
  given: HostCalls[N]['given'],
): Step {
  const [app, kills] = isInTheWay(before, slot, name) ? withoutTries(before) : [before, []]
  const ticket = app.nextTicket
  const lane = laneFor(app, name)
  const calls = new Map(app.calls).set(slot, { ticket, name, lane, since: app.now })
  const effect = {
    kind: 'call',
    lane,
    project: app.project,
    slot,
    ticket,
    name,
    given,
    // One entry of the union by its name, which the compiler cannot follow through a generic.
  } as CallEffect
  const later: readonly Effect[] = isTry(name) ? lookLater(app, slot) : []
  return [{ ...app, calls, nextTicket: ticket + 1 }, [...kills, effect, ...later]]
}

/** Looks after a while whether a script that is tried holds up what was asked for by a key. */
function lookLater(app: AppState, slot: string): readonly Effect[] {
  if (slot !== PLAN) return [{ kind: 'later', name: 'tries', ms: TRIED_FOR }]
  return othersTrying(app).length > 0 ? [{ kind: 'later', name: 'plan', ms: WAITED_FOR }] : []
}

/** Scripts are tried in the process that changes things, as long as nothing is changed there. */
function laneFor(app: AppState, name: CallName): CallEffect['lane'] {
  return isWork(name) || (isTry(name) && !isWorking(app)) ? 'run' : 'look'
}

/** Whether scripts that are being tried would hold up a call; what changes things is never ended for it. */
function isInTheWay(app: AppState, slot: string, name: CallName): boolean {
  if (isWorking(app)) return false
  if (isWork(name)) return [...app.calls.values()].some((call) => isTry(call.name))
  if (!isTry(name)) return false
  const earlier = app.calls.get(slot)
  const waitedFor = [
    ...(earlier === undefined ? [] : [earlier]),
    ...(slot === PLAN ? othersTrying(app) : []),
  ]
  return waitedFor.some(({ since }) => app.now - since >= WAITED_FOR)
}

function isWorking({ calls }: AppState): boolean {
  return [...calls.values()].some(({ name }) => isWork(name))
}

/** Whether an answer belongs to the call that was made last in its place. */
export function isAwaited(
  app: AppState,
  { slot, ticket }: { readonly slot: string; readonly ticket: number },
): boolean {
  return app.calls.get(slot)?.ticket === ticket
}

/** The state after the call in that place was answered. */
export function withoutCall(app: AppState, slot: string): AppState {
  const calls = new Map(app.calls)
  calls.delete(slot)
  return { ...app, calls }
}

/** Steps one after the other, with the effects of all. */
export function inTurn(first: Step, ...next: readonly ((app: AppState) => Step)[]): Step {
  let [app, effects] = first
  for (const step of next) {
    const [then, more] = step(app)
    app = then
    effects = [...effects, ...more]
  }
  return [app, effects]
}

/** Asking the host, and telling its answers from outdated ones. */
import type { CallName, HostCalls } from '../host/calls.js'
import type { CallEffect, Step } from './messages.js'
import type { AppState } from './state.js'

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
 * The state with a call on its way to the place `slot`; an earlier one there is forgotten.
 */
export function asking<N extends CallName>(
  app: AppState,
  slot: string,
  name: N,
  given: HostCalls[N]['given'],
): Step {
  const ticket = app.nextTicket
  const calls = new Map(app.calls).set(slot, { ticket, name, since: app.now })
  const effect = {
    kind: 'call',
    lane: isWork(name) ? 'run' : 'look',
    project: app.project,
    slot,
    ticket,
    name,
    given,
    // One entry of the union by its name, which the compiler cannot follow through a generic.
  } as CallEffect
  return [{ ...app, calls, nextTicket: ticket + 1 }, [effect]]
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

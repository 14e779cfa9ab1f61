/** The state loop: messages in, states out, effects handed on. */
import type { Effect, Message } from './messages.js'
import type { AppState } from './state.js'
import { leaveIfDone } from './leaving.js'
import { update } from './update.js'

export interface Store {
  readonly state: () => AppState
  readonly subscribe: (changed: () => void) => () => void
  readonly send: (message: Message) => void
}

export interface StoreOptions {
  /** Has an effect done. */
  readonly perform: (effect: Effect) => void
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** The loop from a first state. */
export function createStore(first: AppState, { perform, clock }: StoreOptions): Store {
  let app = first
  const listeners = new Set<() => void>()
  return {
    state: () => app,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    send: (message) => {
      const [next, effects] = leaveIfDone(update({ ...app, now: clock() }, message))
      app = next
      for (const changed of listeners) changed()
      for (const effect of effects) perform(effect)
    },
  }
}

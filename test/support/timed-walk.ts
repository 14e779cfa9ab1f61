/** The state loop without a screen, in which time passes only when it is told to. */
import type { CallEffect, Effect, Message } from '../../src/tui/messages.js'
import type { AppState } from '../../src/tui/state.js'
import { createStore } from '../../src/tui/store.js'
import { withRevisions } from './screen-states.js'
import { appState } from './tui.js'

export interface Timed {
  readonly state: () => AppState
  readonly effects: Effect[]
  readonly send: (message: Message) => void
  readonly press: (...keys: readonly string[]) => void
  /** Lets time pass, and is told so. */
  readonly pass: (ms: number) => void
}

/** Two pending heads over an applied base. */
export function timed(): Timed {
  const effects: Effect[] = []
  let now = 1_000_000
  const store = createStore(
    { ...appState(), ...withRevisions() },
    { perform: (effect) => effects.push(effect), clock: () => now },
  )
  return {
    effects,
    state: store.state,
    send: store.send,
    press: (...keys) => {
      for (const key of keys) store.send({ kind: 'key', key })
    },
    pass: (ms) => {
      now += ms
      store.send({ kind: 'tick' })
    },
  }
}

/** The calls of a name, oldest first. */
export function callsOf({ effects }: Timed, name: CallEffect['name']): readonly CallEffect[] {
  return effects.flatMap((one) => (one.kind === 'call' && one.name === name ? [one] : []))
}

/** The processes that were ended. */
export function killsOf({ effects }: Timed): readonly Effect[] {
  return effects.filter(({ kind }) => kind === 'kill')
}

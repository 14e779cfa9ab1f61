/** The state loop without a screen: messages in, and what would be done outside. */
import type { Effect, Message } from '../../src/tui/messages.js'
import type { AppState } from '../../src/tui/state.js'
import { createStore } from '../../src/tui/store.js'
import { appState } from './tui.js'

export interface Walking {
  readonly state: () => AppState
  readonly send: (message: Message) => void
  readonly press: (...keys: readonly string[]) => void
  /** Types a command line, and enters it. */
  readonly type: (line: string) => void
  /** All that was to be done so far, oldest first. */
  readonly effects: readonly Effect[]
}

/** The loop from a state; without one, from a project whose database is at its head. */
export function walking(first: Partial<AppState> = {}): Walking {
  const effects: Effect[] = []
  const store = createStore(
    { ...appState(), ...first },
    { perform: (effect) => effects.push(effect), clock: () => 1_000_000 },
  )
  const press = (...keys: readonly string[]): void => {
    for (const key of keys) store.send({ kind: 'key', key })
  }
  return {
    effects,
    state: store.state,
    send: store.send,
    press,
    type: (line) => {
      press(':', ...Array.from(line, (letter) => (letter === ' ' ? 'space' : letter)), 'enter')
    },
  }
}

/** The answer of a database at its head to the overview that was asked for last. */
export function overviewAnswer({ effects }: Pick<Walking, 'effects'>): Message {
  const call = effects.findLast((effect) => effect.kind === 'call' && effect.name === 'overview')
  const answer = appState().overview.value
  if (call?.kind !== 'call' || answer === null) throw new Error('No overview was asked for.')
  const { slot, ticket } = call
  return { kind: 'answered', slot, ticket, name: 'overview', given: {}, answer }
}

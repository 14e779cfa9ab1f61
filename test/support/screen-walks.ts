/** Messages to the screens one after the other, with what they ask to be done outside. */
import type { CallName, HostCalls } from '../../src/host/calls.js'
import type { Effect, Message } from '../../src/tui/messages.js'
import type { AppState } from '../../src/tui/state.js'
import { update } from '../../src/tui/update.js'
import { lastCall } from './screen-states.js'

/** Where messages led, and every effect on the way. */
export interface Walk {
  readonly app: AppState
  readonly effects: readonly Effect[]
}

/** The walk after one more message. */
export function after({ app, effects }: Walk, message: Message): Walk {
  const [next, more] = update(app, message)
  return { app: next, effects: [...effects, ...more] }
}

/** A key that is pressed. */
export function key(name: string): Message {
  return { kind: 'key', key: name }
}

/** The host's answer to the call of that name that was made last. */
export function answerTo<Name extends CallName>(
  { effects }: Walk,
  name: Name,
  answer: HostCalls[Name]['answer'],
): Message {
  const { slot, ticket, given } = lastCall(effects, name)
  // One entry of the union by its name, which the compiler cannot follow through a generic.
  return { kind: 'answered', slot, ticket, name, given, answer } as Message
}

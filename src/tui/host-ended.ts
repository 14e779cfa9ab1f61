/** A process that worked for the screens and ended by itself, or by somebody else's hand: that is told. */
import { isWork } from './call.js'
import { logged, noticed } from './changed.js'
import type { CallEffect, Message, Step } from './messages.js'
import { askOverview } from './overview.js'
import type { AppState, OpenCall } from './state.js'
import { PLAN } from './tries.js'

type Lane = CallEffect['lane']
type Ended = Extract<Message, { readonly kind: 'hostEnded' }>

/** Milliseconds in which ends are counted together. */
const TOGETHER = 60_000

/** After so many ends together nothing is started by itself: the project's own code may be why it ends. */
const MANY = 3

const WHO: Readonly<Record<Lane, string>> = {
  look: 'The process that looks at the project',
  run: 'The process that tries and runs scripts',
}

/**
 * The step after a process ended. Its calls fail by themselves, after this: what changes things and the
 * plan that is shown say it in their own place.
 */
export function hostEnded(before: AppState, { lane, how, output }: Ended): Step {
  if (before.leavesWith !== null) return [before, []]
  const [app, count] = counted(before, lane)
  const calls = [...app.calls].filter(([, call]) => call.lane === lane)
  if (calls.some(([slot, { name }]) => isWork(name) || slot === PLAN)) return [app, []]
  const isLeft = count >= MANY
  const text = `${WHO[lane]} ended (${how}) ${whileText(calls)} ${nextText(lane, isLeft ? count : null)}`
  const entry = { tone: 'plain', text, lines: output, command: null } as const
  const told = logged(noticed(app, text, 'bad'), entry)
  // After what changes things the database is looked at anyway.
  const isLooked = [...app.calls.values()].some(({ name }) => name === 'overview' || isWork(name))
  return lane === 'run' || isLeft || isLooked ? [told, []] : askOverview(told)
}

/** Whether a process ended so often lately that only a key starts another. */
export function isLeftToKey(app: AppState, lane: Lane): boolean {
  return endsOf(app, lane).length >= MANY
}

function endsOf(app: AppState, lane: Lane): readonly number[] {
  return (app.hostEnds.get(lane) ?? []).filter((at) => app.now - at < TOGETHER)
}

/** The state with one more end of that process, and how many there were together. */
function counted(app: AppState, lane: Lane): readonly [AppState, number] {
  const ends = [...endsOf(app, lane), app.now]
  return [{ ...app, hostEnds: new Map(app.hostEnds).set(lane, ends) }, ends.length]
}

function whileText(calls: readonly (readonly [string, OpenCall])[]): string {
  return calls.length === 0
    ? 'while nothing ran: the database is as it was.'
    : 'while it only looked: nothing was changed.'
}

function nextText(lane: Lane, times: number | null): string {
  if (times !== null) return `That was ${times} times within a minute: r starts another.`
  return lane === 'look'
    ? 'Another was started, and looks again.'
    : 'Another is started when it is needed.'
}

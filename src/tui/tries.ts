/**
 * Calls that try scripts, to know what they do: a script may take its time there, or never end. They
 * have the process that changes things while nothing is changed, so that looking goes on beside them.
 */
import type { CallName, HostFailure } from '../host/calls.js'
import { durationText } from './draw/words.js'
import type { Effect, Step } from './messages.js'
import type { PlanScreen } from './screens/plan/state.js'
import type { AppState, OpenCall } from './state.js'
import { planAmong, topScreen, withPlan, withTree } from './changed.js'

/** Milliseconds that scripts are tried for what nobody asked for by a key of its own. */
export const TRIED_FOR = 10_000

/** Milliseconds after which a call is taken for one that may never be answered. */
export const WAITED_FOR = 1_000

/** Milliseconds after which planning is worth a word, and a key that stops it. */
const LONG = 1_000

/** More scripts than this are not looked at by themselves. */
export const LOOKED_AT = 200

/** Where the losses of pending revisions are looked for by themselves. */
export const LOSING = 'losing'
/** Where the plan that is shown is made. */
export const PLAN = 'plan'
const EFFECT = 'effect:'

/** Whether a call tries scripts. */
export function isTry(name: CallName): boolean {
  return name === 'plan' || name === 'effect'
}

/** The calls that try scripts for anything but the plan that is shown. */
export function othersTrying({ calls }: AppState): readonly OpenCall[] {
  return [...calls].flatMap(([slot, call]) => (isTry(call.name) && slot !== PLAN ? [call] : []))
}

/** Whether the plan that is shown was not begun yet, since other scripts are still being tried. */
export function isPlanHeldUp(app: AppState): boolean {
  return app.calls.has(PLAN) && planAmong(app)?.trying === null && othersTrying(app).length > 0
}

/** Milliseconds that the plan of this screen is being made; null where it is not. */
export function planningFor(app: AppState, screen: PlanScreen): number | null {
  const call = app.calls.get(PLAN)
  if (!screen.plan.isLoading || screen !== planAmong(app) || call === undefined) return null
  return Math.max(0, app.now - call.since)
}

/** Whether planning takes so long that it can be stopped. */
export function isPlanningLong(app: AppState): boolean {
  const screen = topScreen(app)
  return screen?.kind === 'plan' && (planningFor(app, screen) ?? 0) >= LONG
}

/** Ends the planning that takes long, in its middle: nothing of it stays. */
export function stopPlanning(app: AppState): Step {
  const screen = planAmong(app)
  const took = screen === null ? null : planningFor(app, screen)
  if (screen === null || took === null) return [app, []]
  const failure: HostFailure = {
    code: 'PLAN_STOPPED',
    exit: 130,
    message: `The plan was not made: it was stopped after ${durationText(took)}.`,
    why: `Every script is tried before its plan is shown, and ${screen.trying?.revision ?? 'one of them'} did not come to its end.`,
    state: 'Nothing ran: the database is as it was.',
    fix: 'Look for what waits or never ends in the script, with e; r plans again.',
    details: { revision: screen.trying?.revision ?? screen.target },
  }
  const plan = { ...screen, plan: { ...screen.plan, failure, isLoading: false } }
  const [next, effects] = withoutTries(app)
  return [withPlan(next, plan), effects]
}

/** The state with no script being tried any more; what was to be known of them is asked for anew later. */
export function withoutTries(app: AppState): Step {
  const tries = [...app.calls].filter(([, { name }]) => isTry(name))
  if (tries.length === 0) return [app, []]
  const effects = new Map(app.tree.effects)
  for (const [slot] of tries) effects.delete(revisionOf(slot) ?? '')
  const calls = new Map([...app.calls].filter(([, { name }]) => !isTry(name)))
  const cut = new Set([...app.tree.cut, ...tries.map(([slot]) => slot).filter(isAside)])
  return [withTree({ ...app, calls }, { effects, cut }), lanesOf(tries).map(kill)]
}

function isAside(slot: string): boolean {
  return slot !== PLAN
}

/** What was tried for longer than anybody waits is ended, and said of the revision that is looked at. */
export function triesDue(app: AppState): Step {
  const isOver = [...app.calls].some(
    ([slot, { name, since }]) => isTry(name) && slot !== PLAN && app.now - since >= TRIED_FOR,
  )
  // Who looks at a plan sees how long it takes, and stops it.
  if (!isOver || app.calls.has(PLAN)) return [app, []]
  const slots = [...app.calls].flatMap(([slot, { name }]) => (isTry(name) ? [slot] : []))
  const [next, kills] = withoutTries(app)
  const effects = new Map(next.tree.effects)
  for (const revision of slots.flatMap((slot) => revisionOf(slot) ?? [])) {
    effects.set(revision, { value: null, failure: neverEnds(revision), isLoading: false })
  }
  return [withTree(next, { effects, cut: new Set() }), kills]
}

function neverEnds(revision: string): HostFailure {
  return {
    code: 'SCRIPT_SLOW',
    exit: 1,
    message: `The script of ${revision} did not come to its end in ${durationText(TRIED_FOR)}.`,
    why: 'To know what it does it is tried, where nothing of it stays.',
    state: 'Nothing ran: the database is as it was.',
    fix: 'Look for what waits or never ends in it, with e; r tries it again.',
    details: { revision },
  }
}

function revisionOf(slot: string): string | null {
  return slot.startsWith(EFFECT) ? slot.slice(EFFECT.length) : null
}

type Lane = OpenCall['lane']

function lanesOf(tries: readonly (readonly [string, OpenCall])[]): readonly Lane[] {
  return [...new Set(tries.map(([, { lane }]) => lane))]
}

function kill(lane: Lane): Effect {
  return { kind: 'kill', lane }
}

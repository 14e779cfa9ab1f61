/** Scripts are tried to know what they do; one that takes its time, or never ends, holds up nothing else. */
import { expect, test } from 'vitest'
import { topScreen } from '../../src/tui/changed.js'
import { footerLines } from '../../src/tui/frame-lines.js'
import { planLines } from '../../src/tui/screens/plan/lines.js'
import { isTicking } from '../../src/tui/under-way.js'
import { planOf } from '../support/screen-states.js'
import type { Timed } from '../support/timed-walk.js'
import { callsOf, killsOf, timed } from '../support/timed-walk.js'
import { textOf, viewOf } from '../support/tui.js'

function planText({ state }: Timed): string {
  const screen = topScreen(state())
  if (screen?.kind !== 'plan') throw new Error('No plan is shown.')
  return [...planLines(viewOf(state()), screen), ...footerLines(viewOf(state()))]
    .map(textOf)
    .join('\n')
}

test('what tries scripts has another process than what looks', () => {
  const walk = timed()
  walk.press('3', 'u', 'r')
  expect(callsOf(walk, 'effect')).toMatchObject([{ lane: 'run' }])
  expect(callsOf(walk, 'plan')).toMatchObject([{ lane: 'run' }, { lane: 'run' }])
  expect(callsOf(walk, 'script')).toMatchObject([{ lane: 'look' }])
})

test('a plan that takes long says how long and why, and ctrl-c stops it', () => {
  const walk = timed()
  walk.press('u')
  expect(isTicking(walk.state())).toBe(true)
  expect(planText(walk)).not.toContain('ctrl-c')
  walk.pass(4_000)
  expect(planText(walk)).toContain('Making the plan, 4.0 s')
  expect(planText(walk)).toContain('Each script is tried before its plan is shown')
  const [{ slot, ticket } = { slot: '', ticket: 0 }] = callsOf(walk, 'plan')
  const event = { kind: 'trying', revision: 'bbbbbbbbbbbb', index: 2, of: 3 } as const
  walk.send({ kind: 'runEvent', slot, ticket, event })
  expect(planText(walk)).toContain('Trying bbbbbbbbbbbb, 2 of 3')
  expect(planText(walk)).toContain('ctrl-c stop planning')
  walk.press('ctrl+c')
  expect(killsOf(walk)).toEqual([{ kind: 'kill', lane: 'run' }])
  expect(isTicking(walk.state())).toBe(false)
  expect(planText(walk)).toContain('The plan was not made: it was stopped after 4.0 s.')
  expect(planText(walk)).toMatch(/bbbbbbbbbbbb[ │\s]+did not come/)
  expect(planText(walk)).toContain('Nothing ran: the database is as it was.')
  walk.press('r')
  expect(callsOf(walk, 'plan')).toHaveLength(2)
  expect(planText(walk)).not.toContain('was not made')
  walk.press('ctrl+c')
  expect(walk.effects.at(-1)).toMatchObject({ kind: 'quit' })
})

test('who leaves a plan that is being made ends that', () => {
  const walk = timed()
  walk.press('u')
  walk.pass(4_000)
  walk.press('escape')
  expect(killsOf(walk)).toHaveLength(1)
  expect(topScreen(walk.state())).toBeNull()
  expect(isTicking(walk.state())).toBe(false)
})

test('a plan that is made anew does not wait for one that never ends', () => {
  const walk = timed()
  walk.press('u')
  walk.pass(4_000)
  walk.send({ kind: 'changedOutside', what: 'migrations' })
  const order = walk.effects.flatMap((one) =>
    one.kind === 'kill' || (one.kind === 'call' && one.name === 'plan') ? [one.kind] : [],
  )
  expect(order).toEqual(['call', 'kill', 'call'])
  const { slot, ticket } = callsOf(walk, 'plan')[1] ?? { slot: '', ticket: 0 }
  const given = { direction: 'up', target: 'cccccccccccc' } as const
  walk.send({ kind: 'answered', slot, ticket, name: 'plan', given, answer: planOf(false) })
  expect(planText(walk)).toContain('1 step')
})

test('what changes files or the database does not wait for scripts that are tried', () => {
  const walk = timed()
  walk.press('3', 'S', 'y')
  expect(walk.effects.slice(-2)).toMatchObject([
    { kind: 'kill', lane: 'run' },
    { kind: 'call', name: 'stamp', lane: 'run' },
  ])
  // The one that was ended is asked for again when its revision is looked at.
  expect(walk.state().tree.effects.size).toBe(0)
  walk.press('4', '3')
  expect(callsOf(walk, 'effect').at(-1)).toMatchObject({ lane: 'look' })
  expect(killsOf(walk)).toHaveLength(1)
})

test('an effect that takes longer than anybody waits is given up, and says so', () => {
  const walk = timed()
  walk.press('3')
  expect(walk.effects).toContainEqual({ kind: 'later', name: 'tries', ms: 10_000 })
  walk.pass(5_000)
  walk.send({ kind: 'due', name: 'tries' })
  expect(killsOf(walk)).toHaveLength(0)
  walk.pass(5_000)
  walk.send({ kind: 'due', name: 'tries' })
  expect(killsOf(walk)).toEqual([{ kind: 'kill', lane: 'run' }])
  const { failure } = walk.state().tree.effects.get('cccccccccccc') ?? {}
  expect(failure?.message).toContain('did not come to its end in 10.0 s')
})

test('a plan does not wait for a script that is tried for something else', () => {
  const walk = timed()
  walk.press('3')
  walk.pass(2_000)
  walk.press('u')
  expect(killsOf(walk)).toEqual([{ kind: 'kill', lane: 'run' }])
  expect(walk.effects.at(-1)).toMatchObject({ kind: 'call', name: 'plan' })
})

test('a plan that was asked for while a script is tried is begun anew where that one does not end', () => {
  const walk = timed()
  walk.press('3', 'u')
  expect(killsOf(walk)).toHaveLength(0)
  expect(walk.effects.at(-1)).toEqual({ kind: 'later', name: 'plan', ms: 1_000 })
  walk.pass(1_000)
  walk.send({ kind: 'due', name: 'plan' })
  expect(killsOf(walk)).toEqual([{ kind: 'kill', lane: 'run' }])
  expect(walk.effects.at(-1)).toMatchObject({ kind: 'call', name: 'plan' })
})

test('a plan whose own scripts are being tried already is left alone', () => {
  const walk = timed()
  walk.press('3', 'u')
  const { slot, ticket } = callsOf(walk, 'plan')[0] ?? { slot: '', ticket: 0 }
  const event = { kind: 'trying', revision: 'cccccccccccc', index: 1, of: 1 } as const
  walk.send({ kind: 'runEvent', slot, ticket, event })
  walk.pass(1_000)
  walk.send({ kind: 'due', name: 'plan' })
  expect(killsOf(walk)).toHaveLength(0)
})

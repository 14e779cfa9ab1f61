/** After anything that may have moved the database it is read again where it stands, whatever came of it. */
import { expect, test } from 'vitest'
import type { HostFailure } from '../../src/host/calls.js'
import type { Message } from '../../src/tui/messages.js'
import { lastCall, planOf, withRevisions } from '../support/screen-states.js'
import { walking } from '../support/walk.js'
import type { Walking } from '../support/walk.js'

type Work = 'run' | 'backUp' | 'revision' | 'merge' | 'stamp'

function failureOf(code: string): HostFailure {
  return { code, exit: 1, message: 'No.', why: null, fix: null, state: null, details: {} }
}

function failing({ effects, send }: Walking, name: Work, code = 'X'): void {
  const { slot, ticket } = lastCall(effects, name)
  send({ kind: 'failed', slot, ticket, name, failure: failureOf(code) })
}

function withPlanShown(): Walking {
  const walk = walking(withRevisions())
  walk.press('u')
  const { slot, ticket } = lastCall(walk.effects, 'plan')
  const given = { direction: 'up', target: 'cccccccccccc' } as const
  walk.send({ kind: 'answered', slot, ticket, name: 'plan', given, answer: planOf(false) })
  return walk
}

function overviews({ effects }: Walking): number {
  return effects.filter((effect) => effect.kind === 'call' && effect.name === 'overview').length
}

test.each<readonly [Work, readonly string[]]>([
  ['revision', ['n', 'x', 'enter']],
  ['merge', ['m', 'enter']],
  ['stamp', ['S', 'y']],
])('a %s that failed', (name, keys) => {
  const walk = walking(withRevisions())
  walk.press(...keys)
  failing(walk, name)
  expect(overviews(walk)).toBe(1)
})

test('a run that another process was faster than', () => {
  const walk = withPlanShown()
  walk.press('enter')
  failing(walk, 'run', 'PLAN_MOVED')
  expect(overviews(walk)).toBe(1)
  expect(lastCall(walk.effects, 'plan')).toBeDefined()
})

test('a copy that was made, and one that failed', () => {
  const walk = withPlanShown()
  walk.press('b')
  const { slot, ticket } = lastCall(walk.effects, 'backUp')
  const answer = { path: '/shop/copy.sqlite3', bytes: 10 }
  const made: Message = { kind: 'answered', slot, ticket, name: 'backUp', given: {}, answer }
  walk.send(made)
  expect(overviews(walk)).toBe(1)
  const other = withPlanShown()
  other.press('b')
  failing(other, 'backUp')
  expect(overviews(other)).toBe(1)
})

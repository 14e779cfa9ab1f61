/** The losses of pending revisions are looked for by themselves, and again after what ended that. */
import { expect, test } from 'vitest'
import { topScreen } from '../../src/tui/changed.js'
import type { CallEffect } from '../../src/tui/messages.js'
import { planOf, withRevisions } from '../support/screen-states.js'
import type { Timed } from '../support/timed-walk.js'
import { callsOf, killsOf, timed } from '../support/timed-walk.js'

/** A state whose losses are being looked for, for longer than a plan waits. */
function losing(): Timed {
  const walk = timed()
  walk.press('r')
  const { slot, ticket } = callsOf(walk, 'overview').at(-1) ?? { slot: '', ticket: 0 }
  const answer = withRevisions().overview?.value
  if (answer == null) throw new Error('There is no overview.')
  walk.send({ kind: 'answered', slot, ticket, name: 'overview', given: {}, answer })
  expect(losingCalls(walk)).toHaveLength(1)
  walk.pass(2_000)
  return walk
}

function losingCalls(walk: Timed): readonly CallEffect[] {
  return callsOf(walk, 'plan').filter(({ slot }) => slot === 'losing')
}

function answerPlan(walk: Timed, { slot, ticket }: CallEffect): void {
  const given = { direction: 'up', target: 'heads' } as const
  walk.send({ kind: 'answered', slot, ticket, name: 'plan', given, answer: planOf(true) })
}

test.each<readonly [string, (walk: Timed) => void]>([
  [
    'was made',
    (walk) => {
      const made = callsOf(walk, 'plan').at(-1)
      if (made !== undefined) answerPlan(walk, made)
    },
  ],
  ['was not waited for', () => undefined],
  [
    'was stopped',
    (walk) => {
      walk.pass(2_000)
      walk.press('ctrl+c')
    },
  ],
])('losses that a plan kept from being found are looked for once it %s and left', (_, end) => {
  const walk = losing()
  walk.press('3', 'u')
  expect(killsOf(walk)).toHaveLength(1)
  end(walk)
  expect(losingCalls(walk)).toHaveLength(1)
  walk.press('escape')
  expect(topScreen(walk.state())).toBeNull()
  expect(losingCalls(walk)).toHaveLength(2)
  // The effect that was being looked for is shown beside the tree, and was ended too.
  expect(callsOf(walk, 'effect')).toHaveLength(2)
  const [, again] = losingCalls(walk)
  if (again !== undefined) answerPlan(walk, again)
  expect(walk.state().tree.losing).toEqual(new Set(['cccccccccccc']))
  walk.press('j', 'k')
  expect(losingCalls(walk)).toHaveLength(2)
})

test('losses that nobody finds in time are not looked for again and again', () => {
  const walk = losing()
  walk.pass(8_000)
  walk.send({ kind: 'due', name: 'tries' })
  expect(killsOf(walk)).toHaveLength(1)
  walk.press('j', 'u', 'escape', 'k')
  expect(losingCalls(walk)).toHaveLength(1)
})

test('losses that a change of the database kept from being found are looked for once it is read', () => {
  const walk = losing()
  walk.press('S', 'y')
  const stamp = callsOf(walk, 'stamp').at(-1)
  if (stamp === undefined) throw new Error('Nothing was stamped.')
  expect(losingCalls(walk)).toHaveLength(1)
  const failure = {
    code: 'X',
    exit: 1,
    message: 'No.',
    why: null,
    fix: null,
    state: null,
    details: {},
  } as const
  walk.send({ kind: 'failed', slot: stamp.slot, ticket: stamp.ticket, name: 'stamp', failure })
  expect(losingCalls(walk)).toHaveLength(1)
  const { slot, ticket } = callsOf(walk, 'overview').at(-1) ?? { slot: '', ticket: 0 }
  const answer = walk.state().overview.value
  if (answer === null) throw new Error('There is no overview.')
  walk.send({ kind: 'answered', slot, ticket, name: 'overview', given: {}, answer })
  expect(losingCalls(walk)).toHaveLength(2)
})

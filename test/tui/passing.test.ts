/** What is said of something that passes goes when that is over, and stays while it lasts. */
import { expect, test } from 'vitest'
import { lastCall, planOf, withRevisions } from '../support/screen-states.js'
import { overviewAnswer, walking } from '../support/walk.js'
import type { Walking } from '../support/walk.js'

function noticeOf({ state }: Walking): string | null {
  return state().notice?.text ?? null
}

test('why a key could not be used is no longer said once it can be', () => {
  const walk = walking(withRevisions())
  walk.press('u', 'enter')
  expect(noticeOf(walk)).toBe('enter: The plan is being made.')
  const { slot, ticket } = lastCall(walk.effects, 'plan')
  const given = { direction: 'up', target: 'cccccccccccc' } as const
  walk.send({ kind: 'tick' })
  expect(noticeOf(walk)).toBe('enter: The plan is being made.')
  walk.send({ kind: 'answered', slot, ticket, name: 'plan', given, answer: planOf(false) })
  expect(noticeOf(walk)).toBeNull()
})

test('that everything is read again is said until it is', () => {
  const walk = walking()
  walk.press('r')
  expect(noticeOf(walk)).toBe('Reading again …')
  walk.send(overviewAnswer(walk))
  expect(noticeOf(walk)).toBe('Reading again …')
  const { slot, ticket } = lastCall(walk.effects, 'compare')
  const answer = walk.state().comparison.value
  if (answer === null) throw new Error('The state has no comparison.')
  const given = { answers: walk.state().answers }
  walk.send({ kind: 'answered', slot, ticket, name: 'compare', given, answer })
  expect(noticeOf(walk)).toBeNull()
})

test('no key takes from the screen that something is being written', () => {
  const walk = walking(withRevisions())
  walk.press('S', 'y')
  expect(lastCall(walk.effects, 'stamp')).toBeDefined()
  expect(noticeOf(walk)).toMatch(/^Stamping/)
  walk.press('x', 'down', 'tab')
  expect(noticeOf(walk)).toBe('Stamping …')
})

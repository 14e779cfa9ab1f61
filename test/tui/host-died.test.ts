/** The process that looks ends before it answers: somebody killed it, or the project's code did. */
import { expect, test } from 'vitest'
import type { HostFailure } from '../../src/host/calls.js'
import type { CallEffect } from '../../src/tui/messages.js'
import { headerLine } from '../../src/tui/frame-lines.js'
import { reviewDocument } from '../support/review-document.js'
import { lastCall, withRevisions } from '../support/screen-states.js'
import { appState, textOf, viewOf } from '../support/tui.js'
import type { Walking } from '../support/walk.js'
import { overviewAnswer, walking } from '../support/walk.js'

const DIED: HostFailure = {
  code: 'HOST_DIED',
  exit: 1,
  message: 'The process that works for the screens ended (SIGKILL) before it answered.',
  why: null,
  fix: null,
  state: null,
  details: {},
}

function callsOf({ effects }: Walking, name: CallEffect['name']): readonly CallEffect[] {
  return effects.flatMap((effect) =>
    effect.kind === 'call' && effect.name === name ? [effect] : [],
  )
}

function die(walk: Walking, name: CallEffect['name']): void {
  const last = callsOf(walk, name).at(-1)
  if (last === undefined) throw new Error(`There was no ${name}.`)
  walk.send({ kind: 'failed', slot: last.slot, ticket: last.ticket, name, failure: DIED })
}

function header(walk: Walking): string {
  return textOf(headerLine(viewOf(walk.state())))
}

test('a comparison whose process ended is made again by itself', () => {
  const walk = walking()
  walk.send({ kind: 'changedOutside', what: 'models' })
  die(walk, 'compare')
  const [, again] = callsOf(walk, 'compare')
  if (again === undefined) throw new Error('It was not compared again.')
  const { slot, ticket } = again
  const answer = reviewDocument()
  const given = { answers: walk.state().answers }
  walk.send({ kind: 'answered', slot, ticket, name: 'compare', given, answer })
  expect(header(walk)).toContain('model change')
  expect(header(walk)).not.toContain('not compared')
})

test('models that end every process that reads them are not read for ever', () => {
  const walk = walking()
  walk.send({ kind: 'changedOutside', what: 'models' })
  die(walk, 'compare')
  die(walk, 'compare')
  expect(callsOf(walk, 'compare')).toHaveLength(2)
  expect(header(walk)).toContain('not compared')
  walk.send({ kind: 'changedOutside', what: 'models' })
  expect(callsOf(walk, 'compare')).toHaveLength(3)
})

test('where the database stands is read again by itself, once', () => {
  const walk = walking()
  walk.press('r')
  die(walk, 'overview')
  expect(callsOf(walk, 'overview')).toHaveLength(2)
  walk.send(overviewAnswer(walk))
  expect(header(walk)).not.toContain('STALE')
  walk.press('r')
  die(walk, 'overview')
  die(walk, 'overview')
  expect(callsOf(walk, 'overview')).toHaveLength(4)
  expect(header(walk)).toContain('STALE')
  expect(walk.state().notice?.text).toBe(DIED.message)
})

test('a project that no process could open yet is asked for again', () => {
  const walk = walking({ overview: { ...appState().overview, value: null } })
  walk.press('r')
  die(walk, 'overview')
  expect(callsOf(walk, 'overview')).toHaveLength(2)
})

test('a process that ended twice is asked for again after a pause, and then after a longer one', () => {
  const walk = walking()
  walk.send({ kind: 'changedOutside', what: 'models' })
  die(walk, 'compare')
  die(walk, 'compare')
  const pauses = (): readonly number[] =>
    walk.effects.flatMap((one) =>
      one.kind === 'later' && one.name === 'comparison' ? [one.ms] : [],
    )
  expect(pauses()).toEqual([5_000])
  walk.send({ kind: 'due', name: 'comparison' })
  expect(callsOf(walk, 'compare')).toHaveLength(3)
  die(walk, 'compare')
  expect(pauses()).toEqual([5_000, 30_000])
  walk.send({ kind: 'due', name: 'comparison' })
  const last = callsOf(walk, 'compare').at(-1)
  if (last === undefined) throw new Error('It was not compared again.')
  const { slot, ticket } = last
  const given = { answers: walk.state().answers }
  walk.send({ kind: 'answered', slot, ticket, name: 'compare', given, answer: reviewDocument() })
  expect(header(walk)).not.toContain('not compared')
  // What was put off before is not asked twice.
  walk.send({ kind: 'due', name: 'comparison' })
  expect(callsOf(walk, 'compare')).toHaveLength(4)
})

const ENDED = { kind: 'hostEnded', lane: 'look', how: 'SIGKILL', output: [] } as const

test('a process that ended at rest is told, and another looks again, but not for ever', () => {
  const walk = walking()
  for (const count of [1, 2]) {
    walk.send(ENDED)
    expect(walk.state().notice?.text).toContain('ended (SIGKILL) while nothing ran')
    expect(callsOf(walk, 'overview')).toHaveLength(count)
    walk.send(overviewAnswer(walk))
    expect(walk.state().notice?.text).toContain('ended (SIGKILL) while nothing ran')
  }
  walk.send(ENDED)
  expect(walk.state().notice?.text).toContain('3 times within a minute')
  expect(callsOf(walk, 'overview')).toHaveLength(2)
  walk.press('r')
  expect(callsOf(walk, 'overview')).toHaveLength(3)
})

test('a process that ends while it reads where the database stands is told, and that is read once more', () => {
  const walk = walking()
  walk.press('r')
  walk.send(ENDED)
  die(walk, 'overview')
  expect(walk.state().notice?.text).toContain('ended (SIGKILL) while it only looked')
  expect(callsOf(walk, 'overview')).toHaveLength(2)
})

test('what it looked at when it ended for the third time is not asked again either', () => {
  const walk = walking()
  for (const count of [1, 2]) {
    walk.send(ENDED)
    expect(callsOf(walk, 'overview')).toHaveLength(count)
    walk.send(overviewAnswer(walk))
  }
  walk.press('r')
  walk.send(ENDED)
  expect(walk.state().notice?.text).toContain('3 times within a minute')
  die(walk, 'overview')
  // The key that starts another stays in sight.
  expect(walk.state().notice?.text).toContain('3 times within a minute')
  expect(header(walk)).toContain('STALE')
  expect(callsOf(walk, 'overview')).toHaveLength(3)
  expect(walk.effects.filter(({ kind }) => kind === 'later')).toEqual([])
})

test('the end of a run is told once, in its own place', () => {
  const walk = walking(withRevisions())
  walk.press('S', 'y')
  walk.send({ ...ENDED, lane: 'run' })
  expect(walk.state().log).toHaveLength(0)
  die(walk, 'stamp')
  expect(walk.state().log).toHaveLength(1)
})

test('losses whose process ended are looked for once more, and not again', () => {
  const walk = walking()
  walk.press('r')
  const { overview } = withRevisions()
  if (overview?.value == null) throw new Error('There is no overview.')
  const { slot, ticket } = lastCall(walk.effects, 'overview')
  const answer = overview.value
  walk.send({ kind: 'answered', slot, ticket, name: 'overview', given: {}, answer })
  for (const count of [1, 2]) {
    expect(callsOf(walk, 'plan')).toHaveLength(count)
    walk.send({ ...ENDED, lane: 'run' })
    expect(walk.state().notice?.text).toContain('while it only looked')
    die(walk, 'plan')
  }
  expect(callsOf(walk, 'plan')).toHaveLength(2)
})

test('what was told under a text that covers it is still there when that is closed', () => {
  const walk = walking()
  walk.press('?')
  walk.send(ENDED)
  walk.press('j', 'escape')
  expect(walk.state().popups).toEqual([])
  expect(walk.state().notice?.text).toContain('ended (SIGKILL)')
  walk.press('j')
  expect(walk.state().notice).toBeNull()
})

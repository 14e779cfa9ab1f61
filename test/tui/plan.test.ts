/** A plan on the screen: what it is made for again, and what is said of its steps. */
import { expect, test } from 'vitest'
import { lossCommand } from '../../src/tui/commands-like.js'
import { footerLines, headerLine } from '../../src/tui/frame-lines.js'
import type { Message } from '../../src/tui/messages.js'
import { overviewAfter } from '../../src/tui/overview-after.js'
import { placedPopup } from '../../src/tui/popups/lines.js'
import { planAmong } from '../../src/tui/changed.js'
import { summaryLines } from '../../src/tui/summary.js'
import type { PlanDocument } from '../../src/workflows/screens/screen-documents.js'
import { drawn, firstPlan, ranOne, shown, stepDone, twoBack } from '../support/plan-walks.js'
import { lastCall, planOf, withRevisions } from '../support/screen-states.js'
import { after, answerTo, key } from '../support/screen-walks.js'
import { appState, textOf, viewOf } from '../support/tui.js'

test('steps back are counted once: the plan is made again, and run, for the same goal', () => {
  const first = ranOne(shown(), 'cccccccccccc')
  const again = after(first, key('r'))
  expect(lastCall(again.effects, 'plan').given).toEqual({
    direction: 'down',
    target: 'aaaaaaaaaaaa',
  })
  const outside: Message = { kind: 'changedOutside', what: 'migrations' }
  const moved = after(first, outside)
  expect(lastCall(moved.effects, 'plan').given).toMatchObject({ target: 'aaaaaaaaaaaa' })
  const second = ranOne(first, 'bbbbbbbbbbbb')
  expect(lastCall(second.effects, 'run').given).toMatchObject({
    target: 'aaaaaaaaaaaa',
    expected: ['bbbbbbbbbbbb'],
  })
  expect(lossCommand(first.app)).toBe('migrate-tui downgrade aaaaaaaaaaaa --allow-destructive')
})

test('each step is told with the command that would do it, a loss with its consent', () => {
  const { app } = ranOne(ranOne(shown(), 'cccccccccccc'), 'bbbbbbbbbbbb')
  expect(summaryLines(app).slice(-2)).toEqual([
    '  migrate-tui downgrade bbbbbbbbbbbb --allow-destructive',
    '  migrate-tui downgrade aaaaaaaaaaaa',
  ])
  expect(planAmong(app)?.target).toBe('aaaaaaaaaaaa')
})

test.each([
  ['cccccccccccc', ['cccccccccccc'], '-1'],
  ['cccccccccccc', ['bbbbbbbbbbbb', 'cccccccccccc'], 'cccccccccccc@-1'],
  ['2_first-of-all', ['2_first-of-all', 'cccccccccccc'], '"2_first-of-all"@-1'],
  ['aaaaaaaaaaaa', ['bbbbbbbbbbbb', 'cccccccccccc'], 'aaaaaaaaaaaa'],
])('d on %s with %j current plans %s', (selected, current, target) => {
  const base = { ...appState(), ...withRevisions() }
  const { value } = base.overview
  const [like] = value?.revisions ?? []
  if (value === null || like === undefined) throw new Error('There is no revision.')
  const ids = new Set([selected, ...current])
  const revisions = [...ids].map((revision) => {
    const isCurrent = current.includes(revision)
    return { ...like, revision, downRevision: [], applied: true, current: isCurrent }
  })
  const overview = { value: { ...value, revisions, current }, failure: null, isLoading: false }
  const app = { ...base, overview, tree: { ...base.tree, selected } }
  const pressed = after({ app, effects: [] }, key('d'))
  expect(lastCall(pressed.effects, 'plan').given).toEqual({ direction: 'down', target })
})

test('a plan without a step has nothing to do, and none of it is called done', () => {
  const walk = shown({ ...twoBack(), steps: [] })
  expect(drawn(walk)).toContain('Nothing to do.')
  expect(after(walk, key('enter')).app.notice?.text).toBe(
    'enter: Nothing to do: the database is there already.',
  )
})

test('while a loss is asked for nothing counts or runs, and the count grows old', () => {
  const running = after(shown(), key('enter'))
  const { slot, ticket } = lastCall(running.effects, 'run')
  const question = { object: 'users', rows: 3, message: 'drops users: 3 rows' }
  const asks = { kind: 'loss', question } as const
  const asked = after(running, { kind: 'asked', slot, ticket, question: 1, asks })
  const textAfter = (seconds: number): string => {
    const app = { ...asked.app, now: asked.app.now + seconds * 1000 }
    const [popup] = app.popups
    if (popup === undefined) return ''
    const lines = [...placedPopup(viewOf(app), popup).lines, ...footerLines(viewOf(app))]
    return [...lines.map(textOf), drawn({ app, effects: [] })].join('\n')
  }
  expect(textAfter(0)).toContain('Drops users: 3 rows, counted just now.')
  expect(textAfter(12)).toContain('counted 12 s ago.')
  expect(textAfter(200)).toContain('counted 3 min ago.')
  expect(textAfter(12)).toContain('Waiting for your answer: nothing runs until then')
  expect(textAfter(12)).not.toMatch(/Counting|stop after this step/)
  expect(textAfter(12)).toContain('ctrl-c keep everything')
})

/** A plan with so many steps. */
function stepsPlan(count: number): PlanDocument {
  const [step] = planOf(false).steps
  if (step === undefined) throw new Error('The plan has no step.')
  const steps = Array.from({ length: count }, (_, i) => ({ ...step, revision: `step_${i + 1}_` }))
  return { ...twoBack(), steps }
}

test('steps that have no room are counted, and the selected one is always seen', () => {
  const walk = shown(stepsPlan(9))
  const small = after(walk, { kind: 'resized', size: { columns: 80, rows: 24 } })
  expect(drawn(small)).toContain('step_5_')
  expect(drawn(small)).not.toContain('step_6_')
  expect(drawn(small)).toContain(' 4 more ')
  const last = after(small, key('G'))
  expect(drawn(last)).toMatch(/│.*step_9_ drop about/)
  expect(drawn(last)).toContain(' 4 above ')
  const wide = after(small, { kind: 'resized', size: { columns: 120, rows: 35 } })
  expect(drawn(wide)).not.toMatch(/ \d (more|above) /)
  for (const one of [small, last, wide]) {
    const rows = drawn(one).split('\n')
    expect(rows).toHaveLength(one.app.size.rows - 2)
  }
})

test('the header keeps up with the steps that ran', () => {
  const plan = { ...planOf(false), direction: 'up' } as const
  const first = firstPlan()
  const walk = after(after(first, answerTo(first, 'plan', plan)), key('enter'))
  expect(textOf(headerLine(viewOf(walk.app)))).toContain('current aaaaaaaa · 2 pending')
  const done = stepDone(walk, 'cccccccccccc')
  expect(textOf(headerLine(viewOf(done.app)))).toContain('current cccccccc · 1 pending')
})

test('the overview after a step is where the database stands then', () => {
  const { value } = { ...appState(), ...withRevisions() }.overview
  if (value === null) throw new Error('There is no overview.')
  const [c, b] = ['cccccccccccc', 'bbbbbbbbbbbb']
  const one = overviewAfter(value, { revision: c, direction: 'up' })
  const both = overviewAfter(one, { revision: b, direction: 'up' })
  expect(both).toMatchObject({ current: [c, b], pending: 0 })
  expect(both.revisions.map(({ state }) => state)).toEqual(['current', 'current', 'applied'])
  const back = overviewAfter(both, { revision: b, direction: 'down' })
  expect(back).toEqual(one)
  expect(overviewAfter(back, { revision: c, direction: 'down' })).toEqual(value)
})

test('thousands of steps are counted as everywhere else', () => {
  const [step] = twoBack().steps.slice(1)
  if (step === undefined) throw new Error('The plan has no step.')
  const steps = Array.from({ length: 1234 }, (_, index) => ({ ...step, revision: `r${index}` }))
  const walk = shown({ ...twoBack(), steps })
  expect(drawn(walk)).toContain('1,234 steps')
  expect(drawn(walk)).toContain('Step 1 of 1,234')
  expect(drawn(walk)).toMatch(/1,2\d\d more/)
  const [popup] = after(walk, key('A')).app.popups
  expect(popup).toMatchObject({
    title: 'Run 1,234 safe steps?',
    choices: [{ label: 'yes, run all 1,234' }, {}],
  })
})

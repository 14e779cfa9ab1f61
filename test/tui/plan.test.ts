/** A plan on the screen: what it is made for again, and what is said of its steps. */
import { expect, test } from 'vitest'
import type { HostFailure } from '../../src/host/calls.js'
import type { RunEvent } from '../../src/runner/events.js'
import { lossCommand } from '../../src/tui/commands-like.js'
import type { Message } from '../../src/tui/messages.js'
import { footerLines, headerLine } from '../../src/tui/frame-lines.js'
import { overviewAfter } from '../../src/tui/overview-after.js'
import { placedPopup } from '../../src/tui/popups/lines.js'
import { planLines } from '../../src/tui/screens/plan/lines.js'
import { openPlan } from '../../src/tui/screens/plan/open.js'
import { planAmong } from '../../src/tui/state.js'
import { summaryLines } from '../../src/tui/summary.js'
import type { PlanDocument } from '../../src/workflows/screens/screen-documents.js'
import type { Walk } from '../support/screen-walks.js'
import { after, answerTo, key } from '../support/screen-walks.js'
import { lastCall, planOf, withRevisions } from '../support/screen-states.js'
import { appState, textOf, viewOf } from '../support/tui.js'

/** A plan that goes back over two revisions, asked for with `-2`. */
function twoBack(): PlanDocument {
  const [step] = planOf(true).steps
  if (step === undefined) throw new Error('The plan has no step.')
  const back = { ...step, direction: 'down' } as const
  return {
    direction: 'down',
    from: ['cccccccccccc'],
    to: ['aaaaaaaaaaaa'],
    target: 'aaaaaaaaaaaa',
    isTransactional: true,
    steps: [
      { ...back, revision: 'cccccccccccc', target: 'bbbbbbbbbbbb' },
      { ...back, revision: 'bbbbbbbbbbbb', target: 'aaaaaaaaaaaa', destructive: false },
    ],
  }
}

/** That plan as it is shown. */
function shown(document = twoBack()): Walk {
  const [app, effects] = openPlan({ ...appState(), ...withRevisions() }, 'down', '-2')
  const walk = { app, effects }
  return after(walk, answerTo(walk, 'plan', document))
}

function happened(walk: Walk, event: RunEvent): Walk {
  const { slot, ticket } = lastCall(walk.effects, 'run')
  return after(walk, { kind: 'runEvent', slot, ticket, event })
}

/** The plan with its next step done, and the run not over yet. */
function stepDone(walk: Walk, revision: string): Walk {
  const started = { kind: 'stepStarted', revision, message: '', direction: 'down' } as const
  const finished = { kind: 'stepFinished', revision, durationMs: 3, statements: 1 } as const
  return happened(happened(walk, { ...started, index: 1, of: 1 }), finished)
}

/** The plan after its next step ran. */
function ranOne(walk: Walk, revision: string): Walk {
  const done = stepDone(after(walk, key('enter')), revision)
  return after(
    done,
    answerTo(done, 'run', { from: [], to: [], steps: [], backup: null, sql: null }),
  )
}

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

/** The plan after its run ended with that failure. */
function failing(walk: Walk, failure: Partial<HostFailure>): Walk {
  const { slot, ticket } = lastCall(walk.effects, 'run')
  const all = { code: '', exit: 1, message: '', why: null, fix: null, state: null, details: {} }
  const told = { ...all, ...failure } as HostFailure
  return after(walk, { kind: 'failed', slot, ticket, name: 'run', failure: told })
}

/** The plan as it is drawn. */
function drawn({ app }: Walk): string {
  const screen = planAmong(app)
  return screen === null ? '' : planLines(viewOf(app), screen).map(textOf).join('\n')
}

test('a run that was stopped failed nowhere: what ran is done, and the next step waits', () => {
  const done = stepDone(after(shown(), key('enter')), 'cccccccccccc')
  const walk = failing(done, {
    code: 'INTERRUPTED',
    exit: 130,
    message: 'Interrupted after 1 of 2 revisions.',
    state: '1 revision ran and is committed; none is half done.',
  })
  expect(walk.app.notice?.text).toBe('Stopped: 1 revision ran and is committed; none is half done.')
  expect(drawn(walk)).toMatch(/1 done/)
  expect(drawn(walk)).toMatch(/✓ cccccccc/)
  expect(drawn(walk)).not.toMatch(/failed/i)
  expect(planAmong(walk.app)?.selected).toBe(1)
  expect(summaryLines(walk.app).join()).not.toContain('not done')
})

test('a loss that is not agreed to is no failure', () => {
  const walk = failing(after(shown(), key('enter')), {
    code: 'DESTRUCTIVE_NOT_ALLOWED',
    exit: 3,
    message: 'The plan loses data, and nobody agreed to that:\n  cccccccccccc: it drops users',
    fix: 'If that is meant, run it again with `--allow-destructive`.',
    details: { hazards: [] },
  })
  expect(walk.app.notice?.text).toBe('Not run: the loss was not agreed to.')
  expect(walk.app.log).toMatchObject([
    { tone: 'plain', text: 'Not run: the loss was not agreed to.', lines: [] },
  ])
  expect(summaryLines(walk.app)).toEqual([])
})

test('a loss that showed only while the script ran is a failure of its step', () => {
  const walk = failing(after(shown(), key('enter')), {
    code: 'DESTRUCTIVE_NOT_ALLOWED',
    exit: 3,
    message: 'Revision cccccccccccc loses data, which could not be foreseen.',
    details: { revision: 'cccccccccccc' },
  })
  expect(drawn(walk)).toMatch(/cccccccc .*failed/)
  expect(drawn(walk)).toContain('which could not be foreseen')
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

/** A plan that could not be made, instead of the one that is given or after it. */
function withoutPlan(walk: Walk, details: HostFailure['details']): Walk {
  const { slot, ticket } = lastCall(walk.effects, 'plan')
  const failure: HostFailure = {
    code: 'SCRIPT_FAILED',
    exit: 1,
    message: 'Revision cccccccccccc cannot run up: boom',
    why: null,
    fix: 'Open it, mend it, and run again.',
    state: 'Nothing ran: the database is as it was.',
    details,
  }
  return after(walk, { kind: 'failed', slot, ticket, name: 'plan', failure })
}

const BROKEN = { revision: 'cccccccccccc', file: '/shop/migrations/c.js', line: 7 }

function firstPlan(): Walk {
  const [app, effects] = openPlan({ ...appState(), ...withRevisions() }, 'up', 'heads')
  return { app, effects }
}

test('a plan that could not be made says so, and nothing runs', () => {
  const walk = withoutPlan(firstPlan(), BROKEN)
  expect(drawn(walk)).toContain('No plan: see the error.')
  expect(drawn(walk)).toContain('cannot run up: boom')
  expect(after(walk, key('enter')).app.notice?.text).toBe(
    'enter: The plan could not be made: see the error.',
  )
})

test('e opens the script that the error of the plan names, at its line', () => {
  const walk = after(withoutPlan(firstPlan(), BROKEN), key('e'))
  expect(walk.effects.at(-1)).toEqual({ kind: 'edit', path: '/shop/migrations/c.js', line: 7 })
  const byName = after(withoutPlan(firstPlan(), { revision: 'bbbbbbbbbbbb' }), key('e'))
  expect(byName.effects.at(-1)).toMatchObject({ path: '/shop/migrations/bbbbbbbbbbbb.js' })
  const nameless = after(withoutPlan(firstPlan(), {}), key('e'))
  expect(nameless.app.notice?.text).toBe('e: The error names no script.')
})

test('y offers the error of the plan, and no SQL where there is none', () => {
  const walk = after(after(withoutPlan(firstPlan(), BROKEN), key('y')), key('e'))
  expect(walk.effects.at(-1)).toMatchObject({
    kind: 'copy',
    text: expect.stringContaining('SCRIPT_FAILED: Revision cccccccccccc cannot') as string,
  })
  const [popup] = after(withoutPlan(firstPlan(), BROKEN), key('y')).app.popups
  expect(popup).toMatchObject({ choices: [{ key: 'e' }, { key: 'c' }] })
})

test('a plan that cannot be made again is not run as it was', () => {
  const walk = withoutPlan(after(shown(), key('r')), BROKEN)
  expect(drawn(walk)).toContain('cannot run up: boom')
  expect(after(walk, key('enter')).app.notice?.text).toContain('could not be made')
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
  expect(textAfter(0)).toContain('drops users: 3 rows, counted just now.')
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

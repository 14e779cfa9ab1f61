/** Plans that could not be made, and runs that did not go through. */
import { expect, test } from 'vitest'
import type { HostFailure } from '../../src/host/calls.js'
import { planAmong } from '../../src/tui/changed.js'
import { summaryLines } from '../../src/tui/summary.js'
import { drawn, failing, firstPlan, shown, stepDone } from '../support/plan-walks.js'
import { lastCall } from '../support/screen-states.js'
import type { Walk } from '../support/screen-walks.js'
import { after, key } from '../support/screen-walks.js'

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

test('a step that failed is told at the end until it went well', () => {
  const failed = failing(after(shown(), key('enter')), {
    code: 'SCRIPT_FAILED',
    message: 'Revision cccccccccccc cannot run down: boom',
    details: { revision: 'cccccccccccc' },
  })
  expect(summaryLines(failed.app).join()).toContain('not done: Revision cccccccccccc')
  const again = stepDone(after(failed, key('enter')), 'cccccccccccc')
  expect(summaryLines(again.app).join()).toContain('Downgraded cccccccccccc')
  expect(summaryLines(again.app).join()).not.toContain('not done')
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

test('y offers the error of the step that failed', () => {
  const failed = failing(after(shown(), key('enter')), {
    code: 'REVISION_FAILED',
    message: 'Revision cccccccccccc failed: no such table: nowhere',
    details: { revision: 'cccccccccccc' },
  })
  const walk = after(after(failed, key('y')), key('e'))
  expect(walk.effects.at(-1)).toMatchObject({
    kind: 'copy',
    text: expect.stringContaining('no such table: nowhere') as string,
  })
})

test('the title of a plan tells what failed, not that nothing ran', () => {
  expect(drawn(shown())).toContain('nothing ran yet')
  const failed = failing(after(shown(), key('enter')), {
    details: { revision: 'cccccccccccc' },
  })
  expect(drawn(failed)).toContain('1 failed')
  expect(drawn(failed)).not.toContain('nothing ran yet')
})

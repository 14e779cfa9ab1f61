/** Keys while the window has no room to show anything. */
import { expect, test } from 'vitest'
import { planOf, withRevisions } from '../support/screen-states.js'
import { appState } from '../support/tui.js'
import { walking } from '../support/walk.js'
import { runCommand } from '../../src/tui/screens/output/open.js'
import { planScreen } from '../../src/tui/screens/plan/state.js'

const SMALL = { columns: 50, rows: 12 }

test('nothing that cannot be seen is done', () => {
  const value = planOf(false)
  const plan = {
    ...planScreen('up', 'cccccccccccc'),
    plan: { value, failure: null, isLoading: false },
  }
  const walk = walking({ ...withRevisions(), size: SMALL, screens: [plan] })
  const before = walk.state()
  walk.press('enter', 'A', 'u', 'escape', ':', '?', 'alt+u')
  walk.send({ kind: 'paste', text: 'x' })
  expect(walk.effects).toEqual([])
  expect({ ...walk.state(), now: 0 }).toEqual({ ...before, now: 0 })
})

test.each([
  ['q', { kind: 'quit', exit: 0 }],
  ['ctrl+c', { kind: 'quit', exit: 0 }],
  ['ctrl+z', { kind: 'suspend' }],
] as const)('%s works all the same', (key, effect) => {
  const walk = walking({ size: SMALL })
  walk.press(key)
  expect(walk.effects).toEqual([effect])
})

test('while a command runs q asks nothing that is not shown, and says how to stop it', () => {
  const [app] = runCommand(appState(), ['stamp', 'head'])
  const walk = walking(app)
  walk.send({ kind: 'resized', size: SMALL })
  walk.press('q')
  expect(walk.state().popups).toEqual([])
  expect(walk.state().notice?.text).toBe(
    'A command is running: ctrl-c stops it after its revision.',
  )
})

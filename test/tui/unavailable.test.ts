/** Why keys cannot be used: read-only, and while there is no project to read. */
import { expect, test } from 'vitest'
import { bindingsOf } from '../../src/tui/bindings.js'
import type { AppState, CommandWords, Screen } from '../../src/tui/state.js'
import { diffScreen } from '../../src/tui/screens/diff/state.js'
import { planScreen } from '../../src/tui/screens/plan/state.js'
import { reviewScreen } from '../../src/tui/screens/review/state.js'
import { withRevisions } from '../support/screen-states.js'
import { walking } from '../support/walk.js'
import { appState } from '../support/tui.js'

function whyNot(app: AppState, action: string): string | null {
  return (
    bindingsOf(app)
      .find((one) => one.action === action)
      ?.unavailable?.(app) ?? null
  )
}

const EDIT: CommandWords = {
  name: 'edit',
  summary: '',
  options: [],
  choices: [],
  takesRevisions: true,
  onlyReads: false,
}
const READ_ONLY = { readOnly: true, commandOptions: [], commands: [EDIT] }

test.each<readonly [string, Screen | null]>([
  ['edit', null],
  ['editModel', diffScreen()],
  ['editModel', reviewScreen()],
  ['editStep', planScreen('up', 'heads')],
])('%s opens no editor where nothing may be changed', (action, screen) => {
  const app = appState({ ...withRevisions(), start: READ_ONLY }, screen)
  expect(whyNot(app, action)).toBe('Started with --read-only: nothing is changed.')
})

test.each(['edit', 'edit cccc', 'edit --cwd /elsewhere'])(':%s does not either', (line) => {
  const walk = walking({ ...withRevisions(), start: READ_ONLY })
  walk.type(line)
  expect(walk.effects).toEqual([])
  expect(walk.state().notice?.text).toBe('Started with --read-only: nothing is changed.')
})

test('a failure that names a file opens none where nothing may be changed', () => {
  const failure = {
    code: 'SCRIPT_LOAD',
    exit: 2 as const,
    message: 'It does not load.',
    why: null,
    fix: null,
    state: null,
    details: { file: '/shop/migrations/a.js' },
  }
  const popups = [{ kind: 'failure', failure, top: 0 } as const]
  const walk = walking({ start: READ_ONLY, popups })
  walk.press('e')
  expect(walk.effects).toEqual([])
})

/** Why keys cannot be used: read-only, and while there is no project to read. */
import { expect, test } from 'vitest'
import { bindingsOf } from '../../src/tui/bindings.js'
import type { AppState, CommandWords, Screen } from '../../src/tui/state.js'
import { diffScreen } from '../../src/tui/screens/diff/state.js'
import { planScreen } from '../../src/tui/screens/plan/state.js'
import { reviewScreen } from '../../src/tui/screens/review/state.js'
import { lastCall, withRevisions } from '../support/screen-states.js'
import { overviewAnswer, walking } from '../support/walk.js'
import { appState, textOf, viewOf } from '../support/tui.js'
import { footerLines } from '../../src/tui/frame-lines.js'
import type { HostFailure } from '../../src/host/calls.js'
import type { Message } from '../../src/tui/messages.js'
import { askOverview } from '../../src/tui/overview.js'
import { notLoaded } from '../../src/tui/loaded.js'
import type { Walking } from '../support/walk.js'

function whyNot(app: AppState, action: string): string | null {
  return (
    bindingsOf(app)
      .find((one) => one.action === action)
      ?.unavailable?.(app) ?? null
  )
}

function failureOf(code: string, details: HostFailure['details'] = {}): HostFailure {
  const message = `${code}: it does not load.`
  return { code, exit: 2, message, why: null, fix: null, state: null, details }
}

/** The start, where the project could not be read. */
function unread(code: string, details: HostFailure['details'] = {}): Walking {
  const [app, effects] = askOverview({ ...appState(), overview: notLoaded() })
  const walk = walking(app)
  walk.send(failed(effects, failureOf(code, details)))
  return walk
}

function failed(effects: Walking['effects'], failure: HostFailure): Message {
  const { slot, ticket } = lastCall(effects, 'overview')
  return { kind: 'failed', slot, ticket, name: 'overview', failure }
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
  const failure = failureOf('SCRIPT_LOAD', { file: '/shop/migrations/a.js' })
  const popups = [{ kind: 'failure', failure, top: 0 } as const]
  const walk = walking({ start: READ_ONLY, popups })
  walk.press('e')
  expect(walk.effects).toEqual([])
})

const NEEDING = ['upgrade', 'downgrade', 'generate', 'diff', 'edit', 'filter', 'copy', 'merge']

test.each(NEEDING)('%s says that the project could not be read', (action) => {
  const app = unread('CONFIG_LOAD').state()
  expect(whyNot(app, action)).toBe('The project could not be read: see the error.')
  const empty = unread('CONFIG_MISSING').state()
  expect(whyNot(empty, action)).toBe('There is no project here yet: i sets one up.')
})

test('while the project is read for the first time, that is the reason', () => {
  const [app] = askOverview({ ...appState(), overview: notLoaded() })
  expect(whyNot(app, 'upgrade')).toBe('The project is being read.')
})

test('the footer offers what works: a project set up in an empty folder, and only there', () => {
  const footer = (app: AppState): string => footerLines(viewOf(app)).map(textOf).join('')
  expect(footer(unread('CONFIG_MISSING').state())).toMatch(/^ i set up {2}: command/)
  expect(footer(unread('CONFIG_LOAD').state())).not.toContain('set up')
  expect(footer(appState())).not.toContain('set up')
})

test('where no database was chosen they are listed by themselves, and one of them is read', () => {
  const walk = unread('DATABASE_UNCHOSEN', { databases: ['shop', 'reports'] })
  const popup = walk.state().popups.at(-1)
  expect(popup).toMatchObject({
    title: 'Databases',
    choices: [{ label: 'shop' }, { label: 'reports' }],
  })
  walk.press('escape')
  expect(whyNot(walk.state(), 'upgrade')).toContain('b lists them')
  walk.press('b', '2')
  expect(lastCall(walk.effects, 'overview').project.database).toBe('reports')
})

test('a configuration that is broken at the start is noticed when it is mended', () => {
  const walk = unread('CONFIG_LOAD', { path: '/shop/config/knexfile.js' })
  expect(walk.effects.at(-1)).toMatchObject({
    kind: 'watch',
    paths: { config: ['/shop', '/shop/config/knexfile.js'] },
  })
  walk.send({ kind: 'changedOutside', what: 'config' })
  walk.send(overviewAnswer(walk))
  expect(walk.state().overview.failure).toBeNull()
})

test.each([
  ['the file that it names', { path: '/shop/config.js', file: '/shop/knexfile.js', line: 3 }, 3],
  ['the configuration', { path: '/shop/knexfile.js' }, null],
  ['a script, of several', { paths: ['/shop/knexfile.js', '/shop/other.js'] }, null],
])('what does not load is opened in the editor and read again after: %s', (_, details, line) => {
  const walk = unread('CONFIG_LOAD', details)
  expect(footerLines(viewOf(walk.state())).map(textOf).join('')).toContain('e edit')
  walk.press('e')
  const path = '/shop/knexfile.js'
  expect(walk.effects.at(-1)).toEqual({ kind: 'edit', path, line })
  const before = walk.effects.length
  walk.send({ kind: 'editorClosed', path, before: '', result: { kind: 'closed', exit: 0 } })
  lastCall(walk.effects.slice(before), 'overview')
  walk.send(overviewAnswer(walk))
  expect(walk.state().overview.failure).toBeNull()
})

test('a folder that does not read is no file to open, and nothing is where nothing may be changed', () => {
  const folder = unread('SCRIPT_FOLDER', { path: '/shop/migrations' }).state()
  expect(whyNot(folder, 'edit')).toBe('The project could not be read: see the error.')
  const broken = unread('CONFIG_LOAD', { path: '/shop/knexfile.js' }).state()
  expect(whyNot({ ...broken, start: READ_ONLY }, 'edit')).toContain('--read-only')
})

test('a configuration that is named and not there is no empty folder', () => {
  const named = unread('CONFIG_MISSING', { path: '/shop/none.js' }).state()
  expect(whyNot(named, 'upgrade')).toBe('The project could not be read: see the error.')
  expect(whyNot(named, 'init')).toContain('There is a project here already')
})

test('the error of a configuration that was broken for a while goes when it is mended', () => {
  const walk = walking()
  walk.send({ kind: 'changedOutside', what: 'config' })
  walk.send(failed(walk.effects, failureOf('CONFIG_LOAD')))
  expect(walk.state().notice?.text).toContain('CONFIG_LOAD')
  walk.send({ kind: 'changedOutside', what: 'config' })
  walk.send(overviewAnswer(walk))
  expect(walk.state().notice).toBeNull()
})

test('why what is shown is stale stays in the log, once', () => {
  const walk = walking()
  const fail = (): void => {
    walk.press('r')
    walk.send(failed(walk.effects, { ...failureOf('CONFIG_LOAD'), fix: 'Correct line 3.' }))
  }
  fail()
  fail()
  walk.press('j')
  expect(walk.state().notice).toBeNull()
  expect(walk.state().log).toMatchObject([
    { text: 'CONFIG_LOAD: it does not load.', lines: ['Correct line 3.'] },
  ])
})

/** What is said on a small screen is said whole, and names only keys that do what it says. */
import { expect, test } from 'vitest'
import { footerLines, headerLine } from '../../src/tui/frame-lines.js'
import { layoutOf } from '../../src/tui/layout.js'
import { placedPopup } from '../../src/tui/popups/lines.js'
import { diffScreen } from '../../src/tui/screens/diff/state.js'
import { logLines } from '../../src/tui/screens/log/lines.js'
import { planLines } from '../../src/tui/screens/plan/lines.js'
import type { PlanScreen } from '../../src/tui/screens/plan/state.js'
import { planScreen } from '../../src/tui/screens/plan/state.js'
import { reviewScreen } from '../../src/tui/screens/review/state.js'
import { treeLines } from '../../src/tui/screens/tree/lines.js'
import type { AppState, Screen } from '../../src/tui/state.js'
import { planOf, withRevisions } from '../support/screen-states.js'
import { change } from '../support/review-document.js'
import { appState, comparedWith, textOf, viewOf } from '../support/tui.js'
import { walking } from '../support/walk.js'

const NARROW = { size: { columns: 60, rows: 15 } }

function footer(app: AppState): readonly string[] {
  return footerLines(viewOf(app)).map((line) => textOf(line).trimEnd())
}

const SCREENS: readonly (readonly [string, Screen | null])[] = [
  ['tree', null],
  ['diff', diffScreen()],
  ['review', reviewScreen()],
  ['plan', planScreen('up', 'heads')],
]

test.each(SCREENS)(
  'the way to all keys of the %s stands in every footer, and no word is cut',
  (_, screen) => {
    for (let columns = 60; columns <= 130; columns += 1) {
      const app = appState({ ...withRevisions(), size: { columns, rows: 15 } }, screen)
      const [line = ''] = footer(app)
      expect(line).toContain('? keys')
      expect(line.replace('safe steps…', '')).not.toContain('…')
      if (screen !== null) expect(line).toContain('esc back')
    }
  },
)

test('under a question stands no key that it would take for itself', () => {
  const walk = walking(withRevisions())
  walk.press('S')
  expect(footer(walk.state())).toEqual([''])
})

test('what is said goes on in a second line where one has no room', () => {
  const text = `5 revisions are not applied: upgrade first, the models are compared with the database.`
  const app = appState({ ...NARROW, notice: { tone: 'plain', text, holds: null } })
  const lines = footer(app)
  expect(lines).toHaveLength(3)
  expect(lines.slice(0, 2).join('').replaceAll(/\s+/g, '')).toBe(text.replaceAll(' ', ''))
  expect(layoutOf(app)).toMatchObject({ footRows: 3, bodyRows: 11 })
  const long = appState({
    ...NARROW,
    notice: { tone: 'bad', text: 'many words '.repeat(60), holds: null },
  })
  expect(footer(long)).toHaveLength(4)
  expect(footer(long).at(-2)).toMatch(/…$/)
})

test('the help of a screen tells no key that does something else there', () => {
  const app = appState({ ...withRevisions(), size: { columns: 120, rows: 90 } }, diffScreen())
  const text = placedPopup(viewOf(app), { kind: 'help', top: 0 }).lines.map(textOf).join('\n')
  expect(text).toMatch(/│ r +Answer what is renamed/)
  expect(text).not.toContain('Read the files and the database again')
})

function planned(change: Partial<ReturnType<typeof planOf>['steps'][number]>): PlanScreen {
  const plan = planOf(false)
  const steps = plan.steps.map((step) => ({ ...step, ...change }))
  return {
    ...planScreen('up', 'heads'),
    plan: { value: { ...plan, steps }, failure: null, isLoading: false },
  }
}

function planText(more: Partial<AppState>, screen: PlanScreen): string {
  return planLines(viewOf(appState(more, screen)), screen)
    .map(textOf)
    .join('\n')
}

test('the title of a plan leaves out what has no room, and cuts nothing', () => {
  const [title = ''] = planText(NARROW, planned({})).split('\n')
  expect(title).toContain('1 step · none loses data')
  expect(title).not.toContain('…')
})

test('of a step that could not be foreseen whole nobody says that it loses nothing', () => {
  const [title = ''] = planText({}, planned({ unforeseen: 'it reads rows' })).split('\n')
  expect(title).toContain('1 step · 1 not foreseen · nothing ran yet')
})

test('what a step does is told whole', () => {
  const operation =
    'Rename column customers.legacy_reference_number_of_the_old_system to reference_number'
  const text = planText(NARROW, planned({ operations: [operation] }))
  expect(text.replaceAll(/[│\s]+/g, '')).toContain(operation.replaceAll(' ', ''))
})

function effectText(up: string | null, down: string | null): string {
  const side = (operation: string | null) => ({
    statements: [],
    operations: operation === null ? [] : [operation],
    hazards: [],
    unforeseen: null,
    empty: operation === null,
  })
  const states = withRevisions()
  const revision = 'cccccccccccc'
  const value = { revision, up: side(up), down: side(down) }
  const effects = new Map([[revision, { value, failure: null, isLoading: false }]])
  const tree = { ...appState().tree, selected: revision, tab: 'effect', effects } as const
  return treeLines(viewOf(appState({ ...states, tree })))
    .map(textOf)
    .join('\n')
}

test('only a downgrade that does nothing is said not to undo, and only what does something', () => {
  expect(effectText(null, null)).not.toContain('undo')
  expect(effectText(null, null)).toContain('does nothing')
  expect(effectText('Drop table a', null)).toContain('does nothing: it does not undo the upgrade')
})

test('a revision that was applied is no longer said to lose data', () => {
  const states = withRevisions()
  const losing = new Set(['aaaaaaaaaaaa', 'cccccccccccc'])
  const text = treeLines(viewOf(appState({ ...states, tree: { ...appState().tree, losing } })))
    .map(textOf)
    .join('\n')
  expect(text).toMatch(/cccccccc .*!loses data/)
  expect(text).not.toMatch(/aaaaaaaa .*!loses data/)
})

test('the log tells commands whole, and how much of it is not seen', () => {
  const entry = {
    at: 0,
    tone: 'good',
    text: 'Upgraded',
    lines: Array.from({ length: 20 }, (_, index) => `statement ${index}`),
    command: 'migrate-tui upgrade 6d1e8ec8cb94 --allow-destructive --database reports',
    about: null,
    isOver: false,
  } as const
  const app = appState({ ...NARROW, log: [entry] })
  const below = (top: number): string =>
    logLines(viewOf(app), { kind: 'log', top }).map(textOf).join('\n')
  expect(below(0)).toContain(' more · 1 entry ')
  expect(below(99).replaceAll(/[│\s]+/g, '')).toContain(entry.command.replaceAll(' ', ''))
})

test('where no revision is yet u says how the first comes to be', () => {
  const walk = walking()
  walk.press('u')
  expect(walk.state().notice?.text).toBe(
    'u: There is no revision yet: g writes the first from the models.',
  )
})

test('thousands are counted alike in the header, the titles and below a list', () => {
  const changes = Array.from({ length: 1_200 }, (_, at) =>
    change({ id: `addColumn:users.c${at}`, kind: 'addColumn', name: `c${at}`, hazards: [] }),
  )
  const compared = comparedWith(appState(NARROW), { changes, renames: [] })
  expect(textOf(headerLine(viewOf(compared)))).toContain('1,200 changes')
  const lines = Array.from({ length: 1_500 }, (_, at) => `line ${at}`)
  const viewer = { kind: 'viewer', title: 'Long', lines, top: 0 } as const
  const app = { ...compared, popups: [viewer] }
  expect(placedPopup(viewOf(app), viewer).lines.map(textOf).join('\n')).toMatch(/1,4\d\d more/)
})

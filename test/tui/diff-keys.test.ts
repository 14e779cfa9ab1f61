/** What the keys of the screen of differences do. */
import { expect, test } from 'vitest'
import type { Effect } from '../../src/tui/messages.js'
import type { Binding } from '../../src/tui/keys/binding.js'
import type { Popup } from '../../src/tui/popups/popup.js'
import type { DiffAction } from '../../src/tui/screens/diff/keys.js'
import { DIFF_KEYS } from '../../src/tui/screens/diff/keys.js'
import { diffAction } from '../../src/tui/screens/diff/update.js'
import { chosenInReview } from '../../src/tui/screens/review/update.js'
import type { AppState } from '../../src/tui/state.js'
import { topPopup } from '../../src/tui/changed.js'
import { reviewDocument } from '../support/review-document.js'
import { comparedWith } from '../support/tui.js'
import { act, down, linesOf, openDiff, screenOf } from '../support/diff-screen.js'

function why(app: AppState, action: DiffAction): string | null {
  const binding: Binding | undefined = DIFF_KEYS.find((one) => one.action === action)
  return binding?.unavailable?.(app) ?? null
}

function choices(app: AppState): Extract<Popup, { readonly kind: 'choice' }> {
  const popup = topPopup(app)
  if (popup?.kind !== 'choice') throw new Error('Nothing is to be chosen.')
  return popup
}

function viewer(app: AppState): string {
  const popup = topPopup(app)
  if (popup?.kind !== 'viewer') throw new Error('Nothing is shown.')
  return popup.lines.join('\n')
}

test('= shows equal rows and keeps the selected row', () => {
  const app = act(down(act(openDiff(), 'pane')), 'showEqual')
  const lines = linesOf(app)
  expect(lines.join('\n')).not.toContain('3 equal')
  expect(lines.find((line) => line.includes('│▸ full_name'))).toBeDefined()
})

test('enter goes to the rows, and on a row explains it with both values whole', () => {
  const rows = act(openDiff(), 'explain')
  expect(screenOf(rows).focus).toBe('rows')
  const text = viewer(act(rows, 'explain'))
  expect(text).toContain('Both sides have email, and they differ')
  expect(text).toContain('model\n  varchar(320), not null\ndatabase\n  varchar(255)')
  expect(text).toContain('alter table "users" alter column "email" type varchar(320);')
})

test('s shows the SQL of the changes of this table alone', () => {
  const text = viewer(act(openDiff(), 'tableSql'))
  expect(text).toContain('alter table "users" drop column "name";')
  expect(text).not.toContain('invoices')
})

test('s is refused where nothing would be written, with the reason', () => {
  expect(why(openDiff(), 'tableSql')).toBeNull()
  expect(why(down(openDiff(), 4), 'tableSql')).toContain('left alone')
})

test('r opens the first open question, and is refused without one', () => {
  expect(topPopup(act(openDiff(), 'answerRenames'))).toMatchObject({
    kind: 'rename',
    selected: null,
  })
  expect(why(comparedWith(openDiff(), { renames: [] }), 'answerRenames')).toContain('No question')
})

test('g reviews and compares again; with --read-only it says why not', () => {
  const [app, effects] = diffAction(openDiff(), screenOf(openDiff()), 'generate')
  expect(app.screens.at(-1)?.kind).toBe('review')
  expect(effects).toMatchObject([{ kind: 'call', name: 'compare' }])
  const app2 = openDiff()
  const readOnly = { ...app2, start: { ...app2.start, readOnly: true } }
  expect(why(readOnly, 'generate')).toContain('--read-only')
})

test('e opens the model of the table, and is refused where none claims it', () => {
  const [, effects] = diffAction(openDiff(), screenOf(openDiff()), 'editModel')
  expect(effects).toEqual<Effect[]>([
    { kind: 'edit', path: '/shop/src/models/user.ts', line: null },
  ])
  expect(why(down(openDiff(), 4), 'editModel')).toBe('No model claims this table.')
})

test('a table that no model claims can be dropped, and kept after all', () => {
  const app = down(openDiff(), 4)
  expect(why(app, 'decide')).toBeNull()
  const asked = choices(act(app, 'decide'))
  expect(asked.takesEnter).toBe(false)
  expect(asked.command).toBe('migrate-tui migrate --drop-unmanaged audit_log')
  expect(asked.choices.find(({ key }) => key === 'i')?.detail).toBe("exclude: ['audit_log'],")
  const drop = asked.choices.find(({ key }) => key === 'd')?.does
  if (drop?.kind !== 'dropUnmanaged') throw new Error('There is no drop.')
  const [going, effects] = chosenInReview(app, drop)
  expect(going.answers.dropUnmanaged).toEqual(['audit_log'])
  expect(effects).toMatchObject([{ name: 'compare', given: { answers: going.answers } }])
  expect(choices(act(going, 'decide')).choices[0]?.label).toBe('keep it after all')
  expect(chosenInReview(going, drop)[0].answers.dropUnmanaged).toEqual([])
})

test('an undeclared column can be declared with its line, or excluded', () => {
  const table = down(openDiff(), 3)
  expect(why(table, 'decide')).toContain('Select the undeclared row first')
  const rows = act(table, 'pane')
  expect(why(rows, 'decide')).toBeNull()
  const does = choices(act(rows, 'decide')).choices.map((choice) => choice.does)
  expect(does).toContainEqual({
    kind: 'copy',
    text: "table.string('legacy_ref', 40)",
    what: 'The declaration',
  })
  expect(does).toContainEqual(
    expect.objectContaining({ kind: 'copy', text: "exclude: ['orders.legacy_ref']," }),
  )
})

test('what a model speaks of is not to be decided here', () => {
  expect(why(openDiff(), 'decide')).toContain('change the model instead')
})

test('a comparison that failed says why, and no key acts on an outdated one', () => {
  const failure = {
    code: 'CONNECT_FAILED',
    exit: 1 as const,
    message: 'shop_dev cannot be reached.',
    why: null,
    fix: null,
    state: null,
    details: {},
  }
  const app = openDiff({ comparison: { value: reviewDocument(), failure, isLoading: false } })
  expect(linesOf(app).join('\n')).toContain('shop_dev cannot be reached.')
  expect(why(app, 'explain')).toContain('The comparison failed')
})

test('a selected table that is gone after the next comparison gives way to the first', () => {
  const app = comparedWith(down(openDiff(), 4), {
    unmanaged: [],
    tables: reviewDocument().tables.slice(0, 2),
  })
  expect(linesOf(app)[1]).toContain('▸ users')
})

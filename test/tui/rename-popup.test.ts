import fc from 'fast-check'
import { fitted } from '../../src/tui/draw/overlay.js'
import { expect, test } from 'vitest'
import { widthOf } from '../../src/present/text-width.js'
import type { Step } from '../../src/tui/messages.js'
import { askRename } from '../../src/tui/popups/ask-rename.js'
import type { Popup } from '../../src/tui/popups/popup.js'
import { renameBody } from '../../src/tui/popups/rename-body.js'
import { renameKey, samplesArrived, samplesFailed } from '../../src/tui/popups/rename.js'
import type { ReviewScreen } from '../../src/tui/screens/review/state.js'
import { reviewScreen } from '../../src/tui/screens/review/state.js'
import { reviewAction, reviewArrived, reviewMove } from '../../src/tui/screens/review/update.js'
import type { AppState } from '../../src/tui/state.js'
import { topPopup } from '../../src/tui/changed.js'
import { reviewDocument } from '../support/review-document.js'
import { appState, comparedWith, textOf, viewOf } from '../support/tui.js'

type RenamePopup = Extract<Popup, { readonly kind: 'rename' }>

const asked = (app: AppState = appState({}, reviewScreen())): AppState =>
  askRename(app, { asked: 0, skipped: new Set() })

function popupOf(app: AppState): RenamePopup {
  const popup = topPopup(app)
  if (popup?.kind !== 'rename') throw new Error('Nothing is asked.')
  return popup
}

function press(app: AppState, ...keys: readonly string[]): Step {
  return keys.reduce<Step>(
    ([next, effects], key) => {
      const [then, more] = renameKey(next, popupOf(next), key)
      return [then, [...effects, ...more]]
    },
    [app, []],
  )
}

function textIn(app: AppState, width = 90): string {
  return fitted(renameBody(viewOf(app), popupOf(app), width).lines, width)
    .map((line) => textOf(line).trimEnd())
    .join('\n')
}

function screenOf(app: AppState): ReviewScreen {
  const screen = app.screens.at(-1)
  if (screen?.kind !== 'review') throw new Error('The review is not shown.')
  return screen
}

const PAIR = { table: 'users', column: 'name', to: 'full_name' }

test('it asks with types, evidence, what each answer keeps or loses, and the command', () => {
  const app = asked()
  expect(popupOf(app)).toMatchObject({ asked: 0, open: 1, selected: null })
  expect(textIn(app)).toBe(
    [
      'The models no longer have users.name (text), and now have full_name (text).',
      'What speaks for a rename: same type text, the names are alike (0.50).',
      '',
      '   r  rename name to full_name                                         keeps 12,403 values',
      '   n  no: drop name, add full_name                                     loses 12,403 values',
      '   s  skip: leave both out of this revision',
      '',
      'Same as: migrate-tui migrate --rename users.name:full_name',
    ].join('\n'),
  )
})

test('enter takes nothing until one was selected by moving', () => {
  const [app, effects] = press(asked(), 'enter')
  expect(effects).toEqual([])
  expect(topPopup(app)?.kind).toBe('rename')
  const [moved] = press(app, 'down')
  expect(popupOf(moved).selected).toBe(0)
  const [taken, compares] = press(moved, 'enter')
  expect(taken.answers.renames).toEqual([PAIR])
  expect(compares).toMatchObject([{ name: 'compare' }])
})

test('r renames, n keeps apart; both compare again with the answer', () => {
  const [renamed, compares] = press(asked(), 'r')
  expect(renamed.popups).toEqual([])
  expect(renamed.answers).toMatchObject({ renames: [PAIR], apart: [] })
  expect(compares).toMatchObject([{ name: 'compare', given: { answers: renamed.answers } }])
  expect(screenOf(renamed).asked).toBe(1)
  const [apart] = press(asked(), 'n')
  expect(apart.answers).toMatchObject({ renames: [], apart: [PAIR] })
})

test('s leaves both sides out and asks the next question', () => {
  const [question] = reviewDocument().renames
  if (question === undefined) throw new Error('Nothing is asked.')
  const other = { ...question, to: 'nick', flag: '--rename users.name:nick' }
  const start = comparedWith(appState({}, reviewScreen()), { renames: [question, other] })
  const [app, effects] = press(asked(start), 's')
  expect(effects).toEqual([])
  expect([...screenOf(app).leftOut]).toEqual(['dropColumn:users.name', 'addColumn:users.full_name'])
  expect(popupOf(app)).toMatchObject({ asked: 1, open: 1 })
  expect(popupOf(app).asks.to).toBe('nick')
})

test('esc answers nothing, and the question does not open by itself again', () => {
  const [app, effects] = press(asked(), 'escape')
  expect(effects).toEqual([])
  expect(app.popups).toEqual([])
  expect(screenOf(app).leftOut.size).toBe(0)
  expect(reviewArrived(app, screenOf(app), reviewDocument())[0].popups).toEqual([])
})

test('v asks for values of the old column and shows them', () => {
  const [loading, effects] = press(asked(), 'v')
  expect(effects).toMatchObject([
    { kind: 'call', lane: 'look', slot: 'samples', given: { table: 'users', column: 'name' } },
  ])
  expect(textIn(loading)).toContain('Reading values of name')
  const [shown] = samplesArrived(loading, { values: 2, rows: 3, samples: ['Ana', "O'Neil"] })
  expect(textIn(shown)).toContain(`2 of 3 rows have a value in name, such as "Ana"  "O'Neil"`)
  expect(popupOf(samplesFailed(loading, 'No access.')[0]).samples).toBeNull()
})

test('values are read under the name that the table still has', () => {
  const [question] = reviewDocument().renames
  if (question === undefined) throw new Error('Nothing is asked.')
  const renames = [{ ...question, from: 'people.name' }]
  const app = {
    ...comparedWith(appState({}, reviewScreen()), { renames }),
    answers: {
      renames: [{ table: 'users', column: null, to: 'people' }],
      apart: [],
      dropUnmanaged: [],
    },
  }
  expect(press(asked(app), 'v')[1]).toMatchObject([{ given: { table: 'users', column: 'name' } }])
})

test('a table whose name holds a dot is not torn apart', () => {
  const [question] = reviewDocument().renames
  const [users] = reviewDocument().tables
  if (question === undefined || users === undefined) throw new Error('Nothing is asked.')
  const start = comparedWith(appState({}, reviewScreen()), {
    renames: [{ ...question, from: 'app.users.first.name' }],
    tables: [{ ...users, table: 'app.users' }],
  })
  const [app] = press(asked(start), 'r')
  expect(app.answers.renames).toEqual([
    { table: 'app.users', column: 'first.name', to: 'full_name' },
  ])
})

test('hostile names and values keep every width and cannot steer the terminal', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('\u001b]52;c;AAAA\u0007', 'a\u202eb', 'x\ny', '用户'),
  )
  fc.assert(
    fc.property(text, text, fc.integer({ min: 40, max: 110 }), (name, other, width) => {
      const renames = [
        {
          kind: 'column' as const,
          from: `users.${name}`,
          to: other,
          score: 1,
          evidence: [name],
          flag: 'f',
        },
      ]
      const app = asked(comparedWith(appState({}, reviewScreen()), { renames }))
      const samples = { values: 1, rows: 1, samples: [other] }
      const popup = { ...popupOf(app), samples, selected: 1 }
      for (const line of fitted(renameBody(viewOf(app), popup, width).lines, width)) {
        expect(textOf(line)).not.toMatch(/[\p{Cc}\u202e]/u)
        expect(widthOf(textOf(line))).toBe(width)
      }
    }),
    { numRuns: 150 },
  )
})

test('questions are counted with those that are skipped or put off, each at its place', () => {
  const [question] = reviewDocument().renames
  if (question === undefined) throw new Error('Nothing is asked.')
  const renames = ['a', 'b', 'c', 'd'].map((to) => ({ ...question, to, flag: `--rename x:${to}` }))
  const start = comparedWith(appState({}, reviewScreen()), { renames })
  const titles: string[] = []
  const look = (app: AppState): AppState => {
    const { asks, asked: before, open } = popupOf(app)
    titles.push(`${asks.to}: ${before + 1} of ${before + open}`)
    return app
  }
  const [skipped] = press(look(asked(start)), 's')
  const [putOff] = press(look(skipped), 'escape')
  const again = reviewMove(putOff, screenOf(putOff), 'first')[0]
  look(reviewAction(again, screenOf(again), 'openChange')[0])
  expect(titles).toEqual(['a: 1 of 4', 'b: 2 of 4', 'a: 1 of 4'])
})

test('an answered question still counts, and the next keeps its number when it is skipped twice', () => {
  const [question] = reviewDocument().renames
  if (question === undefined) throw new Error('Nothing is asked.')
  const other = { ...question, to: 'nick', flag: '--rename users.name:nick' }
  const start = comparedWith(appState({}, reviewScreen()), { renames: [question, other] })
  const [answered] = press(asked(start), 'n')
  const left = comparedWith(answered, { renames: [other] })
  const document = left.comparison.value ?? reviewDocument()
  const [next] = reviewArrived(left, screenOf(left), document)
  const [skipped] = press(next, 's')
  const again = reviewMove(skipped, screenOf(skipped), 'first')[0]
  const [opened] = reviewAction(again, screenOf(again), 'openChange')
  for (const app of [next, opened]) expect(popupOf(app)).toMatchObject({ asked: 1, open: 1 })
})

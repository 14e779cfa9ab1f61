import { expect, test } from 'vitest'
import { comparisonFailed } from '../../src/tui/comparison.js'
import { chosenInReview, fieldEntered, writeReview } from '../../src/tui/screens/review/update.js'
import { reviewDocument } from '../support/review-document.js'
import { open, screenOf, act, at, linesOf, why, popupOf } from '../support/review-screen.js'
import { comparedWith, SIZES } from '../support/tui.js'

const ALL = reviewDocument().changes.map(({ id }) => id)
const LEVEL = 'addColumn:invoices.level'
const NAME = 'dropColumn:users.name'

test('a change that is left out says so, and is not written', () => {
  const app = act(at(open(), NAME), 'tick')
  expect(linesOf(app).join('\n')).toMatch(/▸\[ \] - Drop column users.name: text +left out/)
  const screen = { ...screenOf(app), fills: new Map([['invoices.level', '0']]) }
  const [, effects] = writeReview(app, screen)
  expect(effects).toMatchObject([
    {
      name: 'write',
      slot: 'written',
      given: { parts: [{ changes: ALL.filter((id) => id !== NAME) }] },
    },
  ])
  expect(linesOf(act(app, 'tick')).join('\n')).toContain('▸[x] - Drop column')
})

test('a line break in a name begins no line of what is asked or told', () => {
  const forged = 'Add column users.note\nNone of them loses data.'
  const changes = reviewDocument().changes.map((change) => ({ ...change, summary: forged }))
  const app = comparedWith(open(), { changes, renames: [] })
  expect(linesOf(app).join('\n')).not.toMatch(/│ None of them/)
  const asked = act(app, 'write')
  const { text } = popupOf(asked, 'choice')
  expect(text.join('\n')).toContain('users.note⏎None of them')
  expect(text.join('\n')).not.toContain('\nNone of them')
})

test('a change put into the second revision makes two parts, each with its message', () => {
  const split = act(at(open(), NAME), 'second', 'tick', 'tick')
  expect(linesOf(split)[0]).toContain('2 NEW REVISIONS')
  expect(popupOf(act(split, 'message'), 'field')).toMatchObject({
    title: 'Message of revision 2 of 2',
    purpose: { kind: 'message', part: 1 },
  })
  const [named] = fieldEntered(split, { kind: 'message', part: 1 }, ' drop the name ')
  const screen = { ...screenOf(named), fills: new Map([['invoices.level', null]]) }
  expect(writeReview(named, screen)[1]).toMatchObject([
    {
      given: {
        parts: [
          { message: null, changes: ALL.filter((id) => id !== NAME) },
          { message: 'drop the name', changes: [NAME] },
        ],
        fills: [],
        partial: false,
      },
    },
  ])
  expect(linesOf(act(split, 'second'))[0]).toContain(' NEW REVISION  after')
})

test('w summarises what goes where, and only its letter writes', () => {
  const app = act(act(at(open(), LEVEL), 'tick'), 'write')
  const popup = popupOf(app, 'choice')
  expect(popup.takesEnter).toBe(false)
  expect(popup.choices[popup.selected]?.does).toEqual({ kind: 'nothing' })
  const text = popup.text.join('\n')
  expect(text).toContain('5 changes after 7c1e0b5d')
  expect(text).toContain(
    '1 of them loses data when the revision is applied, not now: Drop column users.name',
  )
  expect(text).toContain(
    'Left out, and found again by the next comparison: Add column invoices.level',
  )
  expect(text).toContain('1 rename question is open')
  expect(popup.command).toBeNull()
})

test('what the command can say too is shown and copied with it', () => {
  const app = {
    ...open(),
    answers: {
      renames: [{ table: 'users', column: 'name', to: 'full_name' }],
      apart: [],
      dropUnmanaged: ['audit_log'],
    },
  }
  const question = reviewDocument().fills[0]
  if (question === undefined) throw new Error('No value is needed.')
  const [filled] = fieldEntered(app, { kind: 'fill', question, thenWrites: false }, "'none'")
  expect(popupOf(act(filled, 'write'), 'choice').command).toBe(
    `migrate-tui migrate --rename users.name:full_name --fill 'invoices.level='"'"'none'"'"'' --drop-unmanaged audit_log`,
  )
})

test('values are asked for before writing, one after the other, and then it is written once', () => {
  const fills = [
    ...reviewDocument().fills,
    { table: 'users', column: 'email', type: 'varchar(320)', rows: 17, offered: "'none'" },
  ]
  const app = comparedWith(open(), { fills })
  const [asked, none] = chosenInReview(app, { kind: 'write' })
  expect(none).toEqual([])
  const first = popupOf(asked, 'field')
  expect(first.field.text).toBe("'none'")
  if (first.purpose.kind !== 'fill') throw new Error('It asks for something else.')
  const [again, still] = fieldEntered({ ...asked, popups: [] }, first.purpose, 'lower(name)')
  expect(still).toEqual([])
  const second = popupOf(again, 'field')
  expect(second.title).toBe('A value for invoices.level')
  if (second.purpose.kind !== 'fill') throw new Error('It asks for something else.')
  const [, effects] = fieldEntered({ ...again, popups: [] }, second.purpose, '')
  expect(effects).toMatchObject([
    { name: 'write', given: { fills: [{ table: 'users', column: 'email', sql: 'lower(name)' }] } },
  ])
})

test('a value set with f does not write', () => {
  const asked = act(at(open(), LEVEL), 'fill')
  const { purpose } = popupOf(asked, 'field')
  if (purpose.kind !== 'fill') throw new Error('It asks for something else.')
  const [app, effects] = fieldEntered({ ...asked, popups: [] }, purpose, '0')
  expect(effects).toEqual([])
  expect(linesOf(app).join('\n')).toContain('✓ 12 rows get 0')
})

test('while revisions are pending nothing is written, and it says so', () => {
  const app = open()
  const value = app.overview.value
  if (value === null) throw new Error('There is no overview.')
  const behind = { ...app, overview: { ...app.overview, value: { ...value, pending: 2 } } }
  expect(why(behind, 'write')).toContain('2 revisions are not applied')
})

test('models that could not be read are written without drops, and it says so', () => {
  const failures = [{ file: 'a.ts', model: null, reason: 'no' }]
  const app = comparedWith(open(), { failures, fills: [] })
  expect(popupOf(act(app, 'write'), 'choice').text.join('\n')).toContain(
    '1 model could not be read',
  )
  expect(writeReview(app, screenOf(app))[1]).toMatchObject([{ given: { partial: true } }])
})

test('an answered rename that no longer fits is forgotten, and it is compared again', () => {
  const answers = {
    renames: [{ table: 'users', column: 'name', to: 'full_name' }],
    apart: [],
    dropUnmanaged: [],
  }
  const failure = {
    code: 'RENAME_UNKNOWN',
    exit: 2 as const,
    message: 'There is no rename of users.name to full_name to make.',
    why: null,
    fix: null,
    state: null,
    details: { from: 'users.name', to: 'full_name' },
  }
  const [app, effects] = comparisonFailed({ ...open(), answers }, failure)
  expect(app.answers.renames).toEqual([])
  expect(effects).toMatchObject([{ name: 'compare' }])
  const [again, none] = comparisonFailed(app, failure)
  expect(none).toEqual([])
  expect(again.comparison.failure).toBe(failure)
})

test.each([
  [{ pending: 2 }, 'upgrade first'],
  [{ pending: 0, heads: ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'] }, 'merge first'],
])('the title says what stands in the way of writing: %o', (more, words) => {
  for (const size of SIZES) {
    const app = open({ size })
    const { value } = app.overview
    if (value === null) throw new Error('The state has no overview.')
    expect(linesOf(app)[0]).not.toContain(words)
    const overview = { value: { ...value, ...more }, failure: null, isLoading: false }
    expect(linesOf({ ...app, overview })[0]).toContain(words)
  }
})

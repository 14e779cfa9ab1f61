import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf } from '../../src/present/text-width.js'
import { layoutOf } from '../../src/tui/layout.js'
import { reviewScreenLines } from '../../src/tui/screens/review/lines.js'
import { orderedChanges } from '../../src/tui/screens/review/rows.js'
import { chosenInReview, fieldEntered, reviewAction } from '../../src/tui/screens/review/update.js'
import { topPopup } from '../../src/tui/changed.js'
import { change, reviewDocument } from '../support/review-document.js'
import {
  open,
  screenOf,
  act,
  at,
  linesOf,
  why,
  popupOf,
  arrived,
} from '../support/review-screen.js'
import { comparedWith, SIZES, textOf, viewOf } from '../support/tui.js'

const ALL = reviewDocument().changes.map(({ id }) => id)
const LEVEL = 'addColumn:invoices.level'
const NAME = 'dropColumn:users.name'
const FULL_NAME = 'addColumn:users.full_name'

test.each(SIZES)('fills $columns×$rows to the column and the row', (size) => {
  const start = open({ size })
  for (const app of [
    start,
    act(at(start, NAME), 'second'),
    act(at(start, LEVEL), 'tick', 'showDown'),
  ]) {
    const lines = linesOf(app)
    expect(lines).toHaveLength(layoutOf(app).bodyRows)
    for (const line of lines) expect(widthOf(line)).toBe(size.columns)
  }
})

test('open questions stand on top, then changes with sign, tick and risk', () => {
  const lines = linesOf(open())
    .slice(0, 9)
    .map((line) => line.slice(0, 62).trimEnd())
  expect(lines).toEqual([
    ' NEW REVISION  after 7c1e0b5d   6 changes · 1 loses data · 1 q',
    '╭ Changes 1/7 ───────────────────────────────────────────────╮',
    '│▸ ?  users.name → full_name                         renamed?│',
    '│ [x] + Create table teams with 2 columns                    │',
    '│ [x] - Drop column users.name: text               LOSES DATA│',
    '│ [x] + Add column users.full_name: text                     │',
    '│ [x] ~ Change column users.email: varchar(255) to v… 17 rows│',
    '│ [x] + Add unique users_email_unique on users (email)       │',
    '│ [x] + Add column invoices.level: integer, not n… 12 to fill│',
  ])
})

test('beside it stand hazards with counts, the SQL, and the way back', () => {
  const text = linesOf(at(open(), NAME)).join('\n')
  expect(text).toContain('! dropping the column users.name loses its values:')
  expect(text).toContain('12,403 rows now')
  expect(text).toContain('alter table "users" drop column "name";')
  expect(text).toContain('A downgrade brings back the schema, not the values')
  expect(linesOf(act(at(open(), NAME), 'showDown')).join('\n')).toContain('add column "name" text;')
})

test('a column that rows need values for says in which steps it is written', () => {
  const text = linesOf(at(open(), LEVEL)).join('\n')
  expect(text).toContain('Written in steps: added nullable, the rows filled')
  expect(linesOf(at(open(), NAME)).join('\n')).not.toContain('Written in steps')
})

test('K and J move a change, and say where it ends', () => {
  const moved = act(at(open(), LEVEL), 'moveUp')
  const document = reviewDocument()
  expect(
    orderedChanges(document, screenOf(moved))
      .map(({ id }) => id)
      .slice(-2),
  ).toEqual([LEVEL, 'addUnique:users.users_email_unique'])
  expect(screenOf(moved).selected).toBe(LEVEL)
  expect(why(moved, 'moveDown')).toBeNull()
  expect(why(act(moved, 'moveDown'), 'moveDown')).toBe('It runs last already.')
  expect(why(at(open(), 'createTable:teams'), 'moveUp')).toBe('It runs first already.')
})

test('a comparison that arrives again keeps ticks, order, parts and messages', () => {
  const start = act(at(open(), LEVEL), 'moveUp', 'tick')
  const [named] = fieldEntered(start, { kind: 'message', part: 0 }, 'names')
  const added = change({
    id: 'addColumn:users.age',
    kind: 'addColumn',
    name: 'age',
    summary: 'Add age',
  })
  const [first, ...rest] = reviewDocument().changes
  const next = arrived(named, {
    changes: [...(first ? [first] : []), added, ...rest.slice(1)],
    renames: [],
  })
  const screen = screenOf(next)
  expect(screen.order).toEqual([
    'createTable:teams',
    'addColumn:users.age',
    FULL_NAME,
    'alterColumn:users.email',
    LEVEL,
    'addUnique:users.users_email_unique',
  ])
  expect([...screen.leftOut]).toEqual([LEVEL])
  expect(screen.messages).toEqual(['names', null])
  expect(screen.selected).toBe(LEVEL)
})

test('the first open question opens when a comparison arrives, but not over another popup', () => {
  expect(popupOf(arrived(open(), {}), 'rename').asks.flag).toBe('--rename users.name:full_name')
  const busy = act(at(open(), LEVEL), 'fill')
  expect(topPopup(arrived(busy, {}))?.kind).toBe('field')
  expect(topPopup(arrived(open(), { renames: [] }))).toBeNull()
})

test('a question that the next comparison no longer asks is closed', () => {
  const asked = arrived(open(), {})
  expect(asked.popups).toHaveLength(1)
  expect(arrived(asked, { renames: [] }).popups).toEqual([])
})

test('t offers the adds that a drop can be a rename to, and takes a rename apart', () => {
  const popup = popupOf(act(at(open(), NAME), 'markRename'), 'choice')
  expect(popup.choices).toMatchObject([
    {
      key: '1',
      label: 'users.name to full_name',
      detail: 'keeps 12,403 values',
      does: { kind: 'rename', table: 'users', column: 'name', to: 'full_name' },
    },
  ])
  const pair = { table: 'users', column: 'name', to: 'full_name' }
  const [joined, effects] = chosenInReview(open(), { kind: 'rename', ...pair })
  expect(joined.answers.renames).toEqual([pair])
  expect(effects).toMatchObject([{ name: 'compare' }])
  const renamed = change({ id: 'renameColumn:users.name', kind: 'renameColumn', name: 'name' })
  const shown = at(comparedWith(joined, { changes: [renamed], renames: [] }), renamed.id)
  const apart = act(shown, 'markRename')
  expect(apart.answers).toMatchObject({ renames: [], apart: [pair] })
})

test('another rename of the same column gives way', () => {
  const [first] = chosenInReview(open(), {
    kind: 'rename',
    table: 'users',
    column: 'name',
    to: 'a',
  })
  const [second] = chosenInReview(first, {
    kind: 'rename',
    table: 'users',
    column: 'name',
    to: 'b',
  })
  expect(second.answers.renames).toEqual([{ table: 'users', column: 'name', to: 'b' }])
})

test('keys that cannot be used say why', () => {
  const app = open()
  expect(why(app, 'tick')).toBe('This is a question: enter answers it.')
  expect(why(at(app, 'createTable:teams'), 'fill')).toContain('No row needs a value here')
  expect(why(at(app, 'alterColumn:users.email'), 'markRename')).toContain('Nothing fits')
  expect(why({ ...app, start: { ...app.start, readOnly: true } }, 'write')).toContain('--read-only')
  expect(why(comparedWith(app, { changes: [], renames: [] }), 'write')).toContain('Nothing differs')
  const all = ALL.reduce((next, id) => act(at(next, id), 'tick'), app)
  expect(why(all, 'write')).toBe('Every change is left out.')
})

test('e opens the model of the selected change', () => {
  const app = at(open(), LEVEL)
  expect(reviewAction(app, screenOf(app), 'editModel')[1]).toEqual([
    { kind: 'edit', path: '/shop/src/models/invoice.ts', line: null },
  ])
})

test('nothing to write says what was compared', () => {
  const text = linesOf(comparedWith(open(), { changes: [], renames: [], upToDate: true })).join(
    '\n',
  )
  expect(text).toContain('Compared 4 models with 5 tables of dev.sqlite3')
})

test('hostile names and statements cannot steer the terminal, and keep every width', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom('\u001b]0;title\u0007', '\u001b[2J', 'a\u202eb', 'x\r\ny', '日本語'),
  )
  fc.assert(
    fc.property(text, text, fc.constantFrom(...SIZES), (name, other, size) => {
      const hazards = [{ code: 'H', message: other, rows: 3 }]
      const changes = [change({ summary: name, hazards, up: [other], down: [name] })]
      const renames = [
        {
          kind: 'column' as const,
          from: `users.${name}`,
          to: other,
          score: 1,
          evidence: [name],
          flag: name,
        },
      ]
      const start = comparedWith(open({ size }), { changes, renames, fills: [] })
      for (const app of [start, at(start, changes[0]?.id ?? '')]) {
        for (const line of reviewScreenLines(viewOf(app), screenOf(app))) {
          expect(textOf(line)).not.toMatch(/[\p{Cc}\u202e]/u)
          expect(widthOf(textOf(line))).toBe(size.columns)
        }
      }
    }),
    { numRuns: 150 },
  )
})

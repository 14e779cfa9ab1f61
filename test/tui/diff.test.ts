/** How the screen of differences is drawn. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { footerLines } from '../../src/tui/frame-lines.js'
import { layoutOf } from '../../src/tui/layout.js'
import { diffEntries } from '../../src/tui/screens/diff/entries.js'
import { diffScreenLines } from '../../src/tui/screens/diff/lines.js'
import type { AppState } from '../../src/tui/state.js'
import { topPopup } from '../../src/tui/changed.js'
import { widthOf } from '../../src/present/text-width.js'
import { reviewDocument, row } from '../support/review-document.js'
import { comparedWith, SIZES, textOf, viewOf } from '../support/tui.js'
import { act, down, linesOf, openDiff, screenOf } from '../support/diff-screen.js'

function viewer(app: AppState): string {
  const popup = topPopup(app)
  if (popup?.kind !== 'viewer') throw new Error('Nothing is shown.')
  return popup.lines.join('\n')
}

test.each(SIZES)('fills $columns×$rows to the column and the row', (size) => {
  for (const app of [
    openDiff({ size }),
    act(openDiff({ size }), 'pane'),
    act(openDiff({ size }), 'showEqual'),
  ]) {
    const lines = linesOf(app)
    expect(lines).toHaveLength(layoutOf(app).bodyRows)
    for (const line of lines) expect(widthOf(line)).toBe(size.columns)
  }
})

test('wide, both sides stand beside each other and equal rows are folded', () => {
  const lines = linesOf(openDiff()).map((line) => line.slice(26))
  expect(lines.slice(0, 7).map((line) => line.trimEnd())).toEqual([
    '╭ users  ~1 +1 ?1 ───────────────────────────────────────────────────────────────────────────╮',
    '│                             model (what you wrote)        │ │ database (what is there)     │',
    '│  email                      varchar(320), not null        │~│ varchar(255)                 │',
    '│  full_name                  text                          │?│                              │',
    '│  name                                                     │?│ text                         │',
    '│  unique users_email_unique  (email)                       │+│                              │',
    '│  … 3 equal                                                                                 │',
  ])
})

test('narrow, both sides stand under each other', () => {
  const lines = linesOf(act(openDiff({ size: { columns: 80, rows: 24 } }), 'pane'))
  expect(lines.slice(6, 13).map((line) => line.trimEnd())).toEqual([
    '── users  ~1 +1 ?1 ─────────────────────────────────────────────────────────────',
    '▸~ email                      model     varchar(320), not null',
    '                              database  varchar(255)',
    ' ? full_name                  model     text',
    ' ? name                       database  text',
    ' + unique users_email_unique  model     (email)',
    '  … 3 equal',
  ])
})

test('in ASCII what is folded is not marked as what differs is', () => {
  const app = openDiff({ size: { columns: 60, rows: 15 } })
  const lines = diffScreenLines(viewOf(app, false), screenOf(app))
  const marked = lines.map((line) => textOf(line).trimEnd())
  expect(marked.filter((line) => /^ *~ \d/.test(line))).toEqual([])
  expect(marked.some((line) => /^ *\.\.\. \d+ more lines/.test(line))).toBe(true)
})

test('the list has what differs first, then what is left alone, then notes', () => {
  expect(
    linesOf(openDiff())
      .slice(1, 7)
      .map((line) => line.slice(0, 26)),
  ).toEqual([
    '│▸ users         ~1 +1 ?1│',
    '│  invoices            +1│',
    '│  teams            + new│',
    '│  orders    2 undeclared│',
    '│  audit_log    unmanaged│',
    '│  notes                1│',
  ])
})

test('a model that could not be read stands on top with its reason', () => {
  const failures = [{ file: 'src/models/bad.ts', model: null, reason: 'Unexpected token' }]
  const lines = linesOf(comparedWith(openDiff(), { failures }))
  expect(lines[1]).toContain('▸ ✗ src/models/bad.ts')
  expect(lines.join('\n')).toContain('Unexpected token')
  expect(lines.join('\n')).toContain('nothing is dropped')
})

test('below the rows stands what the next revision does about the selected one', () => {
  const text = linesOf(act(openDiff(), 'pane')).join('\n')
  expect(text).toContain('email differs: type, not null. g writes:')
  expect(text).toContain(
    '~ Change column users.email: varchar(255) to varchar(320), null to not null',
  )
  expect(text).toContain('! users.email may not be null any more: 17 rows now')
})

test('a value that is cut is whole below the rows', () => {
  const long = `enum(${Array.from({ length: 12 }, (_, index) => `'value ${index}'`).join(', ')})`
  const tables = [{ table: 'users', status: 'changed' as const, rows: [row({ model: long })] }]
  const app = act(comparedWith(openDiff(), { tables, changes: [] }), 'pane')
  const text = linesOf(app)
    .map((line) => line.slice(26).replaceAll('│', ' '))
    .join(' ')
  expect(text.replaceAll(/\s+/g, ' ')).toContain(long)
})

test('the footer says of enter what it does next', () => {
  const hints = (app: AppState): string => textOf(footerLines(viewOf(app)).join(''))
  expect(hints(openDiff())).toContain('enter rows')
  expect(hints(act(openDiff(), 'explain'))).toContain('enter explain')
})

test('a line break in a name begins no line of what is explained', () => {
  const [table] = reviewDocument().tables
  if (table === undefined) throw new Error('No table differs.')
  const odd = row({ name: 'a\nb', model: null, database: 'text', status: 'onlyDatabase' })
  const tables = [{ ...table, table: 'new\nline', status: 'unmanaged' as const, rows: [odd] }]
  const app = comparedWith(openDiff({ size: { columns: 80, rows: 24 } }), { tables })
  const rows = act(app, 'pane')
  for (const text of [
    ...linesOf(app),
    ...linesOf(rows),
    ...viewer(act(rows, 'explain')).split('\n'),
  ])
    expect(text).not.toMatch(/^[│ ]*(?:line\b|b\b)/)
})

test('without a difference it says what was compared', () => {
  const nothing = { changes: [], tables: [], renames: [], undeclared: [], unmanaged: [], notes: [] }
  const text = linesOf(comparedWith(openDiff(), { ...nothing, upToDate: true })).join('\n')
  expect(text).toContain('No difference: the database is what the models say.')
  expect(text).toContain('Compared 4 models with 5 tables of dev.sqlite3')
})

test('hostile names and values cannot steer the terminal, and keep every width', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('\u001b]52;c;AAAA\u0007', '\u001b[2J', 'a\u202eb', 'x\r\ny', '日本語テーブル'),
  )
  const document = fc.record({ table: text, name: text, model: text, database: text, reason: text })
  fc.assert(
    fc.property(document, fc.constantFrom(...SIZES), fc.boolean(), (given, size, rows) => {
      const { table, ...values } = given
      const hostile = {
        tables: [
          {
            table,
            status: 'changed' as const,
            rows: [row(values), row({ ...values, status: 'same' })],
          },
        ],
        unmanaged: [],
        undeclared: [],
        failures: [{ file: values.name, model: values.model, reason: values.reason }],
        notes: [{ code: 'N', message: values.reason, where: table }],
      }
      const start = down(comparedWith(openDiff({ size }), hostile), rows ? 1 : 0)
      const app = rows ? act(start, 'pane') : start
      for (const line of diffScreenLines(viewOf(app), screenOf(app))) {
        expect(textOf(line)).not.toMatch(/[\p{Cc}\u202e]/u)
        expect(widthOf(textOf(line))).toBe(size.columns)
      }
    }),
    { numRuns: 150 },
  )
})

test('every table is listed once, also one that differs and has undeclared columns', () => {
  const keys = diffEntries(reviewDocument()).map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

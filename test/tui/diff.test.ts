import fc from 'fast-check'
import { expect, test } from 'vitest'
import { footerLines } from '../../src/tui/frame-lines.js'
import type { Effect } from '../../src/tui/messages.js'
import type { Binding } from '../../src/tui/keys/binding.js'
import { layoutOf } from '../../src/tui/layout.js'
import type { Popup } from '../../src/tui/popups/popup.js'
import { diffEntries } from '../../src/tui/screens/diff/entries.js'
import type { DiffAction } from '../../src/tui/screens/diff/keys.js'
import { DIFF_KEYS } from '../../src/tui/screens/diff/keys.js'
import { diffScreenLines } from '../../src/tui/screens/diff/lines.js'
import type { DiffScreen } from '../../src/tui/screens/diff/state.js'
import { diffScreen } from '../../src/tui/screens/diff/state.js'
import { diffAction, diffMove } from '../../src/tui/screens/diff/update.js'
import { chosenInReview } from '../../src/tui/screens/review/update.js'
import type { AppState } from '../../src/tui/state.js'
import { topPopup } from '../../src/tui/changed.js'
import { widthOf } from '../../src/present/text-width.js'
import { reviewDocument, row } from '../support/review-document.js'
import { appState, comparedWith, SIZES, textOf, viewOf } from '../support/tui.js'

const open = (more: Partial<AppState> = {}): AppState => appState(more, diffScreen())

function screenOf(app: AppState): DiffScreen {
  const screen = app.screens.at(-1)
  if (screen?.kind !== 'diff') throw new Error('The diff is not shown.')
  return screen
}

function act(app: AppState, ...actions: readonly DiffAction[]): AppState {
  return actions.reduce((next, action) => diffAction(next, screenOf(next), action)[0], app)
}

function down(app: AppState, times = 1): AppState {
  return Array.from({ length: times }).reduce<AppState>(
    (next) => diffMove(next, screenOf(next), 'down')[0],
    app,
  )
}

function linesOf(app: AppState): readonly string[] {
  return diffScreenLines(viewOf(app), screenOf(app)).map(textOf)
}

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

test.each(SIZES)('fills $columns×$rows to the column and the row', (size) => {
  for (const app of [
    open({ size }),
    act(open({ size }), 'pane'),
    act(open({ size }), 'showEqual'),
  ]) {
    const lines = linesOf(app)
    expect(lines).toHaveLength(layoutOf(app).bodyRows)
    for (const line of lines) expect(widthOf(line)).toBe(size.columns)
  }
})

test('wide, both sides stand beside each other and equal rows are folded', () => {
  const lines = linesOf(open()).map((line) => line.slice(26))
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
  const lines = linesOf(act(open({ size: { columns: 80, rows: 24 } }), 'pane'))
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
  const app = open({ size: { columns: 60, rows: 15 } })
  const lines = diffScreenLines(viewOf(app, false), screenOf(app))
  const marked = lines.map((line) => textOf(line).trimEnd())
  expect(marked.filter((line) => /^ *~ \d/.test(line))).toEqual([])
  expect(marked.some((line) => /^ *\.\.\. \d+ more lines/.test(line))).toBe(true)
})

test('the list has what differs first, then what is left alone, then notes', () => {
  expect(
    linesOf(open())
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
  const lines = linesOf(comparedWith(open(), { failures }))
  expect(lines[1]).toContain('▸ ✗ src/models/bad.ts')
  expect(lines.join('\n')).toContain('Unexpected token')
  expect(lines.join('\n')).toContain('nothing is dropped')
})

test('below the rows stands what the next revision does about the selected one', () => {
  const text = linesOf(act(open(), 'pane')).join('\n')
  expect(text).toContain('email differs: type, not null. g writes:')
  expect(text).toContain(
    '~ Change column users.email: varchar(255) to varchar(320), null to not null',
  )
  expect(text).toContain('! users.email may not be null any more: 17 rows now')
})

test('a value that is cut is whole below the rows', () => {
  const long = `enum(${Array.from({ length: 12 }, (_, index) => `'value ${index}'`).join(', ')})`
  const tables = [{ table: 'users', status: 'changed' as const, rows: [row({ model: long })] }]
  const app = act(comparedWith(open(), { tables, changes: [] }), 'pane')
  const text = linesOf(app)
    .map((line) => line.slice(26).replaceAll('│', ' '))
    .join(' ')
  expect(text.replaceAll(/\s+/g, ' ')).toContain(long)
})

test('the footer says of enter what it does next', () => {
  const hints = (app: AppState): string => textOf(footerLines(viewOf(app)).join(''))
  expect(hints(open())).toContain('enter rows')
  expect(hints(act(open(), 'explain'))).toContain('enter explain')
})

test('a line break in a name begins no line of what is explained', () => {
  const [table] = reviewDocument().tables
  if (table === undefined) throw new Error('No table differs.')
  const odd = row({ name: 'a\nb', model: null, database: 'text', status: 'onlyDatabase' })
  const tables = [{ ...table, table: 'new\nline', status: 'unmanaged' as const, rows: [odd] }]
  const app = comparedWith(open({ size: { columns: 80, rows: 24 } }), { tables })
  const rows = act(app, 'pane')
  for (const text of [
    ...linesOf(app),
    ...linesOf(rows),
    ...viewer(act(rows, 'explain')).split('\n'),
  ])
    expect(text).not.toMatch(/^[│ ]*(?:line\b|b\b)/)
})

test('= shows equal rows and keeps the selected row', () => {
  const app = act(down(act(open(), 'pane')), 'showEqual')
  const lines = linesOf(app)
  expect(lines.join('\n')).not.toContain('3 equal')
  expect(lines.find((line) => line.includes('│▸ full_name'))).toBeDefined()
})

test('enter goes to the rows, and on a row explains it with both values whole', () => {
  const rows = act(open(), 'explain')
  expect(screenOf(rows).focus).toBe('rows')
  const text = viewer(act(rows, 'explain'))
  expect(text).toContain('Both sides have email, and they differ')
  expect(text).toContain('model\n  varchar(320), not null\ndatabase\n  varchar(255)')
  expect(text).toContain('alter table "users" alter column "email" type varchar(320);')
})

test('s shows the SQL of the changes of this table alone', () => {
  const text = viewer(act(open(), 'tableSql'))
  expect(text).toContain('alter table "users" drop column "name";')
  expect(text).not.toContain('invoices')
})

test('s is refused where nothing would be written, with the reason', () => {
  expect(why(open(), 'tableSql')).toBeNull()
  expect(why(down(open(), 4), 'tableSql')).toContain('left alone')
})

test('r opens the first open question, and is refused without one', () => {
  expect(topPopup(act(open(), 'answerRenames'))).toMatchObject({ kind: 'rename', selected: null })
  expect(why(comparedWith(open(), { renames: [] }), 'answerRenames')).toContain('No question')
})

test('g reviews and compares again; with --read-only it says why not', () => {
  const [app, effects] = diffAction(open(), screenOf(open()), 'generate')
  expect(app.screens.at(-1)?.kind).toBe('review')
  expect(effects).toMatchObject([{ kind: 'call', name: 'compare' }])
  const app2 = open()
  const readOnly = { ...app2, start: { ...app2.start, readOnly: true } }
  expect(why(readOnly, 'generate')).toContain('--read-only')
})

test('e opens the model of the table, and is refused where none claims it', () => {
  const [, effects] = diffAction(open(), screenOf(open()), 'editModel')
  expect(effects).toEqual<Effect[]>([
    { kind: 'edit', path: '/shop/src/models/user.ts', line: null },
  ])
  expect(why(down(open(), 4), 'editModel')).toBe('No model claims this table.')
})

test('a table that no model claims can be dropped, and kept after all', () => {
  const app = down(open(), 4)
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
  const table = down(open(), 3)
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
  expect(why(open(), 'decide')).toContain('change the model instead')
})

test('without a difference it says what was compared', () => {
  const nothing = { changes: [], tables: [], renames: [], undeclared: [], unmanaged: [], notes: [] }
  const text = linesOf(comparedWith(open(), { ...nothing, upToDate: true })).join('\n')
  expect(text).toContain('No difference: the database is what the models say.')
  expect(text).toContain('Compared 4 models with 5 tables of dev.sqlite3')
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
  const app = open({ comparison: { value: reviewDocument(), failure, isLoading: false } })
  expect(linesOf(app).join('\n')).toContain('shop_dev cannot be reached.')
  expect(why(app, 'explain')).toContain('The comparison failed')
})

test('a selected table that is gone after the next comparison gives way to the first', () => {
  const app = comparedWith(down(open(), 4), {
    unmanaged: [],
    tables: reviewDocument().tables.slice(0, 2),
  })
  expect(linesOf(app)[1]).toContain('▸ users')
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
      const start = down(comparedWith(open({ size }), hostile), rows ? 1 : 0)
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

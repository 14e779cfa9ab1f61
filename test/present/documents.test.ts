import { expect, test } from 'vitest'
import { comparisonLines } from '../../src/present/comparison-lines.js'
import { failureLines } from '../../src/present/failure-lines.js'
import { historyLines } from '../../src/present/history-lines.js'
import { lookOf } from '../../src/present/look.js'
import { planLines } from '../../src/present/plan-lines.js'
import { currentLines, headLines } from '../../src/present/revision-lines.js'
import { durationText, eventLines, runLines, stampLines } from '../../src/present/run-lines.js'
import { scriptText } from '../../src/present/script-text.js'
import { migrateLines } from '../../src/present/written-lines.js'
import {
  changeDocument,
  comparisonDocument,
  currentDocument,
  documentsAround,
  revisionDocument,
} from '../support/documents.js'

const terminal = lookOf({ colour: false, unicode: true }, 80)
const pipe = lookOf({ colour: false, unicode: true }, null)

const base = revisionDocument({
  revision: '1b8e55d0c6aa',
  downRevision: [],
  message: 'Create users',
  applied: true,
  head: false,
  current: true,
})
const list = { verbose: false, indicateCurrent: true, graph: false }

test('history at a terminal shows state, id, marks and message in columns', () => {
  expect(historyLines([revisionDocument(), base], list, terminal)).toEqual([
    '○  3f9a1c2b7d4e  head     Add email to users',
    '◆  1b8e55d0c6aa  current  Create users',
  ])
})

test('history in a pipe is a line a revision, parents first', () => {
  expect(historyLines([revisionDocument(), base], list, pipe)).toEqual([
    '1b8e55d0c6aa -> 3f9a1c2b7d4e (head), Add email to users',
    '<base> -> 1b8e55d0c6aa (current), Create users',
  ])
})

test('history with its graph draws branches and merges', () => {
  const id = (revision: string, downRevision: readonly string[]) =>
    revisionDocument({ revision, downRevision, message: revision, head: false, applied: true })
  const revisions = [id('m', ['a', 'b']), id('b', ['o']), id('a', ['o']), id('o', [])]
  expect(historyLines(revisions, { ...list, graph: true }, terminal)).toEqual([
    '●─╮  m  merge  m',
    '│ ●  b         b',
    '● │  a         a',
    '●─╯  o         o',
  ])
})

test('history in full says where each revision stands', () => {
  const text = historyLines([revisionDocument()], { ...list, verbose: true }, pipe).join('\n')
  expect(text).toContain('Revision 3f9a1c2b7d4e (head)')
  expect(text).toContain('Follows: 1b8e55d0c6aa')
  expect(text).toContain('Path: migrations/20261121_add_email.ts')
})

test('current in a pipe is the revisions alone', () => {
  expect(currentLines(currentDocument(), false, pipe)).toEqual(['1b8e55d0c6aa'])
  expect(currentLines(currentDocument({ current: [] }), false, pipe)).toEqual([])
})

test('current at a terminal says what is pending', () => {
  expect(currentLines(currentDocument(), false, terminal)).toEqual([
    'Database  dev.sqlite3 (sqlite)',
    'Current   1b8e55d0c6aa',
    'Head      3f9a1c2b7d4e',
    'State     1 revision pending',
  ])
})

test('heads in a pipe are ids with their marks', () => {
  expect(headLines([revisionDocument({ branchLabels: ['audit'] })], false, pipe)).toEqual([
    '3f9a1c2b7d4e (head, audit)',
  ])
})

test('a comparison is told by table, with losses, renames and what is left alone', () => {
  const document = comparisonDocument({
    changes: [
      changeDocument(),
      changeDocument({
        kind: 'dropColumn',
        name: 'name',
        summary: 'Drop column users.name: varchar(80)',
        destructive: true,
        hazards: [{ code: 'H02', message: 'Values of users.name are lost', rows: 12403 }],
      }),
    ],
    renames: [
      {
        kind: 'column',
        from: 'users.name',
        to: 'full_name',
        score: 0.7,
        evidence: ['same type'],
        flag: '--rename users.name:full_name',
      },
    ],
    undeclared: [{ table: 'users', column: 'legacy', type: 'text' }],
    unmanaged: ['old'],
  })
  expect(comparisonLines(document, terminal)).toEqual([
    'users',
    '  + Add column users.email: varchar(120), not null',
    '  - Drop column users.name: varchar(80) ! loses data',
    '      Values of users.name are lost (12,403 rows) [H02]',
    '',
    'Renamed?',
    '  ? users.name → full_name: same type',
    '      --rename users.name:full_name',
    '',
    'Left alone',
    '  users.legacy text: its model does not say it',
    '  old: no model claims it; to drop it: --drop-unmanaged old',
    '',
    '2 changes in 1 table, 1 loses data. Write them with migrate-tui migrate.',
    'Compared 2 models with 3 tables of dev.sqlite3 (sqlite) at 3f9a; head 3f9a.',
  ])
})

test('an enum is counted as a change, and in no table', () => {
  const change = changeDocument({ kind: 'alterEnum', table: null, name: 'mood' })
  expect(comparisonLines(comparisonDocument({ changes: [change] }), terminal)).toContain(
    '1 change, none loses data. Write them with migrate-tui migrate.',
  )
  const both = comparisonDocument({ changes: [change, changeDocument()] })
  expect(comparisonLines(both, terminal).join('\n')).toContain('2 changes in 1 table,')
})

test('an unmanaged table is named as a shell reads it whole', () => {
  const document = comparisonDocument({ changes: [], unmanaged: ['Cap Table', "it's", 'old; ls'] })
  expect(comparisonLines(document, terminal).slice(1, 4)).toEqual([
    "  Cap Table: no model claims it; to drop it: --drop-unmanaged 'Cap Table'",
    "  it's: no model claims it; to drop it: --drop-unmanaged 'it'\"'\"'s'",
    "  old; ls: no model claims it; to drop it: --drop-unmanaged 'old; ls'",
  ])
})

test('a clean comparison says what was compared, and several heads are no clean result', () => {
  const clean = comparisonDocument({ upToDate: true, changes: [] })
  expect(comparisonLines(clean, pipe)[0]).toBe(
    '✓ No difference: the database is what the models say.',
  )
  const forked = { ...clean, compared: { ...clean.compared, heads: ['a', 'b'] } }
  expect(comparisonLines(forked, pipe)[0]).toContain('2 heads')
})

test('a comparison that could not read a model does not speak of what is open', () => {
  const note = { code: 'MODEL_FAILED', message: 'SyntaxError: no', where: 'models/user.js' }
  const document = comparisonDocument({ changes: [], notes: [note] })
  const text = comparisonLines(document, pipe).join('\n')
  expect(text).toContain('Not compared whole: 1 model could not be read, see the notes.')
  expect(text).not.toContain('No difference')
})

test('a plan names the losses and the statements, and that nothing ran', () => {
  const { planned } = documentsAround('drop table `users`')
  const text = planLines([planned], pipe).join('\n')
  expect(text).toContain('drop table `users`;')
  expect(text).toContain('(1 row) [H01]')
  expect(text).toContain('1 step, 1 loses data. Nothing was run.')
})

test('a run ends with where it came from and where it is', () => {
  const run = {
    from: [],
    to: ['3f9a'],
    steps: [],
    durationMs: 0,
    backup: null,
    sql: null,
    notes: [],
  }
  expect(runLines(run, terminal)).toEqual(['Nothing to do: the database is at 3f9a.'])
  const step = {
    revision: '3f9a',
    direction: 'up',
    status: 'applied',
    durationMs: 120,
    statements: 2,
  } as const
  const done = { ...run, steps: [step], durationMs: 121, backup: 'copy.db' }
  expect(runLines(done, terminal)).toEqual([
    '✓ From base to 3f9a: 1 revision in 121 ms.',
    'Copy of the database as it was: copy.db',
  ])
  expect(stampLines({ from: [], to: ['3f9a'], sql: null })).toEqual([
    'The history says 3f9a now; before base. No script ran.',
  ])
})

test('statements are told only to those who ask for them', () => {
  const event = { kind: 'statement', revision: 'a', sql: 'select 1', quick: false } as const
  expect(eventLines(event, false, pipe)).toEqual([])
  expect(eventLines(event, true, pipe)).toEqual(['    select 1;'])
})

test.each([
  [12, '12 ms'],
  [3421, '3.4 s'],
  [125_000, '2 min 5 s'],
])('%i ms reads %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

test('a failure says what happened, why, in what state things are, and what to type', () => {
  const failure = {
    code: 'REV_FAILED',
    message: 'Revision 3f9a failed.',
    why: 'There is no table users.',
    fix: 'Type migrate-tui edit 3f9a.',
    state: 'Nothing of it was kept.',
    stack: null,
  }
  expect(failureLines(failure, terminal)).toEqual([
    'error  Revision 3f9a failed.',
    'why    There is no table users.',
    'state  Nothing of it was kept.',
    'next   Type migrate-tui edit 3f9a.',
    '       [REV_FAILED]',
  ])
})

test('a script is printed to the letter, with what ends a statement', () => {
  expect(scriptText(['-- upgrade a', 'begin;', "insert into t values ('a\tb')"])).toBe(
    "-- upgrade a\nbegin;\ninsert into t values ('a\tb');\n",
  )
})

test('a plan of migrate says that nothing was written', () => {
  const document = { ...comparisonDocument(), revision: null, path: null, sql: null }
  const planned = migrateLines({ ...document, changes: [changeDocument()] }, true, pipe)
  expect(planned).toContain('1 change. Nothing was written.')
  const nothing = migrateLines({ ...document, changes: [] }, true, pipe)
  expect(nothing.join('\n')).toContain('Nothing to write')
})

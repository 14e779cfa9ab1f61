/** The keys of the diff. */
import { comparedDocument } from '../../comparison.js'
import type { Binding } from '../../keys/binding.js'
import { binding } from '../../keys/binding.js'
import type { AppState } from '../../state.js'
import { topScreen } from '../../changed.js'
import { whyReadOnly } from '../tree/keys.js'
import { changesOfTable } from './changes-of.js'
import { selectedEntry, selectedRow, selectedTable, shownRows } from './entries.js'
import { modelFileOf } from './model-file.js'
import type { DiffScreen } from './state.js'

export type DiffAction =
  | 'explain'
  | 'pane'
  | 'answerRenames'
  | 'generate'
  | 'showEqual'
  | 'tableSql'
  | 'editModel'
  | 'decide'
  | 'nextTable'
  | 'previousTable'
  | 'copyDiff'

export const DIFF_KEYS: readonly Binding<DiffAction>[] = [
  binding(
    'explain',
    ['enter'],
    'Go to the rows; on a row, explain it: the rule, both values whole',
    {
      short: explainWord,
      unavailable: whyNoEntry,
    },
  ),
  binding('answerRenames', ['r'], 'Answer what is renamed, and what is dropped and added', {
    short: 'renames',
    unavailable: whyNoQuestion,
  }),
  binding('generate', ['g'], 'Review a new revision that makes the database what the models say', {
    short: 'migrate',
    unavailable: whyReadOnly,
  }),
  binding('showEqual', ['='], 'Show rows that are equal too, and fold them again', {
    short: 'equal',
    unavailable: whyNoTable,
  }),
  binding('tableSql', ['s'], 'See the SQL of all changes of this table', {
    short: 'SQL',
    unavailable: whyNoSql,
  }),
  binding('editModel', ['e'], 'Open the model of this table in your editor', {
    short: 'edit',
    unavailable: (app) => whyReadOnly(app) ?? whyNoModel(app),
  }),
  binding('decide', ['a'], 'Drop, declare or ignore what no model speaks of', {
    short: 'decide',
    unavailable: whyNothingToDecide,
  }),
  binding('copyDiff', ['y'], 'Copy the difference, its SQL or the command line', {
    unavailable: whyNoEntry,
  }),
  binding('pane', ['tab', 'shift+tab', 'left', 'right', 'h', 'l'], 'Go to the other pane'),
  binding('nextTable', [']'], 'The next table'),
  binding('previousTable', ['['], 'The table before'),
]

/** On a table enter goes to its rows, and explains there. */
function explainWord(app: AppState): string {
  const screen = shown(app)
  if (screen?.focus !== 'entries') return 'explain'
  const entry = selectedEntry(app, screen)
  return entry?.kind === 'table' && shownRows(entry, screen).length > 0 ? 'rows' : 'explain'
}

function shown(app: AppState): DiffScreen | null {
  const screen = topScreen(app)
  return screen?.kind === 'diff' ? screen : null
}

function whyNoComparison(app: AppState): string | null {
  if (comparedDocument(app) !== null) return null
  return app.comparison.failure === null
    ? 'Models and database are being compared.'
    : 'The comparison failed: mend what it names, and it is made again.'
}

function whyNoEntry(app: AppState): string | null {
  const screen = shown(app)
  if (screen === null || selectedEntry(app, screen) !== null) return null
  return whyNoComparison(app) ?? 'Nothing differs.'
}

function whyNoTable(app: AppState): string | null {
  const screen = shown(app)
  if (screen === null || selectedTable(app, screen) !== null) return null
  return whyNoEntry(app) ?? 'Select a table first.'
}

function whyNoQuestion(app: AppState): string | null {
  const open = comparedDocument(app)?.renames.length ?? 0
  return open > 0 ? null : (whyNoComparison(app) ?? 'No question is open: nothing looks renamed.')
}

function whyNoSql(app: AppState): string | null {
  const screen = shown(app)
  const table = screen === null ? null : selectedTable(app, screen)
  const document = comparedDocument(app)
  if (table === null || document === null) return whyNoTable(app)
  return changesOfTable(document, table).length > 0
    ? null
    : 'No change of this table would be written: it is left alone.'
}

function whyNoModel(app: AppState): string | null {
  const screen = shown(app)
  const entry = screen === null ? null : selectedEntry(app, screen)
  if (entry === null) return whyNoEntry(app)
  if (entry.kind === 'notes') return 'Select a table first.'
  return modelFileOf(app, entry) === null ? 'No model claims this table.' : null
}

function whyNothingToDecide(app: AppState): string | null {
  const screen = shown(app)
  const table = screen === null ? null : selectedTable(app, screen)
  if (screen === null || table === null) return whyNoTable(app)
  if (table.status === 'unmanaged' || isAskedToGo(app, table.name)) return null
  if (selectedRow(app, screen)?.status === 'undeclared') return null
  return table.counts.undeclared > 0
    ? 'Select the undeclared row first: tab goes to the rows.'
    : 'A model speaks of all this: change the model instead, with e.'
}

/** Whether the person said that a table without a model is to be dropped. */
export function isAskedToGo(app: AppState, table: string): boolean {
  return app.answers.dropUnmanaged.includes(table)
}

/** What the keys of the diff do. */
import { rowLabel, tableDiffLines } from '../../../present/diff-lines.js'
import { lookOf } from '../../../present/look.js'
import { commandLike } from '../../commands-like.js'
import { comparedDocument } from '../../comparison.js'
import { wrapped } from '../../draw/overlay.js'
import type { MoveAction } from '../../keys/everywhere.js'
import { movedTo } from '../../keys/everywhere.js'
import type { Step } from '../../messages.js'
import type { Choice } from '../../popups/popup.js'
import { askRename } from '../../popups/ask-rename.js'
import { viewerWidth } from '../../popups/viewer-width.js'
import type { AppState } from '../../state.js'
import { noticed, withPopup, withScreen } from '../../changed.js'
import { openReview } from '../review/open.js'
import { chosenFrom } from '../tree/choices.js'
import { changesOfTable } from './changes-of.js'
import { decideOnRow, decideOnTable } from './choices.js'
import {
  diffEntries,
  entryIndex,
  selectedEntry,
  selectedRow,
  selectedTable,
  shownRows,
} from './entries.js'
import { rowExplanation } from './explain-lines.js'
import type { DiffAction } from './keys.js'
import { isAskedToGo } from './keys.js'
import { modelFileOf } from './model-file.js'
import { diffPlaces, settled } from './places.js'
import type { DiffScreen } from './state.js'

/** What an action of the diff leads to. */
export function diffAction(app: AppState, screen: DiffScreen, action: DiffAction): Step {
  switch (action) {
    case 'explain':
      return [explain(app, screen), []]
    case 'pane':
      return [withScreen(app, otherPane(app, screen)), []]
    case 'answerRenames':
      return [askRename(app, { asked: 0, skipped: new Set() }), []]
    case 'generate':
      return openReview(app)
    case 'showEqual':
      return [withScreen(app, toggledEqual(app, screen)), []]
    case 'tableSql':
      return [showSql(app, screen), []]
    case 'editModel':
      return editModel(app, screen)
    case 'decide':
      return [decide(app, screen), []]
    case 'nextTable':
      return [withScreen(app, entryMoved(app, screen, 'down')), []]
    case 'previousTable':
      return [withScreen(app, entryMoved(app, screen, 'up')), []]
    case 'copyDiff':
      return [copy(app, screen), []]
  }
}

/** Moves in the pane that has the focus. */
export function diffMove(app: AppState, screen: DiffScreen, move: MoveAction): Step {
  if (screen.focus === 'entries') return [withScreen(app, entryMoved(app, screen, move)), []]
  const count = shownRows(selectedEntry(app, screen), screen).length
  const row = movedTo(move, screen.row, { count, page: diffPlaces(app).rowLines })
  return [withScreen(app, settled(app, { ...screen, row: Math.max(0, row) })), []]
}

function entryMoved(app: AppState, screen: DiffScreen, move: MoveAction): DiffScreen {
  const entries = diffEntries(comparedDocument(app))
  const size = { count: entries.length, page: diffPlaces(app).listRows }
  const index = movedTo(move, entryIndex(app, screen), size)
  const entry = entries[index]?.key ?? screen.entry
  return settled(app, { ...screen, entry, row: 0, rowTop: 0 })
}

function otherPane(app: AppState, screen: DiffScreen): DiffScreen {
  const hasRows = shownRows(selectedEntry(app, screen), screen).length > 0
  const focus = screen.focus === 'entries' && hasRows ? 'rows' : 'entries'
  return settled(app, { ...screen, focus })
}

/** The same row stays selected where it is still shown. */
function toggledEqual(app: AppState, screen: DiffScreen): DiffScreen {
  const entry = selectedEntry(app, screen)
  const was = shownRows(entry, screen)[screen.row]
  const next = { ...screen, showsEqual: !screen.showsEqual }
  const rows = shownRows(entry, next)
  const row = was === undefined ? 0 : Math.max(0, rows.indexOf(was))
  return settled(app, { ...next, row, focus: rows.length === 0 ? 'entries' : next.focus })
}

function explain(app: AppState, screen: DiffScreen): AppState {
  const document = comparedDocument(app)
  const entry = selectedEntry(app, screen)
  if (document === null || entry === null) return app
  const width = viewerWidth(app)
  const view = (title: string, lines: readonly string[]): AppState =>
    withPopup(app, { kind: 'viewer', title, lines, top: 0 })
  const paragraphs = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => wrapped(text, width))
  switch (entry.kind) {
    case 'failure':
      return view(
        entry.failure.file,
        paragraphs([entry.failure.reason, '', ...(entry.failure.output ?? '').split('\n')]),
      )
    case 'notes':
      return view(
        'Notes',
        paragraphs(entry.notes.flatMap(({ where, message }) => [`${where}: ${message}`, ''])),
      )
    case 'table': {
      const row = selectedRow(app, screen)
      if (row !== null) {
        return view(
          `${entry.name}: ${rowLabel(row)}`,
          rowExplanation(document, entry, { row, width }),
        )
      }
      return shownRows(entry, screen).length > 0
        ? withScreen(app, settled(app, { ...screen, focus: 'rows' }))
        : noticed(app, 'This table has no rows that differ.')
    }
  }
}

function sqlOf(app: AppState, screen: DiffScreen): readonly string[] {
  const document = comparedDocument(app)
  const table = selectedTable(app, screen)
  if (document === null || table === null) return []
  return changesOfTable(document, table).flatMap(({ summary, up }) => [
    `-- ${summary}`,
    ...up.flatMap((sql) => `${sql};`.split('\n')),
    '',
  ])
}

function showSql(app: AppState, screen: DiffScreen): AppState {
  const name = selectedTable(app, screen)?.name ?? ''
  const lines = sqlOf(app, screen)
  return withPopup(app, { kind: 'viewer', title: `SQL for ${name}`, lines, top: 0 })
}

function editModel(app: AppState, screen: DiffScreen): Step {
  const entry = selectedEntry(app, screen)
  const path = entry === null ? null : modelFileOf(app, entry)
  return path === null ? [app, []] : [app, [{ kind: 'edit', path, line: null }]]
}

function decide(app: AppState, screen: DiffScreen): AppState {
  const table = selectedTable(app, screen)
  if (table === null) return app
  if (table.status === 'unmanaged' || isAskedToGo(app, table.name)) return decideOnTable(app, table)
  const row = selectedRow(app, screen)
  return row === null ? app : decideOnRow(app, table, row)
}

function copy(app: AppState, screen: DiffScreen): AppState {
  const table = selectedTable(app, screen)
  const command = commandLike(app, 'diff')
  const choice = (key: string, label: string, text: string, what: string): Choice => ({
    key,
    label,
    detail: text.split('\n')[0] ?? '',
    does: { kind: 'copy', text, what },
  })
  const plain = lookOf({ colour: false, unicode: true }, null)
  const sql = sqlOf(app, screen)
  return chosenFrom(app, {
    title: 'Copy',
    text: [],
    choices: [
      ...(table === null
        ? []
        : [
            choice(
              'd',
              'the difference',
              tableDiffLines({ ...table, table: table.name }, plain).join('\n'),
              'The difference',
            ),
          ]),
      ...(sql.length === 0 ? [] : [choice('s', 'its SQL', sql.join('\n').trimEnd(), 'The SQL')]),
      choice('c', 'the command line', command, 'The command line'),
    ],
    takesEnter: true,
    command: null,
  })
}

/** What to do with what no model speaks of: drop it, declare it, or ignore it for good. */
import type { ComparisonRow } from '../../../compare/comparison.js'
import { rowLabel } from '../../../present/diff-lines.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import { commandLike } from '../../commands-like.js'
import { comparedDocument } from '../../comparison.js'
import type { Choice } from '../../popups/popup.js'
import type { AppState } from '../../state.js'
import { chosenFrom } from '../tree/choices.js'
import type { TableEntry } from './entries.js'

/** The choices for a table that no model claims. */
export function decideOnTable(app: AppState, entry: TableEntry): AppState {
  const { name } = entry
  const isGoing = app.answers.dropUnmanaged.includes(name)
  const drop: Choice = isGoing
    ? {
        key: 'k',
        label: 'keep it after all',
        detail: 'it is left alone again',
        does: { kind: 'dropUnmanaged', table: name },
      }
    : {
        key: 'd',
        label: 'drop it in the next revision',
        detail: 'the review counts its rows first; nothing is dropped now',
        does: { kind: 'dropUnmanaged', table: name },
      }
  return chosenFrom(
    app,
    {
      title: `${name}: no model claims it`,
      text: ['It stays as it is until you say otherwise.'],
      choices: [
        drop,
        {
          key: 'm',
          label: 'give it a model',
          detail: 'shows what the model has to say',
          does: { kind: 'show', title: `A model for ${name}`, lines: modelFor(entry) },
        },
        excluding(name, 'the table'),
        NOTHING,
      ],
      takesEnter: false,
      command: isGoing ? null : commandLike(app, 'migrate', '--drop-unmanaged', name),
    },
    3,
  )
}

/** The choices for a row that its model, which only infers, does not speak of. */
export function decideOnRow(app: AppState, entry: TableEntry, row: ComparisonRow): AppState {
  const { name } = entry
  const text = columnDeclaration(comparedDocument(app), name, row)
  const declaring: readonly Choice[] =
    text === null
      ? []
      : [
          {
            key: 'c',
            label: 'declare it: copy the line for defineTable',
            detail: text.split('\n')[0] ?? '',
            does: { kind: 'copy', text, what: 'The declaration' },
          },
          {
            key: 's',
            label: 'declare it: show the line',
            detail: '',
            does: {
              kind: 'show',
              title: `${name}.${row.name} in defineTable`,
              lines: text.split('\n'),
            },
          },
        ]
  const ignoring = row.facet === 'column' ? [excluding(`${name}.${row.name}`, 'the column')] : []
  const choices: readonly Choice[] = [
    {
      key: 'd',
      label: 'drop it',
      detail: 'says how: a model that only infers drops nothing',
      does: { kind: 'show', title: `Dropping ${rowLabel(row)}`, lines: howToDrop(name, row) },
    },
    ...declaring,
    ...ignoring,
    NOTHING,
  ]
  return chosenFrom(
    app,
    {
      title: `${name}: no model speaks of ${rowLabel(row)}`,
      text: [
        `The database has it: ${row.database ?? ''}`,
        'It is left alone, since its model only infers: what it does not name may be in use.',
      ],
      choices,
      takesEnter: false,
      command: null,
    },
    choices.length - 1,
  )
}

const NOTHING: Choice = {
  key: 'n',
  label: 'nothing: leave it alone',
  detail: '',
  does: { kind: 'nothing' },
}

function excluding(name: string, what: string): Choice {
  const text = `exclude: [${quoted(name)}],`
  return {
    key: 'i',
    label: `ignore it for good: copy the line for the configuration`,
    detail: text,
    does: { kind: 'copy', text, what: `The line that excludes ${what}` },
  }
}

/** The text to paste into `defineTable` for a column; null for anything else. */
function columnDeclaration(
  document: ReviewDocument | null,
  table: string,
  row: ComparisonRow,
): string | null {
  if (document === null || row.facet !== 'column') return null
  const found = document.declarations.find((one) => one.table === table && one.column === row.name)
  return found?.text ?? null
}

function howToDrop(table: string, row: ComparisonRow): readonly string[] {
  return [
    `${rowLabel(row)} of ${table} can go once the model is complete:`,
    '',
    '1. Give the model a static defineTable with everything that the table is to keep.',
    `2. Leave ${rowLabel(row)} out of it.`,
    '3. Come back here: it is listed as a drop then, with what would be lost.',
  ]
}

function modelFor({ name, rows }: TableEntry): readonly string[] {
  return [
    `A class with static tableName = ${quoted(name)} claims the table.`,
    'With a static defineTable it also says what the table is to be. The database has:',
    '',
    ...rows.map((row) => `  ${rowLabel(row)}  ${row.database ?? ''}`),
  ]
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** What is to be said of the selected row or table: shortly below the rows, and whole in a popup. */
import type { ComparisonRow } from '../../../compare/comparison.js'
import { cleanLine } from '../../../present/clean.js'
import { explainRow, rowVerdict } from '../../../present/explain-row.js'
import { counted } from '../../../present/text-width.js'
import type { ChangeDocument, RenameQuestion } from '../../../workflows/documents.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import { changeSign } from '../../draw/change-sign.js'
import type { Part } from '../../draw/line.js'
import { piece } from '../../draw/line.js'
import { wrapped } from '../../draw/overlay.js'
import type { Style, UiTheme } from '../../draw/theme.js'
import { changesOfRow, changesOfTable } from './changes-of.js'
import type { TableEntry } from './entries.js'
import { questionOn, questionOnTable } from './entries.js'

type Line = readonly Part[]

/** How the lines of an explanation look. */
export interface Explaining {
  readonly theme: UiTheme
  readonly width: number
}

/** A row in few lines: what differs, the values where they were cut, what the next revision does about it. */
export function rowBand(
  document: ReviewDocument,
  {
    entry,
    row,
    isCut,
  }: { readonly entry: TableEntry; readonly row: ComparisonRow; readonly isCut: boolean },
  { theme, width }: Explaining,
): readonly Line[] {
  const question = questionOn(document, entry, row)
  const changes = changesOfRow(document, entry, row)
  return [
    ...textLines(`${rowVerdict(row)}${leadTo(changes)}`, { theme, width }, theme.strong),
    ...(isCut ? valueLines(row, { theme, width }) : []),
    ...changeLines(changes, { theme, width }),
    ...(question === null ? [] : questionLines(question, { theme, width })),
    ...(changes.length === 0 && row.status === 'undeclared'
      ? textLines('a drops, declares or ignores it.', { theme, width }, theme.faint)
      : []),
  ]
}

/** A table in few lines. */
export function tableBand(
  document: ReviewDocument,
  entry: TableEntry,
  { theme, width }: Explaining,
): readonly Line[] {
  const question = questionOnTable(document, entry.name)
  const changes = changesOfTable(document, entry)
  return [
    ...textLines(
      `${cleanLine(entry.name)}: ${tableVerdict(entry)}${leadTo(changes)}`,
      { theme, width },
      theme.strong,
    ),
    ...changeLines(changes, { theme, width }),
    ...(question === null ? [] : questionLines(question, { theme, width })),
    ...document.notes
      .filter(({ where }) => where === entry.name || where.startsWith(`${entry.name}.`))
      .flatMap(({ message }) => textLines(message, { theme, width }, null)),
  ]
}

/** Everything about a row, as text in lines of at most `width` columns. */
export function rowExplanation(
  document: ReviewDocument,
  entry: TableEntry,
  { row, width }: { readonly row: ComparisonRow; readonly width: number },
): readonly string[] {
  const { name, status, isInferred } = entry
  const facts = { table: name, status, dialect: document.dialect, isInferred }
  const question = questionOn(document, entry, row)
  const changes = changesOfRow(document, entry, row)
  const paragraphs = [
    ...explainRow(row, facts),
    ...(question === null
      ? []
      : [
          `Open question: ${question.from} may be ${question.to} renamed (${question.evidence.join(', ')}). r answers it.`,
        ]),
  ]
  return [
    ...paragraphs.flatMap((text) => [...wrapped(text, width), '']),
    'model',
    ...sideLines(row.model, width),
    'database',
    ...sideLines(row.database, width),
    '',
    ...(changes.length === 0
      ? ['The next revision does nothing about it.']
      : changes.flatMap((change) => changeText(change, width))),
  ]
}

/** What a table is, in words. */
function tableVerdict({ status, counts, isInferred }: TableEntry): string {
  switch (status) {
    case 'onlyModel':
      return 'only the models have it, so it is created'
    case 'onlyDatabase':
      return 'only the database has it: no model claims it any more'
    case 'unmanaged':
      return 'no model claims it. a drops, declares or ignores it'
    case 'same':
      return `${counted(counts.undeclared, 'column')} that its model does not speak of, left alone`
    case 'changed':
      return isInferred
        ? 'its model only infers: columns are added, nothing else'
        : `differs in ${counted(differing(counts), 'place')}`
  }
}

/** A change as text: what it does, what is at stake, its statements. */
function changeText(change: ChangeDocument, width: number): readonly string[] {
  return [
    ...wrapped(`The next revision: ${cleanLine(change.summary)}`, width),
    ...change.hazards.flatMap((hazard) => wrapped(`! ${hazardText(hazard)}`, width)),
    ...change.up.flatMap((sql) => wrapped(`${sql};`, width - 2).map((line) => `  ${line}`)),
  ]
}

/** A hazard with the rows that were counted. */
export function hazardText({ message, rows }: ChangeDocument['hazards'][number]): string {
  if (rows === 0) return `${message}: no row now`
  return rows === null ? message : `${message}: ${counted(rows, 'row')} now`
}

function differing({ changed, added, removed, asked }: TableEntry['counts']): number {
  return changed + added + removed + asked
}

/** What stands before changes. */
function leadTo(changes: readonly ChangeDocument[]): string {
  return changes.length === 0 ? '' : '. g writes:'
}

function sideLines(text: string | null, width: number): readonly string[] {
  return wrapped(text ?? 'does not have it', width - 2).map((line) => `  ${line}`)
}

function valueLines(row: ComparisonRow, { theme, width }: Explaining): readonly Line[] {
  const side = (word: string, text: string | null): readonly Line[] =>
    text === null
      ? []
      : wrapped(text, width - 12).map((line, index) => [
          piece(index === 0 ? `  ${word.padEnd(9)} ` : ' '.repeat(12), theme.faint),
          line,
        ])
  return [...side('model', row.model), ...side('database', row.database)]
}

function questionLines(
  { kind, from, to }: RenameQuestion,
  { theme, width }: Explaining,
): readonly Line[] {
  const old = kind === 'table' ? from : from.slice(from.lastIndexOf('.') + 1)
  const sign = theme.signs.question
  return hanging(`is ${to} the renamed ${old}? r answers`, { sign, width, style: theme.warn })
}

function changeLines(
  changes: readonly ChangeDocument[],
  { theme, width }: Explaining,
): readonly Line[] {
  return changes.flatMap((change) => [
    ...hanging(cleanLine(change.summary), { sign: changeSign(change, theme), width, style: null }),
    ...change.hazards.flatMap((hazard) =>
      hanging(hazardText(hazard), {
        sign: `  ${theme.signs.danger}`,
        width,
        style: change.destructive ? theme.bad : theme.warn,
      }),
    ),
  ])
}

function textLines(text: string, { width }: Explaining, style: Style | null): readonly Line[] {
  return wrapped(text, width - 1).map((line) => [' ', piece(line, style)])
}

interface Hanging {
  readonly sign: string
  readonly width: number
  readonly style: Style | null
}

/** Wrapped so that further lines stand under the first word after the sign. */
function hanging(text: string, { sign, width, style }: Hanging): readonly Line[] {
  return wrapped(text, width - sign.length - 3).map((line, index) => [
    piece(`  ${index === 0 ? sign : ' '.repeat(sign.length)} ${line}`, style),
  ])
}

/** Models and database side by side; stacked where there is no room, a line a difference in a pipe. */
import type { ComparisonRow, RowFacet, TableComparison } from '../compare/comparison.js'
import type { ComparisonDocument } from '../workflows/documents.js'
import { cleanLine } from './clean.js'
import { afterword, joinBlocks } from './comparison-lines.js'
import type { Look } from './look.js'
import { cut, pad, pieces, widthOf, wrap } from './text-width.js'

/** Below so many columns both sides stand under each other. */
const SIDE_BY_SIDE = 100

/** The tables that differ, row by row, and what is to be said of the comparison as a whole. */
export function diffLines(
  document: ComparisonDocument & { readonly tables: readonly TableComparison[] },
  look: Look,
): readonly string[] {
  return joinBlocks([
    ...document.tables.map((table) => tableDiffLines(table, look)),
    ...afterword(document, look),
  ])
}

/** One table; rows that are the same are only counted. */
export function tableDiffLines(table: TableComparison, look: Look): readonly string[] {
  const rows = table.rows.filter(({ status }) => status !== 'same')
  const same = table.rows.length - rows.length
  if (look.width === null) return pipedLines(table, rows)
  const wide = look.width >= SIDE_BY_SIDE
  const { theme } = look
  return [
    `${theme.strong(cleanLine(table.table))}  ${theme.faint(tableWords(table))}`.trimEnd(),
    ...(wide
      ? besideLines(rows, look, look.width)
      : rows.flatMap((row) => stackedLines(row, look))),
    ...(same === 0 ? [] : [theme.faint(`  = ${same} the same`)]),
  ]
}

function tableWords({ status }: TableComparison): string {
  switch (status) {
    case 'onlyModel':
      return 'only in the models'
    case 'onlyDatabase':
      return 'only in the database: no model claims it any more'
    case 'unmanaged':
      return 'no model claims it; it is left alone'
    case 'changed':
    case 'same':
      return ''
  }
}

function besideLines(rows: readonly ComparisonRow[], look: Look, width: number): readonly string[] {
  const { theme } = look
  const { column } = theme.glyphs
  const names = Math.min(32, Math.max(0, ...rows.map((row) => widthOf(rowLabel(row)))))
  // Two spaces, the name, and between the sides a sign with lines around it.
  const side = Math.floor((width - names - 2 - 2 - 7) / 2)
  const line = (name: string, model: string, sign: string, database: string): string =>
    `  ${pad(cut(name, names), names)}  ${pad(cut(model, side), side)} ${column} ${sign} ${column} ${cut(database, side)}`.trimEnd()
  return [
    theme.faint(line('', 'model (what you wrote)', ' ', 'database (what is there)')),
    ...rows.flatMap((row) => [...besideRow(row, line, side, look), ...reasonLines(row, look)]),
  ]
}

/** As many lines as the longer side needs. */
function besideRow(
  row: ComparisonRow,
  line: (name: string, model: string, sign: string, database: string) => string,
  side: number,
  look: Look,
): readonly string[] {
  const linesOf = (text: string | null): readonly string[] =>
    wrap(sideText(text), side).flatMap((words) => pieces(words, side))
  const model = linesOf(row.model)
  const database = linesOf(row.database)
  return Array.from({ length: Math.max(model.length, database.length) }, (_, index) =>
    line(
      index === 0 ? rowLabel(row) : '',
      model[index] ?? '',
      index === 0 ? signOf(row, look) : ' ',
      database[index] ?? '',
    ),
  )
}

function stackedLines(row: ComparisonRow, look: Look): readonly string[] {
  const { theme } = look
  const sides = [
    ...(row.model === null ? [] : [`model     ${sideText(row.model)}`]),
    ...(row.database === null ? [] : [`database  ${sideText(row.database)}`]),
  ]
  return [
    `  ${signOf(row, look)} ${theme.name(rowLabel(row))}`,
    ...sides
      .flatMap((text) => wrap(text, (look.width ?? SIDE_BY_SIDE) - 6))
      .map((text) => `      ${text}`),
    ...reasonLines(row, look),
  ]
}

/** `~ users.email: model varchar(320), database varchar(255)`. */
function pipedLines(table: TableComparison, rows: readonly ComparisonRow[]): readonly string[] {
  const name = cleanLine(table.table)
  const words = tableWords(table)
  return [
    ...(words === '' ? [] : [`${name}: ${words}`]),
    ...rows.map((row) => {
      const sides = [
        ...(row.model === null ? [] : [`model ${sideText(row.model)}`]),
        ...(row.database === null ? [] : [`database ${sideText(row.database)}`]),
        ...(row.reason === '' ? [] : [cleanLine(row.reason)]),
      ]
      return `${SIGNS[row.status]} ${name}.${rowLabel(row)}: ${sides.join('; ')}`
    }),
  ]
}

function reasonLines(row: ComparisonRow, look: Look): readonly string[] {
  if (row.reason === '' || look.width === null) return []
  return wrap(cleanLine(row.reason), look.width - 6).map((line) =>
    look.theme.faint(`      ${line}`),
  )
}

function sideText(text: string | null): string {
  return text === null ? '' : cleanLine(text)
}

/** What a row is about, cleaned: a column by its name, anything else with its kind. */
export function rowLabel(row: Pick<ComparisonRow, 'facet' | 'name'>): string {
  const word = FACET_WORDS[row.facet]
  // A primary key that nobody named is called by its kind.
  const words = word === row.name ? [word] : [word, row.name]
  return cleanLine(words.filter((part) => part !== '').join(' '))
}

const FACET_WORDS: Readonly<Record<RowFacet, string>> = {
  table: 'table',
  column: '',
  primaryKey: 'primary key',
  unique: 'unique',
  index: 'index',
  foreignKey: 'foreign key',
  check: 'check',
  comment: 'comment',
  options: 'options',
}

const SIGNS: Readonly<Record<ComparisonRow['status'], string>> = {
  same: '=',
  changed: '~',
  onlyModel: '+',
  onlyDatabase: '-',
  undeclared: '=',
}

function signOf({ status }: ComparisonRow, { theme }: Look): string {
  const sign = SIGNS[status]
  switch (status) {
    case 'onlyModel':
      return theme.good(sign)
    case 'onlyDatabase':
      return theme.bad(sign)
    case 'changed':
      return theme.note(sign)
    case 'same':
    case 'undeclared':
      return theme.faint(sign)
  }
}

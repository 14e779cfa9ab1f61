/** A table as texts while operations are applied to it: what a rebuild starts from and leads to. */
import type { Column } from '../../../schema/column.js'
import type { Connection } from '../../connection.js'
import type { CatalogRow } from '../catalog/catalog.js'
import type { ColumnText } from '../text/column-text.js'
import type { IndexText } from '../text/create-index-text.js'
import { readCreateIndex } from '../text/create-index-text.js'
import type { TableItem, TableText } from '../text/create-table-text.js'
import { readItems } from '../text/create-table-text.js'
import { textOf } from '../catalog/introspect.js'
import { rowsOf } from '../catalog/current-rows.js'
import { fold } from '../names.js'
import { neutralColumn } from '../catalog/neutral-table.js'
import { checksOf, columnOf, primaryKeyOf } from '../catalog/table-parts.js'

export interface StateIndex {
  readonly name: string
  readonly sql: string
  readonly text: IndexText
}

export interface TableState {
  /** As the database spells it. */
  readonly name: string
  readonly text: TableText
  readonly indexes: readonly StateIndex[]
  /** The texts of its triggers. */
  readonly triggers: readonly string[]
  /** What went with a dropped column although a later operation of the call names it: `index by_age`. */
  readonly gone: ReadonlySet<string>
  /** The columns, folded, that were never null as the key of a WITHOUT ROWID table when the call began. */
  readonly keyed: ReadonlySet<string>
}

/** The table as it stands; null when there is none. */
export async function readState(connection: Connection, table: string): Promise<TableState | null> {
  return stateOf(await rowsOf(connection, [table]))
}

/** The table among these rows, which are all of one table. */
export function stateOf(rows: readonly CatalogRow[]): TableState | null {
  const row = rows.find((each) => each.type === 'table')
  if (row === undefined) return null
  const text = textOf(row)
  const key = text.withoutRowid ? (primaryKeyOf(text)?.columns ?? []) : []
  return {
    name: row.name,
    text,
    indexes: rows.flatMap((each) =>
      each.type === 'index' && each.sql !== null ? [stateIndex(each.name, each.sql)] : [],
    ),
    triggers: rows.flatMap((each) =>
      each.type === 'trigger' && each.sql !== null ? [each.sql] : [],
    ),
    gone: new Set(),
    keyed: new Set(key.map(fold)),
  }
}

export function stateIndex(name: string, sql: string): StateIndex {
  return { name, sql, text: readCreateIndex(sql) }
}

/** A column as neutral data, an enum included; undefined when there is none. */
export function columnIn(state: TableState, name: string): Column | undefined {
  const column = columnOf(state.text, name)
  if (column === undefined) return undefined
  const neutral = neutralColumn(column, state.text, primaryKeyOf(state.text))
  const check = checksOf(state.name, state.text).find((each) => each.enumOf?.column === column.name)
  const values = check?.enumOf?.values
  return values === undefined
    ? neutral
    : { ...neutral, type: { kind: 'enum', values, native: null } }
}

/** The state with one item of its text replaced, or left out. */
export function withItem(state: TableState, item: TableItem, text: string | null): TableState {
  const items = state.text.items.flatMap((each) =>
    each !== item ? [each] : text === null ? [] : readItems(text),
  )
  return { ...state, text: { ...state.text, items } }
}

/** The state with a column behind its others. */
export function withColumn(state: TableState, definition: string): TableState {
  const columns = state.text.items.filter((item) => item.kind === 'column')
  const rest = state.text.items.filter((item) => item.kind !== 'column')
  const items = [...columns, ...readItems(` ${definition}`), ...rest]
  return { ...state, text: { ...state.text, items } }
}

export function withConstraint(state: TableState, definition: string): TableState {
  const items = [...state.text.items, ...readItems(` ${definition}`)]
  return { ...state, text: { ...state.text, items } }
}

export function withIndexes(state: TableState, indexes: readonly StateIndex[]): TableState {
  return { ...state, indexes }
}

/** Remembers what is gone, so that a later operation that drops it finds it done. */
export function withGone(state: TableState, what: readonly string[]): TableState {
  return { ...state, gone: new Set([...state.gone, ...what.map(fold)]) }
}

/** A change of a text between two places. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The column's text with places replaced; edits do not overlap. */
export function editedText(column: ColumnText, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce(
      (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
      column.text,
    )
}

/** The edit that takes a part out, with the space before it. */
export function removal(
  column: ColumnText,
  part: { readonly start: number; readonly end: number },
): TextEdit {
  const before = /[^\S\n]*$/.exec(column.text.slice(0, part.start))?.[0].length ?? 0
  return { start: part.start - before, end: part.end, text: '' }
}

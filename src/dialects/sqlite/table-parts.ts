/** Keys, checks and references of a CREATE TABLE text, each with the name it has or stands in for. */
import type { ForeignKey } from '../../schema/table.js'
import type { ColumnPart, ColumnText } from './column-text.js'
import type { ConstraintText, TableItem, TableText } from './create-table-text.js'
import { enumValues } from './enum-check.js'
import { namesIn } from './expression.js'
import type { KeyPart } from './key-parts.js'
import { automaticCheckName, automaticName, fold, isSameName, takeName } from './names.js'
import type { References } from './references-text.js'
import { neutralType } from './types.js'

/** Where in the text something stands: a table constraint, or a part of a column. */
export type Place =
  | { readonly item: ConstraintText; readonly part: null }
  | { readonly item: ColumnText; readonly part: ColumnPart }

export interface PlacedCheck {
  readonly place: Place
  readonly name: string
  readonly sql: string
  /** The column that it makes an enum of these values; null for an ordinary check. */
  readonly enumOf: { readonly column: string; readonly values: readonly string[] } | null
}

export interface PlacedForeignKey {
  readonly place: Place
  readonly name: string
  readonly columns: readonly string[]
  readonly references: References
}

export interface PlacedUnique {
  readonly place: Place
  readonly name: string
  readonly columns: readonly string[]
  readonly parts: readonly KeyPart[]
}

export interface PlacedPrimaryKey {
  readonly place: Place
  readonly name: string | null
  readonly columns: readonly string[]
  readonly autoincrement: boolean
}

export function columnsOf(text: TableText): readonly ColumnText[] {
  return text.items.filter((item) => item.kind === 'column')
}

/** The column of this name as SQLite compares names. */
export function columnOf(text: TableText, name: string): ColumnText | undefined {
  return columnsOf(text).find((column) => isSameName(column.name, name))
}

export function primaryKeyOf(text: TableText): PlacedPrimaryKey | null {
  for (const item of text.items) {
    if (item.kind === 'column') {
      const part = item.parts.find((each) => each.kind === 'primaryKey')
      if (part?.kind !== 'primaryKey') continue
      const { name, autoincrement } = part
      return { place: { item, part }, name, columns: [item.name], autoincrement }
    }
    if (item.kind !== 'primaryKey') continue
    const columns = ownNames(text, item.parts)
    const { name, autoincrement } = item
    return { place: { item, part: null }, name, columns, autoincrement }
  }
  return null
}

/** Whether the primary key is another name for the rowid (https://sqlite.org/lang_createtable.html#rowid). */
export function isRowidAlias(text: TableText, key: PlacedPrimaryKey | null): boolean {
  const [only, second] = key?.columns ?? []
  if (key === null || only === undefined || second !== undefined || text.withoutRowid) return false
  const isInteger = fold(columnOf(text, only)?.type ?? '') === 'integer'
  const { part } = key.place
  return isInteger && !(part?.kind === 'primaryKey' && part.descending)
}

/** The column that counts by itself. */
export function countingColumn(text: TableText): string | null {
  const key = primaryKeyOf(text)
  return key?.autoincrement === true ? (key.columns[0] ?? null) : null
}

export function foreignKeysOf(table: string, text: TableText): readonly PlacedForeignKey[] {
  const taken = explicitNames(text, 'references', 'foreignKey')
  const placed = (place: Place, columns: readonly string[], references: References) => ({
    place,
    name: nameAt(place) ?? takeName(taken, automaticName(table, columns, 'foreign')),
    columns,
    references,
  })
  return text.items.flatMap((item): readonly PlacedForeignKey[] => {
    if (item.kind === 'foreignKey') {
      const columns = item.columns.map((name) => columnOf(text, name)?.name ?? name)
      return [placed({ item, part: null }, columns, item.references)]
    }
    if (item.kind !== 'column') return []
    return item.parts.flatMap((part, i) => {
      if (part.kind !== 'references') return []
      // DEFERRABLE may stand apart from the REFERENCES that it is about.
      const after = item.parts[i + 1]
      const deferrable =
        after?.kind === 'deferrable' ? after.deferrable : part.references.deferrable
      return [placed({ item, part }, [item.name], { ...part.references, deferrable })]
    })
  })
}

export function uniquesOf(table: string, text: TableText): readonly PlacedUnique[] {
  const taken = explicitNames(text, 'unique', 'unique')
  const placed = (place: Place, columns: readonly string[], parts: readonly KeyPart[]) => ({
    place,
    name: nameAt(place) ?? takeName(taken, automaticName(table, columns, 'unique')),
    columns,
    parts,
  })
  return text.items.flatMap((item): readonly PlacedUnique[] => {
    if (item.kind === 'unique') {
      return [placed({ item, part: null }, ownNames(text, item.parts), item.parts)]
    }
    if (item.kind !== 'column') return []
    return item.parts
      .filter((part) => part.kind === 'unique')
      .map((part) =>
        placed(
          { item, part },
          [item.name],
          [{ on: { column: item.name }, collation: null, order: 'asc' }],
        ),
      )
  })
}

export function checksOf(table: string, text: TableText): readonly PlacedCheck[] {
  const taken = explicitNames(text, 'check', 'check')
  const enums = new Set<string>()
  const names = columnsOf(text).map((column) => column.name)
  return text.items.flatMap((item): readonly PlacedCheck[] => {
    const checks: readonly { readonly place: Place; readonly sql: string }[] =
      item.kind === 'check'
        ? [{ place: { item, part: null }, sql: item.sql }]
        : item.kind === 'column'
          ? item.parts.flatMap((part) =>
              part.kind === 'check' ? [{ place: { item, part }, sql: part.sql }] : [],
            )
          : []
    return checks.map(({ place, sql }): PlacedCheck => {
      const named = namesIn(sql)
      const automatic = automaticCheckName(
        table,
        names.filter((name) => named.has(fold(name))),
      )
      const enumOf = enumAt(text, sql, { name: nameAt(place), automatic, enums })
      if (enumOf !== null) return { place, name: automatic, sql, enumOf }
      return { place, name: nameAt(place) ?? takeName(taken, automatic), sql, enumOf: null }
    })
  })
}

export function foreignKeyOf(key: PlacedForeignKey): ForeignKey {
  const { table, columns, ...rest } = key.references
  return { name: key.name, columns: key.columns, refTable: table, refColumns: columns, ...rest }
}

/** The first check of a text column that says `column in (…)` and has no name of its own. */
function enumAt(
  text: TableText,
  sql: string,
  known: { readonly name: string | null; readonly automatic: string; readonly enums: Set<string> },
): PlacedCheck['enumOf'] {
  if (known.name !== null && !isSameName(known.name, known.automatic)) return null
  const [only, second] = [...namesIn(sql)]
  const column = only === undefined || second !== undefined ? undefined : columnOf(text, only)
  if (column === undefined || known.enums.has(fold(column.name))) return null
  const type = neutralType(column.type)
  const values = type.kind === 'text' ? enumValues(sql, column.name) : null
  if (values === null) return null
  known.enums.add(fold(column.name))
  return { column: column.name, values }
}

function nameAt(place: Place): string | null {
  return place.part === null ? place.item.name : place.part.name
}

function explicitNames(
  text: TableText,
  partKind: ColumnPart['kind'],
  itemKind: TableItem['kind'],
): Set<string> {
  const names = new Set<string>()
  for (const item of text.items) {
    if (item.kind === itemKind && item.name !== null) names.add(fold(item.name))
    if (item.kind !== 'column') continue
    for (const part of item.parts) {
      if (part.kind === partKind && part.name !== null) names.add(fold(part.name))
    }
  }
  return names
}

function ownNames(text: TableText, parts: readonly KeyPart[]): readonly string[] {
  return parts.map((part) => {
    const name = 'column' in part.on ? part.on.column : part.on.sql
    return columnOf(text, name)?.name ?? name
  })
}

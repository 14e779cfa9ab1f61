/** Keys, checks and references of a CREATE TABLE text, each with the name it has or stands in for. */
import type { ForeignKey } from '../../../schema/table.js'
import type { ColumnPart, ColumnText } from '../text/column-text.js'
import type { ConstraintText, TableText } from '../text/create-table-text.js'
import { enumValues } from '../enum-check.js'
import { namesIn } from '../expression.js'
import type { KeyPart } from '../text/key-parts.js'
import { automaticCheckName, automaticName, fold, isSameName, takeName } from '../names.js'
import type { References } from '../text/references-text.js'
import { neutralType } from '../types.js'

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
  for (const place of placesOf(text)) {
    const { item, part } = place
    if (item.kind === 'column' && part?.kind === 'primaryKey') {
      return { place, name: part.name, columns: [item.name], autoincrement: part.autoincrement }
    }
    if (item.kind === 'primaryKey') {
      const { name, autoincrement } = item
      return { place, name, columns: ownNames(text, item.parts), autoincrement }
    }
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
  const places = placesOf(text).filter(({ item, part }) =>
    part === null ? item.kind === 'foreignKey' : part.kind === 'references',
  )
  const taken = explicitNames(places)
  return places.map((place) => {
    const { columns, references } = keyAt(place, text)
    const name = nameAt(place) ?? takeName(taken, automaticName(table, columns, 'foreign'))
    return { place, name, columns, references }
  })
}

export function uniquesOf(table: string, text: TableText): readonly PlacedUnique[] {
  const places = placesOf(text).filter(({ item, part }) => (part ?? item).kind === 'unique')
  const taken = explicitNames(places)
  return places.map((place) => {
    const { item } = place
    const parts: readonly KeyPart[] =
      item.kind === 'unique'
        ? item.parts
        : [{ on: { column: item.name ?? '' }, collation: null, order: 'asc' }]
    const columns = ownNames(text, parts)
    const name = nameAt(place) ?? takeName(taken, automaticName(table, columns, 'unique'))
    return { place, name, columns, parts }
  })
}

export function checksOf(table: string, text: TableText): readonly PlacedCheck[] {
  const places = placesOf(text).filter(({ item, part }) => (part ?? item).kind === 'check')
  const taken = explicitNames(places)
  const enums = new Set<string>()
  return places.map((place): PlacedCheck => {
    const sql = checkAt(place)
    const named = namesIn(sql)
    const columns = columnsOf(text).filter((column) => named.has(fold(column.name)))
    const automatic = automaticCheckName(
      table,
      columns.map((column) => column.name),
    )
    const own = nameAt(place)
    const isUnnamed = own === null || isSameName(own, automatic)
    const only = isUnnamed && columns.length === 1 ? columns[0] : undefined
    const values = only === undefined || enums.has(only.name) ? null : enumOf(only, sql)
    if (only !== undefined && values !== null) {
      enums.add(only.name)
      return { place, name: automatic, sql, enumOf: { column: only.name, values } }
    }
    return { place, name: own ?? takeName(taken, automatic), sql, enumOf: null }
  })
}

export function foreignKeyOf(key: PlacedForeignKey): ForeignKey {
  const { table, columns, ...rest } = key.references
  return { name: key.name, columns: key.columns, refTable: table, refColumns: columns, ...rest }
}

/** The values that a check allows a text column; null where it is another column or check. */
function enumOf(column: ColumnText, sql: string): readonly string[] | null {
  return neutralType(column.type).kind === 'text' ? enumValues(sql, column.name) : null
}

const placesByText = new WeakMap<TableText, readonly Place[]>()

/** Everything in the text that is a key, a reference or a check, in its order. */
function placesOf(text: TableText): readonly Place[] {
  const known = placesByText.get(text)
  if (known !== undefined) return known
  const places: Place[] = []
  for (const item of text.items) {
    if (item.kind === 'column') {
      for (const part of item.parts) if (PLACED.has(part.kind)) places.push({ item, part })
    } else {
      places.push({ item, part: null })
    }
  }
  placesByText.set(text, places)
  return places
}

const PLACED: ReadonlySet<string> = new Set(['primaryKey', 'unique', 'check', 'references'])

function nameAt(place: Place): string | null {
  return place.part === null ? place.item.name : place.part.name
}

function checkAt({ item, part }: Place): string {
  if (part?.kind === 'check') return part.sql
  return item.kind === 'check' ? item.sql : ''
}

/** DEFERRABLE may stand apart from the REFERENCES that it is about. */
function keyAt(
  { item, part }: Place,
  text: TableText,
): Pick<PlacedForeignKey, 'columns' | 'references'> {
  if (item.kind === 'foreignKey') {
    const columns = item.columns.map((name) => columnOf(text, name)?.name ?? name)
    return { columns, references: item.references }
  }
  if (item.kind !== 'column' || part?.kind !== 'references') throw new Error('No key here.')
  const after = item.parts[item.parts.indexOf(part) + 1]
  const { references } = part
  return {
    columns: [item.name],
    references:
      after?.kind === 'deferrable' ? { ...references, deferrable: after.deferrable } : references,
  }
}

function explicitNames(places: readonly Place[]): Set<string> {
  return new Set(
    places.flatMap((place) => {
      const name = nameAt(place)
      return name === null ? [] : [fold(name)]
    }),
  )
}

function ownNames(text: TableText, parts: readonly KeyPart[]): readonly string[] {
  return parts.map((part) => {
    const name = 'column' in part.on ? part.on.column : part.on.sql
    return columnOf(text, name)?.name ?? name
  })
}

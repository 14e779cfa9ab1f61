/** Whole-number columns of foreign keys take the type of what they point at, as the server demands. */
import type { ColumnType } from '../../../schema/column.js'
import type { TableName } from '../../../schema/table.js'
import type { Declared } from '../catalog/declared.js'
import type { PhysicalColumn, PhysicalKey, PhysicalTable } from '../catalog/physical.js'
import { isCounter, neutralType, parsedType, typeText } from '../types.js'

/** The live type of a column of another table; null where it is not known. */
export type ParentTypes = (table: TableName, column: string) => ColumnType | null

export interface Aligned {
  /** Live types of columns that differ from the declared ones. */
  readonly live: ReadonlyMap<string, ColumnType>
  /** By the server's name of a foreign key: the types that its columns were declared as. */
  readonly declared: ReadonlyMap<string, Declared>
}

/** Which columns of a table with declared types are to be held as what their keys point at. */
export function aligned(table: PhysicalTable, parents: ParentTypes): Aligned {
  const live = new Map<string, ColumnType>()
  const declared = new Map<string, Declared>()
  for (const key of table.foreignKeys) {
    const own = new Map<string, ColumnType>()
    for (const [column, parent] of pairsOf(key, parents)) {
      const type = table.columns.find((each) => each.column.name === column)?.column.type
      const needed = type === undefined || live.has(column) ? null : neededType(type, parent)
      if (type === undefined || needed === null) continue
      live.set(column, needed)
      own.set(column, type)
    }
    if (own.size > 0) declared.set(key.realName, own)
  }
  return { live, declared }
}

/** Columns as the server holds them: with the types that keys demand, those of the primary key not null. */
export function heldColumns<T extends PhysicalColumn>(
  columns: readonly T[],
  primaryKey: readonly string[] | null,
  { live }: Aligned,
): readonly T[] {
  return columns.map((each) => {
    const { column } = each
    const type = live.get(column.name) ?? column.type
    const nullable = column.nullable && primaryKey?.includes(column.name) !== true
    return { ...each, column: { ...column, type, nullable } }
  })
}

/** The type of a column that has to be a parent's; null where it is that already, or no whole number. */
function neededType(own: ColumnType, parent: ColumnType): ColumnType | null {
  const [mine, theirs] = [wholeNumber(own), wholeNumber(parent)]
  // A column that counts is what it is.
  if (mine === null || theirs === null || isCounter(own)) return null
  return typeText(mine) === typeText(theirs) ? null : theirs
}

/** A type as a plain whole number; null where it is none. */
function wholeNumber(type: ColumnType): ColumnType | null {
  const parsed = parsedType(type)
  if (parsed === null || parsed.zerofill) return null
  const plain = neutralType({ ...parsed, counts: false })
  return 'unsigned' in plain && /int$/i.test(parsed.base) ? plain : null
}

function pairsOf(
  { foreignKey }: PhysicalKey,
  parents: ParentTypes,
): readonly (readonly [string, ColumnType])[] {
  return foreignKey.columns.flatMap((column, at) => {
    const refColumn = foreignKey.refColumns[at]
    const type = refColumn === undefined ? null : parents(foreignKey.refTable, refColumn)
    return type === null ? [] : [[column, type] as const]
  })
}

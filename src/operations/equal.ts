/** Whether two values of the schema are the same: by structure, whatever the order of their keys. */
import type { Schema } from '../schema/schema.js'
import type { Table } from '../schema/table.js'

/** Whether two plain values are structurally equal; lists in order, keys in any order. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, at) => isSame(item, b[at]))
  }
  const entries = Object.entries(a)
  if (entries.length !== Object.keys(b).length) return false
  const values = new Map<string, unknown>(Object.entries(b))
  return entries.every(([key, value]) => values.has(key) && isSame(value, values.get(key)))
}

/** Whether two tables hold the same objects; the order of columns, indexes and keys is no difference. */
export function isSameTable(a: Table, b: Table): boolean {
  return a === b || isSame(sortedTable(a), sortedTable(b))
}

/** Whether two schemas hold the same tables and enums, whatever their order. */
export function isSameSchema(a: Schema, b: Schema): boolean {
  if (a.tables.length !== b.tables.length || a.enums.length !== b.enums.length) return false
  const tables = byName(b.tables)
  return (
    byName(a.tables).every((table, at) => {
      const other = tables[at]
      return other !== undefined && isSameTable(table, other)
    }) && isSame(byName(a.enums), byName(b.enums))
  )
}

/** The table with each of its lists in order of name. */
function sortedTable(table: Table): Table {
  return {
    ...table,
    columns: byName(table.columns),
    uniques: byName(table.uniques),
    indexes: byName(table.indexes),
    foreignKeys: byName(table.foreignKeys),
    checks: byName(table.checks),
  }
}

function byName<T extends { readonly name: string }>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

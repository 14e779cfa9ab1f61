/** What writing statements needs to know of the database: the server, and tables as they stand. */
import type { ColumnType } from '../../../schema/column.js'
import type { TableName } from '../../../schema/table.js'
import type { PhysicalTable, Referrer } from '../catalog/physical.js'
import type { Server } from '../connection/server.js'

export interface EmitContext {
  readonly server: Server
  /** Null where there is no such table. */
  lookup(name: TableName): Promise<PhysicalTable | null>
  /** The types of a table's columns, more cheaply than the whole table; none where there is no such table. */
  typesOf(name: TableName): Promise<ReadonlyMap<string, ColumnType>>
  /** The foreign keys of other tables that point at one. */
  referrers(name: TableName): Promise<readonly Referrer[]>
}

/** The foreign keys among those of `tables` that point at another table. */
export function referrersIn(
  tables: readonly PhysicalTable[],
  name: TableName,
): readonly Referrer[] {
  return tables.flatMap((table) =>
    table.foreignKeys
      .filter((key) => key.foreignKey.refTable === name && table.name !== name)
      .map((key) => ({ table, key })),
  )
}

/** The types of a table's columns by name. */
export function columnTypes(table: PhysicalTable | null): ReadonlyMap<string, ColumnType> {
  return new Map((table?.columns ?? []).map(({ column }) => [column.name, column.type]))
}

/** What writing statements needs to know of the database: the server, and tables as they stand. */
import type { TableName } from '../../../schema/table.js'
import type { PhysicalTable, Referrer } from '../catalog/physical.js'
import type { Server } from '../connection/server.js'

export interface EmitContext {
  readonly server: Server
  /** Null where there is no such table. */
  lookup(name: TableName): Promise<PhysicalTable | null>
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

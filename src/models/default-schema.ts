/** Names that say the default schema: the same table as without it, and only the database knows which schema that is. */
import type { DesiredTable, LoadedModels } from '../schema/desired.js'
import type { ColumnType } from '../schema/column.js'
import type { Table, TableName } from '../schema/table.js'

/** The models with every name of `defaultSchema` as the database gives it back, without that schema. */
export function withoutDefaultSchema(
  loaded: LoadedModels,
  defaultSchema: string | null,
): LoadedModels {
  if (defaultSchema === null) return loaded
  const bare = bareName(defaultSchema)
  return {
    ...loaded,
    tables: loaded.tables.map((desired) => bareDesired(desired, defaultSchema)),
    models: loaded.models.map((model) => ({
      ...model,
      table: model.table === null ? null : bare(model.table),
    })),
  }
}

/** A table with every name of `defaultSchema` in it as the database gives it back. */
export function bareTable(table: Table, defaultSchema: string | null): Table {
  if (defaultSchema === null) return table
  const bare = bareName(defaultSchema)
  return {
    ...table,
    name: bare(table.name),
    columns: table.columns.map((column) => ({ ...column, type: bareType(column.type, bare) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, refTable: bare(key.refTable) })),
  }
}

function bareDesired(desired: DesiredTable, defaultSchema: string): DesiredTable {
  const bare = bareName(defaultSchema)
  return {
    ...desired,
    table: bareTable(desired.table, defaultSchema),
    expectations: desired.expectations.map((each) =>
      each.kind === 'relation' ? { ...each, refTable: bare(each.refTable) } : each,
    ),
  }
}

function bareType(type: ColumnType, bare: (name: string) => string): ColumnType {
  if (type.kind !== 'enum' || type.native === null) return type
  return { ...type, native: bare(type.native) }
}

/** Takes the default schema off a name. */
export function bareName(defaultSchema: string | null): (name: TableName) => TableName {
  if (defaultSchema === null) return (name) => name
  const prefix = `${defaultSchema}.`
  return (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name)
}

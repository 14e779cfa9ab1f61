/** A live database, read piece by piece, for plans that make much which is not there. */
import type { Connection } from '../dialects/connection.js'
import type { Dialect } from '../dialects/dialect.js'
import { tableOf } from '../operations/operation.js'
import type { EnumType } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'
import type { SchemaCall } from '../vocabulary/call.js'

export interface LiveReader {
  /** A table; null where it is not there, which one list tells of all instead of a question each. */
  table(name: TableName): Promise<Table | null>
  /** The enum types; null where the engine has none, and a script's are parts of columns. */
  enums(): Promise<readonly EnumType[] | null>
}

/** When a plan names more tables than these, they are read in one go. */
const MANY = 8

/** A reader of the database behind a connection, for a plan that names these tables. */
export function liveReader(
  dialect: Dialect,
  connection: Connection,
  named: readonly TableName[],
): LiveReader {
  let listed: { readonly own: ReadonlySet<string>; readonly folded: ReadonlySet<string> } | null =
    null
  let together: ReadonlyMap<TableName, Table> | null = null

  async function tablesThere(): Promise<NonNullable<typeof listed>> {
    if (listed !== null) return listed
    const own = await dialect.listTables(connection)
    listed = { own: new Set(own), folded: new Set(own.map((each) => each.toLowerCase())) }
    return listed
  }

  async function mayBeThere(name: TableName): Promise<boolean> {
    // The list holds the tables of the usual schema; engines differ in the case that they keep.
    return name.includes('.') || (await tablesThere()).folded.has(name.toLowerCase())
  }

  /** Those that go by just this name; any other is asked for by itself. */
  async function readTogether(): Promise<ReadonlyMap<TableName, Table>> {
    const { own } = await tablesThere()
    const only = [...new Set(named)].filter((name) => own.has(name) && !name.includes('.'))
    if (only.length <= MANY) return new Map()
    const { schema } = await dialect.introspect(connection, { only, except: [] })
    return new Map(schema.tables.map((table) => [table.name, table]))
  }

  return {
    async table(name) {
      if (!(await mayBeThere(name))) return null
      together ??= await readTogether()
      return together.get(name) ?? (await dialect.introspectTable(connection, name))
    },
    async enums() {
      if (!dialect.facts.hasEnumTypes) return null
      const { schema } = await dialect.introspect(connection, { only: [], except: [] })
      return schema.enums
    },
  }
}

/** The tables that calls name, as they say them. */
export function tablesNamed(calls: readonly SchemaCall[]): readonly TableName[] {
  return calls.flatMap((call) => {
    switch (call.kind) {
      case 'unknown':
        return []
      case 'operation':
        return tableOf(call.operation) ?? []
      case 'renameTable':
        return [call.from]
      case 'dropTable':
      case 'table':
        return [call.table]
    }
  })
}

/** A live database, read piece by piece, for plans that make much which is not there. */
import type { Connection, Dialect } from '../dialects/dialect.js'
import type { EnumType } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'

export interface LiveReader {
  /** A table; null where it is not there, which one list tells of all instead of a question each. */
  table(name: TableName): Promise<Table | null>
  enums(): Promise<readonly EnumType[]>
}

/** A reader of the database behind a connection. */
export function liveReader(dialect: Dialect, connection: Connection): LiveReader {
  let listed: ReadonlySet<string> | null = null

  async function mayBeThere(name: TableName): Promise<boolean> {
    // The list holds the tables of the usual schema; engines differ in the case that they keep.
    if (name.includes('.')) return true
    listed ??= new Set((await dialect.listTables(connection)).map((each) => each.toLowerCase()))
    return listed.has(name.toLowerCase())
  }

  return {
    table: async (name) =>
      (await mayBeThere(name)) ? await dialect.introspectTable(connection, name) : null,
    async enums() {
      const { schema } = await dialect.introspect(connection, { only: [], except: [] })
      return schema.enums
    },
  }
}

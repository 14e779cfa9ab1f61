/** Tables of a live database, one by one, for plans that make many which are not there. */
import type { Connection, Dialect } from '../dialects/dialect.js'
import type { Table, TableName } from '../schema/table.js'

/** Reads a table; null where it is not there, which one list tells of all instead of a question each. */
export function tableReader(
  dialect: Dialect,
  connection: Connection,
): (name: TableName) => Promise<Table | null> {
  let listed: ReadonlySet<string> | null = null

  async function mayBeThere(name: TableName): Promise<boolean> {
    // The list holds the tables of the usual schema; engines differ in the case that they keep.
    if (name.includes('.')) return true
    listed ??= new Set((await dialect.listTables(connection)).map((each) => each.toLowerCase()))
    return listed.has(name.toLowerCase())
  }

  return async (name) =>
    (await mayBeThere(name)) ? await dialect.introspectTable(connection, name) : null
}

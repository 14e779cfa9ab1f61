/** The schema followed through a plan: what each schema call means on the tables as they stand before it. */
import type { Connection, Dialect } from '../dialects/dialect.js'
import { applyOperations } from '../operations/apply.js'
import type { Operation } from '../operations/operation.js'
import type { Schema } from '../schema/schema.js'
import { EMPTY_SCHEMA } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'
import type { SchemaCall } from '../vocabulary/call.js'
import { noSuchTable, tableExists } from './carry-out.js'

export interface Follower {
  /**
   * The operations of a call, against the tables as the calls before left them.
   * @throws MigrateError `TABLE_MISSING` when it touches a table that is not there
   */
  follow(call: SchemaCall): Promise<readonly Operation[]>
}

/**
 * Follows calls without running them. A table is read from the database when the first call touches
 * it, and from then on only in memory; `connection: null` starts from an empty database.
 */
export function createFollower(dialect: Dialect, connection: Connection | null): Follower {
  let schema: Schema = EMPTY_SCHEMA
  const seen = new Set<TableName>()

  let listed: ReadonlySet<string> | null = null

  /** Whether to look for a table: a plan makes many that are not there, and one list tells of all. */
  async function mayBeThere(at: Connection, name: TableName): Promise<boolean> {
    // The list holds the tables of the usual schema; engines differ in the case that they keep.
    if (name.includes('.')) return true
    listed ??= new Set((await dialect.listTables(at)).map((each) => each.toLowerCase()))
    return listed.has(name.toLowerCase())
  }

  async function tableNow(name: TableName): Promise<Table | null> {
    if (!seen.has(name)) {
      seen.add(name)
      const isThere = connection !== null && (await mayBeThere(connection, name))
      const live = isThere ? await dialect.introspectTable(connection, name) : null
      if (live !== null) schema = { ...schema, tables: [...schema.tables, live] }
    }
    return schema.tables.find((table) => table.name === name) ?? null
  }

  async function operationsOf(call: SchemaCall): Promise<readonly Operation[]> {
    switch (call.kind) {
      case 'unknown':
        return []
      case 'operation':
        return [call.operation]
      case 'renameTable':
        await tableNow(call.from)
        await tableNow(call.to)
        return [{ kind: 'renameTable', from: call.from, to: call.to }]
      case 'dropTable': {
        const table = await tableNow(call.table)
        if (table !== null) return [{ kind: 'dropTable', table }]
        if (call.ifExists) return []
        throw noSuchTable(call.table, 'drops')
      }
      case 'table': {
        const before = await tableNow(call.table)
        if (call.method === 'createTable') {
          if (before !== null) throw tableExists(call.table)
          return call.read(null)
        }
        if (call.method === 'createTableIfNotExists') return before === null ? call.read(null) : []
        if (before === null) throw noSuchTable(call.table, 'alters')
        return call.read(before)
      }
    }
  }

  return {
    async follow(call) {
      const operations = await operationsOf(call)
      schema = applyOperations(schema, operations)
      return operations
    },
  }
}

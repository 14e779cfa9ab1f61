/** The schema followed through a plan: what each schema call means on the tables as they stand before it. */
import { applyOperation } from '../operations/apply.js'
import type { Operation } from '../operations/operation.js'
import type { Schema } from '../schema/schema.js'
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
 * Follows calls without running them, from `start` on. A table that is not in it is read when the
 * first call touches it, and from then on kept in memory; `readTable: null`: there is no other.
 */
export function createFollower(
  start: Schema,
  readTable: ((name: TableName) => Promise<Table | null>) | null,
): Follower {
  let schema = start
  /** Made since, and not in `schema` yet: joined one by one they would cost their square. */
  const made = new Map<TableName, Table>()
  const seen = new Set<TableName>(start.tables.map(({ name }) => name))

  async function tableNow(name: TableName): Promise<Table | null> {
    if (!seen.has(name)) {
      seen.add(name)
      const live = readTable === null ? null : await readTable(name)
      if (live !== null) schema = { ...schema, tables: [...schema.tables, live] }
    }
    return made.get(name) ?? schema.tables.find((table) => table.name === name) ?? null
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

  function allTables(): Schema {
    const all = { ...schema, tables: [...schema.tables, ...made.values()] }
    made.clear()
    return all
  }

  return {
    async follow(call) {
      const operations = await operationsOf(call)
      for (const operation of operations) {
        if (operation.kind === 'createTable') made.set(operation.table.name, operation.table)
        else schema = applyOperation(allTables(), operation)
      }
      return operations
    },
  }
}

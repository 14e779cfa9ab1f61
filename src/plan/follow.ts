/** The schema followed through a plan: what each schema call means on the tables as they stand before it. */
import { applyOperation } from '../operations/apply.js'
import { ApplyError } from '../operations/apply-error.js'
import { alterEnum, enumsBrought, type AlterEnum } from '../operations/enum.js'
import type { Operation } from '../operations/operation.js'
import { tableOf } from '../operations/operation.js'
import type { Schema } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'
import { emptyTable } from '../schema/table.js'
import type { SchemaCall } from '../vocabulary/call.js'
import type { LiveReader } from './live-reader.js'
import { misfit, noSuchTable, tableExists } from './misfit.js'

export interface Follower {
  /**
   * The operations of a call, against the tables as the calls before left them.
   * @throws MigrateError `TABLE_MISSING`, `COLUMN_MISSING` and the like when it touches what is not
   * there, `TABLE_EXISTS` and the like when it makes what is
   */
  follow(call: SchemaCall): Promise<readonly Operation[]>
}

/**
 * Follows calls without running them, from `start` on. A table that is not in it is read when the
 * first call touches it, the enums when the first call changes one, and from then on they are kept
 * in memory; `live: null`: there are no others. After a call that the reader does not know nothing is
 * called missing or taken: it may have made or dropped it.
 */
export function createFollower(start: Schema, live: LiveReader | null): Follower {
  let schema = start
  let knowsEnums = live === null
  let lacksEnumTypes = false
  /** Made since, and not in `schema` yet: joined one by one they would cost their square. */
  const made = new Map<TableName, Table>()
  const seen = new Set<TableName>(start.tables.map(({ name }) => name))
  /** The names that the database gives tables, by those that scripts say: `public.users` is `users`. */
  const ownNames = new Map<TableName, TableName>()
  /** Whether a call ran of which nobody knows what it made, changed or dropped. */
  let isUnsure = false
  /** Changes to enums that tables which are read after them do not show. */
  let altered: AlterEnum[] = []

  function nameOf(name: TableName): TableName {
    return ownNames.get(name) ?? name
  }

  async function tableNow(name: TableName): Promise<Table | null> {
    if (!seen.has(name)) {
      seen.add(name)
      const found = live === null ? null : await live.table(name)
      if (found !== null) ownNames.set(name, found.name)
      if (found !== null && (found.name === name || !seen.has(found.name))) {
        seen.add(found.name)
        const { tables } = altered.reduce(alterEnum, { ...schema, tables: [found] })
        schema = { ...schema, tables: [...schema.tables, ...tables] }
      }
    }
    const own = nameOf(name)
    return made.get(own) ?? schema.tables.find((table) => table.name === own) ?? null
  }

  async function readEnums(): Promise<void> {
    if (knowsEnums || live === null) return
    knowsEnums = true
    const own = new Set(schema.enums.map(({ name }) => name))
    const found = await live.enums()
    lacksEnumTypes = found === null
    const others = found?.filter(({ name }) => !own.has(name)) ?? []
    schema = { ...schema, enums: [...others, ...schema.enums] }
  }

  async function operationsOf(call: SchemaCall): Promise<readonly Operation[]> {
    switch (call.kind) {
      case 'unknown':
        isUnsure = true
        return []
      case 'operation': {
        const table = tableOf(call.operation)
        if (table !== null) await tableNow(table)
        return [call.operation]
      }
      case 'renameTable':
        await tableNow(call.from)
        await tableNow(call.to)
        return [{ kind: 'renameTable', from: nameOf(call.from), to: call.to }]
      case 'dropTable': {
        const table = await tableNow(call.table)
        if (table !== null) return [{ kind: 'dropTable', table }]
        if (call.ifExists) return []
        if (isUnsure) return [{ kind: 'dropTable', table: emptyTable(call.table) }]
        throw noSuchTable(call.table, 'drops')
      }
      case 'table': {
        const before = await tableNow(call.table)
        if (call.method === 'createTable') {
          if (before !== null && !isUnsure) throw tableExists(call.table)
          return call.read(null)
        }
        if (call.method === 'createTableIfNotExists') return before === null ? call.read(null) : []
        if (before === null && !isUnsure) throw noSuchTable(call.table, 'alters')
        return call.read(before)
      }
    }
  }

  function allTables(): Schema {
    const all = { ...schema, tables: [...schema.tables, ...made.values()] }
    made.clear()
    return all
  }

  function carryOut(operation: Operation): void {
    if (operation.kind === 'createTable') made.set(operation.table.name, operation.table)
    else schema = applyOperation(allTables(), operation)
    for (const brought of enumsBrought(operation)) {
      if (schema.enums.some(({ name }) => name === brought.name)) continue
      schema = { ...schema, enums: [...schema.enums, brought] }
    }
    if (operation.kind === 'alterEnum') altered.push(operation)
    if (operation.kind === 'dropEnum') {
      altered = altered.filter(({ name }) => name !== operation.enum.name)
    }
  }

  function fitting(operation: Operation): void {
    try {
      carryOut(operation)
    } catch (thrown) {
      if (!(thrown instanceof ApplyError)) throw thrown
      // What an unknown call may have made or dropped, only the server can tell.
      if (!isUnsure) throw misfit(thrown)
    }
  }

  /** Whether it drops a type that was never one here, made by a script that another engine reads too. */
  function isDropOfNothing(operation: Operation): boolean {
    if (!lacksEnumTypes || operation.kind !== 'dropEnum') return false
    return !schema.enums.some(({ name }) => name === operation.enum.name)
  }

  return {
    async follow(call) {
      const operations = await operationsOf(call)
      for (const operation of operations) {
        if (isAboutEnum(operation)) await readEnums()
        if (!isDropOfNothing(operation)) fitting(operation)
      }
      return operations
    },
  }
}

function isAboutEnum({ kind }: Operation): boolean {
  return kind === 'createEnum' || kind === 'alterEnum' || kind === 'dropEnum'
}

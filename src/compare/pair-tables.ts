/** Which table of the database is which of the models', once answered renames are made. */
import { applyOperations } from '../operations/apply.js'
import type { Operation } from '../operations/operation.js'
import type { DesiredTable } from '../schema/desired.js'
import type { EnumType } from '../schema/schema.js'
import type { Table, TableName } from '../schema/table.js'
import type { GivenRename } from './comparison.js'
import { columnRenames, tableRenames, unknownRename } from './given-renames.js'

/** A model's table and the one of the database that it means. */
export interface PairedTable {
  readonly desired: DesiredTable
  /** Under its new names; null where the database has none. */
  readonly current: Table | null
  /** The table's name before it was renamed; null where it was not. */
  readonly renamedFrom: TableName | null
  /** Former names of renamed columns, by their new ones. */
  readonly renamedColumns: ReadonlyMap<string, string>
}

export interface Pairing {
  readonly renames: readonly Operation[]
  /** In the models' order. */
  readonly pairs: readonly PairedTable[]
  /** Tables that no model claims. */
  readonly unclaimed: readonly Table[]
}

export interface PairingInput {
  readonly current: readonly Table[]
  readonly enums: readonly EnumType[]
  readonly desired: readonly DesiredTable[]
  readonly renames: readonly GivenRename[]
  /** A table's name as the database would report it. */
  readonly reportedName: (name: TableName) => TableName
}

/**
 * Pairs tables by name after the answered renames.
 * @throws MigrateError `RENAME_UNKNOWN` where an answer fits no difference
 */
export function pairTables(input: PairingInput): Pairing {
  const named = namedAsReported(input)
  const names = {
    current: new Set(input.current.map((table) => table.name)),
    desired: new Set(named.keys()),
  }
  const ofTables = tableRenames(input.renames, names)
  const schema = { tables: input.current, enums: input.enums }
  const renamed = applyOperations(schema, ofTables)
  const ofColumns = renamesOfColumns(input.renames, tableNamesNow(ofTables), {
    live: byName(renamed.tables),
    desired: named,
  })
  const { tables } = applyOperations(renamed, ofColumns)
  const live = byName(tables)
  const before = tableNamesBefore(ofTables)
  const pairs = [...named].map(([name, desired]) => ({
    desired,
    current: live.get(name) ?? null,
    renamedFrom: before.get(name) ?? null,
    renamedColumns: columnNamesBefore(ofColumns, name),
  }))
  return {
    renames: [...ofTables, ...ofColumns],
    pairs,
    unclaimed: tables.filter((table) => !named.has(table.name)),
  }
}

/** The models' tables by the name under which the database has them, or would have them. */
function namedAsReported(input: PairingInput): ReadonlyMap<TableName, DesiredTable> {
  const live = new Set(input.current.map((table) => table.name))
  return new Map(
    input.desired.map((desired) => {
      const { name } = desired.table
      if (live.has(name)) return [name, desired]
      const reported = input.reportedName(name)
      return [live.has(reported) ? reported : name, desired]
    }),
  )
}

interface Sides {
  readonly live: ReadonlyMap<TableName, Table>
  readonly desired: ReadonlyMap<TableName, DesiredTable>
}

function renamesOfColumns(
  given: readonly GivenRename[],
  namesNow: ReadonlyMap<TableName, TableName>,
  { live, desired }: Sides,
): readonly Operation[] {
  const byTable = new Map<TableName, GivenRename[]>()
  for (const each of given) {
    if (each.column === null) continue
    const table = namesNow.get(each.table) ?? each.table
    byTable.set(table, [...(byTable.get(table) ?? []), each])
  }
  return [...byTable].flatMap(([table, wanted]) => {
    const [first] = wanted
    const current = live.get(table)
    const model = desired.get(table)
    if (first !== undefined && (current === undefined || model === undefined)) {
      const side = current === undefined ? 'database has no table' : 'models have no table'
      throw unknownRename(first, `The ${side} ${table}.`)
    }
    return columnRenames(table, wanted, {
      current: columnNames(current),
      desired: columnNames(model?.table),
    })
  })
}

function columnNames(table: Table | undefined): ReadonlySet<string> {
  return new Set(table?.columns.map((column) => column.name))
}

/** New table names by their old ones; a rename by way of a third name is followed to its end. */
function tableNamesNow(renames: readonly Operation[]): ReadonlyMap<TableName, TableName> {
  return new Map([...tableNamesBefore(renames)].map(([to, from]) => [from, to]))
}

function tableNamesBefore(renames: readonly Operation[]): ReadonlyMap<TableName, TableName> {
  return followed(renames.flatMap((each) => (each.kind === 'renameTable' ? [each] : [])))
}

function columnNamesBefore(
  renames: readonly Operation[],
  table: TableName,
): ReadonlyMap<string, string> {
  return followed(
    renames.flatMap((each) => (each.kind === 'renameColumn' && each.table === table ? [each] : [])),
  )
}

/** First names by last ones, of renames in the order in which they are made. */
function followed(
  renames: readonly { readonly from: string; readonly to: string }[],
): ReadonlyMap<string, string> {
  const firstNames = new Map<string, string>()
  for (const { from, to } of renames) {
    const first = firstNames.get(from) ?? from
    firstNames.delete(from)
    firstNames.set(to, first)
  }
  return firstNames
}

function byName(tables: readonly Table[]): ReadonlyMap<TableName, Table> {
  return new Map(tables.map((table) => [table.name, table]))
}

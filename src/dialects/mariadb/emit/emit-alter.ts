/** Alterations of one table as the statements that carry them out. */
import type { ColumnType } from '../../../schema/column.js'
import type { TableName } from '../../../schema/table.js'
import { type Aligned, aligned, heldColumns, type ParentTypes } from './align.js'
import { changeTable } from './change-table.js'
import type { EmitContext } from './emit-context.js'
import type { PhysicalTable, Referrer } from '../catalog/physical.js'
import { quote, quoteTable } from '../quote.js'
import { withSupport } from './support.js'
import type { Alteration, WorkTable } from './work-table.js'
import { alterWork, startWork } from './work-table.js'

export interface AlteredTable {
  readonly statements: readonly string[]
  /** As the server then holds it. */
  readonly table: PhysicalTable
  /** Other tables that the statements change, as the server then holds them. */
  readonly others: readonly PhysicalTable[]
}

/**
 * The statements for operations on a table: one ALTER TABLE wherever the engine can do it in one, so
 * that all of it is done or nothing.
 */
export async function emitAlter(
  context: EmitContext,
  before: PhysicalTable,
  operations: readonly Alteration[],
): Promise<AlteredTable> {
  const { server } = context
  const bare = operations.reduce(alterWork, startWork(before))
  const parents = await parentTypes(context, before, bare)
  const is = aligned(bare, parents)
  const after: WorkTable = { ...bare, indexes: withSupport(bare, before, is).indexes }
  const { first, second, retyped } = changeTable({ before, after, aligned: is, server })
  const table = heldTable(after, is)
  const referrers = retyped.length === 0 ? [] : await context.referrers(before.name)
  const broken = referrers.filter(({ key }) =>
    key.foreignKey.refColumns.some((column) => retyped.includes(column)),
  )
  const restored = broken.map((referrer) => restoreKey(referrer, table, context))
  const statements = [
    ...broken.map(dropKey),
    first,
    second,
    ...restored.flatMap((each) => each.statements),
  ]
  return {
    statements: statements.filter((sql) => sql !== null),
    table,
    others: restored.map((each) => each.table),
  }
}

/** The types of what the foreign keys of a table point at. */
async function parentTypes(
  context: EmitContext,
  before: PhysicalTable,
  after: WorkTable,
): Promise<ParentTypes> {
  const known = new Map<string, ColumnType>()
  const learn = (table: TableName, column: string, type: ColumnType): void => {
    known.set(JSON.stringify([table, column]), type)
  }
  const standing = new Set(before.foreignKeys.map((key) => key.realName))
  const tables = new Set(
    after.foreignKeys
      .filter((key) => !standing.has(key.realName))
      .map((key) => key.foreignKey.refTable),
  )
  learnFrom(before, learn)
  for (const name of tables) {
    if (name === after.name) continue
    for (const [column, type] of await context.typesOf(name)) learn(name, column, type)
  }
  // A table that points at itself has its own new types.
  for (const { column } of after.columns) learn(after.name, column.name, column.type)
  return (table, column) => known.get(JSON.stringify([table, column])) ?? null
}

/** A key that stands has the very type of what it points at. */
function learnFrom(
  table: PhysicalTable,
  learn: (table: TableName, column: string, type: ColumnType) => void,
): void {
  for (const { foreignKey: key } of table.foreignKeys) {
    for (const [at, name] of key.columns.entries()) {
      const type = table.columns.find(({ column }) => column.name === name)?.column.type
      const refColumn = key.refColumns[at]
      if (type !== undefined && refColumn !== undefined) learn(key.refTable, refColumn, type)
    }
  }
}

function dropKey({ table, key }: Referrer): string {
  return `alter table ${quoteTable(table.name)} drop foreign key ${quote(key.realName)}`
}

/** Brings a key of another table back whose columns now point at another type. */
function restoreKey(
  { table, key }: Referrer,
  parent: PhysicalTable,
  { server }: EmitContext,
): { readonly statements: readonly (string | null)[]; readonly table: PhysicalTable } {
  const known = new Map<string, ColumnType>()
  learnFrom(table, (name, column, type) => known.set(JSON.stringify([name, column]), type))
  for (const { column } of parent.columns) {
    known.set(JSON.stringify([parent.name, column.name]), column.type)
  }
  const before = {
    ...table,
    foreignKeys: table.foreignKeys.filter((each) => each !== key),
  }
  const work = startWork(table)
  const is = aligned(work, (name, column) => known.get(JSON.stringify([name, column])) ?? null)
  const after: WorkTable = { ...work, indexes: withSupport(work, table, is).indexes }
  const { first, second } = changeTable({ before, after, aligned: is, server })
  return { statements: [first, second], table: heldTable(after, is) }
}

/** The table as the server holds it. */
function heldTable(after: WorkTable, is: Aligned): PhysicalTable {
  const columns = heldColumns(after.columns, after.primaryKey, is)
  return {
    ...after,
    columns: columns.map(({ column, check, invisible }) => ({ column, check, invisible })),
  }
}

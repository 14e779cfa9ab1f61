/** Operations as the statements that carry them out on the database as it stands. */
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { ColumnType } from '../../../schema/column.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { Connection } from '../../connection.js'
import type { Statement } from '../../dialect.js'
import { createTable } from './create-table.js'
import { emitAlter } from './emit-alter.js'
import { columnTypes, type EmitContext, referrersIn } from './emit-context.js'
import { liveContext } from './live-context.js'
import type { PhysicalTable } from '../catalog/physical.js'
import { quoteTable } from '../quote.js'
import { notFound, refused } from '../refusals.js'
import { sessionOf } from '../connection/session.js'
import { renameColumn } from './rename.js'
import { isSketch } from './sketch.js'
import type { Alteration } from './work-table.js'

/** The statements, in order, for a database as it stands, or as a sketch of it says that it stands. */
export async function emit(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly Statement[]> {
  if (!isSketch(connection)) {
    const emitted = await emitWith(await liveContext(connection), operations)
    const texts = emitted.statements.map(({ sql }) => sql)
    sessionOf(connection).recent.expect(texts, operations, emitted.tables)
    return emitted.statements
  }
  const { sketch } = connection
  const { statements, tables } = await emitWith(sketch.context, operations)
  sketch.expect(statements, tables)
  return statements
}

interface Emitted {
  readonly statements: readonly Statement[]
  /** The tables that the statements change, as they leave them; null is gone. */
  readonly tables: ReadonlyMap<TableName, PhysicalTable | null>
}

async function emitWith(context: EmitContext, operations: readonly Operation[]): Promise<Emitted> {
  const statements: string[] = []
  const tables = new Map<TableName, PhysicalTable | null>()
  for (const group of groupsOf(operations)) {
    statements.push(...(await emitGroup(context, group, tables)))
  }
  return { statements: statements.map((sql) => ({ sql })), tables }
}

/** Neighbours that one ALTER TABLE may hold: alterations of one table without a rename. */
function groupsOf(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const groups: Operation[][] = []
  for (const operation of operations) {
    const last = groups.at(-1)
    const first = last?.[0]
    const joins =
      first !== undefined &&
      isAlteration(operation) &&
      isAlteration(first) &&
      tableOf(first) === tableOf(operation)
    if (joins) last?.push(operation)
    else groups.push([operation])
  }
  return groups
}

type Tables = Map<TableName, PhysicalTable | null>

async function emitGroup(
  context: EmitContext,
  group: readonly Operation[],
  tables: Tables,
): Promise<readonly string[]> {
  const alterations = group.filter(isAlteration)
  const [alteration] = alterations
  if (alteration !== undefined) {
    const before = await tableAt(context, tables, alteration.table)
    const altered = await emitAlter(seeing(context, tables), before, alterations)
    for (const table of [altered.table, ...altered.others]) tables.set(table.name, table)
    return altered.statements
  }
  const [operation] = group
  switch (operation?.kind) {
    case 'createTable':
      return [await emitCreate(seeing(context, tables), operation.table, tables)]
    case 'dropTable':
      tables.set(operation.table.name, null)
      return [`drop table ${quoteTable(operation.table.name)}`]
    case 'renameTable': {
      if (operation.from === operation.to) return []
      const table = await tableAt(context, tables, operation.from)
      tables.set(operation.from, null)
      tables.set(operation.to, { ...table, name: operation.to })
      return [`rename table ${quoteTable(operation.from)} to ${quoteTable(operation.to)}`]
    }
    case 'renameColumn': {
      if (operation.from === operation.to) return []
      const before = await tableAt(context, tables, operation.table)
      const { sql, table } = renameColumn(before, operation, context.server)
      tables.set(operation.table, table)
      return [sql]
    }
    case 'alterEnum':
      throw refused(`There is no type ${operation.name} here that could be altered.`, {
        why: 'In MariaDB and MySQL the values of an enum belong to each column that uses it.',
        fix: 'State each of these columns anew: table.enu(…).alter().',
      })
    default:
      // An enum type comes and goes with the columns that use it.
      return []
  }
}

/** The context with the tables as the statements so far leave them. */
function seeing(context: EmitContext, tables: Tables): EmitContext {
  return {
    ...context,
    lookup: (name) => {
      const known = tables.get(name)
      return known === undefined ? context.lookup(name) : Promise.resolve(known)
    },
    typesOf: (name) => {
      const known = tables.get(name)
      return known === undefined ? context.typesOf(name) : Promise.resolve(columnTypes(known))
    },
    async referrers(name) {
      const before = await context.referrers(name)
      const known = [...tables.values()].filter((table) => table !== null)
      return [...before.filter(({ table }) => !tables.has(table.name)), ...referrersIn(known, name)]
    },
  }
}

async function tableAt(
  context: EmitContext,
  tables: Tables,
  name: TableName,
): Promise<PhysicalTable> {
  const table = await seeing(context, tables).lookup(name)
  if (table === null) throw notFound('The database', `table ${name}`)
  return table
}

async function emitCreate(context: EmitContext, table: Table, tables: Tables): Promise<string> {
  const types = new Map<string, ColumnType>()
  const learn = (name: TableName, column: string, type: ColumnType): void => {
    types.set(JSON.stringify([name, column]), type)
  }
  for (const name of new Set(table.foreignKeys.map((key) => key.refTable))) {
    if (name === table.name) continue
    for (const [column, type] of await context.typesOf(name)) learn(name, column, type)
  }
  for (const column of table.columns) learn(table.name, column.name, column.type)
  const parents = (name: TableName, column: string): ColumnType | null =>
    types.get(JSON.stringify([name, column])) ?? null
  const created = createTable(table, parents, context.server)
  tables.set(table.name, created.table)
  return created.sql
}

function isAlteration(operation: Operation): operation is Alteration {
  return (
    'table' in operation && typeof operation.table === 'string' && operation.kind !== 'renameColumn'
  )
}

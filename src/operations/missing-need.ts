/** Why operations in a chosen order cannot be carried out on a schema. */
import type { Schema } from '../schema/schema.js'
import type { ForeignKey, TableName } from '../schema/table.js'
import { applyOperation } from './apply.js'
import { ApplyError } from './apply-error.js'
import { impliedDrops } from './drop-column.js'
import type { Operation, TableOperation } from './operation.js'
import { enumsOf } from './order-keys.js'
import { objectName } from './summary.js'

/** The operation at which an order fails, and what it needs before it. */
export interface MissingNeed {
  readonly operation: Operation
  /** `table users`, `column users.id`, `foreign key posts_user_foreign of posts to be dropped`. */
  readonly needs: string
  /** The one of `others` that would settle it; null where none does alone. */
  readonly settledBy: Operation | null
}

/**
 * The first operation of a list that lacks something, on the schema as those before it leave it;
 * null where all can be carried out, and taken back again. `others` are those that might have come
 * first.
 */
export function missingNeed(
  schema: Schema,
  operations: readonly Operation[],
  others: readonly Operation[],
): MissingNeed | null {
  let now = schema
  for (const operation of operations) {
    const needs = needsOf(now, operation)
    if (needs !== null) {
      const before = now
      const settles = others.find(
        (other) => other !== operation && isSettled(before, other, operation),
      )
      return { operation, needs, settledBy: settles ?? null }
    }
    now = applyOperation(now, operation)
  }
  return null
}

function isSettled(schema: Schema, other: Operation, operation: Operation): boolean {
  return (
    needsOf(schema, other) === null && needsOf(applyOperation(schema, other), operation) === null
  )
}

function needsOf(schema: Schema, operation: Operation): string | null {
  const misfit = misfitOf(schema, operation)
  return misfit ?? missingEnum(schema, operation) ?? referenceProblem(schema, operation)
}

/** What the operation itself names and is not there, or is in its way, or would be lost unsaid. */
function misfitOf(schema: Schema, operation: Operation): string | null {
  try {
    applyOperation(schema, operation)
    if (operation.kind !== 'dropColumn') return null
    // What goes along unsaid would not come back with the column.
    const table = tableIn(schema, operation.table)
    const [implied] = table === undefined ? [] : impliedDrops(table, operation.column.name)
    return implied === undefined ? null : `${goneName(implied)} to be dropped`
  } catch (thrown) {
    if (!(thrown instanceof ApplyError)) throw thrown
    const { problem, object, table } = thrown
    const where = table === null || object === `table ${table}` ? object : `${object} of ${table}`
    return problem === 'missing' ? where : `${where} to be gone`
  }
}

function goneName(implied: TableOperation): string {
  const words: Readonly<Partial<Record<TableOperation['kind'], string>>> = {
    dropForeignKey: 'foreign key',
    dropCheck: 'check',
    dropIndex: 'index',
    dropUnique: 'unique',
  }
  const word = words[implied.kind]
  return word === undefined
    ? `the primary key of ${implied.table}`
    : `${word} ${objectName(implied)} of ${implied.table}`
}

function missingEnum(schema: Schema, operation: Operation): string | null {
  const columns =
    operation.kind === 'createTable'
      ? operation.table.columns
      : operation.kind === 'addColumn'
        ? [operation.column]
        : operation.kind === 'alterColumn'
          ? [operation.to]
          : []
  const missing = enumsOf(columns).find((name) => schema.enums.every((one) => one.name !== name))
  if (missing !== undefined) return `enum ${missing}`
  if (operation.kind !== 'dropEnum') return null
  const user = schema.tables.find((table) => enumsOf(table.columns).includes(operation.enum.name))
  return user === undefined ? null : `table ${user.name} not to use it any more`
}

function referenceProblem(schema: Schema, operation: Operation): string | null {
  switch (operation.kind) {
    case 'createTable': {
      const { table } = operation
      const after = { ...schema, tables: [...schema.tables, table] }
      return firstOf(table.foreignKeys, (key) => missingParent(after, key))
    }
    case 'addForeignKey':
      return missingParent(schema, operation.foreignKey)
    case 'dropTable':
      return pointingAt(schema, operation.table.name, null)
    case 'dropColumn':
      return pointingAt(schema, operation.table, operation.column.name)
    default:
      return null
  }
}

function missingParent(schema: Schema, key: ForeignKey): string | null {
  const parent = tableIn(schema, key.refTable)
  if (parent === undefined) return `table ${key.refTable}`
  const missing = key.refColumns.find((name) => parent.columns.every((one) => one.name !== name))
  return missing === undefined ? null : `column ${key.refTable}.${missing}`
}

/** A foreign key of another table that points at a table, or at a column of it. */
function pointingAt(schema: Schema, table: TableName, column: string | null): string | null {
  for (const child of schema.tables) {
    if (child.name === table) continue
    const key = child.foreignKeys.find(
      ({ refTable, refColumns }) =>
        refTable === table && (column === null || refColumns.includes(column)),
    )
    if (key !== undefined) return `foreign key ${key.name} of ${child.name} to be dropped`
  }
  return null
}

function firstOf<T>(list: readonly T[], find: (item: T) => string | null): string | null {
  for (const item of list) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}

function tableIn(schema: Schema, name: TableName): Schema['tables'][number] | undefined {
  return schema.tables.find((table) => table.name === name)
}

/** Dropping what is on a table: found by its name, else by what it is, as the database has it. */
import { isSame } from '../../../operations/equal.js'
import type { Check, ForeignKey, Index, Table, TableName, Unique } from '../../../schema/table.js'
import { canonical } from '../canonical.js'
import { besideTable, keptName, quote, quoteName } from '../names.js'
import type { EmitContext } from './context.js'

/** A dropped thing of a table, by the kind of statement that drops it. */
interface Dropped {
  readonly kind: 'index' | 'constraint'
  readonly name: string
}

export function dropIndexTexts(
  context: EmitContext,
  table: TableName,
  index: Index,
): readonly string[] {
  return [dropText(table, findIndex(context.table(table), index))]
}

export function dropUniqueTexts(
  context: EmitContext,
  table: TableName,
  unique: Unique,
): readonly string[] {
  return [dropText(table, findUnique(context.table(table), unique))]
}

export function dropForeignKeyTexts(
  context: EmitContext,
  table: TableName,
  key: ForeignKey,
): readonly string[] {
  const found = sameOf(context.table(table)?.foreignKeys ?? [], key)
  return [dropText(table, { kind: 'constraint', name: found?.name ?? key.name })]
}

export function dropCheckTexts(
  context: EmitContext,
  table: TableName,
  check: Check,
): readonly string[] {
  return [dropText(table, { kind: 'constraint', name: findCheck(context, table, check) })]
}

function dropText(table: TableName, { kind, name }: Dropped): string {
  return kind === 'index'
    ? `drop index ${besideTable(table, name)}`
    : `alter table ${quoteName(table)} drop constraint ${quote(name)}`
}

/** A unique index that the database has as a constraint can only be dropped as one. */
function findIndex(table: Table | null, index: Index): Dropped {
  const name = keptName(index.name)
  if (table?.indexes.some((each) => each.name === name) === true) return { kind: 'index', name }
  if (table?.uniques.some((each) => each.name === name) === true)
    return { kind: 'constraint', name }
  const same =
    table === null
      ? undefined
      : sameOf(canonical(table).indexes, canonicalOf(table, { indexes: [index] }).indexes[0])
  return { kind: 'index', name: same?.name ?? name }
}

function findUnique(table: Table | null, unique: Unique): Dropped {
  const name = keptName(unique.name)
  if (table?.uniques.some((each) => each.name === name) === true)
    return { kind: 'constraint', name }
  if (table?.indexes.some((each) => each.name === name) === true) return { kind: 'index', name }
  const same = sameOf(table?.uniques ?? [], unique)
  return { kind: 'constraint', name: same?.name ?? name }
}

function findCheck(context: EmitContext, tableName: TableName, check: Check): string {
  const name = keptName(check.name)
  const table = context.table(tableName)
  if (table === null || table.checks.some((each) => each.name === name)) return name
  // It may be the check of an enum column.
  for (const own of context.live(tableName)?.enumChecks.values() ?? []) {
    if (own.name === name) return name
  }
  const wanted = canonicalOf(table, { checks: [check] }).checks[0]
  return sameOf(canonical(table).checks, wanted)?.name ?? name
}

function canonicalOf(table: Table, instead: Partial<Table>): Table {
  return canonical({ ...table, indexes: [], checks: [], ...instead })
}

/** The object of that name, else one that is the same but for its name. */
function sameOf<T extends { readonly name: string }>(
  objects: readonly T[],
  object: T | undefined,
): T | undefined {
  if (object === undefined) return undefined
  const name = keptName(object.name)
  return (
    objects.find((each) => each.name === name) ??
    objects.find((each) => isSame({ ...each, name: '' }, { ...object, name: '' }))
  )
}

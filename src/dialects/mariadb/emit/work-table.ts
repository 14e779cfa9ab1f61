/** A table on which operations are carried out in memory, before the statements for the difference are written. */
import { columnsIn } from '../../../operations/expression.js'
import { isSame } from '../../../operations/equal.js'
import type { Operation } from '../../../operations/operation.js'
import type { ForeignKey, Index, TableOptions } from '../../../schema/table.js'
import { canonicalExpression } from '../expression/canonical-expression.js'
import { declaredTypes, indexOfUnique, physicalIndex } from '../catalog/neutral-table.js'
import type { PhysicalColumn, PhysicalIndex, PhysicalTable } from '../catalog/physical.js'
import { isSameColumns } from '../catalog/physical.js'
import { notFound, refused } from '../refusals.js'
import { isCounter } from '../types.js'

export interface WorkColumn extends PhysicalColumn {
  /** Its name in the table as it stood; null for one that is new, whatever its name. */
  readonly origin: string | null
}

/** Columns have the types as which they were declared. */
export interface WorkTable extends PhysicalTable {
  readonly columns: readonly WorkColumn[]
}

/** Operations on one table other than those that rename or make it. */
export type Alteration = Exclude<
  Extract<Operation, { readonly table: string }>,
  { readonly kind: 'renameColumn' }
>

/** The table as it stands, ready to be worked on. */
export function startWork(table: PhysicalTable): WorkTable {
  const declared = declaredTypes(table)
  return {
    ...table,
    columns: table.columns.map((each) => {
      const type = declared.get(each.column.name)
      const column = type === undefined ? each.column : { ...each.column, type }
      return { ...each, column, origin: column.name }
    }),
  }
}

/**
 * The table after an operation.
 * @throws MigrateError `OBJECT_MISSING` where it names what the table does not have
 */
export function alterWork(table: WorkTable, operation: Alteration): WorkTable {
  switch (operation.kind) {
    case 'addColumn': {
      const { column } = operation
      const added = { column, check: null, invisible: false, origin: null }
      const makesKey = isCounter(column.type) && table.primaryKey === null
      return {
        ...table,
        columns: [...table.columns, added],
        primaryKey: makesKey ? [column.name] : table.primaryKey,
      }
    }
    case 'dropColumn':
      expectColumn(table, operation.column.name)
      return withoutColumn(table, operation.column.name)
    case 'alterColumn': {
      expectColumn(table, operation.from.name)
      const columns = table.columns.map((each) =>
        each.column.name === operation.from.name ? { ...each, column: operation.to } : each,
      )
      return { ...table, columns }
    }
    case 'addIndex':
      return { ...table, indexes: [...table.indexes, newIndex(operation.index)] }
    case 'addUnique':
      return { ...table, indexes: [...table.indexes, indexOfUnique(operation.unique)] }
    case 'dropIndex':
      return withoutIndex(table, physicalIndex(operation.index), `index ${operation.index.name}`)
    case 'dropUnique':
      return withoutIndex(table, indexOfUnique(operation.unique), `unique ${operation.unique.name}`)
    case 'addForeignKey': {
      const { foreignKey } = operation
      return {
        ...table,
        foreignKeys: [...table.foreignKeys, { realName: foreignKey.name, foreignKey }],
      }
    }
    case 'dropForeignKey':
      return withoutForeignKey(table, operation.foreignKey)
    case 'addCheck': {
      const { check } = operation
      return {
        ...table,
        checks: [...table.checks, { realName: check.name, check, column: null }],
      }
    }
    case 'dropCheck':
      return withoutCheck(table, operation.check)
    case 'alterPrimaryKey':
      for (const column of operation.to?.columns ?? []) expectColumn(table, column)
      return { ...table, primaryKey: operation.to?.columns ?? null }
    case 'alterComment':
      return { ...table, comment: operation.to === '' ? null : operation.to }
    case 'alterOptions':
      return { ...table, options: nextOptions(table.options, operation.to) }
  }
}

/** Of a character set and a collation that contradict each other, the one that is new is meant. */
function nextOptions(before: TableOptions, wanted: TableOptions): TableOptions {
  const said = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''))
  const { charset, collate, ...others } = said
  if (charset === undefined || collate === undefined) return said
  if (collate.toLowerCase().startsWith(`${charset.toLowerCase()}_`)) return said
  return before.collate === collate ? { ...others, charset } : { ...others, collate }
}

/** @throws MigrateError `MARIADB_REFUSED` for what would be another index than the one meant */
export function newIndex(index: Index): PhysicalIndex {
  if (index.unique && index.where !== null) {
    throw refused(
      `The index ${index.name} is unique among some rows only, which cannot be had here.`,
      {
        why: 'Without its condition it would forbid rows that are meant to be allowed.',
        fix: 'Make unique a generated column that is null for all other rows.',
      },
    )
  }
  return physicalIndex(index)
}

/** PostgreSQL drops with a column whatever names it; here that is said in so many words. */
function withoutColumn(table: WorkTable, name: string): WorkTable {
  const columns = table.columns.map(({ column }) => column.name)
  const isNamed = (sql: string): boolean => columnsIn(sql, columns).includes(name)
  return {
    ...table,
    columns: table.columns.filter(({ column }) => column.name !== name),
    primaryKey: table.primaryKey?.includes(name) === true ? null : table.primaryKey,
    indexes: table.indexes.filter(
      (index) =>
        !index.parts.some(({ on }) => ('column' in on ? on.column === name : isNamed(on.sql))),
    ),
    foreignKeys: table.foreignKeys.filter(
      ({ foreignKey: key }) =>
        !key.columns.includes(name) &&
        !(key.refTable === table.name && key.refColumns.includes(name)),
    ),
    checks: table.checks.filter(({ check, column }) => column !== name && !isNamed(check.sql)),
  }
}

function withoutIndex(table: WorkTable, index: PhysicalIndex, what: string): WorkTable {
  const found =
    table.indexes.find((each) => each.name === index.name) ??
    table.indexes.find((each) =>
      isSame({ ...each, name: '', comment: '' }, { ...index, name: '', comment: '' }),
    )
  // The index of a foreign key goes with the key; scripts for MySQL often drop it after that.
  if (found === undefined && index.name.endsWith('_foreign')) return table
  if (found === undefined) throw notFound(table.name, what)
  return { ...table, indexes: table.indexes.filter((each) => each !== found) }
}

function withoutForeignKey(table: WorkTable, key: ForeignKey): WorkTable {
  const keys = table.foreignKeys
  const found =
    keys.find((each) => each.foreignKey.name === key.name || each.realName === key.name) ??
    keys.find(
      ({ foreignKey: each }) =>
        each.refTable === key.refTable &&
        isSameColumns(each.columns, key.columns) &&
        isSameColumns(each.refColumns, key.refColumns),
    )
  if (found === undefined) throw notFound(table.name, `foreign key ${key.name}`)
  return { ...table, foreignKeys: keys.filter((each) => each !== found) }
}

function withoutCheck(
  table: WorkTable,
  check: { readonly name: string; readonly sql: string },
): WorkTable {
  const sql = canonicalExpression(check.sql, true)
  const found =
    table.checks.find((each) => each.check.name === check.name || each.realName === check.name) ??
    table.checks.find((each) => canonicalExpression(each.check.sql, true) === sql)
  if (found === undefined) throw notFound(table.name, `check ${check.name}`)
  return {
    ...table,
    // One that hangs on a column goes when the column is stated without it.
    columns: table.columns.map((each) =>
      each.column.name === found.column ? { ...each, check: null } : each,
    ),
    checks: table.checks.filter((each) => each !== found),
  }
}

function expectColumn(table: WorkTable, name: string): void {
  if (table.columns.some(({ column }) => column.name === name)) return
  throw notFound(table.name, `column ${name}`)
}

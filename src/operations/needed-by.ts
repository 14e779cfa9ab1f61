/** What must be settled before an operation, as keys that match those another one settles. */
import type { Column } from '../schema/column.js'
import type { ForeignKey, Table, TableName } from '../schema/table.js'
import { isCounter } from './counter.js'
import type { AlterEnum } from './enum.js'
import type { Operation } from './operation.js'
import {
  changesOf,
  enumsOf,
  fold,
  holds,
  waitsForPrimaryKey,
  type AlterPrimaryKey,
  type PrimaryKeyChanges,
} from './order-keys.js'

/** The keys that every other operation of the list must have settled before this one runs. */
export function neededBy(operation: Operation, primaryKeys: PrimaryKeyChanges): readonly string[] {
  switch (operation.kind) {
    case 'createTable':
      return neededByCreation(operation.table)
    case 'dropTable':
      return [`unreferenced ${operation.table.name}`, `no keys ${operation.table.name}`]
    case 'addColumn':
      return neededByNewColumn(operation.table, operation.column, primaryKeys)
    case 'alterColumn':
      return [
        `loose ${operation.table}`,
        `unreferenced ${operation.table}`,
        `no generated ${operation.table}`,
        ...(operation.to.generated === null ? [] : [`plain columns ${operation.table}`]),
        ...enumsOf([operation.to]).map((name) => `enum ${name}`),
        ...(waitsForPrimaryKey(operation, primaryKeys) ? [`primary ${operation.table}`] : []),
      ]
    case 'dropColumn':
      return neededByColumnDrop(operation.table, operation.column, primaryKeys)
    case 'addIndex':
      return [...neededByConstraint(operation.table), `no index ${fold(operation.index.name)}`]
    case 'addUnique':
      return [...neededByConstraint(operation.table), `no index ${fold(operation.unique.name)}`]
    case 'addCheck':
      return neededByConstraint(operation.table)
    case 'dropIndex':
    case 'dropUnique':
      // MariaDB keeps an index that a foreign key of either side needs.
      return [`no keys ${operation.table}`, `unreferenced ${operation.table}`]
    case 'addForeignKey':
      return [
        ...neededByConstraint(operation.table),
        `unique ${operation.table}`,
        ...parentKeys(operation.foreignKey),
      ]
    case 'alterPrimaryKey':
      return neededByPrimaryKey(operation)
    case 'dropEnum':
      return [`unused ${operation.enum.name}`]
    case 'alterEnum':
      return losesValues(operation) ? [`left ${operation.name}`, 'no conditions'] : []
    case 'renameTable':
    case 'renameColumn':
    case 'dropForeignKey':
    case 'dropCheck':
    case 'createEnum':
    case 'alterComment':
    case 'alterOptions':
      return []
  }
}

/** What holds or names a value that goes is out of the way first. */
function losesValues({ from, to, renamed }: AlterEnum): boolean {
  return from.some((value) => !to.includes(renamed[value] ?? value))
}

/** An index's name is unique in the whole schema on some engines, not only in its table. */
function neededByCreation(table: Table): readonly string[] {
  return [
    `free ${fold(table.name)}`,
    ...enumsOf(table.columns).map((name) => `enum ${name}`),
    ...table.indexes.map((index) => `no index ${fold(index.name)}`),
    ...table.uniques.map((unique) => `no index ${fold(unique.name)}`),
    ...table.foreignKeys.flatMap(parentKeys),
  ]
}

/** What a foreign key's parent must have before the key can stand. */
function parentKeys(key: ForeignKey): readonly string[] {
  return ['table', 'columns', 'unique', 'primary'].map((what) => `${what} ${key.refTable}`)
}

function neededByConstraint(table: TableName): readonly string[] {
  return [`table ${table}`, `columns ${table}`, `loose ${table}`]
}

/** A table holds one counting column, and that column is its primary key where there is none. */
function neededByNewColumn(
  table: TableName,
  column: Column,
  primaryKeys: PrimaryKeyChanges,
): readonly string[] {
  const leaves = changesOf(primaryKeys, table).some(
    (each) => each.to === null && holds(each.from, column.name),
  )
  return [
    `table ${table}`,
    `free ${table}.${fold(column.name)}`,
    ...enumsOf([column]).map((name) => `enum ${name}`),
    ...(isCounter(column) ? [`no counter ${table}`] : []),
    ...(isCounter(column) && !leaves ? [`no primary ${table}`] : []),
    ...(column.generated === null ? [] : [`plain columns ${table}`]),
  ]
}

function neededByColumnDrop(
  table: TableName,
  column: Column,
  primaryKeys: PrimaryKeyChanges,
): readonly string[] {
  const leaving = changesOf(primaryKeys, table).filter((each) => holds(each.from, column.name))
  return [
    `loose ${table}`,
    `unreferenced ${table}`,
    ...(column.generated === null ? [`no generated ${table}`, `computed ${table}`] : []),
    ...leaving.map((each) => `${each.to === null ? 'no' : 'set'} primary ${table}`),
  ]
}

function neededByPrimaryKey(operation: AlterPrimaryKey): readonly string[] {
  const { table, from, to } = operation
  return [
    `table ${table}`,
    `unreferenced ${table}`,
    `loose ${table}`,
    ...(to?.columns ?? []).flatMap((each) => [
      `added ${table}.${each}`,
      `altered ${table}.${each}`,
    ]),
    // Of the columns that leave, a counter may have brought the key only just now.
    ...(from?.columns ?? []).flatMap((each) => [
      `counter ${table}.${each}`,
      `altered ${table}.${each}`,
    ]),
    ...(from === null ? [`no counter ${table}`, `no primary ${table}`] : []),
  ]
}

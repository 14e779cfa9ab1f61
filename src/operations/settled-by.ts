/** What an operation settles for others, as keys that match those another one needs. */
import type { Column } from '../schema/column.js'
import type { Index, Table, TableName } from '../schema/table.js'
import { isCounter } from './counter.js'
import type { Operation } from './operation.js'
import { enumsOf, fold, waitsForPrimaryKey, type PrimaryKeyChanges } from './order-keys.js'

/** The keys that an operation settles. Names of what is gone are in lower case: engines may fold them. */
export function settledBy(operation: Operation, primaryKeys: PrimaryKeyChanges): readonly string[] {
  switch (operation.kind) {
    case 'createTable':
      return [`table ${operation.table.name}`]
    case 'dropTable':
      return settledByTableDrop(operation.table)
    case 'addColumn':
      return [
        ...columnKeys(operation.table, operation.column),
        `added ${operation.table}.${operation.column.name}`,
        ...(isCounter(operation.column)
          ? [`counter ${operation.table}.${operation.column.name}`]
          : []),
      ]
    case 'alterColumn': {
      const { table, from, to } = operation
      const waits = waitsForPrimaryKey(operation, primaryKeys)
      return [
        // What waits for the key cannot hold up what the key waits for.
        ...(waits
          ? [`columns ${table}`]
          : [`altered ${table}.${to.name}`, ...columnKeys(table, to)]),
        ...(to.generated === null ? [] : [`computed ${table}`]),
        ...enumsOf([from]).map((name) => `unused ${name}`),
        ...enumsOf([from])
          .filter((name) => !enumsOf([to]).includes(name))
          .map((name) => `left ${name}`),
      ]
    }
    case 'dropColumn':
      return settledByColumnDrop(operation.table, operation.column)
    case 'addIndex':
      return operation.index.unique ? [`unique ${operation.table}`] : []
    case 'addUnique':
      return [`unique ${operation.table}`]
    case 'dropIndex':
      return [
        `no index ${fold(operation.index.name)}`,
        `loose ${operation.table}`,
        ...(hasConditions(operation.index) ? ['no conditions'] : []),
      ]
    case 'dropUnique':
      return [`no index ${fold(operation.unique.name)}`, `loose ${operation.table}`]
    case 'dropCheck':
      return [`loose ${operation.table}`, 'no conditions']
    case 'dropForeignKey':
      return [
        `loose ${operation.table}`,
        `no keys ${operation.table}`,
        `unreferenced ${operation.foreignKey.refTable}`,
      ]
    case 'alterPrimaryKey':
      return [
        `primary ${operation.table}`,
        operation.to === null ? `no primary ${operation.table}` : `set primary ${operation.table}`,
      ]
    case 'createEnum':
      return [`enum ${operation.enum.name}`]
    case 'alterEnum':
      return [`enum ${operation.name}`]
    case 'renameTable':
    case 'renameColumn':
    case 'addForeignKey':
    case 'addCheck':
    case 'dropEnum':
    case 'alterComment':
    case 'alterOptions':
      return []
  }
}

/** Whether an index names more than columns: its conditions may name values of an enum. */
function hasConditions({ where, parts }: Index): boolean {
  return where !== null || parts.some(({ on }) => 'sql' in on)
}

function settledByTableDrop(table: Table): readonly string[] {
  return [
    `free ${fold(table.name)}`,
    ...table.indexes.map((index) => `no index ${fold(index.name)}`),
    ...table.uniques.map((unique) => `no index ${fold(unique.name)}`),
    ...table.foreignKeys.map((key) => `unreferenced ${key.refTable}`),
    ...enumsOf(table.columns).flatMap((name) => [`unused ${name}`, `left ${name}`]),
  ]
}

function settledByColumnDrop(table: TableName, column: Column): readonly string[] {
  return [
    `free ${table}.${fold(column.name)}`,
    ...(column.generated === null ? [] : [`no generated ${table}`]),
    ...(isCounter(column) ? [`no counter ${table}`] : []),
    ...enumsOf([column]).flatMap((name) => [`unused ${name}`, `left ${name}`]),
  ]
}

function columnKeys(table: TableName, column: Column): readonly string[] {
  return column.generated === null
    ? [`columns ${table}`, `plain columns ${table}`]
    : [`columns ${table}`]
}

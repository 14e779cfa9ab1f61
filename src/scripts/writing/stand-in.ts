/** Values for rows whose own are gone, where a `down` brings back a column that may not be null. */
import type { Column } from '../../schema/column.js'
import type { ForeignKey, Table } from '../../schema/table.js'
import { stringText } from '../../vocabulary/writing/source-text.js'

/** A value that the column's own rules accept, as source text that means the same on every engine. */
export function standIn(table: Table, column: Column): string {
  const key = table.foreignKeys.find((one) => one.columns.includes(column.name))
  if (key !== undefined && [key.refTable, ...key.refColumns].every(isPlainName)) {
    return firstKeyOf(key, column.name)
  }
  const own = table.primaryKey?.columns
  const unique = table.uniques.some((one) => one.columns.includes(column.name))
  const [ownKey] = own ?? []
  if (
    unique &&
    own?.length === 1 &&
    ownKey !== undefined &&
    ownKey !== column.name &&
    isPlainName(ownKey)
  ) {
    return `knex.ref(${stringText(ownKey)})`
  }
  return zeroOf(column)
}

function firstKeyOf(key: ForeignKey, column: string): string {
  const referred = key.refColumns[key.columns.indexOf(column)] ?? 'id'
  return `knex(${stringText(key.refTable)}).min(${stringText(referred)})`
}

function zeroOf(column: Column): string {
  const { type } = column
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'integer':
    case 'bigInteger':
    case 'increments':
    case 'bigIncrements':
    case 'decimal':
    case 'float':
    case 'double':
      return '0'
    case 'boolean':
      return 'false'
    case 'date':
      return `knex.raw('current_date')`
    case 'time':
      return `knex.raw('current_time')`
    case 'timestamp':
    case 'datetime':
      return 'knex.fn.now()'
    case 'json':
    case 'jsonb':
      return `'{}'`
    case 'uuid':
      return `'00000000-0000-0000-0000-000000000000'`
    case 'enum':
    case 'set':
      return stringText(type.values[0] ?? '')
    default:
      return `''`
  }
}

/** Whether Knex's query builder takes a name for nothing but a name. */
export function isPlainName(name: string): boolean {
  return !/[.?*]| as /i.test(name)
}

/** Judges operations: which hazards each carries, and the query that counts what is at stake. */
import type { Dialect } from '../dialects/dialect.js'
import { isSame } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import { tableOf } from '../operations/operation.js'
import type { Column, ColumnType } from '../schema/column.js'
import type { Table, TableName } from '../schema/table.js'
import { narrows } from './narrowing.js'
import type { Renames } from './renames.js'
import { noteRename, relation } from './renames.js'
import type { Hazard } from './hazard.js'

/** What operations that come before have made and renamed by then; those judged are added to it. */
export interface Ahead {
  readonly created: Set<TableName>
  readonly renames: Renames
}

/** Nothing before. */
function nothingAhead(): Ahead {
  return { created: new Set(), renames: new Map() }
}

/**
 * The hazards of operations, a list for each in their order. Tables that the same operations create
 * carry none: there is no row in them yet. What they rename is counted under its name of now.
 */
export function hazardsByOperation(
  dialect: Dialect,
  operations: readonly Operation[],
  ahead = nothingAhead(),
): readonly (readonly Hazard[])[] {
  const { created, renames } = ahead
  return operations.map((operation) => {
    if (operation.kind === 'createTable') created.add(operation.table.name)
    if (operation.kind === 'renameTable' && created.has(operation.from)) created.add(operation.to)
    noteRename(renames, operation)
    const table = tableOf(operation)
    return table !== null && created.has(table) ? [] : hazardsOfOne(dialect, operation, renames)
  })
}

/** The hazards of operations as one list. */
export function hazardsOf(
  dialect: Dialect,
  operations: readonly Operation[],
  ahead = nothingAhead(),
): readonly Hazard[] {
  return hazardsByOperation(dialect, operations, ahead).flat()
}

function hazardsOfOne(dialect: Dialect, operation: Operation, renames: Renames): readonly Hazard[] {
  const from = (table: TableName, alias?: string): string =>
    relation(dialect, renames, table, alias)
  const count = (table: TableName, where: string): string =>
    `select count(*) as n from ${from(table)}${where === '' ? '' : ` where ${where}`}`
  const quoted = (columns: readonly string[]): readonly string[] => columns.map(dialect.quote)
  // Names in double quotes are strings to MariaDB.
  const own = (sql: string): string => dialect.expression?.(sql) ?? sql
  switch (operation.kind) {
    case 'dropTable':
      return [dropTable(operation.table, count(operation.table.name, ''))]
    case 'dropColumn': {
      const { table, column } = operation
      return column.generated === null
        ? [dropColumn(table, column, count(table, `${dialect.quote(column.name)} is not null`))]
        : []
    }
    case 'addColumn': {
      const { table, column } = operation
      const fills =
        column.nullable || column.default !== null || column.generated !== null || isCounter(column)
      if (fills) return []
      return [
        {
          code: 'H19',
          class: 'failsOnRows',
          object: `${table}.${column.name}`,
          message: `${table}.${column.name} is new, may not be null and has no default, so every row needs a value`,
          count: count(table, ''),
        },
      ]
    }
    case 'alterColumn':
      return alterColumn(operation, (where) => count(operation.table, where), dialect)
    case 'addUnique': {
      const columns = quoted(operation.unique.columns)
      return [
        duplicates(operation.table, operation.unique.name, columns, from(operation.table), null),
      ]
    }
    case 'addIndex': {
      const { index, table } = operation
      const columns = index.parts.flatMap((part) => ('column' in part.on ? [part.on.column] : []))
      if (!index.unique || columns.length < index.parts.length) return []
      const where = index.where === null ? null : own(index.where)
      return [duplicates(table, index.name, quoted(columns), from(table), where)]
    }
    case 'addForeignKey': {
      const { table, foreignKey: key } = operation
      const pairs = key.columns.map(
        (column, i) => `p.${dialect.quote(key.refColumns[i] ?? '')} = c.${dialect.quote(column)}`,
      )
      const present = key.columns.map((column) => `c.${dialect.quote(column)} is not null`)
      return [
        {
          code: 'H33',
          class: 'failsOnRows',
          object: `${table}.${key.name}`,
          message: `rows of ${table} may point at rows of ${key.refTable} that are not there`,
          count: `select count(*) as n from ${from(table, 'c')} where ${present.join(' and ')} and not exists (select 1 from ${from(key.refTable, 'p')} where ${pairs.join(' and ')})`,
        },
      ]
    }
    case 'addCheck':
      return [
        {
          code: 'H38',
          class: 'failsOnRows',
          object: `${operation.table}.${operation.check.name}`,
          message: `rows of ${operation.table} may break the new check`,
          count: count(operation.table, `not (${own(operation.check.sql)})`),
        },
      ]
    case 'alterEnum': {
      const gone = operation.from.filter(
        (value) => !operation.to.includes(value) && !(value in operation.renamed),
      )
      return gone.length === 0
        ? []
        : [
            {
              code: 'H41',
              class: 'failsOnRows',
              object: operation.name,
              message: `the enum ${operation.name} loses ${gone.join(', ')}`,
              count: null,
            },
          ]
    }
    default:
      return []
  }
}

function dropTable(table: Table, count: string): Hazard {
  return {
    code: 'H01',
    class: 'losesData',
    object: table.name,
    message: `dropping the table ${table.name} loses its rows`,
    count,
  }
}

function dropColumn(table: TableName, column: Column, count: string): Hazard {
  return {
    code: 'H02',
    class: 'losesData',
    object: `${table}.${column.name}`,
    message: `dropping the column ${table}.${column.name} loses its values`,
    count,
  }
}

function duplicates(
  table: TableName,
  name: string,
  columns: readonly string[],
  from: string,
  where: string | null,
): Hazard {
  const present = columns.map((column) => `${column} is not null`)
  const conditions = where === null ? present : [...present, `(${where})`]
  return {
    code: 'H28',
    class: 'failsOnRows',
    object: `${table}.${name}`,
    message: `rows of ${table} may be equal where ${name} asks for different ones`,
    count: `select count(*) as n from (select 1 from ${from} where ${conditions.join(' and ')} group by ${columns.join(', ')} having count(*) > 1) d`,
  }
}

function isCounter(column: Column): boolean {
  return (
    column.type.kind === 'increments' ||
    column.type.kind === 'bigIncrements' ||
    column.identity !== null
  )
}

/** A type with its sign as the engine keeps it: where it has none to give up, the word says nothing. */
function storedAs(type: ColumnType, { facts }: Dialect): ColumnType {
  return 'unsigned' in type && !facts.hasUnsigned ? { ...type, unsigned: false } : type
}

function alterColumn(
  operation: Extract<Operation, { readonly kind: 'alterColumn' }>,
  count: (where: string) => string,
  dialect: Dialect,
): readonly Hazard[] {
  const { table, from, to } = operation
  const object = `${table}.${to.name}`
  const quoted = dialect.quote(to.name)
  const found: Hazard[] = []
  if (from.generated === null && to.generated !== null) {
    const lost = `what ${object} holds is lost: from now on its values are computed`
    return [{ ...dropColumn(table, to, count(`${quoted} is not null`)), message: lost }]
  }
  // Of values that are computed anew those of now tell nothing, and none of them is lost.
  const isComputed = from.generated !== null && to.generated !== null
  if (isComputed && !isSame(from.generated, to.generated)) return []
  if (from.nullable && !to.nullable) {
    found.push({
      code: 'H26',
      class: 'failsOnRows',
      object,
      message: `${object} may not be null any more`,
      count: count(`${quoted} is null`),
    })
  }
  const narrowing = narrows(storedAs(from.type, dialect), storedAs(to.type, dialect), quoted)
  if (narrowing !== null && !isComputed) {
    found.push({
      code: narrowing.code,
      class: narrowing.fails ? 'failsOnRows' : 'losesData',
      object,
      message: `${object}: ${narrowing.message}`,
      count: narrowing.where === null ? count(`${quoted} is not null`) : count(narrowing.where),
    })
  }
  return found
}

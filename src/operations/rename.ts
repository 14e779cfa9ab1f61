/** A table or a column under another name, with everything that mentions it. */
import type { Column } from '../schema/column.js'
import type { ForeignKey, Index, IndexPart, Table, TableName } from '../schema/table.js'
import type { Operation } from './operation.js'
import { renameColumnIn, renameTableIn } from './expression.js'

/** One name for another. */
export interface Names {
  readonly from: string
  readonly to: string
}

/**
 * All tables with one of them renamed: foreign keys of every table follow, and so do expressions that
 * name the table. Indexes and constraints keep their own names, as they do in every engine.
 */
export function renameTable(tables: readonly Table[], names: Names): readonly Table[] {
  const bare = { from: bareName(names.from), to: bareName(names.to) }
  return tables.map((table) => {
    const keys = withReferences(table, names.from, (key) => ({ ...key, refTable: names.to }))
    if (table.name !== names.from) return keys
    return { ...withExpressions(keys, (sql) => renameTableIn(sql, bare)), name: names.to }
  })
}

/** All tables with a column of one of them renamed in every key, index, check and expression. */
export function renameColumn(
  tables: readonly Table[],
  table: TableName,
  names: Names,
): readonly Table[] {
  const renamed = (columns: readonly string[]): readonly string[] =>
    columns.map((column) => (column === names.from ? names.to : column))
  return tables.map((each) => {
    const keys = withReferences(each, table, (key) => ({
      ...key,
      refColumns: renamed(key.refColumns),
    }))
    return each.name === table ? renameOwnColumn(keys, names, renamed) : keys
  })
}

/** The name that a table has before operations, which may rename it. */
export function tableNameBefore(operations: readonly Operation[], table: TableName): TableName {
  return operations.reduceRight(
    (name, each) => (each.kind === 'renameTable' && each.to === name ? each.from : name),
    table,
  )
}

function renameOwnColumn(
  table: Table,
  names: Names,
  renamed: (columns: readonly string[]) => readonly string[],
): Table {
  const columns = table.columns.map((column) => column.name)
  const own = withExpressions(table, (sql) => renameColumnIn(sql, columns, names))
  return {
    ...own,
    columns: own.columns.map((column) =>
      column.name === names.from ? { ...column, name: names.to } : column,
    ),
    primaryKey:
      own.primaryKey === null
        ? null
        : { ...own.primaryKey, columns: renamed(own.primaryKey.columns) },
    uniques: own.uniques.map((unique) => ({ ...unique, columns: renamed(unique.columns) })),
    foreignKeys: own.foreignKeys.map((key) => ({ ...key, columns: renamed(key.columns) })),
    indexes: own.indexes.map((index) => ({
      ...index,
      include: renamed(index.include),
      parts: index.parts.map((part) => renamePart(part, names)),
    })),
  }
}

function renamePart(part: IndexPart, names: Names): IndexPart {
  if (!('column' in part.on) || part.on.column !== names.from) return part
  return { ...part, on: { column: names.to } }
}

/** The table with those of its foreign keys changed that reference `to`; itself where none does. */
function withReferences(
  table: Table,
  to: TableName,
  change: (key: ForeignKey) => ForeignKey,
): Table {
  if (!table.foreignKeys.some((key) => key.refTable === to)) return table
  return {
    ...table,
    foreignKeys: table.foreignKeys.map((key) => (key.refTable === to ? change(key) : key)),
  }
}

function withExpressions(table: Table, change: (sql: string) => string): Table {
  return {
    ...table,
    columns: table.columns.map((column) => changeColumn(column, change)),
    indexes: table.indexes.map((index) => changeIndex(index, change)),
    checks: table.checks.map((check) => ({ ...check, sql: change(check.sql) })),
  }
}

function changeColumn(column: Column, change: (sql: string) => string): Column {
  const value = column.default
  return {
    ...column,
    default: value?.kind === 'sql' ? { kind: 'sql', text: change(value.text) } : value,
    generated:
      column.generated === null ? null : { ...column.generated, sql: change(column.generated.sql) },
  }
}

function changeIndex(index: Index, change: (sql: string) => string): Index {
  return {
    ...index,
    parts: index.parts.map((part) =>
      'sql' in part.on ? { ...part, on: { sql: change(part.on.sql) } } : part,
    ),
    where: index.where === null ? null : change(index.where),
  }
}

/** A table's name without its schema: what stands in front of a column in an expression. */
function bareName(table: TableName): string {
  return table.slice(table.indexOf('.') + 1)
}

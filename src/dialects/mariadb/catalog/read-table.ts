/** Rows of the catalog as tables. */
import { groupBy } from '../../../operations/group-by.js'
import type { TableName, TableOptions } from '../../../schema/table.js'
import type { Row } from '../../connection.js'
import type { Catalog } from './catalog.js'
import { parseType } from '../parse-type.js'
import type { PhysicalTable } from './physical.js'
import { readColumn } from './read-columns.js'
import {
  isOnColumn,
  readChecks,
  readForeignKeys,
  readIndexes,
  readPrimaryKey,
} from './read-keys.js'
import { type Server, text } from '../connection/server.js'

/** The longest key of InnoDB in bytes: what is longer is cut to it. */
const LONGEST_KEY = 3072

/** The longest value of a tiny text. */
const TINY = 255

/** Why a row of the list of tables is none that we manage; null where it is one. */
export function reasonToLeave(row: Row): string | null {
  const type = text(row, 'type')
  if (type === 'SEQUENCE') return 'it is a sequence'
  if (type === 'SYSTEM VERSIONED') return 'it keeps the history of its rows (system versioning)'
  if (type !== 'BASE TABLE') return `it is a ${type.toLowerCase()}`
  return /\bpartitioned\b/.test(text(row, 'options')) ? 'it is partitioned' : null
}

/** How names of tables are spelled: those of another database have its name in front. */
export interface TableNaming {
  readonly database: string
  nameOf(table: string): TableName
}

/** The tables in a catalog that we manage, in order of name. */
export function readTables(
  catalog: Catalog,
  server: Server,
  naming: TableNaming,
): readonly PhysicalTable[] {
  const columns = groupBy(catalog.columns, (row) => [text(row, 'tbl')])
  const indexes = groupBy(catalog.indexes, (row) => [text(row, 'tbl')])
  const keyColumns = groupBy(catalog.keyColumns, (row) => [text(row, 'tbl')])
  const keyRules = groupBy(catalog.keyRules, (row) => [text(row, 'tbl')])
  const checks = groupBy(catalog.checks, (row) => [text(row, 'table_name')])
  const charsets = charsetsOf(catalog.charsets)
  const tables = catalog.tables
    .filter((row) => reasonToLeave(row) === null)
    .toSorted((a, b) => (text(a, 'name') < text(b, 'name') ? -1 : 1))
    .map((row) => {
      const table = text(row, 'name')
      const parts: TableRows = {
        row,
        columns: columns.get(table) ?? [],
        indexes: indexes.get(table) ?? [],
        keyColumns: keyColumns.get(table) ?? [],
        keyRules: keyRules.get(table) ?? [],
        checks: checks.get(table) ?? [],
      }
      return readTable(parts, { server, naming, charsets })
    })
  return server.foldsTableNames ? tables.map(withStoredNames(tables)) : tables
}

/** A server that folds names may fold those in foreign keys alone: they are spelled as the tables are. */
function withStoredNames(
  tables: readonly PhysicalTable[],
): (table: PhysicalTable) => PhysicalTable {
  const stored = new Map(tables.map(({ name }) => [name.toLowerCase(), name]))
  const spelled = (name: TableName): TableName => stored.get(name.toLowerCase()) ?? name
  return (table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) => {
      const { foreignKey } = key
      return { ...key, foreignKey: { ...foreignKey, refTable: spelled(foreignKey.refTable) } }
    }),
  })
}

interface TableRows {
  readonly row: Row
  readonly columns: readonly Row[]
  readonly indexes: readonly Row[]
  readonly keyColumns: readonly Row[]
  readonly keyRules: readonly Row[]
  readonly checks: readonly Row[]
}

interface Charset {
  readonly collation: string
  /** Bytes of its longest character. */
  readonly maxlen: number
}

interface TableContext {
  readonly server: Server
  readonly naming: TableNaming
  readonly charsets: ReadonlyMap<string, Charset>
}

function readTable(rows: TableRows, { server, naming, charsets }: TableContext): PhysicalTable {
  const name = naming.nameOf(text(rows.row, 'name'))
  const columnNames = rows.columns.map((row) => text(row, 'name'))
  const hanging = rows.checks.filter((row) => isOnColumn(row, columnNames))
  const context = {
    server,
    tableCollation: text(rows.row, 'collation'),
    checks: new Map(
      hanging.map((row) => [text(row, 'constraint_name'), text(row, 'check_clause')]),
    ),
  }
  const columns = rows.columns.map((row) => readColumn(row, context))
  const plain = new Set(
    columns.filter(({ check }) => check === null).map(({ column }) => column.name),
  )
  // What makes a text a json is part of the type.
  const checks = rows.checks.filter(
    (row) => !isOnColumn(row, columnNames) || !plain.has(text(row, 'constraint_name')),
  )
  const cuts = new Map(rows.columns.map((row) => [text(row, 'name'), cutOf(row, charsets)]))
  const comment = text(rows.row, 'comment')
  return {
    name,
    columns,
    primaryKey: readPrimaryKey(rows.indexes),
    indexes: readIndexes(rows.indexes, (column) => cuts.get(column) ?? null, server),
    foreignKeys: readForeignKeys(
      name,
      { columns: rows.keyColumns, rules: rows.keyRules },
      naming.database,
    ),
    checks: readChecks(checks, { table: name, columns: columnNames, server }),
    comment: comment === '' ? null : comment,
    options: readOptions(rows.row, server, charsets),
  }
}

/** How many characters of a column an index holds at most; null where that is all of it. */
function cutOf(row: Row, charsets: ReadonlyMap<string, Charset>): number | null {
  const type = parseType(text(row, 'type'))
  if (type?.base === 'tinytext' || type?.base === 'tinyblob') return TINY
  const isLong = type !== null && /text$|blob$|^var/.test(type.base)
  const bytes = charsets.get(text(row, 'charset'))?.maxlen ?? 1
  return isLong ? Math.floor(LONGEST_KEY / bytes) : null
}

/** What a table has otherwise than a new table of the database would. */
function readOptions(
  row: Row,
  server: Server,
  charsets: ReadonlyMap<string, Charset>,
): TableOptions {
  const engine = text(row, 'engine')
  const collation = text(row, 'collation')
  const charset = collation.replace(/_.*$/, '')
  const isUsual = collation === server.collation || collation === ''
  const isCharsets = charsets.get(charset)?.collation === collation
  const format = /\brow_format=(\w+)/i.exec(text(row, 'options'))?.[1]?.toLowerCase()
  return {
    ...(engine.toLowerCase() === server.engine.toLowerCase() ? {} : { engine }),
    ...(isUsual ? {} : isCharsets ? { charset } : { collate: collation }),
    ...(format === undefined ? {} : { rowFormat: format }),
  }
}

/** The options of a new table that states none; the character set only where its name says it all. */
export function usualOptions(
  catalog: Catalog,
  { engine, charset, collation }: Server,
): TableOptions {
  const isCharsets = charsetsOf(catalog.charsets).get(charset)?.collation === collation
  return { engine, collate: collation, ...(isCharsets ? { charset } : {}) }
}

function charsetsOf(rows: readonly Row[]): ReadonlyMap<string, Charset> {
  return new Map(
    rows.map((row) => [
      text(row, 'name'),
      { collation: text(row, 'collation'), maxlen: Number(row.maxlen) },
    ]),
  )
}

/** The database as it stands: read from the texts that `sqlite_schema` holds, in one or two queries. */
import { MigrateError, messageOf } from '../../../errors.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { Connection } from '../../connection.js'
import type { Introspection, Scope } from '../../introspection.js'
import type { CatalogRow } from './catalog.js'
import { byTable, isVirtual, readCatalog } from './catalog.js'
import type { TableText } from '../text/create-table-text.js'
import { readCreateTable } from '../text/create-table-text.js'
import { rowsOf } from './current-rows.js'
import { fold } from '../names.js'
import type { FindText } from './neutral-table.js'
import { neutralTable } from './neutral-table.js'
import { UnreadableText } from '../text/reader.js'
import { foreignKeysOf } from './table-parts.js'

export async function introspect(connection: Connection, scope: Scope): Promise<Introspection> {
  const rows = await readCatalog(connection)
  const groups = byTable(rows)
  const find = finder(rows)
  const shadows = await shadowTables(connection, rows)
  const only = scope.only === null ? null : new Set(scope.only.map(fold))
  const except = new Set(scope.except.map(fold))
  const inScope = rows.filter((row) => {
    const name = fold(row.table)
    return !except.has(name) && (only === null || only.has(name)) && !shadows.has(name)
  })
  const tables = inScope.filter((row) => row.type === 'table')
  const ordinary = tables.filter((row) => leftAloneReason(row) === null)
  return {
    schema: {
      tables: ordinary.map((row) => tableOf(row, groups.get(fold(row.name)) ?? [], find)),
      enums: [],
    },
    views: inScope
      .filter((row) => row.type === 'view')
      .map((row) => ({ name: row.name, sql: row.sql ?? '' })),
    triggers: inScope
      .filter((row) => row.type === 'trigger')
      .map((row) => ({ name: row.name, table: row.table })),
    leftAlone: tables.flatMap((row) => {
      const reason = leftAloneReason(row)
      return reason === null ? [] : [{ name: row.name, reason, isWhole: true }]
    }),
    // A dot in a name is a part of it: attached databases are no schemas.
    defaultSchema: null,
  }
}

export async function introspectTable(
  connection: Connection,
  name: TableName,
): Promise<Table | null> {
  const rows = await rowsOf(connection, [name])
  const row = rows.find((each) => each.type === 'table')
  if (row === undefined || leftAloneReason(row) !== null) return null
  const parents = foreignKeysOf(row.name, textOf(row)).map((key) => key.references.table)
  const others = parents.filter((parent) => fold(parent) !== fold(name))
  return tableOf(row, rows, finder([...rows, ...(await rowsOf(connection, others))]))
}

export async function listTables(connection: Connection): Promise<readonly TableName[]> {
  const rows = await connection.query(
    `select name from sqlite_master where type = 'table' and sql not like 'create virtual%' and name not like 'sqlite\\_%' escape '\\' order by rowid`,
  )
  return rows.map((row) => String(row.name))
}

/**
 * The text of a table, cut into its parts.
 * @throws MigrateError `SCHEMA_UNREADABLE`
 */
export function textOf(row: CatalogRow): TableText {
  try {
    return readCreateTable(row.sql ?? '')
  } catch (thrown) {
    throw unreadable(row.name, thrown)
  }
}

function tableOf(row: CatalogRow, rows: readonly CatalogRow[], find: FindText): Table {
  const text = find(row.name)?.text ?? textOf(row)
  try {
    return neutralTable(row.name, text, { rows, find })
  } catch (thrown) {
    throw unreadable(row.name, thrown)
  }
}

/** Finds tables among rows, and reads the text of each at most once. */
function finder(rows: readonly CatalogRow[]): FindText {
  const tables = new Map(
    rows.flatMap((row) => (row.type === 'table' && !isVirtual(row) ? [[fold(row.name), row]] : [])),
  )
  const texts = new Map<string, TableText>()
  return (name) => {
    const row = tables.get(fold(name))
    if (row === undefined) return null
    const text = texts.get(row.name) ?? textOf(row)
    texts.set(row.name, text)
    return { name: row.name, text }
  }
}

function leftAloneReason(row: CatalogRow): string | null {
  if (isVirtual(row)) return 'a virtual table'
  return row.name.includes('.')
    ? 'its name has a dot, which separates a schema from a table everywhere else'
    : null
}

/** The folded names of the tables behind virtual ones, of which `rows` may list some. */
export async function shadowTables(
  connection: Connection,
  rows: readonly CatalogRow[],
): Promise<ReadonlySet<string>> {
  if (!rows.some(isVirtual)) return new Set()
  const found = await connection.query(
    `select name from pragma_table_list where schema = 'main' and type = 'shadow'`,
  )
  return new Set(found.map((row) => fold(String(row.name))))
}

function unreadable(table: string, thrown: unknown): MigrateError {
  if (!(thrown instanceof UnreadableText)) throw thrown
  return new MigrateError(
    'SCHEMA_UNREADABLE',
    1,
    `The text of table ${table} was not understood.`,
    {
      why: messageOf(thrown),
      fix: `Report it with the output of: select sql from sqlite_schema where tbl_name = '${table}'.`,
      details: { table },
      cause: thrown,
    },
  )
}

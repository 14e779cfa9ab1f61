/** A database as it stands. */
import { groupBy } from '../../../operations/group-by.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { Connection, Row } from '../../connection.js'
import type { Introspection, LeftAlone, Scope } from '../../introspection.js'
import { readCatalog } from './catalog.js'
import { neutralTable } from './neutral-table.js'
import type { PhysicalTable } from './physical.js'
import { splitTable } from '../quote.js'
import { readTables, reasonToLeave, usualOptions } from './read-table.js'
import { readServer, type Server, text } from '../connection/server.js'
import { sessionOf } from '../connection/session.js'
import { isSketch, type Sketch } from '../emit/sketch.js'

const VIEWS = `select table_name as name, view_definition as definition
  from information_schema.views where table_schema = ? order by table_name`

const TRIGGERS = `select trigger_name as name, event_object_table as tbl
  from information_schema.triggers where trigger_schema = ? order by trigger_name`

/** The names of all ordinary tables of the session's database; `spelled` where the server folds them. */
export async function listTables(
  connection: Connection,
  spelled: readonly TableName[] = [],
): Promise<readonly TableName[]> {
  if (isSketch(connection)) return connection.sketch.listTables()
  const rows = await connection.query(
    `select table_name as name, @@lower_case_table_names as folds from information_schema.tables
      where table_schema = database() and table_type = 'BASE TABLE' order by table_name`,
  )
  const given = new Map(spelled.map((name) => [name.toLowerCase(), name]))
  return rows.map((row) => {
    const stored = text(row, 'name')
    return Number(row.folds) === 0 ? stored : (given.get(stored.toLowerCase()) ?? stored)
  })
}

/** The database of the session, in a number of queries that does not depend on its tables. */
export async function introspect(connection: Connection, scope: Scope): Promise<Introspection> {
  if (isSketch(connection)) return introspectSketch(connection.sketch, scope)
  const server = await readServer(connection)
  const database = server.database ?? ''
  const only = scope.only === null ? null : scope.only.map((name) => splitTable(name).name)
  const [catalog, views, triggers] = await Promise.all([
    readCatalog(connection, server, { database, only }),
    connection.query(VIEWS, [database]),
    connection.query(TRIGGERS, [database]),
  ])
  const folded = (name: string): string => (server.foldsTableNames ? name.toLowerCase() : name)
  const excepted = new Set(scope.except.map(folded))
  const isWanted = (name: string): boolean => !excepted.has(folded(name))
  const tables = readTables(catalog, server, { database, nameOf: (name) => name })
  return {
    schema: { tables: tables.filter(({ name }) => isWanted(name)).map(neutralTable), enums: [] },
    views: views.map((row) => ({ name: text(row, 'name'), sql: text(row, 'definition') })),
    triggers: triggers
      .map((row) => ({ name: text(row, 'name'), table: text(row, 'tbl') }))
      .filter(({ table }) => isWanted(table)),
    leftAlone: catalog.tables.flatMap(leftAlone).filter(({ name }) => isWanted(name)),
    defaultSchema: server.database,
    foldsTableNames: server.foldsTableNames,
    usualOptions: usualOptions(catalog, server),
  }
}

/** One table as it stands; null when there is none that we manage. */
export async function introspectTable(
  connection: Connection,
  name: TableName,
): Promise<Table | null> {
  if (isSketch(connection)) {
    const sketched = await connection.sketch.context.lookup(name)
    return sketched === null ? null : neutralTable(sketched)
  }
  const table = await physicalNow(connection, await serverNow(connection), name)
  return table === null ? null : neutralTable(table)
}

/** One table as it is now, read anew only where it is not known. */
export async function physicalNow(
  connection: Connection,
  server: Server,
  name: TableName,
): Promise<PhysicalTable | null> {
  const { recent } = sessionOf(connection)
  const known = recent.recall(name)
  if (known !== undefined) return known
  const found = (await readPhysical(connection, server, [name])).get(name) ?? null
  recent.remember(name, found)
  return found
}

/** What the server says of itself, asked anew only where it is not known. */
export async function serverNow(connection: Connection): Promise<Server> {
  const { recent } = sessionOf(connection)
  const known = recent.recallServer()
  if (known !== undefined) return known
  const server = await readServer(connection)
  recent.rememberServer(server)
  return server
}

/** Tables with all that the server holds of them, by name; those that are not there are missing. */
export async function readPhysical(
  connection: Connection,
  server: Server,
  names: readonly TableName[],
): Promise<ReadonlyMap<TableName, PhysicalTable>> {
  const found = new Map<TableName, PhysicalTable>()
  const byDatabase = groupBy(names, (name) => [splitTable(name).database])
  for (const [database, wanted] of byDatabase) {
    // The catalog compares names without their case, whatever the server does with tables.
    const keyOf = (own: string): string => (server.foldsTableNames ? own.toLowerCase() : own)
    const given = new Map(wanted.map((name) => [keyOf(splitTable(name).name), name]))
    const scope = {
      database: database ?? server.database ?? '',
      only: wanted.map((name) => splitTable(name).name),
    }
    const naming = {
      database: server.database ?? '',
      nameOf: (stored: string) => given.get(keyOf(stored)) ?? `${scope.database}.${stored}`,
    }
    const tables = readTables(await readCatalog(connection, server, scope), server, naming)
    const isWanted = new Set(wanted)
    for (const table of tables) if (isWanted.has(table.name)) found.set(table.name, table)
  }
  return found
}

async function introspectSketch(sketch: Sketch, scope: Scope): Promise<Introspection> {
  const wanted = scope.only ?? (await sketch.listTables())
  const tables: Table[] = []
  for (const name of wanted.filter((each) => !scope.except.includes(each))) {
    const table = await sketch.context.lookup(name)
    if (table !== null) tables.push(neutralTable(table))
  }
  return {
    schema: { tables, enums: [] },
    views: [],
    triggers: [],
    leftAlone: [],
    defaultSchema: null,
  }
}

function leftAlone(row: Row): readonly LeftAlone[] {
  const reason = reasonToLeave(row)
  // Views are told apart.
  return reason === null || text(row, 'type') === 'VIEW'
    ? []
    : [{ name: text(row, 'name'), reason, isWhole: true }]
}

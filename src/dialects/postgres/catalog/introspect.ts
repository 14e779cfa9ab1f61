/** The database as it stands, read from the catalogs in one round trip. */
import type { EnumType } from '../../../schema/schema.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { Connection, Row } from '../../connection.js'
import type { Introspection, Scope } from '../../introspection.js'
import type { Catalog, CatalogQueries, Wanted } from './catalog.js'
import { BEFORE_QUESTIONS, pathOf, questionsAbout, TABLE_NAMES } from './catalog.js'
import { postgresConnection, type PostgresConnection } from '../connection/session.js'
import { leftAlone, triggersOf, viewsOf } from './left-alone.js'
import { joinName, splitName } from '../names.js'
import { askAboutTables } from './prepared.js'
import { readConsistently } from './read-consistently.js'
import type { LiveTable, Reading } from './read-table.js'
import { readTable } from './read-table.js'
import { flag, grouped, number, text, textOrNull, texts } from './rows.js'
import { withoutSchema } from './schema-text.js'

/** The names of the ordinary tables in the schemas of the search path. */
export async function listTables(connection: Connection): Promise<readonly TableName[]> {
  const session = postgresConnection(connection)
  if (session.sketch !== null) return await session.sketch.listTables()
  const rows = await session.query(TABLE_NAMES)
  return rows.map(
    (row) => (flag(row, 'is_default') ? '' : `${text(row, 'schema')}.`) + text(row, 'name'),
  )
}

/** The database: the tables of the search path's schemas, and of those that the scope names. */
export async function introspect(connection: Connection, scope: Scope): Promise<Introspection> {
  const session = postgresConnection(connection)
  if (session.sketch !== null) return await session.sketch.introspect(scope)
  const schemas = [
    ...(scope.only ?? []).flatMap((name) => splitName(name).schema ?? []),
    ...(scope.schemas ?? []),
  ]
  const wanted: Wanted =
    scope.only === null
      ? { kind: 'schemas', schemas }
      : { kind: 'tables', tables: scope.only.map(splitName) }
  const catalog = await readCatalog(session, wanted)
  const except = new Set(scope.except)
  const tables = liveTables(catalog).filter(({ table }) => !except.has(table.name))
  return {
    schema: { tables: tables.map(({ table }) => table), enums: enumsOf(catalog) },
    views: viewsOf(catalog),
    triggers: triggersOf(catalog).filter((trigger) => !except.has(trigger.table)),
    leftAlone: leftAlone(catalog, tables),
    defaultSchema: catalog.defaultSchema,
  }
}

/** One table; null when there is none. */
export async function introspectTable(
  connection: Connection,
  name: TableName,
): Promise<Table | null> {
  const session = postgresConnection(connection)
  if (session.sketch !== null) return await session.sketch.table(name)
  const [live] = await recallLiveTables(session, [name])
  return live?.table ?? null
}

/** What the catalogs say of some tables. */
export interface LiveTables {
  readonly tables: readonly LiveTable[]
  readonly enums: readonly EnumType[]
  readonly defaultSchema: string
}

/** Like `readLiveTables`, but what this transaction itself has made is not asked for. */
export async function recallLiveTables(
  connection: PostgresConnection,
  names: readonly TableName[],
): Promise<readonly LiveTable[]> {
  const known = names.map((name) => connection.recent.recall(name))
  if (known.every((live) => live !== undefined)) return known.filter((live) => live !== null)
  return (await readLiveTables(connection, names)).tables
}

/** Tables with all that the catalogs know of them; those that are not there are missing. */
export async function readLiveTables(
  connection: PostgresConnection,
  names: readonly TableName[],
): Promise<LiveTables> {
  const wanted: Wanted = { kind: 'tables', tables: names.map(splitName) }
  const catalog = await readCatalog(connection, wanted)
  const tables = liveTables(catalog)
  connection.recent.remember(names, tables)
  return { tables, enums: enumsOf(catalog), defaultSchema: catalog.defaultSchema }
}

async function readCatalog(connection: PostgresConnection, wanted: Wanted): Promise<Catalog> {
  const questions = questionsAbout(wanted, connection.version)
  const [path, , ...answers] = await (wanted.kind === 'tables'
    ? askAboutTables(connection, wanted.tables)
    : readConsistently(connection, [...BEFORE_QUESTIONS, ...questions.map(([, sql]) => sql)]))
  const rows = new Map(questions.map(([key], i) => [key, answers[i] ?? []]))
  const of = (key: keyof CatalogQueries): readonly Row[] => rows.get(key) ?? []
  return {
    defaultSchema: pathOf(path?.[0]?.path)[0] ?? 'public',
    rows: {
      relations: of('relations'),
      columns: of('columns'),
      constraints: of('constraints'),
      indexes: of('indexes'),
      sequences: of('sequences'),
      types: of('types'),
      triggers: of('triggers'),
    },
  }
}

function liveTables({ rows, defaultSchema }: Catalog): readonly LiveTable[] {
  const parts = {
    columns: grouped(rows.columns, 'oid'),
    constraints: grouped(rows.constraints, 'oid'),
    indexes: grouped(rows.indexes, 'oid'),
    sequences: grouped(rows.sequences, 'oid'),
  }
  const reading = readingOf(rows.types, defaultSchema)
  return rows.relations.filter(isOrdinary).map((relation) => {
    const oid = number(relation, 'oid')
    return readTable(
      {
        relation,
        columns: parts.columns.get(oid) ?? [],
        constraints: parts.constraints.get(oid) ?? [],
        indexes: parts.indexes.get(oid) ?? [],
        sequences: parts.sequences.get(oid) ?? [],
      },
      reading,
    )
  })
}

/** A table that the tool manages. */
function isOrdinary(relation: Row): boolean {
  return (
    relation.kind === 'r' &&
    textOrNull(relation, 'extension') === null &&
    !flag(relation, 'is_partition') &&
    !flag(relation, 'inherits')
  )
}

function readingOf(types: readonly Row[], defaultSchema: string): Reading {
  const enums = types
    .filter((row) => row.kind === 'e')
    .map((row) => {
      const name = joinName(text(row, 'schema'), text(row, 'name'), defaultSchema)
      return [
        withoutSchema(text(row, 'spelling'), defaultSchema),
        { name, values: texts(row, 'labels') },
      ] as const
    })
  return { defaultSchema, enums: new Map(enums) }
}

/** Those of every schema: columns use types from anywhere, and one that is there is not made again. */
function enumsOf({ rows, defaultSchema }: Catalog): readonly EnumType[] {
  return rows.types
    .filter((row) => row.kind === 'e')
    .map((row) => ({
      name: joinName(text(row, 'schema'), text(row, 'name'), defaultSchema),
      values: texts(row, 'labels'),
    }))
}

/** The extras of a table by plain SQL, for scripts that run under stock Knex. */
import { MigrateError } from '../errors.js'
import type { Index, Unique } from '../schema/table.js'
import type { ColumnExtras, TableExtras } from './reading/extras.js'
import { expectNames, extendIndex, extendUnique } from './reading/extras.js'
import { partText } from './index-part.js'
import type { ColumnBuilderFields, StatementFields } from './knex/knex-fields.js'
import type { KnexClient, RunnableTableBuilder } from './knex/knex-module.js'
import type { ReadContext } from './reading/read-context.js'
import { readIndex, readUnique } from './reading/read-index.js'
import { piecesOf, quotedName, unquotedName } from './sql-text.js'
import { readContext } from './reading/table-call.js'

/** A builder of stock Knex, whose statements are changed before it is compiled. */
export interface StockBuilder extends RunnableTableBuilder {
  readonly client: unknown
  readonly _statements: StatementFields[]
}

/** What compiling a column needs of a stock client. */
interface StockClient extends KnexClient {
  wrapIdentifierImpl(name: string): string
  columnCompiler(table: unknown, column: unknown): { getColumnType(): string }
}

/**
 * Writes extras into a builder.
 * @throws MigrateError `TABLE_EXTRAS`, `STOCK_KNEX`
 */
export function applyStockExtras(builder: StockBuilder, extras: TableExtras): void {
  const client = builder.client as StockClient // a builder belongs to a client of Knex
  const context = readContext(client, builder, { uuid: null })
  applyToColumns({ builder, client, context }, extras)
  applyToIndexes({ builder, client, context }, extras)
  const change = optionsSql(client, extras.options ?? {})
  if (change !== null) {
    push(builder, `alter table ${tableText({ builder, client, context })} ${change}`)
  }
}

interface Scene {
  readonly builder: StockBuilder
  readonly client: StockClient
  readonly context: ReadContext
}

function applyToColumns({ builder, client, context }: Scene, extras: TableExtras): void {
  const columns = builder._statements.flatMap((statement) => statement.builder ?? [])
  const named = columns.map((column) => ({ name: context.identifier(String(column._args[0])) }))
  expectNames(builder._tableName, 'column', extras.columns, named)
  for (const [at, column] of columns.entries()) {
    const more = extras.columns?.[named[at]?.name ?? '']
    if (more !== undefined) generate({ builder, client, context }, column, more)
  }
}

/** Turns a column into one whose type is its definition, as Knex's `specificType` takes it. */
function generate(
  { builder, client }: Scene,
  column: ColumnBuilderFields,
  { generated = null, identity = null }: ColumnExtras,
): void {
  if (column._method === 'alter' || (generated === null && identity === null)) {
    throw new MigrateError(
      'STOCK_KNEX',
      1,
      `Stock Knex cannot change how column ${String(column._args[0])} is generated.`,
      { fix: 'Run this revision with migrate-tui upgrade.' },
    )
  }
  // Only PostgreSQL has identity columns.
  if (generated === null && client.dialect !== 'postgresql') return
  const type = client.columnCompiler(client.tableCompiler(builder), column).getColumnType()
  const clause =
    generated === null
      ? `generated ${identity === 'always' ? 'always' : 'by default'} as identity`
      : `generated always as (${clientText(client, generated.sql)}) ${generated.stored ? 'stored' : 'virtual'}`
  Object.assign(column, { _type: 'specificType', _args: [column._args[0], `${type} ${clause}`] })
}

function applyToIndexes({ builder, client, context }: Scene, extras: TableExtras): void {
  const found = builder._statements.flatMap((statement) => {
    const object = indexOf(statement, context)
    return object === null ? [] : [{ statement, object, name: object.name }]
  })
  expectNames(builder._tableName, 'index', extras.indexes, found)
  // Other engines have none of what extras say of an index.
  if (client.dialect !== 'postgresql') return
  for (const { statement, object, name } of found) {
    if (extras.indexes?.[name] === undefined) continue
    const extended = 'parts' in object ? extendIndex(object, extras) : extendUnique(object, extras)
    const table = tableText({ builder, client, context })
    const sql = 'parts' in extended ? indexSql(table, extended) : uniqueSql(table, extended)
    // Knex's compiler calls its own method of the statement's name: this one sends the text as it is.
    Object.assign(statement, { method: 'pushQuery', args: [sql] })
  }
}

function indexOf(
  { grouping, method, args = [] }: StatementFields,
  context: ReadContext,
): Index | Unique | null {
  if (grouping !== 'alterTable' || (method !== 'index' && method !== 'unique')) return null
  const word = method === 'index' ? readIndex(args, context) : readUnique(args, context)
  if (word.kind === 'index') return word.index
  return word.kind === 'unique' ? word.unique : null
}

function indexSql(table: string, index: Index): string {
  const { name, unique, method, parts, include, nullsNotDistinct, where } = index
  return [
    `create ${unique ? 'unique ' : ''}index ${quotedName(name)} on ${table}`,
    ...(method === null ? [] : [`using ${method}`]),
    `(${parts.map(partText).join(', ')})`,
    ...(include.length === 0 ? [] : [`include (${include.map(quotedName).join(', ')})`]),
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    ...(where === null ? [] : [`where ${where}`]),
  ].join(' ')
}

function uniqueSql(table: string, { name, columns, deferrable, nullsNotDistinct }: Unique): string {
  return [
    `alter table ${table} add constraint ${quotedName(name)} unique`,
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    `(${columns.map(quotedName).join(', ')})`,
    ...(deferrable === null ? [] : [`deferrable initially ${deferrable}`]),
  ].join(' ')
}

/** The options as clauses of ALTER TABLE; null where the engine has none of them. */
function optionsSql(client: StockClient, options: Readonly<Record<string, string>>): string | null {
  const entries = Object.entries(options)
  if (entries.length === 0) return null
  if (client.dialect === 'mysql') {
    const word = (key: string): string => (key === 'charset' ? 'default character set' : key)
    return entries.map(([key, value]) => `${word(key)} = ${value}`).join(', ')
  }
  const { inherits } = options
  return client.dialect === 'postgresql' && inherits !== undefined
    ? `inherit ${quotedTable(client, inherits)}`
    : null
}

function push(builder: StockBuilder, sql: string): void {
  builder._statements.push({ grouping: 'alterTable', method: 'pushQuery', args: [sql] })
}

function tableText({ builder, client, context }: Scene): string {
  const { _schemaName: schema, _tableName: name } = builder
  const full = schema === undefined ? name : `${schema}.${name}`
  return quotedTable(client, context.tableIdentifier(full))
}

function quotedTable(client: StockClient, name: string): string {
  return name
    .split('.')
    .map((part) => client.wrapIdentifierImpl(part))
    .join('.')
}

/** A neutral expression with its names quoted as the client quotes them. */
function clientText(client: StockClient, sql: string): string {
  return piecesOf(sql)
    .map(({ kind, text }) =>
      kind === 'name' ? client.wrapIdentifierImpl(unquotedName(text)) : text,
    )
    .join('')
}

/** One table builder with its callback run, read into what it asks for. */
import { MigrateError } from '../../errors.js'
import type { EnumType } from '../../schema/schema.js'
import type { Table, TableName } from '../../schema/table.js'
import type { SchemaCall } from '../call.js'
import { knexDialect } from '../knex/knex-dialect.js'
import type { KnexClient, RunnableTableBuilder } from '../knex/knex-module.js'
import type { ReadContext } from './read-context.js'
import type { Expressions } from './read-expression.js'
import { createExpressions } from './read-expression.js'
import { readTable } from './read-table.js'
import { operationsOfWords, tableOfWords } from './resolve-words.js'
import type { SaidOfTable } from './words.js'

/** What stays the same for all builders of a client. */
export interface ReaderSettings {
  /** The SQL of the client's `knex.fn.uuid()`; null where it has none. */
  readonly uuid: string | null
}

export interface ReadBuilder extends SaidOfTable {
  readonly enums: readonly EnumType[]
}

/**
 * A builder whose callback has run; a text names the word in it that is not known here.
 * @throws MigrateError with a code that starts with `VOCABULARY_`
 */
export function readBuilder(
  client: KnexClient,
  builder: RunnableTableBuilder,
  settings: ReaderSettings,
): ReadBuilder | string {
  const context = readContext(client, builder, settings)
  const read = readTable(builder, context)
  if ('unknown' in read) return read.unknown
  const { _schemaName: schema, _tableName: name } = builder
  const full = schema === undefined ? name : `${schema}.${name}`
  const { foldsNames } = knexDialect(client.dialect)
  return {
    table: context.tableIdentifier(full),
    words: read.words,
    enums: read.enums,
    foldsNames,
  }
}

/** What reading a builder of a client needs. */
export function readContext(
  client: KnexClient,
  builder: RunnableTableBuilder,
  { uuid }: ReaderSettings,
): ReadContext {
  const dialect = knexDialect(client.dialect)
  const { defaultDateTimePrecision: precision } = client.config
  const shared = builder.queryContext()
  return {
    table: builder._tableName,
    identifier: (name, queryContext) =>
      client.customWrapIdentifier(name, asItIs, queryContext ?? shared),
    tableIdentifier: (name) => mappedTable(client, name, shared),
    expressions: expressionsOf(client, uuid),
    types: {
      defaultPrecision: typeof precision === 'number' ? precision : null,
      schema: builder._schemaName ?? null,
    },
    regexOperator: dialect.regexOperator,
  }
}

/** The table that a builder makes. */
export function createdTable(read: ReadBuilder): Table {
  return tableOfWords(read)
}

/** The call of a builder, apart from the enum types that it creates. */
export function tableCall(
  read: ReadBuilder,
  method: 'createTable' | 'createTableIfNotExists' | 'alterTable',
): SchemaCall {
  const { table } = read
  return {
    kind: 'table',
    method,
    table,
    read: (before) => {
      if (method === 'alterTable') return operationsOfWords(read, before)
      const isThere = method === 'createTableIfNotExists' && before !== null
      return isThere ? [] : [{ kind: 'createTable', table: createdTable(read) }]
    },
  }
}

/** The name of a table in the database: each part of it through the project's mapper. */
export function mappedTable(client: KnexClient, name: string, queryContext: unknown): TableName {
  return name
    .split('.')
    .map((part) => client.customWrapIdentifier(part, asItIs, queryContext))
    .join('.')
}

/** @throws MigrateError `VOCABULARY_UNKNOWN` for a word that cannot be carried out as Knex would */
export function unknownWord(word: string, table: string): MigrateError {
  return new MigrateError(
    'VOCABULARY_UNKNOWN',
    1,
    `table.${word}() in the definition of table ${table} is not known.`,
    {
      why: 'It is an extension of Knex, or newer than this tool.',
      fix: 'Write it with the words of Knex 3, or with knex.schema.raw(…).',
    },
  )
}

/** Made once for each client; a transaction's is another one. */
const EXPRESSIONS = new WeakMap<KnexClient, Expressions>()

function expressionsOf(client: KnexClient, uuid: string | null): Expressions {
  const known = EXPRESSIONS.get(client)
  if (known !== undefined) return known
  const made = createExpressions(client, knexDialect(client.dialect).spelling, uuid)
  EXPRESSIONS.set(client, made)
  return made
}

function asItIs(name: string): string {
  return name
}

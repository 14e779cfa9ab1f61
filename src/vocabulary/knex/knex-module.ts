/** The project's copy of Knex: its function and the classes of its clients, which have no types of their own. */
import type { Knex } from 'knex'
import { MigrateError } from '../../errors.js'
import type { CompiledSql, RawFields, TableBuilderFields } from './knex-fields.js'
import { isRecord } from './knex-fields.js'

export type KnexConfig = Readonly<Record<string, unknown>>

export type KnexFactory = (config: object) => Knex

/** A statement on its way to the driver. */
export interface QueryObject {
  sql: string
  bindings?: readonly unknown[]
  method?: string
  response?: unknown
  returning?: unknown
  output?: (response: unknown) => unknown
  statementsProducer?: unknown
}

/** A schema builder with the calls made on it. */
export interface SchemaBuilderFields {
  readonly _sequence: readonly { readonly method: string; readonly args: readonly unknown[] }[]
  readonly _schema?: string
  queryContext(): unknown
}

export interface RunnableTableBuilder extends TableBuilderFields {
  setSchema(schema: string | undefined): void
  queryContext(context?: unknown): unknown
  toSQL(): unknown
}

/** What runs the statements of a builder that is awaited. */
export interface KnexRunner {
  run: () => Promise<unknown>
}

/** What a script reads rows from. */
export interface RowStream {
  readonly destroyed: boolean
  /** Whether there is room for more; else it emits `drain` when there is. */
  write(...row: readonly unknown[]): boolean
  end(): unknown
  destroy(error: unknown): unknown
  emit(event: 'drain'): boolean
  prependListener(event: 'close', listener: (value?: unknown) => void): unknown
}

/** A transaction of Knex; it is also the promise of its end. */
export interface KnexTransaction {
  readonly outerTx: KnexTransaction | null
  isCompleted(): boolean
}

/** What runs inside a transaction; `client` is the transaction's own. */
export type TransactionCallback = (trx: { readonly client: KnexClient }) => unknown

/** What is used of a Knex client; a client of a transaction has the same methods. */
export interface KnexClient {
  readonly dialect: string
  /** Whether it is a transaction's. */
  readonly transacting?: boolean
  config: KnexConfig
  logger: { readonly constructor: unknown }
  raw(sql: unknown, bindings?: unknown): RawFields
  queryCompiler(builder: unknown): { toSQL(): CompiledSql }
  schemaCompiler(builder: object): { toSQL(): QueryObject[] }
  tableBuilder(method: string, name: string, like: string | null, fn: unknown): RunnableTableBuilder
  tableCompiler(builder: object): { toSQL(): unknown }
  customWrapIdentifier(
    name: string,
    original: (name: string) => string,
    queryContext: unknown,
  ): string
  runner(builder: object): KnexRunner
  schemaBuilder(): object
  transaction(container: TransactionCallback, config: unknown, outer: unknown): KnexTransaction
  query(connection: unknown, query: string | QueryObject): Promise<unknown>
  stream(connection: unknown, query: QueryObject, stream: RowStream, options: unknown): unknown
  postProcessResponse(response: unknown, queryContext: unknown): unknown
  acquireConnection(): Promise<unknown>
  releaseConnection(connection: unknown): Promise<void>
  destroy(): Promise<void>
  initializeDriver(): void
  initializePool(): void
}

export type KnexClientClass = new (config: object) => KnexClient

/**
 * Knex's function in its module, however that was loaded.
 * @throws MigrateError `KNEX_MODULE`
 */
export function knexFactory(module: unknown): KnexFactory {
  const candidates = [module]
  if (isRecord(module)) candidates.push(module.knex, module.default)
  if (isRecord(module) && isRecord(module.default)) candidates.push(module.default.knex)
  const found = candidates.find((candidate) => typeof candidate === 'function')
  if (found === undefined) {
    throw new MigrateError('KNEX_MODULE', 2, 'The package knex exports no function.', {
      fix: 'Install Knex 3: npm install knex@3.',
    })
  }
  return found as KnexFactory // the function of that package
}

/** The client class that a configuration names, or brings with it. */
export function clientClassOf(factory: KnexFactory, config: KnexConfig): KnexClientClass {
  if (typeof config.client === 'function') return config.client as KnexClientClass // Knex's contract
  const name = config.client ?? config.dialect
  const knex = factory({ client: name, log: SILENT_LOG, useNullAsDefault: true })
  const client: unknown = knex.client
  return (client as { readonly constructor: KnexClientClass }).constructor // Knex types it `any`
}

/** Knex warns on the console, by default, about settings that the project's own Knex warns about too. */
export const SILENT_LOG = {
  warn: () => undefined,
  error: () => undefined,
  deprecate: () => undefined,
  debug: () => undefined,
}

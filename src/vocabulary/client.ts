/** Knex instances of ours: one that reads models' tables, and one that runs scripts. */
import type { Knex } from 'knex'
import type { Connection } from '../dialects/connection.js'
import type { TransactionFrame } from '../dialects/dialect.js'
import { MigrateError, messageOf } from '../errors.js'
import type { Table } from '../schema/table.js'
import type { RawStatement, SchemaCall } from './call.js'
import type { KnexClient, KnexClientClass, KnexConfig, KnexFactory } from './knex/knex-module.js'
import { clientClassOf, knexFactory, SILENT_LOG } from './knex/knex-module.js'
import { markAsOurs } from './knex/our-client.js'
import type { ScriptHandlers } from './knex/script-client.js'
import { scriptClientClass } from './knex/script-client.js'
import { createWatch } from './knex/script-watch.js'
import { createSession } from './knex/session.js'
import { loosenBuilder } from './knex/table-builder.js'
import type { ReaderSettings } from './reading/table-call.js'
import { createdTable, readBuilder, unknownWord } from './reading/table-call.js'

export interface ModelRecorder {
  /**
   * The table that `defineTable` makes of a builder.
   * @throws MigrateError with a code that starts with `VOCABULARY_`, and whatever `defineTable` throws
   */
  readTable(name: string, defineTable: (table: Knex.CreateTableBuilder, knex: Knex) => void): Table
}

export interface ScriptKnexOptions {
  /** The project's module of Knex, however it was loaded. */
  readonly knexModule: unknown
  /** The project's whole Knex configuration: `useNullAsDefault`, `wrapIdentifier` and the like hold. */
  readonly config: KnexConfig
  /** The session to run on; null records only. */
  readonly connection: Connection | null
  /** How transactions begin and end; null leaves that to Knex. */
  readonly frame: TransactionFrame | null
  /** Carries out a schema call, or keeps it; the script waits for it. */
  onSchemaCall(call: SchemaCall): Promise<void>
  /** Told of every other statement before it runs; without a connection nothing is ever run. */
  onStatement(statement: RawStatement): Promise<'run' | 'skip'>
  /** Told of the rows that a statement changed, after it ran. */
  afterStatement?(statement: RawStatement, changed: number): void
}

export interface ScriptSession {
  /** For scripts without a transaction; its transactions are real ones. */
  readonly knex: Knex
  /**
   * Gives work a transaction as Knex's migrator does. The transaction around it is the caller's:
   * this one, and those that the script begins, are savepoints.
   */
  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T>
  /**
   * Runs a script so that all it began is known to be over at its end.
   * @throws MigrateError `SCRIPT_NOT_AWAITED`
   */
  watch<T>(script: () => Promise<T>): Promise<T>
  destroy(): Promise<void>
}

/**
 * A recorder for models' tables, without a connection.
 * @throws MigrateError `KNEX_MODULE`
 */
export function modelRecorder(knexModule: unknown, config: KnexConfig): ModelRecorder {
  const factory = knexFactory(knexModule)
  const made = makeKnex(factory, config, (Base) => recordingClass(Base))
  return {
    readTable(name, defineTable) {
      const builder = made.client.tableBuilder('create', name, null, (table: unknown) => {
        defineTable(table as Knex.CreateTableBuilder, made.knex) // Knex gives a builder
      })
      loosenBuilder(builder).toSQL()
      const read = readBuilder(made.client, builder, made.settings())
      if (typeof read === 'string') throw unknownWord(read, name)
      return createdTable(read)
    },
  }
}

/**
 * A Knex of the project's version for scripts.
 * @throws MigrateError `KNEX_MODULE`
 */
export function scriptKnex(options: ScriptKnexOptions): ScriptSession {
  const { connection, frame } = options
  const session = createSession(connection, frame)
  const watch = createWatch()
  const handlers: Omit<ScriptHandlers, 'settings'> = {
    session,
    watch,
    isConnected: connection !== null,
    onSchemaCall: (call) => options.onSchemaCall(call),
    onStatement: (statement) => options.onStatement(statement),
    afterStatement: (statement, changed) => options.afterStatement?.(statement, changed),
  }
  const factory = knexFactory(options.knexModule)
  const made = makeKnex(factory, options.config, (Base, settings) =>
    scriptClientClass(Base, { ...handlers, settings }),
  )
  return {
    knex: made.knex,
    watch: (script) => watch.watch(script),
    transaction: (work) => session.framed(() => inTransaction(made.knex, work)),
    destroy: async () => {
      await made.knex.destroy()
      session.close()
    },
  }
}

async function inTransaction<T>(
  knex: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return await knex.transaction(async (trx) => await work(trx))
}

interface MadeKnex {
  readonly knex: Knex
  readonly client: KnexClient
  settings(): ReaderSettings
}

function makeKnex(
  factory: KnexFactory,
  config: KnexConfig,
  extend: (Base: KnexClientClass, settings: () => ReaderSettings) => KnexClientClass,
): MadeKnex {
  let known: ReaderSettings | null = null
  const settings = (): ReaderSettings => (known ??= { uuid: uuidSql(knex) })
  const knex = callProject(() => {
    const client = extend(clientClassOf(factory, config), settings)
    // Silent only while it is made: the project's own Knex has said what there is to say.
    return factory({ ...config, client, pool: {}, log: SILENT_LOG })
  })
  const made = knex.client as KnexClient // Knex types it `any`
  const Logger = made.logger.constructor as new (config: KnexConfig) => KnexClient['logger']
  made.logger = new Logger(config)
  // Scripts ask `knex.client.config.client` which database they run on: it is what the project wrote.
  made.config = { ...made.config, client: config.client, pool: config.pool, log: config.log }
  return { knex, client: made, settings }
}

/** Calls Knex with the project's settings: what it throws is about these. @throws MigrateError `KNEX_CONFIG` */
function callProject<T>(make: () => T): T {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof MigrateError) throw thrown
    throw new MigrateError(
      'KNEX_CONFIG',
      2,
      `Knex cannot be made of its configuration: ${messageOf(thrown)}`,
      {
        fix: 'Correct the configuration, or the client class that it brings.',
        state: 'Nothing ran: the database is as it was.',
        cause: thrown,
      },
    )
  }
}

/** A client for builders alone: it compiles nothing and reaches no database. */
function recordingClass(Base: KnexClientClass): KnexClientClass {
  class RecordingClient extends Base {
    override initializeDriver(): void {
      return
    }

    override initializePool(): void {
      return
    }

    override tableCompiler(): { toSQL(): unknown } {
      return { toSQL: () => [] }
    }

    override acquireConnection(): Promise<unknown> {
      return Promise.reject(
        new MigrateError(
          'MODEL_QUERY',
          1,
          'A model queries the database while its table is read.',
          {
            why: 'defineTable only says what the table is; there is no database behind its knex.',
            fix: 'Leave queries out of defineTable.',
          },
        ),
      )
    }
  }
  return markAsOurs(RecordingClient)
}

function uuidSql(knex: Knex): string | null {
  try {
    return knex.fn.uuid().toQuery()
  } catch {
    // Knex has no uuid() for this client.
    return null
  }
}

/** The Knex client of scripts: schema calls go to us, everything else to the driver of the one session. */
import type { RawStatement, SchemaCall } from '../call.js'
import { knexDialect } from './knex-dialect.js'
import type {
  KnexClient,
  KnexClientClass,
  KnexRunner,
  KnexTransaction,
  QueryObject,
  RowStream,
  RunnableTableBuilder,
  SchemaBuilderFields,
  TransactionCallback,
} from './knex-module.js'
import { isRecord } from './knex-fields.js'
import { markAsOurs } from './our-client.js'
import type { CallQuery } from './schema-calls.js'
import { schemaQueries } from './schema-calls.js'
import type { ScriptWatch } from './script-watch.js'
import { describeCalls, watchedRunner } from './script-watch.js'
import type { KnexSession } from './session.js'
import { rawStatement } from './statements.js'
import { loosenBuilder } from './table-builder.js'
import { createUnsent, offlineRead } from './unsent.js'
import type { ReaderSettings } from '../reading/table-call.js'

/** What the client does with what a script says. */
export interface ScriptHandlers {
  readonly session: KnexSession
  readonly watch: ScriptWatch
  /** Whether there is a database to send statements to. */
  readonly isConnected: boolean
  /** Asked when the first schema call is read: by then the Knex of the client exists. */
  settings(): ReaderSettings
  onSchemaCall(call: SchemaCall): Promise<void>
  onStatement(statement: RawStatement): Promise<'run' | 'skip'>
  afterStatement(statement: RawStatement, changed: number): void
}

/**
 * A client class over the project's own. Its state is in the closure: a transaction's client is made
 * from the prototype alone.
 */
export function scriptClientClass(
  Base: KnexClientClass,
  handlers: ScriptHandlers,
): KnexClientClass {
  const { session, watch } = handlers
  /** Builders whose callback is run to be read: their compiler has nothing to do. */
  const captured = new WeakSet<object>()
  const unsent = createUnsent()

  const runCallback = (builder: RunnableTableBuilder): void => {
    captured.add(builder)
    builder.toSQL()
  }

  class ScriptClient extends Base {
    /** The connection is given, and with it the driver. */
    override initializeDriver(): void {
      return
    }

    override initializePool(): void {
      return
    }

    override acquireConnection(): Promise<unknown> {
      return session.acquire()
    }

    override releaseConnection(_connection: unknown): Promise<void> {
      session.release()
      return Promise.resolve()
    }

    /** A script that ends its Knex ends nothing of ours. */
    override destroy(): Promise<void> {
      return Promise.resolve()
    }

    override tableBuilder(
      method: string,
      name: string,
      like: string | null,
      fn: unknown,
    ): RunnableTableBuilder {
      return loosenBuilder(super.tableBuilder(method, name, like, fn))
    }

    override tableCompiler(builder: object): { toSQL(): unknown } {
      return captured.has(builder) ? { toSQL: () => [] } : super.tableCompiler(builder)
    }

    /** Only a builder that runs becomes ours; one that is printed is compiled by Knex. */
    override runner(builder: object): KnexRunner {
      if (!isSchemaBuilder(builder))
        return watchedRunner(watch, super.runner(builder), 'a statement')
      watch.used(builder)
      const toSQL = (): QueryObject[] =>
        schemaQueries(this, builder, { runCallback, ...handlers.settings() })
      // A copy: as the prototype of another object a builder would be slow for the rest of its life.
      const ours = Object.create(Object.getPrototypeOf(builder) as object) as object
      const runner = super.runner(Object.assign(ours, builder, { toSQL }))
      return watchedRunner(watch, runner, describeCalls(builder._sequence))
    }

    override schemaBuilder(): object {
      const builder = super.schemaBuilder()
      watch.made(builder)
      return builder
    }

    override schemaCompiler(builder: object): { toSQL(): QueryObject[] } {
      watch.used(builder)
      return super.schemaCompiler(builder)
    }

    override transaction(
      container: TransactionCallback,
      config: unknown,
      outer: unknown,
    ): KnexTransaction {
      const record: { open: { transaction: KnexTransaction; client: KnexClient } | null } = {
        open: null,
      }
      let begun: KnexTransaction | null = null
      const entered: TransactionCallback = (trx) => {
        if (begun !== null) record.open = { transaction: begun, client: trx.client }
        return session.enter(record, isNone(outer), () => container(trx))
      }
      const around = session.current()
      // Knex queues a transaction behind its siblings: one begun inside a sibling would wait for itself.
      begun =
        around !== null && isOutside(outer, around.transaction)
          ? super.transaction.call(around.client, entered, config, around.transaction)
          : super.transaction(entered, config, outer)
      return begun
    }

    override query(connection: unknown, query: string | QueryObject): Promise<unknown> {
      // Knex's own transactions send bare text, everything else an object.
      if (typeof query === 'string') {
        return session.inTurn(() => session.control(query, () => super.query(connection, query)))
      }
      if (isCallQuery(query)) {
        return session.inTurn(async () => {
          await handlers.onSchemaCall(query.call)
          return query
        })
      }
      return session.inTurn(() => this.runStatement(query, () => super.query(connection, query)))
    }

    override stream(
      connection: unknown,
      query: QueryObject,
      stream: RowStream,
      options: unknown,
    ): Promise<unknown> {
      // A stream that its reader leaves is over, though PostgreSQL's never says so.
      const left = new Promise((resolve) => {
        if (stream.destroyed) resolve(undefined)
        else stream.prependListener('close', resolve)
      })
      return watch.begun('a stream', () =>
        Promise.race([
          this.sendStream(stream, query, () => super.stream(connection, query, stream, options)),
          left,
        ]),
      )
    }

    /** `send` begins to write rows to the stream. */
    private async sendStream(
      stream: RowStream,
      query: QueryObject,
      send: () => unknown,
    ): Promise<unknown> {
      let ended: unknown
      try {
        const decision = await handlers.onStatement(statementOf(query, this))
        // Whoever waits for rows waits for their end: an error might have no listener.
        if (!handlers.isConnected || decision === 'skip') return stream.end()
        await session.settled()
        if (stream.destroyed) return undefined
        session.stream(stream, this.transacting === true)
        ended = send()
      } catch (thrown) {
        // Nobody else tells the stream of it: neither of what we refuse, nor of a package that is missing.
        stream.destroy(thrown)
        throw thrown
      }
      return await ended
    }

    override postProcessResponse(response: unknown, queryContext: unknown): unknown {
      // A project's own would look into what nobody knows.
      return unsent.isUnknown(response)
        ? response
        : super.postProcessResponse(response, queryContext)
    }

    private async runStatement(query: QueryObject, send: () => Promise<unknown>): Promise<unknown> {
      const statement = statementOf(query, this)
      const decision = await handlers.onStatement(statement)
      const dialect = knexDialect(this.dialect)
      if (handlers.isConnected && decision === 'run') {
        await session.settled()
        await send()
        handlers.afterStatement(statement, dialect.changedRows(query.response))
        return query
      }
      if (!handlers.isConnected && statement.reads) throw offlineRead(statement)
      return unsent.answer(query, statement, dialect)
    }
  }
  return markAsOurs(ScriptClient)
}

function statementOf(query: QueryObject, client: KnexClient): RawStatement {
  const { connection } = client.config
  const timezone = isRecord(connection) ? connection.timezone : undefined
  return rawStatement(
    { sql: query.sql, bindings: query.bindings ?? [] },
    knexDialect(client.dialect),
    typeof timezone === 'string' ? timezone : 'local',
  )
}

function isSchemaBuilder(builder: object): builder is SchemaBuilderFields {
  return '_sequence' in builder
}

function isCallQuery(query: QueryObject): query is CallQuery {
  return 'call' in query
}

function isNone(outer: unknown): boolean {
  return outer === null || outer === undefined
}

/** Whether a transaction, or none, encloses another. */
function isOutside(outer: unknown, inner: KnexTransaction): boolean {
  if (isNone(outer)) return true
  for (let each = inner.outerTx; each !== null; each = each.outerTx) {
    if (each === outer) return true
  }
  return false
}

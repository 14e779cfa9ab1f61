/** The calls on a schema builder, each turned into statements of which ours carry a `SchemaCall`. */
import type { Operation } from '../../operations/operation.js'
import type { SchemaCall } from '../call.js'
import type {
  KnexClient,
  QueryObject,
  RunnableTableBuilder,
  SchemaBuilderFields,
} from './knex-module.js'
import type { ReaderSettings } from '../reading/table-call.js'
import { mappedTable, readBuilder, tableCall, unknownWord } from '../reading/table-call.js'

/** A statement that is never sent: it carries a call to whoever carries it out. */
export interface CallQuery extends QueryObject {
  readonly call: SchemaCall
}

export interface CallReader extends ReaderSettings {
  /** Runs the callback of a table builder without compiling what it says. */
  runCallback(builder: RunnableTableBuilder): void
}

/** The method under which `migrate-tui/operations` puts an operation on a schema builder. */
export const OPERATION_METHOD = 'migrate-tui:operation'

type Item = SchemaBuilderFields['_sequence'][number]

/** The statements of a schema builder, in the order of its calls. */
export function schemaQueries(
  client: KnexClient,
  builder: SchemaBuilderFields,
  reader: CallReader,
): QueryObject[] {
  return builder._sequence.flatMap((item) => itemQueries({ client, builder, reader }, item))
}

interface Scene {
  readonly client: KnexClient
  readonly builder: SchemaBuilderFields
  readonly reader: CallReader
}

function itemQueries(scene: Scene, item: Item): QueryObject[] {
  const { method, args } = item
  const name = (at: number): string => tableNameOf(scene, String(args[at]))
  switch (method) {
    case 'createTable':
    case 'createTableIfNotExists':
    case 'alterTable':
      return tableQueries(scene, item, method)
    case 'dropTable':
    case 'dropTableIfExists': {
      const ifExists = method === 'dropTableIfExists'
      return [callQuery({ kind: 'dropTable', table: name(0), ifExists }, method)]
    }
    case 'renameTable':
      return [callQuery({ kind: 'renameTable', from: name(0), to: name(1) }, method)]
    case OPERATION_METHOD: {
      const operation = args[0] as Operation // put there by our own functions
      return [callQuery({ kind: 'operation', operation }, operation.kind)]
    }
    case 'hasTable':
    case 'hasColumn':
    case 'raw':
      return compiled(scene, item)
    default:
      return otherQueries(scene, item)
  }
}

const BUILDER_METHODS = {
  createTable: 'create',
  createTableIfNotExists: 'createIfNot',
  alterTable: 'alter',
} as const

function tableQueries(
  scene: Scene,
  item: Item,
  method: keyof typeof BUILDER_METHODS,
): QueryObject[] {
  const { client, builder, reader } = scene
  const [name, fn] = item.args
  const table = client.tableBuilder(BUILDER_METHODS[method], String(name), null, fn)
  table.setSchema(builder._schema)
  const queryContext = builder.queryContext()
  if (queryContext !== undefined) table.queryContext(queryContext)
  reader.runCallback(table)
  const read = readBuilder(client, table, reader)
  if (typeof read === 'string') return unknownTableQueries(scene, item, read)
  const enums = read.enums.map((each) =>
    callQuery({ kind: 'operation', operation: { kind: 'createEnum', enum: each } }, 'createEnum'),
  )
  return [...enums, callQuery(tableCall(read, method), `${method} ${read.table}`)]
}

function unknownTableQueries(scene: Scene, item: Item, word: string): QueryObject[] {
  const queries = compiled(scene, item)
  // What Knex would do with an answer of the database cannot be written down as statements.
  if (queries.some(needsAnswer)) throw unknownWord(word, String(item.args[0]))
  return [unknownQuery(queries, item)]
}

/** Views, schemas, extensions: Knex's own statements, told apart from data. */
function otherQueries(scene: Scene, item: Item): QueryObject[] {
  const queries = compiled(scene, item)
  return queries.some(needsAnswer) ? queries : [unknownQuery(queries, item)]
}

function unknownQuery(queries: readonly QueryObject[], { method, args }: Item): QueryObject {
  const what = typeof args[0] === 'string' ? `${method} ${args[0]}` : method
  return callQuery({ kind: 'unknown', what, statements: queries.map(({ sql }) => sql) }, what)
}

function needsAnswer(query: QueryObject): boolean {
  return query.output !== undefined || query.statementsProducer !== undefined
}

/** What Knex's own compiler makes of one call. */
function compiled({ client, builder }: Scene, item: Item): QueryObject[] {
  const alone = Object.create(builder, { _sequence: { value: [item] } }) as object
  return client.schemaCompiler(alone).toSQL()
}

function callQuery(call: SchemaCall, sql: string): CallQuery {
  // Knex hands the result of `output` to whoever awaits the builder.
  return { sql, bindings: [], call, response: [], output: () => [] }
}

function tableNameOf({ client, builder }: Scene, name: string): string {
  const schema = builder._schema
  const full = schema === undefined ? name : `${schema}.${name}`
  return mappedTable(client, full, builder.queryContext())
}

/** What other sessions wait for while a step runs, in words. */
import type { Dialect } from '../dialects/dialect.js'
import type { Operation } from '../operations/operation.js'
import { tableOf } from '../operations/operation.js'
import type { TableName } from '../schema/table.js'
import type { RawStatement } from '../vocabulary/call.js'

/** What a step does, and the tables that the steps before it made: nobody else uses those yet. */
export interface Locking {
  readonly operations: readonly Operation[]
  readonly raw: readonly RawStatement[]
  readonly created: ReadonlySet<TableName>
}

/** One sentence a table, or one for the whole database where that is what the engine locks. */
export function lockSentences(dialect: Dialect, step: Locking): readonly string[] {
  const writes = step.raw.filter((statement) => !statement.reads)
  const held = heldBy(dialect, step)
  if (dialect.facts.locks === 'database') {
    return step.operations.length + writes.length === 0 ? [] : [wholeDatabase(held)]
  }
  const sentences = [...held].flatMap(([table, one]) => sentenceOf(dialect, table, one))
  const unknown = 'What its raw SQL locks is not known before it runs.'
  return writes.length === 0 ? sentences : [...sentences, unknown]
}

interface Held {
  readonly blocks: 'nothing' | 'writes' | 'everything'
  readonly lock: string | null
  readonly rewrites: boolean
}

const NOTHING: Held = { blocks: 'nothing', lock: null, rewrites: false }

function heldBy(dialect: Dialect, step: Locking): ReadonlyMap<TableName, Held> {
  const created = new Set(step.created)
  const held = new Map<TableName, Held>()
  const hold = (table: TableName, more: Held): void => {
    if (!created.has(table)) held.set(table, stronger(held.get(table) ?? NOTHING, more))
  }
  for (const operation of step.operations) {
    if (operation.kind === 'createTable') created.add(operation.table.name)
    if (operation.kind === 'renameTable' && created.has(operation.from)) created.add(operation.to)
    const facts = dialect.operationFacts(operation)
    const { blocks, lock = null, rewrites, blocksParents } = facts
    hold(tableOf(operation) ?? usersOf(operation), { blocks, lock, rewrites })
    if (blocksParents === undefined) continue
    for (const parent of parentsOf(operation)) {
      hold(parent, { blocks: blocksParents, lock, rewrites: false })
    }
  }
  return held
}

function usersOf(operation: Operation): string {
  return operation.kind === 'alterEnum' ? `Tables with a column of ${operation.name}` : ''
}

function parentsOf(operation: Operation): readonly TableName[] {
  switch (operation.kind) {
    case 'addForeignKey':
    case 'dropForeignKey':
      return [operation.foreignKey.refTable]
    case 'createTable':
    case 'dropTable':
      return operation.table.foreignKeys.map((key) => key.refTable)
    default:
      return []
  }
}

const ORDER = ['nothing', 'writes', 'everything'] as const

function stronger(a: Held, b: Held): Held {
  const more = ORDER.indexOf(b.blocks) > ORDER.indexOf(a.blocks) ? b : a
  return { ...more, rewrites: a.rewrites || b.rewrites }
}

function sentenceOf(dialect: Dialect, table: TableName, held: Held): readonly string[] {
  const { blocks, lock, rewrites } = held
  if (blocks === 'nothing') return []
  const who = blocks === 'writes' ? 'writes wait' : 'reads and writes wait'
  const until = dialect.facts.transactionalDdl
    ? 'until the step is committed'
    : 'while its statement runs'
  const word = lock === null ? '' : ` (${lock})`
  const copy = rewrites ? ', and every row is written anew' : ''
  return [`${table}: ${who} ${until}${word}${copy}.`]
}

function wholeDatabase(held: ReadonlyMap<TableName, Held>): string {
  const copied = [...held].filter(([, { rewrites }]) => rewrites).map(([table]) => table)
  const meanwhile = copied.length === 0 ? '' : `, while every row of ${listed(copied)} is copied`
  return `The whole database: other writers wait until the step is committed${meanwhile}; readers go on until then.`
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

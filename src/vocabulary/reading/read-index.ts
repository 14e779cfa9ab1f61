/** The indexes, uniques and foreign keys of a table builder. */
import { MigrateError } from '../../errors.js'
import type { Deferrable, ForeignKey, Index, ReferentialAction } from '../../schema/table.js'
import { columnPart, parsePart } from '../index-part.js'
import { isRaw, isRecord, listOf, textOrNull, textsOf } from '../knex/knex-fields.js'
import { automaticName } from '../names.js'
import type { ReadContext } from './read-context.js'
import type { Dropped, TableWord } from './words.js'

type Args = readonly unknown[]

/** `unique(columns, name | { indexName, deferrable, useConstraint, predicate, storageEngineIndexType })` */
export function readUnique(args: Args, context: ReadContext): TableWord {
  const options = isRecord(args[1]) ? args[1] : { indexName: args[1] }
  const method = textOrNull(options.storageEngineIndexType)
  const hasPredicate = options.predicate !== undefined && options.predicate !== null
  const columns = listOf(args[0])
  const name = nameOf({ given: options.indexName, columns, suffix: 'unique' }, context)
  const isPlain =
    options.useConstraint !== false && !hasPredicate && method === null && !columns.some(isRaw)
  if (isPlain) {
    return {
      kind: 'unique',
      unique: {
        name,
        columns: columns.map((column) => context.identifier(String(column))),
        deferrable: deferrableOf(options.deferrable),
        nullsNotDistinct: false,
      },
    }
  }
  return {
    kind: 'index',
    index: {
      ...indexOf(name, columns, context),
      unique: true,
      where: whereOf(options.predicate, context),
      method: method?.toLowerCase() ?? null,
    },
  }
}

/** `index(columns, name, type | { indexType, storageEngineIndexType, predicate })` */
export function readIndex(args: Args, context: ReadContext): TableWord {
  const options = isRecord(args[2]) ? args[2] : { indexType: args[2] }
  const type = textOrNull(options.indexType)?.toLowerCase() ?? null
  const isUnique = type === 'unique'
  const columns = listOf(args[0])
  return {
    kind: 'index',
    index: {
      ...indexOf(nameOf({ given: args[1], columns, suffix: 'index' }, context), columns, context),
      unique: isUnique,
      where: whereOf(options.predicate, context),
      method: textOrNull(options.storageEngineIndexType)?.toLowerCase() ?? (isUnique ? null : type),
    },
  }
}

/**
 * `foreign(columns, name)` and what is chained on it; null where it says no table or no column, as
 * Knex then writes none.
 */
export function readForeignKey(said: unknown, context: ReadContext): TableWord | null {
  if (!isRecord(said)) return null
  const refTable = textOrNull(said.inTable)
  const refColumns = textsOf(said.references)
  if (refTable === null || refColumns.length === 0) return null
  const columns = listOf(said.column)
  const foreignKey: ForeignKey = {
    name: nameOf({ given: said.keyName, columns, suffix: 'foreign' }, context),
    columns: columns.map((column) => context.identifier(String(column))),
    refTable: context.tableIdentifier(refTable),
    refColumns: refColumns.map((column) => context.identifier(column)),
    onDelete: actionOf(said.onDelete),
    onUpdate: actionOf(said.onUpdate),
    deferrable: deferrableOf(said.deferrable),
  }
  return { kind: 'foreignKey', foreignKey }
}

/** `dropIndex(columns, name)` and its kin. */
export function readDrop(
  what: 'unique' | 'index' | 'foreignKey',
  args: Args,
  context: ReadContext,
): Omit<Dropped, 'ifExists'> {
  const columns = listOf(args[0])
  const suffix = what === 'foreignKey' ? 'foreign' : what
  return {
    name: nameOf({ given: args[1], columns, suffix }, context),
    columns: columns.map((column) => (isRaw(column) ? '' : context.identifier(String(column)))),
  }
}

interface Naming {
  readonly given: unknown
  readonly columns: Args
  readonly suffix: 'unique' | 'index' | 'foreign'
}

/** The name in the database: the one given, else Knex's automatic one; both pass the project's mapper. */
function nameOf({ given, columns, suffix }: Naming, context: ReadContext): string {
  const name = textOrNull(given)
  if (name !== null) return context.identifier(name)
  if (!columns.some(isRaw)) {
    return context.identifier(automaticName(context.table, columns.map(String), suffix))
  }
  throw new MigrateError(
    'VOCABULARY_UNNAMED_INDEX',
    1,
    `An index over raw SQL on table ${context.table} has no name.`,
    {
      why: 'Knex would make one of the SQL text, which differs from engine to engine.',
      fix: `Name it: table.index([knex.raw('…')], '${context.table}_…_index').`,
    },
  )
}

function indexOf(name: string, columns: Args, context: ReadContext): Index {
  return {
    name,
    unique: false,
    parts: columns.map((column) =>
      isRaw(column)
        ? parsePart(context.expressions.raw(column))
        : columnPart(context.identifier(String(column))),
    ),
    where: null,
    method: null,
    include: [],
    nullsNotDistinct: false,
  }
}

function whereOf(predicate: unknown, context: ReadContext): string | null {
  if (predicate === undefined || predicate === null) return null
  return context.expressions.condition(predicate)
}

function deferrableOf(said: unknown): Deferrable | null {
  const text = typeof said === 'string' ? said.toLowerCase() : null
  return text === 'deferred' || text === 'immediate' ? text : null
}

function actionOf(said: unknown): ReferentialAction | null {
  const action = textOrNull(said)?.trim().toLowerCase().replace(/\s+/g, ' ') ?? 'no action'
  switch (action) {
    case 'no action':
      return null
    case 'cascade':
    case 'set null':
    case 'set default':
    case 'restrict':
      return action
    default:
      throw new MigrateError('VOCABULARY_ACTION', 1, `${action} is no action of a foreign key.`, {
        fix: 'Use CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION.',
      })
  }
}

/** Keys, indexes, uniques, foreign keys and checks as calls on Knex's table builder. */
import type { Check, ForeignKey, Index, PrimaryKey, TableName, Unique } from '../../schema/table.js'
import type { IndexExtras } from '../reading/extras.js'
import { partText } from '../index-part.js'
import { automaticName } from '../names.js'
import type { Call, Source } from './source-text.js'
import { array, call, object, string, strings, text } from './source-text.js'
import { boundArgs, predicateSource, rawSource, textSource } from './write-expression.js'

/** A call, and what Knex has no word for. */
export interface WrittenIndex {
  readonly call: Call
  readonly extras: IndexExtras | null
}

/** `table.primary([…])` */
export function primaryCall({ name, columns }: PrimaryKey): Call {
  // The form with an object is not understood by Knex's compilers for SQLite and MySQL.
  return call('primary', strings(columns), ...(name === null ? [] : [string(name)]))
}

/** `table.unique([…])`, with a name where it is not the automatic one. */
export function uniqueCall(table: TableName, unique: Unique): WrittenIndex {
  const { name, columns, deferrable } = unique
  const isAutomatic = name === automaticName(table, columns, 'unique')
  const options = [
    ...(isAutomatic ? [] : [['indexName', string(name)] as const]),
    ...(deferrable === null ? [] : [['deferrable', string(deferrable)] as const]),
  ]
  return {
    call: call('unique', strings(columns), ...(options.length === 0 ? [] : [object(options)])),
    extras: unique.nullsNotDistinct ? { nullsNotDistinct: true } : null,
  }
}

/** `table.index([…])`, or `table.unique([…])` for a unique index. */
export function indexCall(table: TableName, index: Index): WrittenIndex {
  return index.unique ? uniqueIndexCall(index) : plainIndexCall(table, index)
}

function uniqueIndexCall(index: Index): WrittenIndex {
  const { name, where, method } = index
  const options = [
    ['indexName', string(name)] as const,
    where === null
      ? (['useConstraint', text('false')] as const)
      : (['predicate', predicateSource(where)] as const),
    ...(method === null ? [] : [['storageEngineIndexType', string(method)] as const]),
  ]
  return { call: call('unique', partsSource(index), object(options)), extras: extrasOf(index) }
}

/** The index types that Knex's option of that name is typed for. */
const ENGINE_TYPES = ['hash', 'btree']

function plainIndexCall(table: TableName, index: Index): WrittenIndex {
  const { name, where, method } = index
  const isEngineType = method !== null && ENGINE_TYPES.includes(method)
  const options = [
    ...(isEngineType ? [['storageEngineIndexType', string(method)] as const] : []),
    ...(where === null ? [] : [['predicate', predicateSource(where)] as const]),
  ]
  const isWord = method !== null && !isEngineType && where === null
  const isExtra = method !== null && !isEngineType && where !== null
  const more = isWord ? [string(method)] : options.length > 0 ? [object(options)] : []
  const isAutomatic = isNamedByColumns(table, index)
  const named = isAutomatic && more.length === 0 ? [] : [string(name)]
  const extras = extrasOf(index)
  return {
    call: call('index', partsSource(index), ...named, ...more),
    extras: isExtra ? { ...extras, method } : extras,
  }
}

/** Whether an index is over plain columns and has the name that Knex would give it. */
export function isNamedByColumns(table: TableName, index: Index): boolean {
  const columns = index.parts.map((part) => ('column' in part.on ? part.on.column : ''))
  const isPlain = index.parts.every((part) => isPlainPart(part))
  return isPlain && index.name === automaticName(table, columns, 'index')
}

/** Whether a part is a whole column in ascending order. */
export function isPlainPart(part: Index['parts'][number]): boolean {
  const { on, order, nulls, collation, opclass, prefix } = part
  const hasTail = nulls !== null || collation !== null || opclass !== null || prefix !== null
  return 'column' in on && order === 'asc' && !hasTail
}

function partsSource(index: Index): Source {
  return array(
    index.parts.map((part) =>
      'column' in part.on && isPlainPart(part) ? string(part.on.column) : rawSource(partText(part)),
    ),
  )
}

function extrasOf(index: Index): IndexExtras | null {
  const { include, nullsNotDistinct } = index
  if (include.length === 0 && !nullsNotDistinct) return null
  return {
    ...(include.length === 0 ? {} : { include }),
    ...(nullsNotDistinct ? { nullsNotDistinct } : {}),
  }
}

/** `table.foreign(…).references(…).inTable(…)` */
export function foreignCalls(table: TableName, key: ForeignKey): readonly Call[] {
  const [column, ...others] = key.columns
  const [refColumn = ''] = key.refColumns
  const isAutomatic = key.name === automaticName(table, key.columns, 'foreign')
  // Knex splits a text at its dot, a list not.
  const isOne = others.length === 0 && column !== undefined && !refColumn.includes('.')
  const named = isAutomatic ? [] : [string(key.name)]
  return [
    call('foreign', isOne ? string(column) : strings(key.columns), ...named),
    call('references', isOne ? string(refColumn) : strings(key.refColumns)),
    call('inTable', string(key.refTable)),
    ...actionCalls(key),
  ]
}

/** The same chained on its column; null where that cannot say it. */
export function chainedForeignCalls(table: TableName, key: ForeignKey): readonly Call[] | null {
  const [refColumn = ''] = key.refColumns
  const isAutomatic = key.name === automaticName(table, key.columns, 'foreign')
  if (!isAutomatic || key.columns.length !== 1 || key.refColumns.length !== 1) return null
  if (refColumn.includes('.') || refColumn === '') return null
  const isPlain = !key.refTable.includes('.')
  return [
    ...(isPlain
      ? [call('references', string(`${key.refTable}.${refColumn}`))]
      : [call('references', string(refColumn)), call('inTable', string(key.refTable))]),
    ...actionCalls(key),
  ]
}

function actionCalls({ onDelete, onUpdate, deferrable }: ForeignKey): readonly Call[] {
  return [
    ...(onDelete === null ? [] : [call('onDelete', string(onDelete.toUpperCase()))]),
    ...(onUpdate === null ? [] : [call('onUpdate', string(onUpdate.toUpperCase()))]),
    ...(deferrable === null ? [] : [call('deferrable', string(deferrable))]),
  ]
}

/** A check of a new table; unnamed where its automatic name is the one wanted. */
export function checkCall({ name, sql }: Check, isAutomatic: boolean): Call {
  const [pattern = text(''), bindings] = boundArgs(sql)
  if (isAutomatic) return call('check', pattern, ...(bindings === undefined ? [] : [bindings]))
  return call('check', pattern, bindings ?? text('undefined'), string(name))
}

/** A check that is added: there Knex takes no bindings, and makes no name that an engine takes. */
export function addedCheckCall({ name, sql }: Check): Call {
  return call('check', textSource(sql), text('undefined'), string(name))
}

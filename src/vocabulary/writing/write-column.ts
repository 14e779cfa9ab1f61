/** Columns as calls on Knex's table builder. */
import { isSame } from '../../operations/equal.js'
import type { Column, ColumnType } from '../../schema/column.js'
import type { ColumnExtras } from '../reading/extras.js'
import { isCounter } from '../reading/read-type.js'
import type { Call, Source } from './source-text.js'
import { call, data, object, string, strings, text } from './source-text.js'
import { sqlOfType } from '../sql-type.js'
import { defaultSource, textSource } from './write-expression.js'

/** A column in Knex's words, and what Knex has no word for. */
export interface WrittenColumn {
  readonly calls: readonly Call[]
  readonly extras: ColumnExtras | null
}

export interface ColumnContext {
  /** Whether `increments` makes the column the primary key of its table. */
  readonly isKey: boolean
  /** Names of native enums that this very call creates. */
  readonly creates: ReadonlySet<string>
}

/** A column of a new table, or one that is added. */
export function addedColumn(column: Column, context: ColumnContext): WrittenColumn {
  const { calls, extras } = typeCalls(column, column, context)
  return {
    calls: [
      ...calls,
      ...notNull(column),
      ...defaultCalls(column),
      ...(column.collation === null ? [] : [call('collate', string(column.collation))]),
      ...(column.comment === null ? [] : [call('comment', string(column.comment))]),
    ],
    extras,
  }
}

/** `.alter()` states the whole column; what it keeps by itself is not said. */
export function alteredColumn(from: Column, to: Column, context: ColumnContext): WrittenColumn {
  const isKept = isSame(from.generated, to.generated) && from.identity === to.identity
  const stated = isKept ? { ...to, generated: null, identity: null } : to
  const { calls, extras } = typeCalls(stated, to, context)
  const isGone = !isKept && to.generated === null && to.identity === null && to.default === null
  return {
    calls: [
      ...calls,
      ...notNull(to),
      ...defaultCalls(to),
      ...keptCalls('collate', collationOf(from, to), to.collation, 'default'),
      ...keptCalls('comment', from.comment, to.comment, ''),
      call('alter'),
    ],
    extras: isGone ? { generated: null, identity: null } : extras,
  }
}

/** The collation that an alteration keeps unless it says another; a character set that a type names brings one. */
function collationOf(from: Column, to: Column): string | null {
  const { type, collation } = from
  const hasOwn = type.kind === 'native' && /\b(?:character set|charset)\b/i.test(type.text)
  return collation ?? (hasOwn && !isSame(type, to.type) ? type.text : null)
}

/** Whether nothing but NULL or NOT NULL differs, for which Knex has words of its own. */
export function isNullabilityOnly(from: Column, to: Column): boolean {
  return from.nullable !== to.nullable && isSame({ ...from, nullable: to.nullable }, to)
}

function keptCalls(
  name: 'collate' | 'comment',
  from: string | null,
  to: string | null,
  none: string,
): readonly Call[] {
  return from === to ? [] : [call(name, string(to ?? none))]
}

function notNull(column: Column): readonly Call[] {
  const isImplied = isCounter(column.type) || column.identity !== null
  return column.nullable || isImplied ? [] : [call('notNullable')]
}

function defaultCalls({ default: value, type }: Column): readonly Call[] {
  return value === null ? [] : [call('defaultTo', defaultSource(value, type))]
}

function typeCalls(column: Column, whole: Column, context: ColumnContext): WrittenColumn {
  const { generated, identity, type } = column
  const says = generated !== null || identity !== null
  const sql = says ? sqlOfType(type) : null
  // A backslash is an escape to some clients, which would find the end of the type elsewhere.
  if (sql === null || sql.includes('\\')) {
    const extras = {
      ...(generated === null ? {} : { generated }),
      ...(identity === null ? {} : { identity }),
    }
    return {
      calls: methodCalls(whole.name, type, context),
      extras: says ? extras : null,
    }
  }
  const definition =
    generated === null
      ? textSource('', {
          before: `${sql} generated ${identityWord(identity)} as identity`,
          after: '',
        })
      : textSource(generated.sql, {
          before: `${sql} generated always as (`,
          after: `) ${generated.stored ? 'stored' : 'virtual'}`,
        })
  return { calls: [call('specificType', string(whole.name), definition)], extras: null }
}

function identityWord(identity: Column['identity']): string {
  return identity === 'always' ? 'always' : 'by default'
}

function methodCalls(name: string, type: ColumnType, context: ColumnContext): readonly Call[] {
  const named = string(name)
  const unsigned = 'unsigned' in type && type.unsigned ? [call('unsigned')] : []
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'integer':
    case 'bigInteger':
      return [call(type.kind, named), ...unsigned]
    case 'decimal':
      return [call('decimal', named, ...decimalArgs(type)), ...unsigned]
    case 'float':
    case 'double':
      return [call(type.kind, named, ...numbers(type.precision, type.scale)), ...unsigned]
    case 'increments':
    case 'bigIncrements':
      return [
        context.isKey
          ? call(type.kind, named)
          : call(type.kind, named, object([['primaryKey', text('false')]])),
      ]
    case 'enum':
      return [call('enu', named, ...enumArgs(type, context))]
    default:
      return [otherCall(named, type)]
  }
}

type OtherType = Exclude<
  ColumnType,
  { readonly unsigned: boolean } | { readonly kind: 'increments' | 'bigIncrements' | 'enum' }
>

function otherCall(name: Source, type: OtherType): Call {
  switch (type.kind) {
    case 'string':
      return call('string', name, ...(type.length === 255 ? [] : numbers(type.length)))
    case 'text':
      if (type.size === 'tinytext') return call('specificType', name, string('tinytext'))
      return call('text', name, ...(type.size === 'text' ? [] : [string(type.size)]))
    case 'timestamp':
    case 'datetime':
      return call(type.kind, name, ...timestampArgs(type))
    case 'binary':
      return call('binary', name, ...numbers(type.length))
    case 'time':
      return type.precision === null
        ? call('time', name)
        : call('specificType', name, string(`time(${type.precision})`))
    case 'bit':
    case 'set':
    case 'native':
      // Knex's bit() and set() compile to nothing an engine knows; their SQL does.
      return call('specificType', name, string(sqlOfType(type) ?? ''))
    case 'boolean':
    case 'date':
    case 'json':
    case 'jsonb':
    case 'uuid':
    case 'geometry':
    case 'geography':
    case 'point':
      return call(type.kind, name)
  }
}

function numbers(...values: readonly (number | null)[]): readonly Source[] {
  return values.flatMap((value) => (value === null ? [] : [text(String(value))]))
}

function decimalArgs({
  precision,
  scale,
}: {
  readonly precision: number | null
  readonly scale: number | null
}): readonly Source[] {
  if (precision === null) return [text('null')]
  if (scale !== 2) return numbers(precision, scale)
  return precision === 8 ? [] : numbers(precision)
}

function timestampArgs({
  tz,
  precision,
}: Extract<ColumnType, { readonly kind: 'timestamp' | 'datetime' }>): readonly Source[] {
  if (tz && precision === null) return []
  return [data({ ...(tz ? {} : { useTz: false }), ...(precision === null ? {} : { precision }) })]
}

function enumArgs(
  { values, native }: Extract<ColumnType, { readonly kind: 'enum' }>,
  { creates }: ColumnContext,
): readonly Source[] {
  if (native === null) return [strings(values)]
  const dot = native.indexOf('.')
  const options = {
    useNative: true,
    enumName: native.slice(dot + 1),
    ...(dot === -1 ? {} : { schemaName: native.slice(0, dot) }),
    ...(creates.has(native) ? {} : { existingType: true }),
  }
  return [strings(values), data(options)]
}

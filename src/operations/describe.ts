/** Columns, keys, indexes and checks as one line of text in the person's names, the same on every engine. */
import type { Column, ColumnType, DefaultValue, LiteralValue } from '../schema/column.js'
import type {
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  TableOptions,
  Unique,
} from '../schema/table.js'
import { isCounter } from './counter.js'

/** A type: `varchar(80)`, `integer unsigned`, `enum('a', 'b')`. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
      return `varchar(${type.length})`
    case 'text':
      return type.size
    case 'bigInteger':
      return unsigned('bigint', type)
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'integer':
      return unsigned(type.kind, type)
    case 'decimal':
    case 'float':
    case 'double':
      return unsigned(`${type.kind}${sized(type.precision, type.scale)}`, type)
    case 'time':
    case 'binary':
    case 'bit':
      return `${type.kind}${sized(type.kind === 'time' ? type.precision : type.length)}`
    case 'timestamp':
    case 'datetime':
      return `${type.kind}${sized(type.precision)}${type.tz ? '' : ' without time zone'}`
    case 'enum':
      return type.native ?? `enum(${valuesText(type.values)})`
    case 'set':
      return `set(${valuesText(type.values)})`
    case 'native':
      return type.text
    case 'increments':
    case 'bigIncrements':
    case 'boolean':
    case 'date':
    case 'json':
    case 'jsonb':
    case 'uuid':
    case 'geometry':
    case 'geography':
    case 'point':
      return type.kind
  }
}

/** What can differ between two columns. */
export type ColumnPart =
  'type' | 'null' | 'default' | 'generated' | 'identity' | 'collation' | 'comment'

/** A column without its name: `varchar(120), not null, default 'x'`. Nullable is not said. */
export function columnText(column: Column): string {
  const parts = columnParts(column)
  return COLUMN_PARTS.flatMap((part) => {
    const text = parts[part]
    if (text === null) return []
    return [part === 'type' || part === 'null' ? text : `${part} ${text}`]
  }).join(', ')
}

/** Each part of a column as text, without its word; null where there is nothing to say. */
function columnParts(column: Column): Readonly<Record<ColumnPart, string | null>> {
  const { generated, identity } = column
  return {
    type: typeText(column.type),
    null: column.nullable || isCounter(column) ? null : 'not null',
    default: column.default === null ? null : defaultText(column.default),
    generated: generated === null ? null : `(${generated.sql})${generated.stored ? ' stored' : ''}`,
    identity: identity === 'byDefault' ? 'by default' : identity,
    collation: column.collation,
    comment: column.comment === null ? null : quoted(column.comment),
  }
}

/** In the order in which they are said. */
const COLUMN_PARTS: readonly ColumnPart[] = [
  'type',
  'null',
  'default',
  'generated',
  'identity',
  'collation',
  'comment',
]

/** The parts that differ between two columns, in that order, with the text of each side. */
export function partChanges(
  from: Column,
  to: Column,
): readonly {
  readonly part: ColumnPart
  readonly from: string | null
  readonly to: string | null
}[] {
  const [before, after] = [from, to].map(partsBeside)
  return COLUMN_PARTS.map((part) => ({
    part,
    from: before?.[part] ?? null,
    to: after?.[part] ?? null,
  })).filter((change) => change.from !== change.to)
}

/** A counter does not say that it is never null; beside a column that says so, that is no difference. */
function partsBeside(column: Column): Readonly<Record<ColumnPart, string | null>> {
  const parts = columnParts(column)
  return isCounter(column) ? { ...parts, null: 'not null' } : parts
}

/** A default: `'x'`, `3`, `now`, or an expression as it stands. */
function defaultText(value: DefaultValue): string {
  switch (value.kind) {
    case 'literal':
      return literalText(value.value)
    case 'now':
      return value.precision === null ? 'now' : `now(${value.precision})`
    case 'uuid':
      return 'a new uuid'
    case 'sql':
      return value.text
  }
}

/** `(a, b)`, and what else makes the key: `(a, b), deferrable`. */
export function uniqueText(unique: Unique): string {
  const more = [
    unique.nullsNotDistinct ? 'nulls not distinct' : '',
    unique.deferrable === null ? '' : deferrableText(unique.deferrable),
  ]
  return [listText(unique.columns), ...more.filter((text) => text !== '')].join(', ')
}

/** `(email desc, lower(name)) where x is not null`. */
export function indexText(index: Index): string {
  const words = [
    listText(index.parts.map(partText)),
    index.include.length === 0 ? '' : `include ${listText(index.include)}`,
    index.method === null ? '' : `using ${index.method}`,
    index.nullsNotDistinct ? 'nulls not distinct' : '',
    index.where === null ? '' : `where ${index.where}`,
  ]
  return words.filter((text) => text !== '').join(' ')
}

/** `(user_id) to users (id), on delete cascade`. */
export function foreignKeyText(key: ForeignKey): string {
  const more = [
    key.onDelete === null ? '' : `on delete ${key.onDelete}`,
    key.onUpdate === null ? '' : `on update ${key.onUpdate}`,
    key.deferrable === null ? '' : deferrableText(key.deferrable),
  ]
  const pair = `${listText(key.columns)} to ${key.refTable} ${listText(key.refColumns)}`
  return [pair, ...more.filter((text) => text !== '')].join(', ')
}

export function primaryKeyText(key: PrimaryKey): string {
  return listText(key.columns)
}

/** `engine=InnoDB, charset=utf8mb4`; `none` where there is no option. */
export function optionsText(options: TableOptions): string {
  const words = Object.entries(options).map(([name, value]) => `${name}=${value}`)
  return words.length === 0 ? 'none' : words.join(', ')
}

/** `'a', 'b'`. */
export function valuesText(values: readonly string[]): string {
  return values.map(quoted).join(', ')
}

function partText(part: IndexPart): string {
  const words = [
    'column' in part.on ? part.on.column : part.on.sql,
    part.prefix === null ? '' : `(${part.prefix})`,
    part.collation === null ? '' : ` collate ${part.collation}`,
    part.opclass === null ? '' : ` ${part.opclass}`,
    part.order === 'desc' ? ' desc' : '',
    part.nulls === null ? '' : ` nulls ${part.nulls}`,
  ]
  return words.join('')
}

function deferrableText(deferrable: 'immediate' | 'deferred'): string {
  return deferrable === 'deferred' ? 'deferrable, initially deferred' : 'deferrable'
}

function literalText(value: LiteralValue): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value)
}

function listText(names: readonly string[]): string {
  return `(${names.join(', ')})`
}

function unsigned(text: string, type: { readonly unsigned: boolean }): string {
  return type.unsigned ? `${text} unsigned` : text
}

/** `(12,2)`, `(3)`, or nothing where the engine chooses. */
function sized(...sizes: readonly (number | null)[]): string {
  const given = sizes.filter((size) => size !== null)
  return given.length === 0 ? '' : `(${given.join(',')})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

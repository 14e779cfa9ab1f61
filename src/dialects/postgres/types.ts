/** Neutral types and the server's, in both directions: what Knex gives each builder call, or truer. */
import type { ColumnType } from '../../schema/column.js'
import { quoteName } from './names.js'
import { canonicalTypeText } from './type-spelling.js'

/** The type as it stands in `create table`: `serial`, `varchar(80)`. */
export function emittedType(type: ColumnType): string {
  switch (type.kind) {
    case 'increments':
      return 'serial'
    case 'bigIncrements':
      return 'bigserial'
    case 'enum':
      return type.native === null ? 'text' : quoteName(type.native)
    case 'native':
      return type.text
    case 'string':
      return `varchar(${type.length})`
    case 'timestamp':
    case 'datetime':
      return `${type.tz ? 'timestamptz' : 'timestamp'}${sized(type.precision)}`
    case 'time':
      return `time${sized(type.precision)}`
    case 'decimal':
      return type.precision === null ? 'numeric' : `numeric(${type.precision}, ${type.scale ?? 0})`
    default:
      return storedType(type)
  }
}

/** The type as a column has it, in the server's spelling: that of `serial` is `integer`. */
export function storedType(type: ColumnType): string {
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
      return 'smallint'
    case 'mediumint':
    case 'integer':
    case 'increments':
      return 'integer'
    case 'bigInteger':
    case 'bigIncrements':
      return 'bigint'
    case 'string':
      return `character varying(${type.length})`
    case 'text':
    case 'set':
      return 'text'
    case 'decimal':
      return type.precision === null ? 'numeric' : `numeric(${type.precision},${type.scale ?? 0})`
    case 'float':
      return 'real'
    case 'double':
      return 'double precision'
    case 'time':
      return `time${sized(type.precision)} without time zone`
    case 'timestamp':
    case 'datetime':
      return `timestamp${sized(type.precision)} ${type.tz ? 'with' : 'without'} time zone`
    case 'binary':
      return 'bytea'
    case 'bit':
      return `bit(${type.length ?? 1})`
    case 'enum':
      return type.native === null ? 'text' : canonicalTypeText(quoteName(type.native))
    case 'native': {
      const text = canonicalTypeText(type.text)
      return SERIALS[text] ?? text
    }
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

/** What counts by itself, and the type of the numbers. */
const SERIALS: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial: 'integer',
  bigserial: 'bigint',
}

/** Whether the column takes its values from a sequence that it owns. */
export function isSerial(type: ColumnType): boolean {
  return (
    type.kind === 'increments' ||
    type.kind === 'bigIncrements' ||
    (type.kind === 'native' && canonicalTypeText(type.text) in SERIALS)
  )
}

const PLAIN: Readonly<Record<string, ColumnType>> = {
  smallint: { kind: 'smallint', unsigned: false },
  integer: { kind: 'integer', unsigned: false },
  bigint: { kind: 'bigInteger', unsigned: false },
  text: { kind: 'text', size: 'text' },
  numeric: { kind: 'decimal', precision: null, scale: null, unsigned: false },
  real: { kind: 'float', precision: null, scale: null, unsigned: false },
  'double precision': { kind: 'double', precision: null, scale: null, unsigned: false },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  json: { kind: 'json' },
  jsonb: { kind: 'jsonb' },
  uuid: { kind: 'uuid' },
  bytea: { kind: 'binary', length: null },
  geometry: { kind: 'geometry' },
  geography: { kind: 'geography' },
  point: { kind: 'point' },
  'bit(1)': { kind: 'bit', length: null },
}

/** The neutral type of a column, from the text that `format_type` prints; native where none fits. */
export function readType(text: string): ColumnType {
  const plain = PLAIN[text]
  if (plain !== undefined) return plain
  const sizes = /^([a-z ]+?)\((\d+)(?:,(\d+))?\)( with(?:out)? time zone)?$/.exec(text)
  const time = /^(timestamp|time)(?:\(\d+\))?( with(?:out)? time zone)$/.exec(text)
  const size = sizes === null ? null : Number(sizes[2])
  if (time !== null) {
    const tz = time[2] === ' with time zone'
    if (time[1] === 'timestamp') return { kind: 'timestamp', tz, precision: size }
    return tz ? { kind: 'native', text } : { kind: 'time', precision: size }
  }
  if (size === null) return { kind: 'native', text }
  switch (sizes?.[1]) {
    case 'character varying':
      return { kind: 'string', length: size }
    case 'numeric':
      return { kind: 'decimal', precision: size, scale: Number(sizes[3] ?? 0), unsigned: false }
    case 'bit':
      return { kind: 'bit', length: size }
    default:
      return { kind: 'native', text }
  }
}

function sized(precision: number | null): string {
  return precision === null ? '' : `(${precision})`
}

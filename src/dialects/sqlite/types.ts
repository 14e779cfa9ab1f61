/** Column types: neutral ones as SQLite text and back, and the affinity of a text. */
import type { ColumnType } from '../../schema/column.js'

/** How SQLite stores values under a declared type (https://sqlite.org/datatype3.html, section 3.1). */
export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric'

/**
 * The text that we write for a type: what Knex writes, or a truer one (`decimal(12, 4)` and `double`
 * where Knex writes `float`).
 */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'increments':
    case 'bigIncrements':
    case 'integer':
    case 'smallint':
    case 'mediumint':
      return 'integer'
    case 'bigInteger':
      return 'bigint'
    case 'string':
      return `varchar(${type.length})`
    case 'text':
    case 'bit':
    case 'set':
    case 'enum':
      return 'text'
    case 'decimal':
      return `decimal${sized(type.precision, type.scale)}`
    case 'timestamp':
    case 'datetime':
      return 'datetime'
    case 'json':
    case 'jsonb':
      return 'json'
    case 'uuid':
      return 'char(36)'
    case 'binary':
      return 'blob'
    case 'native':
      return type.text
    case 'tinyint':
    case 'float':
    case 'double':
    case 'boolean':
    case 'date':
    case 'time':
    case 'geometry':
    case 'geography':
    case 'point':
      return type.kind
  }
}

const PLAIN: Readonly<Record<string, ColumnType>> = {
  integer: { kind: 'integer', unsigned: false },
  int: { kind: 'integer', unsigned: false },
  tinyint: { kind: 'tinyint', unsigned: false },
  smallint: { kind: 'smallint', unsigned: false },
  mediumint: { kind: 'mediumint', unsigned: false },
  bigint: { kind: 'bigInteger', unsigned: false },
  text: { kind: 'text', size: 'text' },
  tinytext: { kind: 'text', size: 'tinytext' },
  mediumtext: { kind: 'text', size: 'mediumtext' },
  longtext: { kind: 'text', size: 'longtext' },
  float: { kind: 'float', precision: null, scale: null, unsigned: false },
  real: { kind: 'float', precision: null, scale: null, unsigned: false },
  double: { kind: 'double', precision: null, scale: null, unsigned: false },
  'double precision': { kind: 'double', precision: null, scale: null, unsigned: false },
  boolean: { kind: 'boolean' },
  bool: { kind: 'boolean' },
  date: { kind: 'date' },
  time: { kind: 'time', precision: null },
  datetime: { kind: 'datetime', tz: true, precision: null },
  timestamp: { kind: 'timestamp', tz: true, precision: null },
  json: { kind: 'json' },
  jsonb: { kind: 'jsonb' },
  uuid: { kind: 'uuid' },
  'char(36)': { kind: 'uuid' },
  blob: { kind: 'binary', length: null },
  geometry: { kind: 'geometry' },
  geography: { kind: 'geography' },
  point: { kind: 'point' },
}

const SIZED =
  /^(varchar|character varying|decimal|numeric|binary|varbinary|time)(?:\((\d+)(?:, (\d+))?\))?$/

/** The neutral type of a declared one: the builder call that means it, else the text itself. */
export function neutralType(text: string): ColumnType {
  const known = neutralTypes.get(text)
  if (known !== undefined) return known
  const plain = plainText(text)
  const type = PLAIN[plain] ??
    sizedType(plain) ?? { kind: 'native', text: text.replaceAll(/\s+/g, ' ').trim() }
  if (neutralTypes.size < 1000) neutralTypes.set(text, type)
  return type
}

/** Few texts name the types of many columns. */
const neutralTypes = new Map<string, ColumnType>()

/** A type in the one spelling of all that mean the same. */
export function canonicalTypeText(type: ColumnType): string {
  const plain = type.kind === 'native' ? neutralType(type.text) : type
  return plain.kind === 'native' ? plainText(plain.text) : typeText(plain)
}

export function affinityOf(typeText: string): Affinity {
  const text = typeText.toLowerCase()
  if (text.includes('int')) return 'integer'
  if (/char|clob|text/.test(text)) return 'text'
  if (text === '' || text.includes('blob')) return 'blob'
  return /real|floa|doub/.test(text) ? 'real' : 'numeric'
}

/** In lower case, with the spaces of Knex: `decimal(12, 4)`. */
function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([()]) ?/g, '$1')
    .replaceAll(/ ?, ?/g, ', ')
    .trim()
}

function sizedType(text: string): ColumnType | null {
  const [, name, first, second] = SIZED.exec(text) ?? []
  const precision = first === undefined ? null : Number(first)
  const scale = second === undefined ? null : Number(second)
  switch (name) {
    case 'decimal':
    case 'numeric':
      return { kind: 'decimal', precision, scale, unsigned: false }
    case 'varchar':
    case 'character varying':
      return precision === null || scale !== null ? null : { kind: 'string', length: precision }
    case 'binary':
    case 'varbinary':
      return scale === null ? { kind: 'binary', length: precision } : null
    case 'time':
      return scale === null ? { kind: 'time', precision } : null
    default:
      return null
  }
}

function sized(precision: number | null, scale: number | null): string {
  if (precision === null) return ''
  return scale === null ? `(${precision})` : `(${precision}, ${scale})`
}

/** Column types: neutral ones as the server's text and back. */
import type { Column, ColumnType, IntegerKind } from '../../schema/column.js'
import type { ParsedType } from './parse-type.js'
import { canonicalTypeText, parseType } from './parse-type.js'
import { quoteText, type StringSpelling, USUAL_SPELLING } from './quote.js'

const INTEGERS: Readonly<Record<IntegerKind, string>> = {
  tinyint: 'tinyint',
  smallint: 'smallint',
  mediumint: 'mediumint',
  integer: 'int',
  bigInteger: 'bigint',
}

/**
 * The text that we write for a type: what Knex writes, or a truer one (`float` where Knex writes
 * `float(8, 2)`, which would round every value to two digits).
 */
export function typeText(type: ColumnType, spelling: StringSpelling = USUAL_SPELLING): string {
  const list = (values: readonly string[]): string =>
    `(${values.map((value) => quoteText(value, spelling)).join(', ')})`
  switch (type.kind) {
    case 'increments':
      return 'int unsigned'
    case 'bigIncrements':
      return 'bigint unsigned'
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'integer':
    case 'bigInteger':
      return `${INTEGERS[type.kind]}${type.unsigned ? ' unsigned' : ''}`
    case 'string':
      return `varchar(${type.length})`
    case 'text':
      return type.size
    case 'decimal':
      // As many digits as there are.
      return `decimal${sized(type.precision ?? 65, type.precision === null ? 30 : type.scale)}${sign(type)}`
    case 'float':
    case 'double':
      return `${type.kind}${type.precision === null ? '' : sized(type.precision, type.scale)}${sign(type)}`
    case 'boolean':
      return 'tinyint(1)'
    case 'jsonb':
      return 'json'
    case 'uuid':
      return 'char(36)'
    case 'time':
    case 'timestamp':
    case 'datetime':
      return type.precision === null || type.precision === 0
        ? type.kind
        : `${type.kind}(${type.precision})`
    case 'binary':
      return type.length === null ? 'blob' : `varbinary(${type.length})`
    case 'bit':
      return `bit(${type.length ?? 1})`
    case 'enum':
    case 'set':
      return `${type.kind}${list(type.values)}`
    case 'native':
      return type.text
    case 'date':
    case 'json':
    case 'geometry':
    case 'geography':
    case 'point':
      return type.kind
  }
}

/** Whether a column of the type counts by itself. */
export function isCounter(type: ColumnType): boolean {
  return type.kind === 'increments' || type.kind === 'bigIncrements'
}

/** The type of a column taken apart; null for a native one of another engine. */
export function parsedType(type: ColumnType): ParsedType | null {
  return parseType(typeText(type))
}

/** Whether a column counts by itself, however that is said. */
export function counts(column: Column): boolean {
  return (
    isCounter(column.type) || column.identity !== null || parsedType(column.type)?.counts === true
  )
}

/** The type of a column in the one spelling of all that mean the same here. */
export function canonicalType(column: Column): ColumnType {
  const parsed = parsedType(column.type)
  if (parsed === null) return { kind: 'native', text: plainText(typeText(column.type)) }
  const text = canonicalTypeText({ ...parsed, counts: counts(column) })
  return { kind: 'native', text }
}

const KINDS: Readonly<Record<string, IntegerKind>> = {
  tinyint: 'tinyint',
  smallint: 'smallint',
  mediumint: 'mediumint',
  int: 'integer',
  bigint: 'bigInteger',
}

/** The neutral type of one that the server reports: the builder call that makes it, else its text. */
export function neutralType(type: ParsedType): ColumnType {
  const native: ColumnType = { kind: 'native', text: canonicalTypeText({ ...type, counts: false }) }
  const { base, unsigned } = type
  const [first, second] = type.sizes
  if (type.zerofill || type.compressed) return native
  if (type.counts && unsigned && (base === 'int' || base === 'bigint')) {
    return { kind: base === 'int' ? 'increments' : 'bigIncrements' }
  }
  const integer = KINDS[base]
  if (base === 'tinyint' && first === 1) return { kind: 'boolean' }
  if (integer !== undefined) return { kind: integer, unsigned }
  switch (base) {
    case 'varchar':
      return { kind: 'string', length: first ?? 255 }
    case 'char':
      return first === 36 ? { kind: 'uuid' } : native
    case 'tinytext':
    case 'text':
    case 'mediumtext':
    case 'longtext':
      return { kind: 'text', size: base }
    case 'decimal':
      return first === 65 && second === 30
        ? { kind: 'decimal', precision: null, scale: null, unsigned }
        : { kind: 'decimal', precision: first ?? 10, scale: second ?? 0, unsigned }
    case 'float':
    case 'double':
      return { kind: base, precision: first ?? null, scale: second ?? null, unsigned }
    case 'date':
    case 'json':
    case 'geometry':
    case 'point':
      return { kind: base }
    case 'time':
      return { kind: 'time', precision: first ?? null }
    case 'timestamp':
    case 'datetime':
      return { kind: base, tz: true, precision: first ?? null }
    case 'blob':
      return { kind: 'binary', length: null }
    case 'varbinary':
      return { kind: 'binary', length: first ?? 1 }
    case 'bit':
      return { kind: 'bit', length: first === 1 ? null : (first ?? null) }
    case 'enum':
      return { kind: 'enum', values: type.values, native: null }
    case 'set':
      return { kind: 'set', values: type.values }
    default:
      return native
  }
}

function plainText(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

function sized(precision: number, scale: number | null): string {
  return scale === null ? `(${precision})` : `(${precision}, ${scale})`
}

function sign(type: { readonly unsigned: boolean }): string {
  return type.unsigned ? ' unsigned' : ''
}

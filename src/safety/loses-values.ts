/** Which changes of a column's type cannot keep every value. */
import type { ColumnType, IntegerKind } from '../schema/column.js'

/**
 * Whether a column of type `to` cannot hold every value of a column of type `from` unchanged.
 *
 * - Whole numbers: fewer bits, or a sign that is given up or taken without a larger size.
 * - Decimals: fewer digits before or behind the point. Floating numbers: a shorter mantissa.
 * - Text: a shorter limit. Anything that prints fits into text that is long enough.
 * - Times: fewer digits of a second; a date keeps no time. The time zone alone is no loss.
 * - Enums and sets: a value that is gone; text fits none of them for certain.
 * - Where two types are not known to fit, they may lose: the engine's own types always,
 *   unless they become long text, as which anything prints.
 */
export function losesValues(from: ColumnType, to: ColumnType): boolean {
  return loses(plainType(from), plainType(to))
}

function loses(from: ColumnType, to: ColumnType): boolean {
  if (to.kind === 'text' || to.kind === 'string') return losesAsText(from, roomOf(to))
  const whole = wholeNumber(from)
  if (whole !== null) return losesWhole(whole, to)
  switch (from.kind) {
    case 'boolean':
      return to.kind !== 'boolean' && wholeNumber(to) === null
    case 'decimal':
      return losesDecimal(digitsOf(from), to)
    case 'float':
    case 'double':
      return losesFloat(from, to)
    case 'date':
      return !['date', 'timestamp', 'datetime'].includes(to.kind)
    case 'time':
      return to.kind !== 'time' || losesPrecision(from.precision, to.precision)
    case 'timestamp':
    case 'datetime':
      if (to.kind !== 'timestamp' && to.kind !== 'datetime') return true
      return losesPrecision(from.precision, to.precision)
    case 'json':
    case 'jsonb':
      return to.kind !== 'json' && to.kind !== 'jsonb'
    case 'enum':
    case 'set':
      if (to.kind !== 'enum' && to.kind !== 'set') return true
      if (from.kind === 'set' && to.kind === 'enum') return true
      return from.values.some((value) => !to.values.includes(value))
    case 'binary':
    case 'bit':
      return to.kind !== from.kind || isLess(to.length, from.length)
    case 'native':
      return to.kind !== 'native' || to.text !== from.text
    default:
      return to.kind !== from.kind
  }
}

/**
 * A type of MariaDB's own that holds what a neutral one holds, as that one: how many digits are shown
 * and how a text is stored changes no value.
 */
function plainType(type: ColumnType): ColumnType {
  if (type.kind !== 'native') return type
  const whole =
    /^(tiny|small|medium|big)?int(?:eger)? ?(?:\(\d+\))?( unsigned)?( zerofill)?$/i.exec(type.text)
  if (whole !== null) {
    const [, size, unsigned, zerofill] = whole
    const kind = WHOLE_KINDS[size?.toLowerCase() ?? ''] ?? 'integer'
    return { kind, unsigned: (unsigned ?? zerofill) !== undefined }
  }
  const text = /^(?:(tiny|medium|long)?text|varchar ?\((\d+)\)) compressed$/i.exec(type.text)
  if (text === null) return type
  const [, size, length] = text
  if (length !== undefined) return { kind: 'string', length: Number(length) }
  return { kind: 'text', size: TEXT_SIZES[size?.toLowerCase() ?? ''] ?? 'text' }
}

const WHOLE_KINDS: Readonly<Record<string, IntegerKind>> = {
  tiny: 'tinyint',
  small: 'smallint',
  medium: 'mediumint',
  big: 'bigInteger',
}

const TEXT_SIZES: Readonly<Record<string, 'tinytext' | 'mediumtext' | 'longtext'>> = {
  tiny: 'tinytext',
  medium: 'mediumtext',
  long: 'longtext',
}

interface WholeNumber {
  readonly bits: number
  readonly unsigned: boolean
}

const BITS: Readonly<Partial<Record<ColumnType['kind'], number>>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  integer: 32,
  bigInteger: 64,
  increments: 32,
  bigIncrements: 64,
}

function wholeNumber(type: ColumnType): WholeNumber | null {
  const bits = BITS[type.kind]
  // A counter holds no negative value, and never more than its signed size on every engine.
  return bits === undefined ? null : { bits, unsigned: 'unsigned' in type && type.unsigned }
}

function losesWhole(from: WholeNumber, to: ColumnType): boolean {
  const whole = wholeNumber(to)
  if (to.kind === 'increments' || to.kind === 'bigIncrements')
    return (BITS[to.kind] ?? 0) < from.bits
  if (whole !== null) {
    if (from.unsigned === whole.unsigned) return whole.bits < from.bits
    return whole.unsigned || whole.bits <= from.bits
  }
  if (to.kind === 'decimal') return digitsOf(to).before < wholeDigits(from)
  // The whole numbers that a floating number holds exactly: 53 bits, or 24 of a short one.
  if (to.kind === 'double') return from.bits > 53
  return to.kind !== 'float' || from.bits > 24
}

/** The digits of the largest value: 127, 32767, 8388607, 2147483647, 9223372036854775807. */
function wholeDigits(type: WholeNumber): number {
  return Math.ceil(type.bits * Math.log10(2))
}

interface Digits {
  readonly before: number
  readonly behind: number
}

function digitsOf(type: Extract<ColumnType, { readonly kind: 'decimal' }>): Digits {
  if (type.precision === null) return { before: Infinity, behind: Infinity }
  const behind = type.scale ?? 0
  return { before: type.precision - behind, behind }
}

function losesDecimal(from: Digits, to: ColumnType): boolean {
  if (to.kind === 'decimal') {
    const { before, behind } = digitsOf(to)
    return before < from.before || behind < from.behind
  }
  const whole = wholeNumber(to)
  return whole === null || from.behind > 0 || from.before >= wholeDigits(whole)
}

function losesFloat(
  from: Extract<ColumnType, { readonly kind: 'float' | 'double' }>,
  to: ColumnType,
): boolean {
  if (to.kind !== 'float' && to.kind !== 'double') return true
  if (from.kind === 'double' && to.kind === 'float') return true
  return isLess(to.precision, from.precision) || isLess(to.scale, from.scale)
}

/** Without a limit of its own an engine keeps six digits of a second, or none. */
function losesPrecision(from: number | null, to: number | null): boolean {
  if (from === to) return false
  if (to === null) return from !== 0
  return to < (from ?? 6)
}

/** Null is no limit. */
function isLess(to: number | null, from: number | null): boolean {
  return to !== null && (from === null || to < from)
}

/** How many characters a text type holds. */
export function roomOf(type: Extract<ColumnType, { readonly kind: 'text' | 'string' }>): number {
  if (type.kind === 'string') return type.length
  return { tinytext: 255, text: 65_535, mediumtext: 16_777_215, longtext: Infinity }[type.size]
}

/** Whether a value, printed, may be longer than the room there is; or is no text at all. */
function losesAsText(from: ColumnType, room: number): boolean {
  switch (from.kind) {
    case 'string':
    case 'text':
      return room < roomOf(from)
    case 'enum':
      return room < Math.max(0, ...from.values.map((value) => value.length))
    case 'uuid':
      return room < 36
    case 'boolean':
      return room < 5
    case 'date':
    case 'time':
    case 'timestamp':
    case 'datetime':
      return room < 40
    case 'decimal':
      return room < digitsOf(from).before + digitsOf(from).behind + 2 && room < 65_535
    case 'float':
    case 'double':
      return room < 25
    case 'json':
    case 'jsonb':
    case 'set':
      return room < 65_535
    case 'native':
      return room < 65_535
    default: {
      const whole = wholeNumber(from)
      return whole === null || room <= wholeDigits(whole)
    }
  }
}

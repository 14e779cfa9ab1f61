/** A column's type as the server or a person spells it, taken apart and in its one spelling. */
import { quoteText } from './quote.js'
import { remembered } from '../../operations/remembered.js'
import { solidTokens, stringValue } from './expression/tokens.js'

export interface ParsedType {
  /** The server's own word for it, in lower case: `int`, `varchar`, `double`. */
  readonly base: string
  /** Sizes; none where the word says all. */
  readonly sizes: readonly number[]
  /** Of an enum or a set. */
  readonly values: readonly string[]
  readonly unsigned: boolean
  readonly zerofill: boolean
  /** Whether each value is stored compressed (MariaDB). */
  readonly compressed: boolean
  readonly charset: string | null
  readonly collation: string | null
  readonly counts: boolean
  /** `on update current_timestamp`; the type's own precision is meant. */
  readonly onUpdateNow: boolean
  /** What `null` and `not null` in the text say. */
  readonly nullable: boolean | null
}

const SYNONYMS: Readonly<Record<string, string>> = {
  integer: 'int',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  middleint: 'mediumint',
  int4: 'int',
  int8: 'bigint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  'double precision': 'double',
  real: 'double',
  float8: 'double',
  float4: 'float',
  character: 'char',
  varcharacter: 'varchar',
  'character varying': 'varchar',
  'char varying': 'varchar',
  long: 'mediumtext',
  'long varchar': 'mediumtext',
  'long varbinary': 'mediumblob',
  'char byte': 'binary',
  geomcollection: 'geometrycollection',
}

const TWO_WORDS = new Set([
  'double precision',
  'character varying',
  'char varying',
  'long varchar',
  'long varbinary',
  'char byte',
])

/** Digits that zerofill fills up to where nobody said how many. */
const WIDTHS: Readonly<Record<string, number>> = {
  tinyint: 3,
  smallint: 5,
  mediumint: 8,
  int: 10,
  bigint: 20,
}
const LENGTH_ONE = new Set(['char', 'binary', 'bit'])
const NO_SIZE = new Set([...Object.keys(WIDTHS), 'year', 'date', 'json'])
const FRACTIONS = new Set(['time', 'datetime', 'timestamp'])

/** The type that a text spells, with what may stand behind it; null where it is not understood. */
export const parseType = remembered(readType)

function readType(text: string): ParsedType | null {
  // The server prints this word, and no other of a type, in a comment that only itself reads.
  const tokens = solidTokens(text.replace(/\/\*M?!\d*\s*(compressed)[^*]*\*\//i, '$1'))
  const words = tokens.slice(0, 2).map((token) => token.text.toLowerCase())
  const isTwo = TWO_WORDS.has(words.join(' '))
  if (tokens[0]?.kind !== 'word') return null
  const word = isTwo ? words.join(' ') : (words[0] ?? '')
  const rest = tokens.slice(isTwo ? 2 : 1)
  const close = rest[0]?.text === '(' ? rest.findIndex((token) => token.text === ')') : -1
  if (rest[0]?.text === '(' && close === -1) return null
  const inside = close === -1 ? [] : rest.slice(1, close).filter((token) => token.text !== ',')
  if (inside.some((token) => token.kind !== 'number' && token.kind !== 'string')) return null
  const attributes = attributesIn(rest.slice(close + 1).map((token) => token.text))
  if (attributes === null) return null
  const base = SYNONYMS[word] ?? word
  const sizes = inside.filter(({ kind }) => kind === 'number').map(({ text: size }) => Number(size))
  const values = inside.filter(({ kind }) => kind === 'string')
  return usual({ ...attributes, base, sizes, values: values.map((each) => stringValue(each.text)) })
}

/** The one spelling of a type, without what the column says beside it. */
export function canonicalTypeText(type: ParsedType): string {
  const sizes = type.sizes.length === 0 ? '' : `(${type.sizes.join(',')})`
  const values =
    type.base === 'enum' || type.base === 'set'
      ? `(${type.values.map((value) => quoteText(value)).join(',')})`
      : ''
  const sign = type.unsigned ? ' unsigned' : ''
  const zeros = type.zerofill ? ' zerofill' : ''
  const compressed = type.compressed ? ' compressed' : ''
  return `${type.base}${sizes}${values}${sign}${zeros}${compressed}${type.counts ? ' auto_increment' : ''}`
}

/** Whether values of the type have a character set. */
export function isText(type: ParsedType): boolean {
  return /^(?:var)?char$|text$|^enum$|^set$/.test(type.base)
}

type Attributes = Omit<ParsedType, 'base' | 'sizes' | 'values'>

function attributesIn(words: readonly string[]): Attributes | null {
  let rest = words.join(' ')
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest)
    if (found !== null) rest = rest.replace(found[0], ' ')
    return found
  }
  // Pieces are a space apart: `current_timestamp ( 3 )`.
  const onUpdateNow =
    take(/\bon update (?:current_timestamp|now)(?: \(( \d)? \))?(?![\w(])/i) !== null
  const charset = take(/\b(?:character set|charset) ['"`]?(\w+)['"`]?/i)?.[1] ?? null
  const collation = take(/\bcollate ['"`]?(\w+)['"`]?/i)?.[1] ?? null
  const zerofill = take(/\bzerofill\b/i) !== null
  const unsigned = take(/\bunsigned\b/i) !== null || zerofill
  take(/\bsigned\b/i)
  const compressed = take(/\bcompressed\b(?: = \w+)?/i) !== null
  const counts = take(/\bauto_increment\b/i) !== null
  const isNotNull = take(/\bnot null\b/i) !== null
  const isNull = take(/\bnull\b/i) !== null
  if (rest.trim() !== '') return null
  return {
    unsigned,
    zerofill,
    compressed,
    charset: charset?.toLowerCase() ?? null,
    collation: collation?.toLowerCase() ?? null,
    counts,
    onUpdateNow,
    nullable: isNotNull ? false : isNull ? true : null,
  }
}

/** The type with the sizes that the server gives where none is said, and without those that say nothing. */
function usual(type: ParsedType): ParsedType {
  const { base, sizes } = type
  const [first, second] = sizes
  if (base === 'bool' || base === 'boolean') return { ...type, base: 'tinyint', sizes: [1] }
  // The width of an integer only shows with zerofill; that of tinyint(1) means a boolean.
  const isBoolean = base === 'tinyint' && first === 1 && !type.unsigned
  if (NO_SIZE.has(base) && !type.zerofill) return { ...type, sizes: isBoolean ? [1] : [] }
  const width = WIDTHS[base]
  if (type.zerofill && width !== undefined) return { ...type, sizes: [first ?? width] }
  if (LENGTH_ONE.has(base)) return { ...type, sizes: [first ?? 1] }
  if (base === 'decimal') return { ...type, sizes: [first ?? 10, second ?? 0] }
  if (FRACTIONS.has(base)) return { ...type, sizes: first === 0 ? [] : sizes }
  if (base === 'float' && first !== undefined && second === undefined) {
    return { ...type, base: first > 24 ? 'double' : 'float', sizes: [] }
  }
  // The server takes blanks at the end of a value away.
  if (type.values.length > 0) return { ...type, values: type.values.map((each) => each.trimEnd()) }
  if (base === 'text' && first !== undefined) return { ...type, base: sizedText(first), sizes: [] }
  return type
}

/** The smallest text that holds so many characters of four bytes. */
function sizedText(characters: number): string {
  const bytes = characters * 4
  if (bytes < 2 ** 8) return 'tinytext'
  if (bytes < 2 ** 16) return 'text'
  return bytes < 2 ** 24 ? 'mediumtext' : 'longtext'
}

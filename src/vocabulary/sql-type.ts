/** Types spelled as SQL: those that mean the same on every engine that accepts the spelling. */
import type { ColumnType, IntegerKind } from '../schema/column.js'
import { piecesOf, quotedString, solidPieces } from './sql-text.js'

const INTEGERS: Readonly<Record<IntegerKind, string>> = {
  tinyint: 'tinyint',
  smallint: 'smallint',
  mediumint: 'mediumint',
  integer: 'integer',
  bigInteger: 'bigint',
}

const INTEGER_WORDS = [...Object.entries(INTEGERS), ['integer', 'int']].map(
  // The keys are those kinds.
  ([kind, word]) => [kind as IntegerKind, String(word)] as const,
)

const WORDS: Readonly<Record<string, ColumnType>> = {
  ...Object.fromEntries(INTEGER_WORDS.map(([kind, word]) => [word, { kind, unsigned: false }])),
  ...Object.fromEntries(
    INTEGER_WORDS.map(([kind, word]) => [`${word} unsigned`, { kind, unsigned: true }]),
  ),
  serial: { kind: 'increments' },
  bigserial: { kind: 'bigIncrements' },
  text: { kind: 'text', size: 'text' },
  tinytext: { kind: 'text', size: 'tinytext' },
  mediumtext: { kind: 'text', size: 'mediumtext' },
  longtext: { kind: 'text', size: 'longtext' },
  'double precision': { kind: 'double', precision: null, scale: null, unsigned: false },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  time: { kind: 'time', precision: null },
  json: { kind: 'json' },
  jsonb: { kind: 'jsonb' },
  geometry: { kind: 'geometry' },
  geography: { kind: 'geography' },
  point: { kind: 'point' },
  bit: { kind: 'bit', length: null },
}

/**
 * The type that SQL spells: neutral where the neutral type means the same as the spelling on every
 * engine that accepts it, else native.
 */
export function typeOfSql(text: string): ColumnType {
  const trimmed = text.trim()
  const words = trimmed.toLowerCase().replace(/\s+/g, ' ')
  if (Object.hasOwn(WORDS, words)) return WORDS[words] ?? { kind: 'native', text: trimmed }
  return sizedTypeOf(words) ?? setTypeOf(trimmed) ?? { kind: 'native', text: trimmed }
}

/** The spelling that `typeOfSql` reads back as the type; null where there is none. */
export function sqlOfType(type: ColumnType): string | null {
  switch (type.kind) {
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
      return type.precision === null || type.unsigned
        ? null
        : `decimal(${type.precision}, ${type.scale ?? 0})`
    case 'double':
      return type.precision === null && !type.unsigned ? 'double precision' : null
    case 'time':
    case 'bit':
      return sized(type)
    case 'boolean':
    case 'date':
    case 'json':
    case 'jsonb':
    case 'geometry':
    case 'geography':
    case 'point':
      return type.kind
    case 'set':
      return `set(${type.values.map((value) => quotedString(value)).join(', ')})`
    case 'native':
      return type.text
    // No one spelling means these on every engine.
    case 'increments':
    case 'bigIncrements':
    case 'float':
    case 'uuid':
    case 'timestamp':
    case 'datetime':
    case 'binary':
    case 'enum':
      return null
  }
}

function sized(type: Extract<ColumnType, { readonly kind: 'time' | 'bit' }>): string {
  const size = type.kind === 'time' ? type.precision : type.length
  return size === null ? type.kind : `${type.kind}(${size})`
}

function sizedTypeOf(words: string): ColumnType | null {
  const match = /^([a-z ]+?) ?\( ?(\d+)(?: ?, ?(\d+))? ?\)$/.exec(words)
  if (match === null) return null
  const [first, second] = [Number(match[2]), match[3] === undefined ? null : Number(match[3])]
  switch (match[1]) {
    case 'varchar':
    case 'character varying':
      return second === null ? { kind: 'string', length: first } : null
    case 'decimal':
      return { kind: 'decimal', precision: first, scale: second ?? 0, unsigned: false }
    case 'time':
      return second === null ? { kind: 'time', precision: first } : null
    case 'bit':
      return second === null ? { kind: 'bit', length: first } : null
    default:
      return null
  }
}

function setTypeOf(text: string): ColumnType | null {
  const [word, open, ...rest] = solidPieces(piecesOf(text))
  if (word?.text.toLowerCase() !== 'set' || open?.text !== '(' || rest.pop()?.text !== ')') {
    return null
  }
  const values = rest.filter((_, at) => at % 2 === 0)
  const commas = rest.filter((_, at) => at % 2 === 1)
  const isList =
    values.every((piece) => piece.text.startsWith("'")) && commas.every(({ text }) => text === ',')
  if (!isList || commas.length !== values.length - 1) return null
  return {
    kind: 'set',
    values: values.map((piece) => piece.text.slice(1, -1).replaceAll("''", "'")),
  }
}

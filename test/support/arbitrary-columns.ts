/** Random columns of every type, default and kind of generation. */
import fc from 'fast-check'
import type { Column, ColumnType, DefaultValue, LiteralValue } from '../../src/schema/column.js'
import { arbitraryName, arbitrarySize, arbitraryText, nullable } from './arbitrary-names.js'

const NATIVE_TYPES = [
  'citext',
  'int[]',
  'tsvector',
  'numrange',
  'int(10) unsigned zerofill',
  'timestamp(3) with time zone',
  'varchar(10) character set latin1',
  '"app"."mood"',
]

const PLAIN_KINDS = [
  'boolean',
  'date',
  'json',
  'jsonb',
  'uuid',
  'geometry',
  'geography',
  'point',
] as const

const INTEGER_KINDS = ['tinyint', 'smallint', 'mediumint', 'integer', 'bigInteger'] as const

/** Every type but the counting ones. */
export const arbitraryType: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...INTEGER_KINDS), unsigned: fc.boolean() }),
  fc.record({
    kind: fc.constant('string' as const),
    length: fc.oneof(fc.constant(255), arbitrarySize),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    size: fc.constantFrom('tinytext', 'text', 'mediumtext', 'longtext'),
  }),
  sized('decimal', true),
  sized('float', false),
  sized('double', false),
  fc.constantFrom(...PLAIN_KINDS).map((kind) => ({ kind })),
  fc.record({
    kind: fc.constant('time' as const),
    precision: nullable(fc.integer({ min: 0, max: 6 })),
  }),
  fc.record({
    kind: fc.constantFrom('timestamp' as const, 'datetime' as const),
    tz: fc.boolean(),
    precision: nullable(fc.integer({ min: 0, max: 6 })),
  }),
  fc.record({
    kind: fc.constantFrom('binary' as const, 'bit' as const),
    length: nullable(arbitrarySize),
  }),
  fc.record({
    kind: fc.constant('enum' as const),
    values: fc.uniqueArray(arbitraryText, { minLength: 1, maxLength: 4 }),
    native: nullable(fc.constantFrom('mood', 'app.mood', 'Camel Mood')),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    values: fc.uniqueArray(arbitraryText, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('native' as const), text: fc.constantFrom(...NATIVE_TYPES) }),
)

function sized(
  kind: 'decimal' | 'float' | 'double',
  hasDefault: boolean,
): fc.Arbitrary<ColumnType> {
  const sizes = fc.oneof(
    fc.constant([null, null] as const),
    fc.tuple(fc.integer({ min: 3, max: 20 }), fc.integer({ min: 0, max: 3 })),
    fc.constant(hasDefault ? ([8, 2] as const) : ([null, null] as const)),
  )
  return fc
    .tuple(sizes, fc.boolean())
    .map(([[precision, scale], unsigned]) => ({ kind, precision, scale, unsigned }))
}

/** An expression over columns; their names are quoted wherever they are not plain. */
export function arbitraryExpression(columns: readonly string[]): fc.Arbitrary<string> {
  const named = fc
    .constantFrom(...(columns.length === 0 ? ['id'] : columns))
    .map((name) => `"${name.replaceAll('"', '""')}"`)
  return fc.oneof(
    named.map((name) => `${name} > 0`),
    named.map((name) => `${name} in ('a', 'it''s', 'what?')`),
    named.map((name) => `${name} not in ('x')`),
    named.map((name) => `${name} between 1 and 5`),
    named.map((name) => `length(${name}) >= 3`),
    named.map((name) => `lower(${name}) <> 'a?b'`),
    named.map((name) => `${name} ? 'key' and ${name} <> '??'`),
    fc.tuple(named, named).map(([a, b]) => `${a} + coalesce(${b}, 0)`),
    named.map((name) => `(${name} is not null)`),
    fc.constant('1 = 1'),
  )
}

const DEFAULT_SQL = ['(1 + 1)', `lower('X?')`, `'a' || 'b'`, `nextval('s'::regclass)`, '-1']

function arbitraryDefault(type: ColumnType): fc.Arbitrary<DefaultValue | null> {
  const sql = fc.constantFrom(...DEFAULT_SQL).map((text): DefaultValue => ({ kind: 'sql', text }))
  const now = nullable(fc.integer({ min: 1, max: 6 })).map((precision): DefaultValue => ({
    kind: 'now',
    precision,
  }))
  return fc.oneof(
    fc.constant(null),
    arbitraryLiteral(type).map((value): DefaultValue => ({ kind: 'literal', value })),
    sql,
    now,
    fc.constant<DefaultValue>({ kind: 'uuid' }),
  )
}

function arbitraryLiteral(type: ColumnType): fc.Arbitrary<LiteralValue> {
  if (type.kind === 'boolean') return fc.boolean()
  if (type.kind === 'json' || type.kind === 'jsonb') {
    return fc.oneof(
      arbitraryText,
      fc
        .dictionary(fc.oneof(arbitraryName, fc.constant('plain')), fc.jsonValue({ maxDepth: 1 }))
        // As JSON holds it: no -0, no prototype.
        .map((value) => JSON.parse(JSON.stringify(value)) as LiteralValue),
    )
  }
  return fc.oneof(arbitraryText, fc.integer(), fc.constantFrom(1.5, -0.25, 1e21))
}

/** A column that is no counter. */
export function arbitraryColumn(name: string, others: readonly string[]): fc.Arbitrary<Column> {
  const plain = arbitraryType.chain((type) =>
    fc.record<Column>({
      name: fc.constant(name),
      type: fc.constant(type),
      nullable: fc.boolean(),
      default: arbitraryDefault(type),
      generated: fc.constant(null),
      identity: fc.constant(null),
      collation: nullable(fc.constantFrom('C', 'nocase', 'utf8mb4_bin', 'de-x-icu')),
      comment: nullable(arbitraryText),
    }),
  )
  const generated = fc
    .tuple(plain, arbitraryExpression(others), fc.boolean())
    .map(([column, sql, stored]) => ({ ...column, default: null, generated: { sql, stored } }))
  const identity = fc
    .tuple(plain, fc.constantFrom(...INTEGER_KINDS), fc.constantFrom('always', 'byDefault'))
    .map(([column, kind, how]): Column => ({
      ...column,
      type: { kind, unsigned: false },
      nullable: false,
      default: null,
      identity: how,
    }))
  return fc.oneof(
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: generated },
    { weight: 1, arbitrary: identity },
  )
}

/** A column that counts by itself. */
export function arbitraryCounter(name: string): fc.Arbitrary<Column> {
  return fc.record<Column>({
    name: fc.constant(name),
    type: fc.constantFrom({ kind: 'increments' }, { kind: 'bigIncrements' }),
    nullable: fc.constant(false),
    default: fc.constant(null),
    generated: fc.constant(null),
    identity: fc.constant(null),
    collation: fc.constant(null),
    comment: nullable(arbitraryText),
  })
}

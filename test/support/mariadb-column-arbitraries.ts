/** Random types of MariaDB's columns with defaults that fit them, and texts that are hard to quote. */
import fc from 'fast-check'
import type { ColumnType, DefaultValue } from '../../src/schema/column.js'

/** Names that need quotes, hide in others, or look like something else. */
export const HOSTILE_NAMES = [
  'select',
  'Order',
  'order by',
  "it's",
  'a"b',
  'a`b',
  'back\\slash',
  '[x]',
  'two  spaces',
  'Ünïcode',
  '表',
  '-- no',
  '/* c',
  '# no',
  'semi;colon',
  '1st',
  '1',
  'primary',
  'constraint',
  'check',
  'generated',
  'auto_increment',
  'on update',
  'MixedCase',
  '%',
  '?',
  ':name',
  '$1',
  'null',
  "''",
  'json_valid',
  'now',
] as const

export const texts = fc.constantFrom(
  '',
  'a',
  "it's",
  'say "so"',
  'a\\b',
  'x\ny',
  '%_',
  'ü表',
  'NULL',
  '?',
  '`',
  '0',
)

const literal = (value: string | number | boolean): DefaultValue => ({ kind: 'literal', value })

/** A type with defaults that fit it. */
export interface Typed {
  readonly type: ColumnType
  readonly value: DefaultValue | null
}

function typed(
  type: fc.Arbitrary<ColumnType>,
  ...values: readonly (DefaultValue | null)[]
): fc.Arbitrary<Typed> {
  return fc.record({ type, value: fc.constantFrom(null, ...values) })
}

const integers = fc.record({
  kind: fc.constantFrom('tinyint', 'smallint', 'mediumint', 'integer', 'bigInteger'),
  unsigned: fc.boolean(),
})
const fractions = fc.constantFrom(null, 0, 1, 3, 6)
const enumValues = fc.uniqueArray(texts, {
  minLength: 1,
  maxLength: 4,
  selector: (text) => text.toLowerCase(),
})

export const typedColumns: fc.Arbitrary<Typed> = fc.oneof(
  typed(integers, literal(3), literal(0), literal('7'), literal(true)),
  fc.record({
    type: fc.record({ kind: fc.constant('string'), length: fc.constantFrom(1, 80, 255, 2000) }),
    value: fc.oneof(
      fc.constantFrom(null, literal(''), literal(5)),
      texts.map((text) => literal(text.slice(0, 1))),
    ),
  }),
  typed(
    fc.record({
      kind: fc.constant('text'),
      size: fc.constantFrom('tinytext', 'text', 'mediumtext', 'longtext'),
    }),
    literal('x'),
    literal("it's"),
  ),
  typed(
    fc.record({
      kind: fc.constant('decimal'),
      precision: fc.constantFrom(8, 12, 65),
      scale: fc.constantFrom(0, 2, 4),
      unsigned: fc.boolean(),
    }),
    literal(1.5),
    literal('1.005'),
    literal(0),
    literal('2.99995'),
  ),
  typed(
    fc.record({
      kind: fc.constantFrom('float', 'double'),
      precision: fc.constant(null),
      scale: fc.constant(null),
      unsigned: fc.boolean(),
    }),
    literal(1.5),
    literal(0.1),
    literal('1e10'),
    literal(2.5e-7),
  ),
  typed(
    fc.constant({ kind: 'decimal', precision: null, scale: null, unsigned: false }),
    literal(1),
  ),
  typed(fc.constant({ kind: 'double', precision: 10, scale: 3, unsigned: false }), literal(1.25)),
  typed(fc.constant({ kind: 'boolean' }), literal(true), literal(false)),
  typed(fc.constant({ kind: 'date' }), literal('2026-01-02'), literal('2026-01-02T03:04:05Z')),
  typed(fc.constant({ kind: 'uuid' }), { kind: 'uuid' }, literal('x')),
  typed(fc.constantFrom({ kind: 'json' }, { kind: 'jsonb' }), literal('{}'), {
    kind: 'literal',
    value: { a: [1, "it's"] },
  }),
  typed(fc.constantFrom({ kind: 'geometry' }, { kind: 'point' })),
  typed(
    fc.record({ kind: fc.constant('time'), precision: fractions }),
    literal('10:00'),
    literal('1:02:03.5'),
  ),
  typed(
    fc.record({
      kind: fc.constantFrom('timestamp', 'datetime'),
      tz: fc.boolean(),
      precision: fractions,
    }),
    { kind: 'now', precision: null },
    { kind: 'now', precision: 3 },
    literal('2026-01-02 03:04:05'),
    literal('2026-01-02'),
    { kind: 'sql', text: 'CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP' },
    { kind: 'sql', text: 'now()' },
  ),
  typed(fc.record({ kind: fc.constant('binary'), length: fc.constantFrom(null, 16) })),
  typed(fc.record({ kind: fc.constant('bit'), length: fc.constantFrom(null, 1, 8) }), literal(1)),
  fc.record({
    type: enumValues.map((values): ColumnType => ({ kind: 'enum', values, native: null })),
    value: fc.constant(null),
  }),
  typed(fc.constant({ kind: 'enum', values: ['a', "it's"], native: 'mood' }), literal("it's")),
  typed(fc.constant({ kind: 'set', values: ['x', 'y'] }), literal('x,y')),
  typed(
    fc.constantFrom<ColumnType>(
      { kind: 'native', text: 'year' },
      { kind: 'native', text: 'CHAR (10)' },
      { kind: 'native', text: 'mediumblob' },
      { kind: 'native', text: 'binary(16)' },
      { kind: 'native', text: 'inet6' },
      { kind: 'native', text: 'integer unsigned zerofill' },
      { kind: 'native', text: 'double precision' },
      { kind: 'native', text: 'varchar(30) character set latin1' },
      { kind: 'native', text: 'character varying(9)' },
      { kind: 'native', text: 'numeric(6)' },
      { kind: 'native', text: 'timestamp null on update current_timestamp' },
    ),
  ),
)

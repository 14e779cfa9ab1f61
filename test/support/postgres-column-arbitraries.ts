/** Random columns that PostgreSQL can hold, with names that are hard to quote. */
import fc from 'fast-check'
import type { Column, ColumnType, DefaultValue } from '../../src/schema/column.js'
import { PLAIN_COLUMN } from './schema-arbitraries.js'

const HOSTILE_NAMES = [
  'select',
  'Order',
  "it's",
  'a"b',
  'a`b',
  '[x]',
  'a.b',
  'two  spaces',
  'Ünïcode',
  '表',
  '😀',
  '-- no',
  '/* c',
  'semi;colon',
  '1st',
  'MixedCase',
  '%',
  '?',
  '$1',
  '$$',
  'null',
  'public',
  'user',
  'back\\slash',
] as const

const columnNames = fc.constantFrom('a', 'b', 'c', 'team_id', ...HOSTILE_NAMES)

/** A table's own name has no dot: it would be a schema's. */
export const tableNames = fc.constantFrom(
  'users',
  't',
  ...HOSTILE_NAMES.filter((name) => !name.includes('.')),
)

const texts = fc.constantFrom('', 'x', "it's", '"q"', '01', '--', '{}', 'Ünï', 'a\\b', '$$', '?')

interface TypeAndDefault {
  readonly type: ColumnType
  readonly default: DefaultValue | null
}

const literals = (values: fc.Arbitrary<string | number | boolean>): fc.Arbitrary<DefaultValue> =>
  values.map((value) => ({ kind: 'literal', value }))

function typed(
  types: fc.Arbitrary<ColumnType>,
  ...defaults: readonly fc.Arbitrary<DefaultValue>[]
): fc.Arbitrary<TypeAndDefault> {
  return fc.record({ type: types, default: fc.oneof(fc.constant(null), ...defaults) })
}

const sql = (...texts: readonly string[]): fc.Arbitrary<DefaultValue> =>
  fc.constantFrom(...texts).map((text) => ({ kind: 'sql', text }))

const now = fc.constantFrom<DefaultValue>(
  { kind: 'now', precision: null },
  { kind: 'now', precision: 3 },
  { kind: 'sql', text: 'now()' },
)

const typesAndDefaults: fc.Arbitrary<TypeAndDefault> = fc.oneof(
  typed(
    fc.record({
      kind: fc.constantFrom('tinyint', 'smallint', 'mediumint', 'integer', 'bigInteger'),
      unsigned: fc.boolean(),
    }),
    literals(fc.integer({ min: -100, max: 100 })),
    literals(fc.constantFrom('3', '-4')),
    sql('1 + 1', '(5)', 'abs(-3)'),
  ),
  typed(
    fc.oneof(
      fc.record({ kind: fc.constant('string'), length: fc.integer({ min: 30, max: 255 }) }),
      fc.constantFrom<ColumnType>(
        { kind: 'text', size: 'text' },
        { kind: 'text', size: 'longtext' },
        { kind: 'native', text: 'varchar' },
        { kind: 'native', text: 'CHAR ( 20 )' },
      ),
    ),
    literals(texts),
    literals(fc.integer()),
    sql("lower('X')", "'a' || 'b'", "'text'", "'x'::text", 'current_user', 'null'),
  ),
  typed(
    fc.oneof(
      fc.record({
        kind: fc.constant('decimal'),
        precision: fc.constant(12),
        scale: fc.integer({ min: 2, max: 4 }),
        unsigned: fc.boolean(),
      }),
      fc.constantFrom<ColumnType>(
        { kind: 'decimal', precision: null, scale: null, unsigned: false },
        { kind: 'float', precision: null, scale: null, unsigned: false },
        { kind: 'double', precision: 8, scale: 2, unsigned: false },
        { kind: 'native', text: 'NUMERIC(10)' },
      ),
    ),
    literals(fc.constantFrom(1.5, -0.25, 100, 0, '1.50')),
  ),
  typed(fc.constantFrom({ kind: 'native', text: 'int8' }), literals(fc.integer())),
  typed(
    fc.constant({ kind: 'boolean' }),
    literals(fc.boolean()),
    literals(fc.constantFrom('1', 'f')),
  ),
  typed(
    fc.record({ kind: fc.constantFrom('json', 'jsonb') }),
    fc.constantFrom<DefaultValue>(
      { kind: 'literal', value: '{}' },
      { kind: 'literal', value: { b: 1, aa: ['x', "it's"] } },
      { kind: 'literal', value: [] },
      { kind: 'sql', text: `'{"a" : 1}'::json` },
    ),
  ),
  typed(fc.constant({ kind: 'uuid' }), fc.constant({ kind: 'uuid' })),
  typed(
    fc.record({
      kind: fc.constantFrom('timestamp', 'datetime'),
      tz: fc.boolean(),
      precision: fc.constantFrom(null, 3),
    }),
    now,
    literals(fc.constantFrom('2020-01-01', '2020-01-01T10:00:00.000Z', '2020-01-01 10:00:00.5')),
  ),
  typed(fc.constant({ kind: 'date' }), literals(fc.constant('2020-02-03')), sql('current_date')),
  typed(
    fc.record({ kind: fc.constant('time'), precision: fc.constantFrom(null, 3) }),
    literals(fc.constant('10:00')),
  ),
  typed(
    fc.constantFrom<ColumnType>(
      { kind: 'binary', length: null },
      { kind: 'binary', length: 16 },
      { kind: 'bit', length: null },
      { kind: 'bit', length: 16 },
      { kind: 'point' },
      { kind: 'set', values: ['a'] },
      { kind: 'native', text: 'bit varying( 5 )' },
      { kind: 'native', text: 'timetz' },
      { kind: 'native', text: 'smallserial' },
      { kind: 'native', text: 'INET' },
      { kind: 'native', text: 'interval' },
      { kind: 'native', text: 'tsvector' },
    ),
  ),
  typed(
    fc.constantFrom<ColumnType>(
      { kind: 'native', text: 'int[]' },
      { kind: 'native', text: 'text [ ]' },
    ),
    literals(fc.constantFrom('{}', '{1,2}')),
  ),
  typed(
    fc.record({
      kind: fc.constant('enum'),
      values: fc.uniqueArray(texts, { minLength: 1, maxLength: 3 }),
      native: fc.constant(null),
    }),
  ),
  typed(
    fc.constant<ColumnType>({ kind: 'enum', values: ['a', "it's"], native: 'mood' }),
    literals(fc.constantFrom('a', "it's")),
  ),
)

export const columns: fc.Arbitrary<Column> = fc
  .record({
    name: columnNames,
    typed: typesAndDefaults,
    nullable: fc.boolean(),
    collated: fc.boolean(),
    identity: fc.constantFrom(null, null, null, 'always', 'byDefault'),
    comment: fc.constantFrom(null, null, "it's said", ''),
  })
  .map(({ typed: { type, default: value }, collated, identity, ...column }) => {
    const isText = type.kind === 'string' || type.kind === 'text'
    const counts = ['integer', 'bigInteger', 'smallint'].includes(type.kind) && identity !== null
    return {
      ...PLAIN_COLUMN,
      ...column,
      type,
      default: counts ? null : value,
      nullable: counts ? false : column.nullable,
      identity: counts ? identity : null,
      collation: isText && collated ? 'C' : null,
    }
  })

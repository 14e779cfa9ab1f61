/** Random tables that SQLite can hold, with names that are hard to quote. */
import fc from 'fast-check'
import type { Column, ColumnType, DefaultValue } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from './schema-arbitraries.js'

/** Names that need quotes, hide in others, or look like something else. */
export const HOSTILE_NAMES = [
  'select',
  'Order',
  'order by',
  "it's",
  'a"b',
  'a`b',
  '[x]',
  'x]',
  'a.b',
  'two  spaces',
  'Ünïcode',
  '表',
  '😀',
  'sqliteman',
  'sqlite',
  'rowid',
  '-- no',
  '/* c',
  'semi;colon',
  '1st',
  'primary',
  'constraint',
  'check',
  'generated',
  'always',
  'strict',
  'MixedCase',
  '%',
  '?',
  ':name',
  '$1',
  'null',
  "''",
] as const

/** Names of columns: no two of them the same to SQLite. */
const columnNames = fc.constantFrom('a', 'b', 'c', 'Name', 'team_id', ...HOSTILE_NAMES)

const tableNames = fc.constantFrom(
  'users',
  't',
  ...HOSTILE_NAMES.filter((name) => !name.includes('.')),
)

const texts = fc.constantFrom('', 'x', "it's", '"q"', '1', '01', ' 2', '--', '{"a": 1}', 'Ünï')
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const types: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('tinyint', 'smallint', 'mediumint', 'integer', 'bigInteger'),
    unsigned: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('string'), length: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant('text'), size: fc.constantFrom('text', 'longtext') }),
  fc.constant<ColumnType>({ kind: 'decimal', precision: 12, scale: 4, unsigned: false }),
  fc.constant<ColumnType>({ kind: 'decimal', precision: null, scale: null, unsigned: false }),
  fc.record({
    kind: fc.constantFrom('float', 'double'),
    precision: fc.constant(null),
    scale: fc.constant(null),
    unsigned: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom('boolean', 'date', 'json', 'jsonb', 'uuid', 'geometry', 'point'),
  }),
  fc.record({
    kind: fc.constantFrom('timestamp', 'datetime'),
    tz: fc.boolean(),
    precision: fc.constantFrom(null, 3),
  }),
  fc.record({ kind: fc.constant('time'), precision: fc.constantFrom(null, 3) }),
  fc.record({ kind: fc.constantFrom('binary', 'bit'), length: fc.constantFrom(null, 16) }),
  fc.record({
    kind: fc.constant('enum'),
    values: fc.uniqueArray(texts, { minLength: 1, maxLength: 3 }),
    native: fc.constantFrom(null, 'mood'),
  }),
  fc.record({
    kind: fc.constant('native'),
    text: fc.constantFrom('citext', 'INT8', 'varchar', 'character(20)', 'VARCHAR ( 30 )', ''),
  }),
)

const defaults: fc.Arbitrary<DefaultValue | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant('literal'),
    value: fc.oneof(texts, fc.integer(), fc.boolean(), fc.constantFrom(1.5, -0.25, 1e21)),
  }),
  fc.constant<DefaultValue>({ kind: 'now', precision: null }),
  fc.constant<DefaultValue>({ kind: 'uuid' }),
  fc.constantFrom<DefaultValue>(
    { kind: 'sql', text: '1 + 1' },
    { kind: 'sql', text: "(lower('X'))" },
    { kind: 'sql', text: "'text'" },
    { kind: 'sql', text: 'current_date' },
  ),
)

const columns: fc.Arbitrary<Column> = fc
  .record({
    name: columnNames,
    type: types,
    nullable: fc.boolean(),
    default: defaults,
    collation: fc.constantFrom(null, null, 'NOCASE', 'rtrim', 'BINARY'),
    comment: fc.constantFrom(null, 'said'),
  })
  .map((column) => ({ ...PLAIN_COLUMN, ...column }))

const places = fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 })
const actions = fc.constantFrom(null, 'cascade', 'set null', 'set default', 'restrict')

/** What a table is made of before it is known which columns it has. */
const raws = fc.record({
  name: tableNames,
  columns: fc.uniqueArray(columns, {
    selector: (column) => column.name.toLowerCase(),
    minLength: 1,
    maxLength: 7,
  }),
  key: fc.constantFrom('none', 'counter', 'plain'),
  keyPlaces: places,
  generated: fc.constantFrom(null, true, false),
  uniques: fc.array(places, { maxLength: 2 }),
  indexes: fc.array(
    fc.record({
      places,
      unique: fc.boolean(),
      desc: fc.boolean(),
      expression: fc.boolean(),
      where: fc.boolean(),
      collation: fc.constantFrom(null, 'NOCASE', 'BINARY'),
    }),
    { maxLength: 3 },
  ),
  checks: fc.array(places, { maxLength: 2 }),
  keys: fc.array(
    fc.record({
      places,
      own: fc.boolean(),
      onDelete: actions,
      onUpdate: actions,
      deferrable: fc.constantFrom(null, 'immediate', 'deferred'),
    }),
    { maxLength: 2 },
  ),
  options: fc.constantFrom({}, { withoutRowid: 'yes' }),
})

/** Tables that SQLite takes, alone in a database: keys go to the table itself or to one that is not there. */
export const tables: fc.Arbitrary<Table> = raws.map((raw) => {
  const named = raw.columns.map((column) => column.name)
  const at = (list: readonly number[]): readonly string[] => [
    ...new Set(list.map((place) => named[place % named.length] ?? '')),
  ]
  const id: Column = { ...PLAIN_COLUMN, name: 'id', type: { kind: 'increments' }, nullable: false }
  const [first = ''] = named
  const computed: Column = {
    ...PLAIN_COLUMN,
    name: 'computed',
    generated: { sql: `coalesce(${quoted(first)}, 0) + 1`, stored: raw.generated === true },
  }
  const primaryKey =
    raw.key === 'none'
      ? null
      : { name: null, columns: raw.key === 'counter' ? ['id'] : at(raw.keyPlaces) }
  return {
    ...EMPTY_TABLE,
    name: raw.name,
    columns: [
      ...(raw.key === 'counter' ? [id] : []),
      ...raw.columns,
      ...(raw.generated === null ? [] : [computed]),
    ],
    primaryKey,
    uniques: raw.uniques.map((list, i) => ({
      name: `uq ${i}`,
      columns: at(list),
      deferrable: null,
      nullsNotDistinct: false,
    })),
    indexes: raw.indexes.map((index, i) => ({
      name: `ix"${i}`,
      unique: index.unique,
      parts: at(index.places).map((column) => ({
        on: index.expression ? { sql: `lower(${quoted(column)})` } : { column },
        order: index.desc ? ('desc' as const) : ('asc' as const),
        nulls: null,
        collation: index.collation,
        opclass: null,
        prefix: null,
      })),
      where: index.where ? `${quoted(first)} is not null` : null,
      method: null,
      include: [],
      nullsNotDistinct: false,
    })),
    checks: raw.checks.map((list, i) => ({
      name: `ck${i} [x]`,
      sql: at(list)
        .map((column) => `${quoted(column)} <> 'o''k -- ('`)
        .join(' OR '),
    })),
    foreignKeys: raw.keys.map((key, i) => ({
      name: `fk ${i}`,
      columns: at(key.places),
      refTable: key.own ? raw.name : 'other table',
      refColumns: at(key.places),
      onDelete: key.onDelete,
      onUpdate: key.onUpdate,
      deferrable: key.deferrable,
    })),
    options: raw.key === 'plain' ? raw.options : {},
  }
})

/** Things that a table can state, each with the same table without them: what an engine makes of the difference. */
import type { Column, ColumnType } from '../../src/schema/column.js'
import type { Index, Table } from '../../src/schema/table.js'
import { column, id, index, key, table, unique } from './schema-builders.js'

export interface Probe {
  readonly name: string
  readonly stated: Table
  readonly without: Table
  /** Dialects that need for it what a test server has not: an extension, a database of that name. */
  readonly unless?: string
}

const INTEGER: ColumnType = { kind: 'integer', unsigned: false }
const STRING: ColumnType = { kind: 'string', length: 40 }
const TEXT: ColumnType = { kind: 'text', size: 'text' }
const ID: Column = { ...id }
const NAME = column('name', { type: STRING })
const NUMBER = column('n', { type: INTEGER })
const BASE = table('probe', [ID, NAME, NUMBER], { primaryKey: { name: null, columns: ['id'] } })

function typed(name: string, type: ColumnType, without: ColumnType): Probe {
  return {
    name,
    stated: { ...BASE, columns: [...BASE.columns, column('c', { type })] },
    without: { ...BASE, columns: [...BASE.columns, column('c', { type: without })] },
  }
}

function withColumn(name: string, more: Partial<Column>, without: Partial<Column> = {}): Probe {
  const one = (parts: Partial<Column>): Table => ({
    ...BASE,
    columns: [...BASE.columns, column('c', { type: STRING, ...parts })],
  })
  return { name, stated: one(more), without: one({ ...more, ...without }) }
}

function indexed(name: string, more: Partial<Index>, without: Partial<Index>): Probe {
  const one = (parts: Partial<Index>): Table => ({
    ...BASE,
    indexes: [index('probe_i', ['name'], parts)],
  })
  return { name, stated: one(more), without: one({ ...more, ...without }) }
}

function indexPart(name: string, more: Partial<Index['parts'][number]>): Probe {
  const plain = index('probe_i', ['name']).parts.slice(0, 1)
  return indexed(name, { parts: plain.map((part) => ({ ...part, ...more })) }, { parts: plain })
}

function identityTable(identity: 'always' | 'byDefault'): Table {
  const counter = column('c', { type: INTEGER, nullable: false, identity })
  return table('probe', [counter, NAME], { primaryKey: { name: null, columns: ['c'] } })
}

function checked(name: string, sql: string): Probe {
  return {
    name,
    stated: { ...BASE, checks: [{ name: 'probe_check', sql }] },
    without: BASE,
  }
}

const NATIVES = [
  ...['citext', 'integer[]', 'tsvector', 'int4range', 'inet', 'interval', 'xml', 'bytea', 'money'],
  ...[
    'year',
    'int(10) unsigned zerofill',
    'varchar(9) character set latin1',
    'mediumblob',
    'inet6',
  ],
  ...['char(3)', 'real', 'numeric'],
]

export const PROBES: readonly Probe[] = [
  ...NATIVES.map((text) => typed(`type ${text}`, { kind: 'native', text }, TEXT)),
  typed('type set', { kind: 'set', values: ['a', 'b'] }, TEXT),
  { ...typed('type geography', { kind: 'geography' }, TEXT), unless: 'postgres' },
  {
    name: 'identity always',
    stated: identityTable('always'),
    without: identityTable('byDefault'),
  },
  ...['nocase', 'utf8mb4_bin', 'C', 'de-x-icu'].map((collation) =>
    withColumn(`collation ${collation}`, { collation }, { collation: null }),
  ),
  ...[`current_timestamp on update current_timestamp`].map((text) =>
    withColumn(
      `default ${text}`,
      {
        type: { kind: 'datetime', tz: true, precision: null },
        default: { kind: 'sql', text },
      },
      { default: null },
    ),
  ),
  ...[`'a'::text`, `lower('A')`, `gen_random_uuid()`, `curdate()`].map((text) =>
    withColumn(`default ${text}`, { default: { kind: 'sql', text } }, { default: null }),
  ),
  withColumn(
    'virtual',
    { type: INTEGER, generated: { sql: 'n * 2', stored: false } },
    { generated: null },
  ),
  withColumn(
    'stored',
    { type: INTEGER, generated: { sql: 'n * 2', stored: true } },
    { generated: null },
  ),
  { name: 'schema', stated: { ...BASE, name: 'app.probe' }, without: BASE, unless: 'mariadb' },
  {
    name: 'counter without a key',
    stated: {
      ...BASE,
      primaryKey: { name: null, columns: ['n'] },
      columns: [ID, NAME, { ...NUMBER, nullable: false }],
    },
    without: BASE,
  },
  ...[
    ['strict', 'yes'],
    ['engine', 'MyISAM'],
    ['rowFormat', 'compressed'],
    ['charset', 'latin1'],
  ].map(([option = '', value = '']): Probe => ({
    name: `option ${option}`,
    stated: {
      ...table('probe', [column('n', { type: { kind: 'native', text: 'int' } })]),
      options: { [option]: value },
    },
    without: table('probe', [column('n', { type: { kind: 'native', text: 'int' } })]),
  })),
  ...(['immediate', 'deferred'] as const).flatMap((deferrable): readonly Probe[] => [
    {
      name: `unique ${deferrable}`,
      stated: { ...BASE, uniques: [{ ...unique('probe_u', 'name'), deferrable }] },
      without: { ...BASE, uniques: [unique('probe_u', 'name')] },
    },
    {
      name: `foreign key ${deferrable}`,
      stated: { ...BASE, foreignKeys: [{ ...key('probe_k', 'n', 'probe_parent'), deferrable }] },
      without: { ...BASE, foreignKeys: [key('probe_k', 'n', 'probe_parent')] },
    },
  ]),
  ...(['cascade', 'set null', 'set default'] as const).map((onDelete): Probe => ({
    name: `on delete ${onDelete}`,
    stated: { ...BASE, foreignKeys: [{ ...key('probe_k', 'n', 'probe_parent'), onDelete }] },
    without: { ...BASE, foreignKeys: [key('probe_k', 'n', 'probe_parent')] },
  })),
  {
    name: 'unique nulls not distinct',
    stated: { ...BASE, uniques: [{ ...unique('probe_u', 'name'), nullsNotDistinct: true }] },
    without: { ...BASE, uniques: [unique('probe_u', 'name')] },
  },
  indexed('partial index', { where: 'n > 0' }, { where: null }),
  indexed('partial unique index', { where: 'n > 0', unique: true }, { where: null }),
  indexed(
    'unique index nulls not distinct',
    { unique: true, nullsNotDistinct: true },
    { nullsNotDistinct: false },
  ),
  indexed('include', { include: ['n'] }, { include: [] }),
  indexed('method hash', { method: 'hash' }, { method: null }),
  indexed('method fulltext', { method: 'fulltext' }, { method: null }),
  indexPart('descending', { order: 'desc' }),
  indexPart('nulls first', { nulls: 'first' }),
  indexPart('operator class', { opclass: 'varchar_pattern_ops' }),
  indexPart('prefix', { prefix: 5 }),
  indexPart('index collation nocase', { collation: 'nocase' }),
  indexPart('index collation C', { collation: 'C' }),
  indexPart('expression', { on: { sql: 'lower(name)' } }),
  ...[
    'n > 0',
    `name in ('a', 'b')`,
    'n between 1 and 5',
    'length(name) > 3',
    `n::text = '1'`,
    `name ~ '^a'`,
    `name !~* '^a'`,
    `name ilike 'a'`,
    `name similar to 'a'`,
    `name = any (array['a', 'b'])`,
    `current_timestamp + interval '1 day' > current_timestamp`,
    `name glob 'a*'`,
    `name regexp '^a'`,
    `typeof(name) = 'text'`,
    `ifnull(name, 'a') = 'a'`,
    `conv(n, 10, 2) = '1'`,
    `isnull(name)`,
    `json_valid(name)`,
    `date_trunc('day', current_timestamp) is not null`,
  ].map((sql) => checked(`check ${sql}`, sql)),
]

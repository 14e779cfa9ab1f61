import { expect, test } from 'vitest'
import { losesValues } from '../../src/safety/loses-values.js'
import type { ColumnType } from '../../src/schema/column.js'

const string = (length: number): ColumnType => ({ kind: 'string', length })
const decimal = (precision: number | null, scale: number | null): ColumnType => ({
  kind: 'decimal',
  precision,
  scale,
  unsigned: false,
})
const integer = (unsigned = false): ColumnType => ({ kind: 'integer', unsigned })
const bigInteger: ColumnType = { kind: 'bigInteger', unsigned: false }
const text: ColumnType = { kind: 'text', size: 'text' }
const double: ColumnType = { kind: 'double', precision: null, scale: null, unsigned: false }
const timestamp = (precision: number | null): ColumnType => ({
  kind: 'timestamp',
  tz: true,
  precision,
})
const values = (...list: readonly string[]): ColumnType => ({
  kind: 'enum',
  values: list,
  native: null,
})
const native = (spelled: string): ColumnType => ({ kind: 'native', text: spelled })
const citext = native('citext')

const losing: readonly (readonly [ColumnType, ColumnType])[] = [
  [string(120), string(80)],
  [text, string(255)],
  [bigInteger, integer()],
  [integer(), integer(true)],
  [integer(true), integer()],
  [native('int(5) unsigned zerofill'), native('int(5)')],
  [native('bigint(5) zerofill'), native('int(5) zerofill')],
  [native('text compressed'), string(80)],
  [decimal(12, 4), decimal(12, 2)],
  [decimal(12, 2), decimal(12, 4)],
  [decimal(null, null), decimal(30, 10)],
  [decimal(12, 2), integer()],
  [bigInteger, double],
  [integer(), decimal(8, 2)],
  [timestamp(null), timestamp(3)],
  [timestamp(null), { kind: 'date' }],
  [values('a', 'b'), values('a')],
  [text, values('a', 'b')],
  [text, { kind: 'uuid' }],
  [integer(), string(5)],
  [citext, string(255)],
  [bigInteger, { kind: 'increments' }],
  [double, { kind: 'float', precision: null, scale: null, unsigned: false }],
  [text, { kind: 'text', size: 'tinytext' }],
]

const keeping: readonly (readonly [ColumnType, ColumnType])[] = [
  [string(80), string(120)],
  [string(255), text],
  [integer(), bigInteger],
  [integer(true), bigInteger],
  [integer(), { kind: 'increments' }],
  [decimal(8, 2), decimal(12, 4)],
  [integer(), decimal(12, 2)],
  [integer(), double],
  [integer(), string(11)],
  [{ kind: 'boolean' }, integer()],
  [{ kind: 'date' }, timestamp(null)],
  [timestamp(null), { kind: 'datetime', tz: false, precision: 6 }],
  [values('a'), values('a', 'b')],
  [values('a', 'bb'), string(2)],
  [{ kind: 'json' }, { kind: 'jsonb' }],
  [{ kind: 'json' }, text],
  [{ kind: 'uuid' }, string(36)],
  [native('int(5) unsigned zerofill'), native('int(5) unsigned')],
  [native('int(5) zerofill'), { kind: 'bigInteger', unsigned: false }],
  [text, native('text compressed')],
  [native('varchar(80) compressed'), string(80)],
  [citext, citext],
  [citext, text],
]

test.each(losing)('%o does not fit into %o', (from, to) => {
  expect(losesValues(from, to)).toBe(true)
})

test.each(keeping)('%o fits into %o', (from, to) => {
  expect(losesValues(from, to)).toBe(false)
})

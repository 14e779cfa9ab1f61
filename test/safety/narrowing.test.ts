import { expect, test } from 'vitest'
import { narrows } from '../../src/safety/narrowing.js'
import type { ColumnType } from '../../src/schema/column.js'

const string = (length: number): ColumnType => ({ kind: 'string', length })
const integer: ColumnType = { kind: 'integer', unsigned: false }
const text: ColumnType = { kind: 'text', size: 'text' }
const decimal = (precision: number, scale: number): ColumnType => ({
  kind: 'decimal',
  precision,
  scale,
  unsigned: false,
})
const bigInteger: ColumnType = { kind: 'bigInteger', unsigned: false }
const double: ColumnType = { kind: 'double', precision: null, scale: null, unsigned: false }
const float: ColumnType = { ...double, kind: 'float' }
const enumOf = (...values: readonly string[]): ColumnType => ({
  kind: 'enum',
  values,
  native: null,
})

test.each([
  ['a longer text', string(10), string(20)],
  ['text without a limit', string(10), text],
  ['a number as text', integer, text],
  ['a larger number', integer, { kind: 'bigInteger', unsigned: false } as const],
  ['more digits', decimal(8, 2), decimal(12, 4)],
  ['another enum value', enumOf('a'), enumOf('a', 'b')],
  ['the same', integer, integer],
])('%s keeps every value', (_name, from, to) => {
  expect(narrows(from, to, '"c"')).toBeNull()
})

test.each([
  ['a shorter text', string(20), string(10), 'H09', 'length("c") > 10'],
  ['a text with a limit', text, string(10), 'H09', 'length("c") > 10'],
  ['a smaller number', integer, { kind: 'smallint', unsigned: false } as const, 'H10', null],
  ['fewer digits', decimal(12, 4), decimal(8, 2), 'H13', null],
  ['a counter of fewer bits', bigInteger, { kind: 'increments' } as const, 'H10', null],
  ['a shorter mantissa', double, float, 'H12', null],
  ['a number as a text that is too short', integer, string(5), 'H09', null],
  ['a text as an enum', text, enumOf('a', "b'c"), 'H41', `"c" not in ('a', 'b''c')`],
  ['another kind', text, integer, 'H12', null],
  ['an enum value less', enumOf('a', "b'c"), enumOf('a'), 'H41', `"c" in ('b''c')`],
])('%s may lose values', (_name, from, to, code, where) => {
  expect(narrows(from, to, '"c"')).toMatchObject({ code, where })
})

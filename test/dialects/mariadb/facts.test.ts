import { expect, test } from 'vitest'
import { mariadb } from '../../../src/dialects/mariadb/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import type { Column, ColumnType } from '../../../src/schema/column.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from '../../support/schema-arbitraries.js'

const column = (type: ColumnType, more: Partial<Column> = {}): Column => ({
  ...PLAIN_COLUMN,
  type,
  ...more,
})
const string = (length: number): ColumnType => ({ kind: 'string', length })
const values = (...list: readonly string[]): ColumnType => ({
  kind: 'enum',
  values: list,
  native: null,
})
const alter = (from: Column, to: Column): Operation => ({
  kind: 'alterColumn',
  table: 't',
  from,
  to,
})
const add = (added: Column): Operation => ({ kind: 'addColumn', table: 't', column: added })

const INSTANT = { rewrites: false, blocks: 'nothing' }
const REBUILT = { rewrites: true, blocks: 'nothing' }
const COPIED = { rewrites: true, blocks: 'writes', lock: 'ALGORITHM=COPY' }

test.each<[string, Operation, object]>([
  ['a new column', add(column(string(20))), INSTANT],
  [
    'a new column with a constant',
    add(column(string(20), { default: { kind: 'literal', value: 'x' } })),
    INSTANT,
  ],
  [
    'a new column with a value for each row',
    add(column({ kind: 'uuid' }, { default: { kind: 'uuid' } })),
    COPIED,
  ],
  ['a new counter', add(column({ kind: 'increments' })), COPIED],
  [
    'a new computed column',
    add(column(string(9), { generated: { sql: '1', stored: false } })),
    INSTANT,
  ],
  [
    'a new stored computed column',
    add(column(string(9), { generated: { sql: '1', stored: true } })),
    COPIED,
  ],
  ['a longer text', alter(column(string(50)), column(string(60))), INSTANT],
  ['a text of more than 255 bytes', alter(column(string(50)), column(string(100))), COPIED],
  ['a longer long text', alter(column(string(100)), column(string(200))), INSTANT],
  ['a shorter text', alter(column(string(50)), column(string(40))), COPIED],
  ['one more value at the end', alter(column(values('a')), column(values('a', 'b'))), INSTANT],
  ['one more value before', alter(column(values('b')), column(values('a', 'b'))), COPIED],
  [
    'another default',
    alter(column(string(9)), column(string(9), { default: { kind: 'literal', value: 'x' } })),
    INSTANT,
  ],
  ['no more nulls', alter(column(string(9)), column(string(9), { nullable: false })), REBUILT],
  ['a larger number', alter(PLAIN_COLUMN, column({ kind: 'bigInteger', unsigned: false })), COPIED],
  [
    'another collation',
    alter(column(string(9)), column(string(9), { collation: 'utf8mb4_bin' })),
    COPIED,
  ],
  [
    'a dropped table',
    { kind: 'dropTable', table: EMPTY_TABLE },
    { rewrites: false, blocks: 'everything' },
  ],
  ['a check', { kind: 'addCheck', table: 't', check: { name: 'c', sql: 'a > 0' } }, COPIED],
])('what it costs: %s', (_what, operation, facts) => {
  expect(mariadb.operationFacts(operation)).toEqual(facts)
})

test('literals and names of offline SQL are quoted', () => {
  expect(mariadb.literal("it's \\ here")).toBe("'it''s \\\\ here'")
  expect(mariadb.literal(new Uint8Array([1, 255]))).toBe("x'01ff'")
  expect(mariadb.literal(null)).toBe('null')
  expect(mariadb.literal(12n)).toBe('12')
  expect(mariadb.quote('a`b')).toBe('`a``b`')
  expect(mariadb.expression?.(`"a" > 0 and "b" || 'x' <> '"'`)).toBe(
    "((`a` > 0) and (concat(`b`, 'x') <> '\"'))",
  )
})

test('each client of Knex has its own driver', () => {
  expect(['mysql2', 'mysql'].map((client) => mariadb.driverPackage(client))).toEqual([
    'mysql2',
    'mysql',
  ])
})

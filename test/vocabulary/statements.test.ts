import { describe, expect, test } from 'vitest'
import { knexDialect } from '../../src/vocabulary/knex/knex-dialect.js'
import { formatStatement, onlyReads } from '../../src/vocabulary/knex/statements.js'

const UTC = 'Z'

function text(dialect: string, sql: string, bindings: readonly unknown[]): string {
  return formatStatement(sql, bindings, { dialect: knexDialect(dialect), timezone: UTC })
}

const date = new Date('2026-01-02T03:04:05.678Z')

describe.each([
  ['sqlite3', `'it''s'`, 'a\\b', `'a\\b'`, String(date.getTime()), `x'6162'`, '1'],
  [
    'postgresql',
    `'it''s'`,
    'a\\b',
    `E'a\\\\b'`,
    `'2026-01-02T03:04:05.678Z'`,
    `'\\x6162'::bytea`,
    'true',
  ],
  ['mysql', `'it''s'`, 'a\\b\n', `'a\\\\b\\n'`, `'2026-01-02 03:04:05.678'`, `x'6162'`, 'true'],
])('bindings of %s', (dialect, quoted, escapable, escaped, time, bytes, yes) => {
  test.each<[unknown, string]>([
    [`it's`, quoted],
    [escapable, escaped],
    [date, time],
    [Buffer.from('ab'), bytes],
    [new Uint8Array([97, 98]), bytes],
    [true, yes],
    [null, 'null'],
    [12, '12'],
    [{ a: `b'c` }, `'{"a":"b''c"}'`],
  ])('%j', (value, literal) => {
    expect(text(dialect, 'select ?', [value])).toBe(`select ${literal}`)
  })

  test('a bigint is a number', () => {
    expect(text(dialect, 'select ?', [12n])).toBe('select 12')
  })

  test('an escaped question mark is none, and a semicolon at the end goes', () => {
    expect(text(dialect, 'select a \\? b, ?;\n', [1])).toBe('select a ? b, 1')
  })
})

test('a list is an array on PostgreSQL and a list on MySQL', () => {
  expect(text('postgresql', 'select ?', [['a b', null, [1, 2]]])).toBe(
    `select '{"a b",NULL,{1,2}}'`,
  )
  expect(text('mysql', 'in (?)', [['a', 1]])).toBe(`in ('a', 1)`)
})

test('a question mark in a string is none to the driver of SQLite', () => {
  expect(text('sqlite3', `select 'a?b', "c?d", ?`, [1])).toBe(`select 'a?b', "c?d", 1`)
})

test('MySQL gets dates in the time zone of its driver', () => {
  const format = { dialect: knexDialect('mysql'), timezone: '+02:00' }
  expect(formatStatement('?', [date], format)).toBe(`'2026-01-02 05:04:05.678'`)
})

test.each<[string, boolean]>([
  ['select 1', true],
  ['/* why */ -- so\n (select 1)', true],
  ['SELECT * from t for update', true],
  [`select 'into' from t`, true],
  ['select * into copy from t', false],
  ['with a as (select 1) select * from a', true],
  ['with a as (delete from t returning *) select * from a', false],
  ['explain select 1', true],
  ['explain analyze select 1', true],
  ['explain (analyze) delete from t', false],
  ['show tables', true],
  ['PRAGMA table_info(`t`)', true],
  ['pragma foreign_keys', true],
  ['pragma foreign_keys = on', false],
  ['pragma user_version(3)', false],
  ['insert into t values (1)', false],
  ['call something()', false],
  ['', false],
  ['select 1; select 2;', true],
  ['select 1; drop table t', false],
  [`select '; drop table t'; -- ; drop table t`, true],
])('%j reads only: %j', (sql, reads) => {
  expect(onlyReads(sql, knexDialect('postgresql'))).toBe(reads)
})

import { expect, test } from 'vitest'
import { MigrateError } from '../../src/errors.js'
import { requireWholeExpression } from '../../src/workflows/writing/fill-expression.js'

function faultOf(sql: string): string | null {
  try {
    requireWholeExpression({ table: 'users', column: 'level', sql })
    return null
  } catch (thrown) {
    if (!(thrown instanceof MigrateError)) throw thrown
    expect([thrown.code, thrown.exit]).toEqual(['FILL_BROKEN', 2])
    return thrown.why
  }
}

test.each([
  ["'abc", "The quote ' is never closed."],
  ['"abc', 'The quote " is never closed.'],
  ['`abc', 'The quote ` is never closed.'],
  ['lower(name', 'A ( is never closed.'],
  ['1)', 'A ) closes nothing.'],
  [')(', 'A ) closes nothing.'],
  ['1 /* one', 'The comment /* is never closed.'],
  ['1 /*/', 'The comment /* is never closed.'],
  ['1 -- one', 'The comment at its end would hide what follows it.'],
  ['1; drop table users', 'A ; ends the statement that it stands in.'],
  ['/* one */', 'There is nothing in it.'],
])('%s is no whole expression', (sql, fault) => {
  expect(faultOf(sql)).toBe(fault)
})

test.each([
  '0',
  "'it''s; (fine'",
  String.raw`'it\'s'`,
  'lower("a;b(c")',
  "coalesce(name, 'x') || ')'",
  '(select max(level) from levels) /* the highest */ + 1',
  'length(name) -- one\n + 1',
  '$$it is$$',
  '`level`',
])('%s is one', (sql) => {
  expect(faultOf(sql)).toBeNull()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  columnsIn,
  renameColumnIn,
  renameTableIn,
  tokensOf,
} from '../../src/operations/expression.js'

test('tokens joined are the expression, whatever it is', () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    '`',
    '[',
    ']',
    '--',
    '/*',
    '*/',
    'a',
    ' ',
    '\n',
    '(',
    '😀',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
      const sql = parts.join('')
      expect(
        tokensOf(sql)
          .map((token) => token.text)
          .join(''),
      ).toBe(sql)
    }),
  )
})

const named: readonly (readonly [string, readonly string[]])[] = [
  ['age > 0', ['age']],
  ['"age" > 0 and [date] < `name`', ['age', 'date', 'name']],
  ["'age' = name", ['name']],
  ['date(age)', ['age']],
  ["date '2026-01-01' < age", ['age']],
  ['cast(age as date)', ['age']],
  ["name::date > '2026-01-01'::date", ['name']],
  ['users.age > 0', ['age']],
  ['AGE > 0 -- name', ['age']],
  ['"order" > 0', ['order']],
  ['case when age in (1) then name end', ['age', 'name']],
  ["array['x', name]", ['name']],
]

test.each(named)('%s names %j', (sql, columns) => {
  expect(columnsIn(sql, ['age', 'name', 'date', 'order', 'end'])).toEqual(columns)
})

test('of two columns that differ in case, the exact one is meant', () => {
  expect(columnsIn('"A" > 0', ['a', 'A'])).toEqual(['A'])
  expect(columnsIn('a > 0', ['a', 'A'])).toEqual(['a'])
})

test('a renamed column takes the quotes of the old one, or those it needs', () => {
  const columns = ['a', 'b']
  const to = 'Odd "x"'
  expect(renameColumnIn('"a" + a + `a`', columns, { from: 'a', to })).toBe(
    '"Odd ""x""" + "Odd ""x""" + `Odd "x"`',
  )
  expect(renameColumnIn("a || 'a' || [a]", columns, { from: 'a', to: 'c' })).toBe("c || 'a' || [c]")
})

test('a renamed table changes where it qualifies a column, and nowhere else', () => {
  expect(renameTableIn("users.a > users and 'users.'", { from: 'users', to: 'people' })).toBe(
    "people.a > users and 'users.'",
  )
})

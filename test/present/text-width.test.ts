import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lookOf } from '../../src/present/look.js'
import { counted, cut, pad, tableLines, widthOf, wrap } from '../../src/present/text-width.js'

const plain = { colour: false, unicode: true }

test('wide characters count two columns', () => {
  expect(widthOf('用户')).toBe(4)
  expect(cut('用户名称', 5)).toBe('用户…')
  expect(pad('用户', 5)).toBe('用户 ')
})

test('what is cut says so and is never too wide', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width)
    }),
  )
  expect(cut('abcdef', 4)).toBe('abc…')
  expect(cut('abcd', 4)).toBe('abcd')
})

const rows = [
  [{ text: 'id' }, { text: '' }, { text: 'a message' }],
  [{ text: 'longer' }, { text: 'head' }, { text: 'another, much longer message' }],
]

test('at a terminal columns are aligned and the last one is cut', () => {
  expect(tableLines(rows, lookOf(plain, 30))).toEqual([
    'id            a message',
    'longer  head  another, much l…',
  ])
})

test('in a pipe a line does not depend on its neighbours', () => {
  expect(tableLines(rows, lookOf(plain, null))).toEqual([
    'id  a message',
    'longer  head  another, much longer message',
  ])
})

test('words are wrapped, and line breaks are kept', () => {
  expect(wrap('one two three four five\nsix', 20)).toEqual(['one two three four', 'five', 'six'])
  expect(wrap('one two three four five\nsix', null)).toEqual(['one two three four five', 'six'])
})

test('numbers are counted in words', () => {
  expect(counted(1, 'row')).toBe('1 row')
  expect(counted(12403, 'row')).toBe('12,403 rows')
})

import { expect, test } from 'vitest'
import { widthOf } from '../../src/present/text-width.js'
import { columnsOf } from '../../src/tui/draw/columns.js'

const RED = '\u001b[31m'
const PLAIN = '\u001b[39m'

test('columns of plain text', () => {
  expect(columnsOf('abcdef', 0, 2)).toBe('ab\u001b[0m')
  expect(columnsOf('abcdef', 4)).toBe('ef')
  expect(columnsOf('abc', 3)).toBe('')
})

test('text keeps the style that it has in the line', () => {
  const line = `a${RED}bcd${PLAIN}e`
  expect(columnsOf(line, 0, 3)).toBe(`a${RED}bc\u001b[0m`)
  expect(columnsOf(line, 3)).toBe(`${RED}d${PLAIN}e`)
  expect(columnsOf(line, 4)).toBe(`${RED}${PLAIN}e`)
})

test('half of a wide character is a space', () => {
  expect(columnsOf('用户', 0, 3)).toBe('用 \u001b[0m')
  expect(columnsOf('用户', 1)).toBe(' 户')
})

test.each(['မြန်မာ', 'ភាសា', 'नमस्ते', '1\u20e3', '❤\ufe0f x', '👍🏽'])(
  'the columns in front of and behind one of %s are all of it',
  (name) => {
    const line = `${name}│${RED}${name}${PLAIN}`
    for (let column = 0; column <= widthOf(line); column += 1) {
      expect(widthOf(columnsOf(line, 0, column))).toBe(column)
      expect(widthOf(columnsOf(line, column))).toBe(widthOf(line) - column)
    }
  },
)

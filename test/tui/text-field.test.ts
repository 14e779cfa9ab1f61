import { expect, test } from 'vitest'
import { fieldParts, pasted, textField, typed } from '../../src/tui/text-field.js'

function typing(...keys: readonly string[]): { text: string; cursor: number } {
  return keys.reduce((field, key) => typed(field, key) ?? field, textField())
}

test('letters, spaces and emoji are one step of the cursor each', () => {
  expect(typing('a', 'space', '用', '👩‍👩‍👧', 'left', 'backspace')).toEqual({ text: 'a 👩‍👩‍👧', cursor: 2 })
})

test('the keys of a shell move and remove words', () => {
  expect(
    typing(
      ...'add email to'
        .replaceAll(' ', '␠')
        .split('')
        .map((key) => (key === '␠' ? 'space' : key)),
      'ctrl+w',
    ).text,
  ).toBe('add email ')
  const words = ['a', 'space', 'b', 'c', 'space', 'd'] as const
  expect(typing(...words, 'alt+b', 'alt+left', 'x').text).toBe('a xbc d')
  expect(typing(...words, 'home', 'alt+f', 'ctrl+right', 'x').text).toBe('a bcx d')
  expect(typing(...words, 'home', 'alt+f', 'alt+d').text).toBe('a d')
  expect(typing(...words, 'left', 'alt+backspace').text).toBe('a d')
  expect(typing('a', 'b', 'c', 'ctrl+a', 'ctrl+d').text).toBe('bc')
  expect(typing('a', 'b', 'c', 'left', 'ctrl+u').text).toBe('c')
  expect(typing('a', 'b', 'c', 'home', 'right', 'ctrl+k').text).toBe('a')
})

test('keys that are not of a text are left to others', () => {
  expect(typed(textField('x'), 'enter')).toBeNull()
  expect(typed(textField('x'), 'pageUp')).toBeNull()
  expect(typed(textField('x'), 'f1')).toBeNull()
})

test('a paste is text: its line breaks never end the line', () => {
  expect(pasted(textField('a'), 'b\r\n  c\n').text).toBe('ab c ')
})

test('the cursor stays in view of a long text', () => {
  const { before, under, after } = fieldParts(textField('0123456789'), 5)
  expect([before, under, after]).toEqual(['6789', ' ', ''])
  const middle = fieldParts({ text: '0123456789', cursor: 2 }, 5)
  expect(middle.before + middle.under + middle.after).toBe('01234')
})

test('a paste of any length is taken, and only what is shown of it is measured', () => {
  const long = pasted(textField('a'), 'x'.repeat(300_000))
  expect(long.cursor).toBe(300_001)
  expect(fieldParts(long, 80)).toEqual({ before: 'x'.repeat(79), under: ' ', after: '' })
  expect(fieldParts({ ...long, cursor: 0 }, 80)).toEqual({
    before: '',
    under: 'a',
    after: 'x'.repeat(79),
  })
})

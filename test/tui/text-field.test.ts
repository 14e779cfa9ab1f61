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

test.each([
  ['colours', 'a\u001b[31mred\u001b[0m b', 'ared b'],
  ['long colours', '\u001b[1;38;2;1;2;3mx\u001b[38:5:9my\u001b[m', 'xy'],
  ['as GNOME pastes an escape', 'a\u241b[31mred\u241b[0m', 'ared'],
  ['a title, a link', '\u001b]0;owned\u0007x\u001b]8;;http://a\u001b\\y', 'xy'],
  ['the cursor and the screen', '\u001b[2J\u001b[Hx\u001bcy\u009b5mz', 'xyz'],
  ['other control characters', 'a\u0000b\bc\u0007d\u007fe\u001b', 'abcde'],
  ['tabs', 'a\tb', 'a b'],
  ['what only looks like it', 'a[31m] 👩‍👩‍👧 é', 'a[31m] 👩‍👩‍👧 é'],
])('escape sequences of a paste go whole: %s', (_, text, left) => {
  expect(pasted(textField(''), text).text).toBe(left)
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

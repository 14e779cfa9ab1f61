import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanJson, cleanLine, cleanText } from '../../src/present/clean.js'

test.each([
  ['plain', 'plain'],
  ['Grüße, 用户 and 🙂', 'Grüße, 用户 and 🙂'],
  ['two\nlines', 'two\nlines'],
  ['dos\r\nlines', 'dos\nlines'],
  ['a\tb', 'a  b'],
  ['over\rwritten', 'over·written'],
  ['back\b\bspace', 'back··space'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b[2J\u001b[1;1Hgone', '··gone'],
  ['\u001b]0;title\u0007x', '·x'],
  ['\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\', '·link·'],
  ['\u001b]52;c;aGk=\u0007', '·'],
  ['\u001b]0;never ended', '·0;never ended'],
  ['\u009b2Jx', '·x'],
  ['\u001bc', '·'],
  ['user\u202enimda', 'user·nimda'],
  ['a\u2066b\u2069c', 'a·b·c'],
  ['zero\u200bwidth\ufeff', 'zero·width·'],
  ['nul\u0000 del\u007f', 'nul· del·'],
  ['tag\u{e0041}', 'tag·'],
])('%j is shown as %j', (text, shown) => {
  expect(cleanText(text)).toBe(shown)
})

test('on one line a break is a sign', () => {
  expect(cleanLine('a\nb\r\nc')).toBe('a⏎b⏎c')
})

const hostile = fc.string({ unit: 'binary', maxLength: 40 })

test('nothing that is cleaned holds a control character but line breaks', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(cleanText(text)).not.toMatch(/[^\P{Cc}\n]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u)
      expect(cleanLine(text)).not.toMatch(/\p{Cc}/u)
    }),
  )
})

test('cleaned text stays as it is when it is cleaned again', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text))
    }),
  )
})

test('cleaned JSON means the same and holds no control character', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const json = cleanJson(JSON.stringify({ text }, null, 2))
      expect(JSON.parse(json)).toEqual({ text })
      expect(json).not.toMatch(/[^\P{Cc}\n]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u)
    }),
  )
})

/** Texts as literals of a script. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringText } from '../../src/vocabulary/writing/source-text.js'

test.each([
  [`plain`, `'plain'`],
  [`it's`, `"it's"`],
  [`it's "so"`, `'it\\'s "so"'`],
  ['${x} `y`', "'${x} `y`'"],
  ['back\\slash\n', `'back\\\\slash\\n'`],
  ['\u2028\u202e\u0000', `'\\u2028\\u202e\\u0000'`],
  ['\ud800', `'\\ud800'`],
  ['\u{e0041}', `'\\u{e0041}'`],
  ['名前', `'名前'`],
])('the text %j is a literal without anything that hides', (value, literal) => {
  expect(stringText(value)).toBe(literal)
})

test('every text is the value of its literal, in one line of plain characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const literal = stringText(value)
      expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      // The literal is what is under test, so it is evaluated.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      expect((new Function(`return ${literal}`) as () => unknown)()).toBe(value)
    }),
  )
})

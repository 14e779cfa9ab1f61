import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf } from '../../src/present/text-width.js'
import { cutMiddle, fitLine, piece, spreadLine, wrapParts } from '../../src/tui/draw/line.js'
import { paneLines } from '../../src/tui/draw/pane.js'
import { scrolledTop } from '../../src/tui/draw/scroll.js'
import { uiTheme } from '../../src/tui/draw/theme.js'
import { idLength } from '../../src/tui/draw/words.js'

const theme = uiTheme({ colour: true, unicode: true })
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
const parts = fc.array(
  text.map((one) => piece(one, theme.bad)),
  { maxLength: 5 },
)

test('a line has its width exactly, whatever the text', () => {
  fc.assert(
    fc.property(parts, parts, fc.integer({ min: 1, max: 60 }), (left, right, width) => {
      expect(widthOf(fitLine(left, width))).toBe(width)
      expect(widthOf(spreadLine(left, right, width))).toBe(width)
    }),
  )
})

test('text from outside cannot steer the terminal', () => {
  const hostile = '\u001b]52;c;aGk=\u0007\u001b[2J\u001b]0;title\u0007a\rb\u202ec\u0008'
  for (const line of [fitLine([hostile], 40), cutMiddle(hostile, 10)]) {
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
  }
})

test('what is cut says so, at the end or in the middle', () => {
  expect(fitLine(['abcdef'], 4)).toBe('abc…')
  expect(fitLine(['abcd', 'e'], 4)).toBe('abc…')
  expect(cutMiddle('create_users_index', 9)).toBe('crea…ndex')
})

test('wrapped parts hold every letter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme-ascii' }), { maxLength: 4 }),
      fc.integer({ min: 4, max: 30 }),
      (texts, width) => {
        const lines = wrapParts(texts, width, 0)
        expect(
          lines
            .flat()
            .map((part) => (typeof part === 'string' ? part : part.text))
            .join(''),
        ).toBe(texts.join(''))
        for (const line of lines) {
          const wide = line.reduce(
            (sum, part) => sum + widthOf(typeof part === 'string' ? part : part.text),
            0,
          )
          expect(wide).toBeLessThanOrEqual(width)
        }
      },
    ),
  )
})

test('a pane has its size exactly, with a title longer than itself too', () => {
  fc.assert(
    fc.property(
      text,
      text,
      fc.integer({ min: 6, max: 80 }),
      fc.integer({ min: 2, max: 12 }),
      (title, foot, width, height) => {
        const lines = paneLines(
          {
            title: [title],
            foot: fitLine([foot], 12).trimEnd(),
            lines: [],
            isActive: true,
            width,
            height,
          },
          theme,
        )
        expect(lines).toHaveLength(height)
        for (const line of lines) expect(widthOf(line)).toBe(width)
      },
    ),
  )
})

test('a title is as wide as it is drawn, not as what is taken out of it', () => {
  const [top = ''] = paneLines(
    {
      title: ['\u001b[31mevil\u001b]0;x\u0007red', piece('  + new', null)],
      foot: '',
      lines: [],
      isActive: false,
      width: 40,
      height: 2,
    },
    uiTheme({ colour: false, unicode: true }),
  )
  expect(top).toMatch(/^╭ evil·red {2}\+ new ─+╮$/)
})

test('the selected row stays in view, and the list moves as little as it can', () => {
  fc.assert(
    fc.property(
      fc.nat(50),
      fc.nat(200),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 200 }),
      (top, wanted, height, count) => {
        const selected = Math.min(wanted, count - 1)
        const next = scrolledTop(top, selected, { height, count })
        expect(next).toBeLessThanOrEqual(selected)
        expect(next + height).toBeGreaterThan(selected)
        expect(scrolledTop(next, selected, { height, count })).toBe(next)
      },
    ),
  )
})

test('ids are shown as long as it takes to tell them apart', () => {
  expect(idLength([])).toBe(8)
  expect(idLength(['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'short'])).toBe(8)
  expect(idLength(['aaaaaaaaaa01', 'aaaaaaaaaa12'])).toBe(11)
})

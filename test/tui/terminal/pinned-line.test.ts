import { expect, test } from 'vitest'
import { fitLine } from '../../../src/tui/draw/line.js'
import { pinnedLine } from '../../../src/tui/terminal/pinned-line.js'

test.each(['plain text', '╭─ 用户 ─╮', '한글 カタ 😀', '\u001b[31mred\u001b[0m', ''])(
  'a line that terminals agree on is left alone: %s',
  (line) => {
    expect(pinnedLine(line)).toBe(line)
  },
)

test('the cursor is put behind a cluster that terminals draw in different widths', () => {
  expect(pinnedLine('a1\ufe0f\u20e3b')).toBe('a  \u001b[2G1\ufe0f\u20e3\u001b[4Gb')
  expect(pinnedLine('│❤\ufe0f│')).toBe('│  \u001b[2G❤\ufe0f\u001b[4G│')
})

test('styling counts as no column', () => {
  expect(pinnedLine('\u001b[1;31mab👍🏽\u001b[0m│')).toBe(
    '\u001b[1;31mab  \u001b[3G👍🏽\u001b[5G\u001b[0m│',
  )
})

test('clusters behind each other are each put in their column', () => {
  expect(pinnedLine('👍🏽👍🏽')).toBe('  \u001b[1G👍🏽\u001b[3G  \u001b[3G👍🏽\u001b[5G')
})

test.each(['မြန်မာ', 'ភាសា', 'தமிழ்', 'नमस्ते', '1\u20e3'])(
  'what stands behind %s is put where the line was laid out to have it',
  (name) => {
    const pinned = pinnedLine(`${fitLine([name], 12)}│`)
    const [column = '', rest = ''] = (/.*\u001b\[(\d+)G([^]*)$/.exec(pinned) ?? []).slice(1)
    expect(Number(column) + rest.length - 1).toBe(13)
  },
)

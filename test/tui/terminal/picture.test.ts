import headless from '@xterm/headless'
import type { Terminal } from '@xterm/headless'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { expect, test } from 'vitest'
import { screenPng, screenSvg } from '../../support/pty/picture.js'

async function showing(text: string): Promise<Terminal> {
  const terminal = new headless.Terminal({ cols: 20, rows: 3, allowProposedApi: true })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  await new Promise<void>((resolve) => {
    terminal.write(text, resolve)
  })
  return terminal
}

/** The texts of a picture with what is said of each. */
function textsOf(svg: string): readonly { readonly text: string; readonly says: string }[] {
  return Array.from(svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g), ([, says = '', text = '']) => ({
    says,
    text,
  }))
}

test('colours of all three kinds, weights and swaps are drawn', async () => {
  const cells = [
    '\u001b[31mr\u001b[0m',
    '\u001b[38;5;196mx\u001b[0m',
    '\u001b[38;2;1;2;3mt\u001b[0m',
    '\u001b[1mb\u001b[0m',
    '\u001b[2md\u001b[0m',
    '\u001b[4mu\u001b[0m',
    '\u001b[7mi\u001b[0m',
    '\u001b[48;5;250mg\u001b[0m',
  ]
  const svg = screenSvg(await showing(cells.join('')), 'dark')
  const said = Object.fromEntries(textsOf(svg).map(({ text, says }) => [text, says]))
  expect(said.r).toContain('fill="#f0717a"')
  expect(said.x).toContain('fill="#ff0000"')
  expect(said.t).toContain('fill="#010203"')
  expect(said.b).toContain('font-weight="bold"')
  expect(said.d).toContain('opacity="0.6"')
  expect(said.u).toContain('text-decoration="underline"')
  expect(said.i).toContain('fill="#16181d"')
  expect(svg).toContain('height="18" fill="#d4d7dd"')
  expect(svg).toContain('height="18" fill="#bcbcbc"')
})

test('a wide character takes two cells, and what follows stands behind it', async () => {
  const svg = screenSvg(await showing('用a'), 'light')
  const said = textsOf(svg)
  expect(said[0]?.says).toContain('x="8" ')
  expect(said[0]?.says).toContain('textLength="19.27"')
  expect(said[1]).toMatchObject({ text: expect.stringMatching(/^a/) as string })
  expect(said[1]?.says).toContain('x="27.27"')
})

test('text is data', async () => {
  const svg = screenSvg(await showing('</text><a&b>'), 'light')
  expect(svg).toContain('&lt;/text&gt;&lt;a&amp;b&gt;')
})

test('the picture has the size of the screen, twice as fine', async () => {
  const png = screenPng(await showing('╭──╮\r\n╰──╯'), 'dark')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  expect([width, height]).toEqual([2 * 209, 2 * 70])
})

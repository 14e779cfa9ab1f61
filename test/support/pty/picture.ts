/** A picture of a terminal's screen, from its cells: as SVG, and as PNG. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import type { IBufferCell, Terminal } from '@xterm/headless'
import { PALETTES, paletteColour } from './palettes.js'
import type { Palette, PaletteName } from './palettes.js'

const FONT = 'DejaVu Sans Mono'
const FONT_SIZE = 16
/** Of the font: 1233 of 2048 units. */
const CELL_WIDTH = (FONT_SIZE * 1233) / 2048
/** A little less than the font's own, so that the strokes of frames overlap from row to row. */
const CELL_HEIGHT = 18
/** From the top of a cell to the line that letters stand on. */
const BASELINE = 14.5
const MARGIN = 8

/** Neighbouring cells of one row that look the same. */
interface Run {
  readonly x: number
  readonly cells: number
  readonly text: string
  readonly look: CellLook
}

interface CellLook {
  readonly front: string
  readonly back: string
  readonly isBold: boolean
  readonly isDim: boolean
  readonly isUnderlined: boolean
}

/** PNG of twice the size in pixels, so that text is crisp on any display. */
export function screenPng(terminal: Terminal, palette: PaletteName): Buffer {
  const svg = screenSvg(terminal, palette)
  const fonts = join(
    dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')),
    'ttf',
  )
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      fontFiles: ['DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'].map((file) => join(fonts, file)),
      // For characters that the font does not have.
      loadSystemFonts: true,
      defaultFontFamily: FONT,
      monospaceFamily: FONT,
    },
  })
  return picture.render().asPng()
}

/** The screen that is shown now, without its cursor. */
export function screenSvg(terminal: Terminal, name: PaletteName): string {
  const palette = PALETTES[name]
  const width = Math.ceil(terminal.cols * CELL_WIDTH + 2 * MARGIN)
  const height = terminal.rows * CELL_HEIGHT + 2 * MARGIN
  const rows = Array.from({ length: terminal.rows }, (_, y) =>
    runsOf(terminal, y, palette)
      .map((run) => runSvg(run, y, palette))
      .join(''),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}, monospace" font-size="${FONT_SIZE}">`,
    `<rect width="${width}" height="${height}" fill="${palette.back}"/>`,
    ...rows,
    '</svg>',
  ].join('\n')
}

function runsOf(terminal: Terminal, y: number, palette: Palette): readonly Run[] {
  const { active } = terminal.buffer
  const line = active.getLine(active.baseY + y)
  const runs: Run[] = []
  for (let x = 0; x < terminal.cols; x += 1) {
    const cell = line?.getCell(x)
    // The second half of a wide character has no width.
    if (cell === undefined || cell.getWidth() === 0) continue
    const look = lookOf(cell, palette)
    const text = cell.getChars() === '' ? ' ' : cell.getChars()
    const last = runs.at(-1)
    // Only plain characters share a text: others may come from a font of another width.
    const joins = last !== undefined && sameLook(last.look, look) && isPlain(text + last.text)
    if (joins) runs[runs.length - 1] = { ...last, cells: last.cells + 1, text: last.text + text }
    else runs.push({ x, cells: cell.getWidth(), text, look })
  }
  return runs
}

/** Characters that the font has, in its one width. */
function isPlain(text: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u024f\u2010-\u2026\u2190-\u2193\u2500-\u257f]*$/.test(text)
}

function lookOf(cell: IBufferCell, palette: Palette): CellLook {
  const isInverse = cell.isInverse() !== 0
  const front = colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), palette)
  const back = colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), palette)
  const given = { front: front ?? palette.front, back: back ?? palette.back }
  return {
    front: isInverse ? given.back : given.front,
    back: isInverse ? given.front : given.back,
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
  }
}

function colour(
  isDefault: boolean,
  isTrue: boolean,
  value: number,
  palette: Palette,
): string | null {
  if (isDefault) return null
  return isTrue ? `#${value.toString(16).padStart(6, '0')}` : paletteColour(palette, value)
}

function sameLook(one: CellLook, other: CellLook): boolean {
  return (
    one.front === other.front &&
    one.back === other.back &&
    one.isBold === other.isBold &&
    one.isDim === other.isDim &&
    one.isUnderlined === other.isUnderlined
  )
}

function runSvg({ x, cells, text, look }: Run, y: number, palette: Palette): string {
  const left = rounded(MARGIN + x * CELL_WIDTH)
  const top = rounded(MARGIN + y * CELL_HEIGHT)
  const width = rounded(cells * CELL_WIDTH)
  const back =
    look.back === palette.back
      ? ''
      : `<rect x="${left}" y="${top}" width="${width}" height="${CELL_HEIGHT}" fill="${look.back}"/>`
  if (text.trim() === '' && !look.isUnderlined) return back
  const attributes = [
    `x="${left}" y="${rounded(top + BASELINE)}" textLength="${width}" fill="${look.front}"`,
    'lengthAdjust="spacingAndGlyphs" xml:space="preserve"',
    ...(look.isBold ? ['font-weight="bold"'] : []),
    ...(look.isDim ? ['opacity="0.6"'] : []),
    ...(look.isUnderlined ? ['text-decoration="underline"'] : []),
  ]
  return `${back}<text ${attributes.join(' ')}>${escaped(text)}</text>`
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

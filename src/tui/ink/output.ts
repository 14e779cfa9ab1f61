/**
 * Where Ink puts the texts of a frame together, for texts that have their width already: the bundle
 * takes it in place of Ink's own, which cuts every cell of every frame out of its escape sequences and
 * sets it together again. A row that one text fills is that text; only where another lies over it is it cut.
 */
import { widthOf } from '../../present/text-width.js'
import { columnsOf } from '../draw/columns.js'

type Transformer = (line: string, index: number) => string

interface Segment {
  readonly x: number
  readonly line: string
}

export default class Output {
  private readonly rows: Segment[][]

  constructor({ height }: { readonly width: number; readonly height: number }) {
    this.rows = Array.from({ length: height }, () => [])
  }

  /** Puts a text at a column and a row; later ones lie over earlier ones. */
  write(
    x: number,
    y: number,
    text: string,
    { transformers }: { readonly transformers: readonly Transformer[] },
  ): void {
    if (text === '') return
    text.split('\n').forEach((line, index) => {
      const shown = transformers.reduce((made, transform) => transform(made, index), line)
      this.rows[y + index]?.push({ x, line: shown })
    })
  }

  /** @throws Error nothing on the screens is clipped: every text fits */
  clip(): void {
    throw new Error('A text of the screens was to be clipped.')
  }

  unclip(): void {
    this.clip()
  }

  get(): { readonly output: string; readonly height: number } {
    return { output: this.rows.map(rowText).join('\n'), height: this.rows.length }
  }
}

function rowText(segments: readonly Segment[]): string {
  return segments.reduce(laidOver, '').trimEnd()
}

function laidOver(under: string, { x, line }: Segment): string {
  if (x === 0 && under === '') return line
  const width = widthOf(under)
  const before = x <= width ? columnsOf(under, 0, x) : under + ' '.repeat(x - width)
  return before + line + columnsOf(under, x + widthOf(line))
}

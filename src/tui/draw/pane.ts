/** A pane: a frame with a title around lines, of exactly the size that it is given. */
import { cleanLine } from '../../present/clean.js'
import { widthOf } from '../../present/text-width.js'
import { fitLine, type Part, piece } from './line.js'
import type { UiTheme } from './theme.js'

export interface PaneSize {
  /** Columns and rows with the frame. */
  readonly width: number
  readonly height: number
}

export interface PaneText extends PaneSize {
  readonly title: readonly Part[]
  /** Shown at the end of the lower edge; empty for nothing. */
  readonly foot: string
  /** Lines of `innerWidth` columns; those that do not fit are left out, missing ones are empty. */
  readonly lines: readonly string[]
  /** Whether keys go to it. */
  readonly isActive: boolean
}

/** The columns that a pane's lines have. */
export function innerWidth({ width }: Pick<PaneSize, 'width'>): number {
  return Math.max(0, width - 2)
}

/** The rows that a pane's lines have. */
function innerHeight({ height }: Pick<PaneSize, 'height'>): number {
  return Math.max(0, height - 2)
}

/** The pane as lines of `width` columns. */
export function paneLines(pane: PaneText, theme: UiTheme): readonly string[] {
  const { width, height, lines, isActive } = pane
  const inner = innerWidth(pane)
  const { borders } = theme
  const edge = isActive ? theme.name : theme.faint
  const side = edge(borders.down)
  const body = Array.from(
    { length: innerHeight(pane) },
    (_, index) => `${side}${lines[index] ?? ' '.repeat(inner)}${side}`,
  )
  if (height < 2 || width < 4) return body
  return [topEdge(pane, theme), ...body, bottomEdge(pane, theme)]
}

function topEdge({ title, width, isActive }: PaneText, theme: UiTheme): string {
  const { borders } = theme
  const edge = isActive ? theme.name : theme.faint
  const room = width - 5
  // Measured as it is drawn: what steers a terminal is taken out of it.
  const text = title.map((part) =>
    typeof part === 'string' ? piece(cleanLine(part)) : piece(cleanLine(part.text), part.style),
  )
  const wide = Math.min(
    room,
    text.reduce((sum, part) => sum + widthOf(part.text), 0),
  )
  if (wide === 0) return edge(borders.topLeft + borders.across.repeat(width - 2) + borders.topRight)
  const shown = fitLine(
    text.map((part) => (isActive && part.style === null ? piece(part.text, theme.strong) : part)),
    wide,
  )
  return `${edge(`${borders.topLeft} `)}${shown}${edge(` ${borders.across.repeat(room - wide + 1)}${borders.topRight}`)}`
}

function bottomEdge({ foot, width, isActive }: PaneText, theme: UiTheme): string {
  const { borders } = theme
  const edge = isActive ? theme.name : theme.faint
  const wide = Math.min(widthOf(cleanLine(foot)), width - 5)
  if (wide <= 0) {
    return edge(borders.bottomLeft + borders.across.repeat(width - 2) + borders.bottomRight)
  }
  const line = borders.across.repeat(width - 4 - wide)
  return `${edge(`${borders.bottomLeft}${line} `)}${fitLine([piece(foot, theme.faint)], wide)}${edge(` ${borders.bottomRight}`)}`
}

/** Panes of the same height beside each other. */
export function besideEachOther(panes: readonly (readonly string[])[]): readonly string[] {
  const height = Math.max(0, ...panes.map((pane) => pane.length))
  return Array.from({ length: height }, (_, index) =>
    panes.map((pane) => pane[index] ?? '').join(''),
  )
}

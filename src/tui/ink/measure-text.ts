/**
 * The size of a text whose lines all have the same width, in place of Ink's own measure, which remembers
 * every text that it ever saw.
 */
import { widthOf } from '../../present/text-width.js'

/** Columns of the first line, and the number of lines. */
export default function measureText(text: string): {
  readonly width: number
  readonly height: number
} {
  if (text === '') return { width: 0, height: 0 }
  return { width: widestLine(text), height: text.split('\n').length }
}

/** The columns of the first line: the others are as wide. */
export function widestLine(text: string): number {
  const end = text.indexOf('\n')
  return widthOf(end === -1 ? text : text.slice(0, end))
}

/** Keeps what follows a cluster of characters in its column where terminals disagree how wide the cluster is. */
import { graphemesOf, widthOf } from '../../present/text-width.js'

/**
 * In a cluster whose width xterm, tmux and others do not agree on: Indic, Burmese and Khmer syllables,
 * variation selectors, joined emoji, keycaps, flags and skin tones.
 */
const DISPUTED =
  /[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufe0e\ufe0f\u200d\u20e3\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u

const STYLING = /(\u001b\[[\d;:]*m)/

/** The line, with the cursor put where the line was laid out to have it after each such cluster. It starts in column 1. */
export function pinnedLine(line: string): string {
  if (!DISPUTED.test(line)) return line
  let pinned = ''
  let column = 1
  for (const part of line.split(STYLING)) {
    if (part.startsWith('\u001b')) {
      pinned += part
      continue
    }
    for (const cluster of graphemesOf(part)) {
      const width = widthOf(cluster)
      pinned += DISPUTED.test(cluster) ? pinnedCluster(cluster, column, width) : cluster
      column += width
    }
  }
  return pinned
}

/** Blank first: a terminal that draws the cluster narrower would leave what stood there before. */
function pinnedCluster(cluster: string, column: number, width: number): string {
  return `${' '.repeat(width)}\u001b[${column}G${cluster}\u001b[${column + width}G`
}

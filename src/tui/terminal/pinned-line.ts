/** Keeps what follows a cluster of characters in its column where terminals disagree how wide the cluster is. */
import stringWidth from 'string-width'

/**
 * In a cluster whose width Ink, xterm and tmux do not agree on: Indic, Burmese and Khmer syllables,
 * variation selectors, joined emoji, keycaps, flags and skin tones.
 */
const DISPUTED =
  /[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufe0e\ufe0f\u200d\u20e3\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/u

const STYLING = /(\u001b\[[\d;:]*m)/

let segmenter: Intl.Segmenter | null = null

/** The line, with the cursor put where Ink counted it to be after each such cluster. It starts in column 1. */
export function pinnedLine(line: string): string {
  if (!DISPUTED.test(line)) return line
  let pinned = ''
  let column = 1
  for (const part of line.split(STYLING)) {
    if (part.startsWith('\u001b')) {
      pinned += part
      continue
    }
    for (const cluster of clustersOf(part)) {
      const width = stringWidth(cluster)
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

function clustersOf(text: string): readonly string[] {
  // Made only where it is needed: the first one takes Node 8 ms.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** The graph of revisions as lanes: one row a revision, newest first, lines from children to parents. */

/** What lanes need to know of a revision. Names that are not among those shown get no line. */
export interface LaneNode {
  readonly id: string
  readonly parents: readonly string[]
  /** Drawn as broken lines. */
  readonly dependencies: readonly string[]
}

/** What stands in one column of a row, named by the sides that its lines leave to. */
export type LaneCell =
  | 'empty'
  | 'commit'
  | 'vertical'
  /** A line to a dependency. */
  | 'broken'
  | 'horizontal'
  | 'crossing'
  | 'upLeft'
  | 'upRight'
  | 'downLeft'
  | 'downRight'
  | 'verticalLeft'
  | 'verticalRight'
  | 'upHorizontal'
  | 'downHorizontal'

export interface LaneRow {
  readonly id: string
  /** The column of the revision itself. */
  readonly lane: number
  readonly cells: readonly LaneCell[]
  /** The columns that the row's horizontal line runs between; both are `lane` where it has none. */
  readonly from: number
  readonly to: number
}

/** The lines on their way down, by column; null where a column is free. One row changes them in place. */
interface Lines {
  /** The revision that each leads to. */
  readonly to: (string | null)[]
  readonly isBroken: boolean[]
  /** The column of the row above whose revision no line leaves; null where one does. */
  ended: number | null
}

/** The columns that a row's horizontal line covers. */
interface Reach {
  from: number
  to: number
}

/** The rows of revisions that are given newest first, each before all that it needs. */
export function laneRows(nodes: readonly LaneNode[]): readonly LaneRow[] {
  const shown = new Set(nodes.map(({ id }) => id))
  const lines: Lines = { to: [], isBroken: [], ended: null }
  return nodes.map((node) => aloneRow(lines, node, shown) ?? rowOf(lines, node, shown))
}

const ALONE: readonly LaneCell[] = ['commit']

/** A revision on the only line there is, with one parent at the most: nearly all of a long history. */
function aloneRow(
  lines: Lines,
  { id, parents, dependencies }: LaneNode,
  shown: ReadonlySet<string>,
): LaneRow | null {
  if (lines.to.length !== 1 || lines.to[0] !== id || lines.isBroken[0] === true) return null
  if (parents.length > 1 || dependencies.length > 0) return null
  const [parent] = parents
  const isLast = parent === undefined || !shown.has(parent)
  if (isLast) lines.to.pop()
  else lines.to[0] = parent
  lines.ended = isLast ? 0 : null
  return { id, lane: 0, cells: ALONE, from: 0, to: 0 }
}

function rowOf(lines: Lines, node: LaneNode, shown: ReadonlySet<string>): LaneRow {
  const lane = laneFor(lines, node.id)
  const reach: Reach = { from: lane, to: lane }
  const above = sidesAbove(lines)
  arrive(lines, node.id, reach)
  leave(lines, { node, shown, lane, above }, reach)
  const cells = cellsOf(lines, { lane, above }, reach)
  lines.ended = (lines.to[lane] ?? null) === null ? lane : null
  while (lines.to.length > 0 && lines.to.at(-1) === null) lines.to.pop()
  return { id: node.id, lane, cells, from: reach.from, to: reach.to }
}

/**
 * The first column where a line to the revision arrives, a whole one first; else the first free one
 * that is not below a revision without a line: the two would look like child and parent.
 */
function laneFor({ to, isBroken, ended }: Lines, id: string): number {
  let broken = -1
  let free = ended === to.length ? ended + 1 : to.length
  for (let column = to.length - 1; column >= 0; column -= 1) {
    if (to[column] === null && column !== ended) free = column
    if (to[column] === id && isBroken[column] === true) broken = column
  }
  const whole = to.findIndex((target, column) => target === id && isBroken[column] !== true)
  if (whole !== -1) return whole
  return broken === -1 ? free : broken
}

const UP = 1
const DOWN = 2
const LEFT = 4
const RIGHT = 8
const BROKEN = 16

/** For each column whether a line comes from above, and whether it is a broken one. */
function sidesAbove({ to, isBroken }: Lines): readonly number[] {
  return to.map((target, column) =>
    target === null ? 0 : isBroken[column] === true ? UP + BROKEN : UP,
  )
}

/** Ends the lines that lead to the revision. */
function arrive({ to }: Lines, id: string, reach: Reach): void {
  for (let column = 0; column < to.length; column += 1) {
    if (to[column] !== id) continue
    to[column] = null
    extend(reach, column)
  }
}

interface Leaving {
  readonly node: LaneNode
  readonly shown: ReadonlySet<string>
  readonly lane: number
  readonly above: readonly number[]
}

/** Begins the lines that lead on from the revision: the first below it, the others beside it. */
function leave(lines: Lines, { node, shown, lane, above }: Leaving, reach: Reach): void {
  let isFirst = true
  for (const parent of node.parents) {
    if (!shown.has(parent)) continue
    const column = isFirst ? lane : columnFor(lines, parent, { lane, above })
    isFirst = false
    draw(lines, column, { to: parent, isBroken: false })
    extend(reach, column)
  }
  for (const needed of node.dependencies) {
    if (!shown.has(needed) || node.parents.includes(needed)) continue
    const column = columnFor(lines, needed, { lane, above })
    if (lines.to[column] !== needed) draw(lines, column, { to: needed, isBroken: true })
    extend(reach, column)
  }
}

/** The column of a line that leads there already, else one that nothing touches in this row. */
function columnFor(
  { to }: Lines,
  target: string,
  { lane, above }: { readonly lane: number; readonly above: readonly number[] },
): number {
  const there = to.findIndex((other, column) => other === target && column !== lane)
  if (there !== -1) return there
  let column = 0
  while (column === lane || (to[column] ?? null) !== null || (above[column] ?? 0) !== 0) column += 1
  return column
}

function draw(
  lines: Lines,
  column: number,
  line: { readonly to: string; readonly isBroken: boolean },
): void {
  while (lines.to.length <= column) lines.to.push(null)
  lines.to[column] = line.to
  lines.isBroken[column] = line.isBroken
}

function extend(reach: Reach, column: number): void {
  reach.from = Math.min(reach.from, column)
  reach.to = Math.max(reach.to, column)
}

/** Cells by the sum of the sides that lines leave to; a line that only begins or ends is none. */
const CELLS: readonly LaneCell[] = [
  'empty',
  'vertical',
  'vertical',
  'vertical',
  'horizontal',
  'upLeft',
  'downLeft',
  'verticalLeft',
  'horizontal',
  'upRight',
  'downRight',
  'verticalRight',
  'horizontal',
  'upHorizontal',
  'downHorizontal',
  'crossing',
]

function cellsOf(
  { to }: Lines,
  { lane, above }: { readonly lane: number; readonly above: readonly number[] },
  reach: Reach,
): readonly LaneCell[] {
  const cells: LaneCell[] = []
  const width = Math.max(above.length, to.length, lane + 1)
  for (let column = 0; column < width; column += 1) {
    const sides =
      (above[column] ?? 0) +
      ((to[column] ?? null) === null ? 0 : DOWN) +
      (column > reach.from && column <= reach.to ? LEFT : 0) +
      (column >= reach.from && column < reach.to ? RIGHT : 0)
    cells.push(cellAt(sides, column === lane))
  }
  while (cells.at(-1) === 'empty') cells.pop()
  return cells
}

function cellAt(sides: number, isCommit: boolean): LaneCell {
  if (isCommit) return 'commit'
  return sides === UP + DOWN + BROKEN ? 'broken' : (CELLS[sides % BROKEN] ?? 'empty')
}

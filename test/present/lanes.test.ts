import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LaneGlyphs } from '../../src/present/lane-text.js'
import { ASCII_LANES, laneText, UNICODE_LANES } from '../../src/present/lane-text.js'
import type { LaneCell, LaneNode } from '../../src/present/lanes.js'
import { laneRows } from '../../src/present/lanes.js'
import { situations } from '../support/graphs.js'
import { costRatio, TEN_TIMES } from '../support/cpu-time.js'

type Written = readonly [id: string, parents: readonly string[], dependencies?: readonly string[]]

const nodesOf = (written: readonly Written[]): readonly LaneNode[] =>
  written.map(([id, parents, dependencies = []]) => ({ id, parents, dependencies }))

const drawn = (written: readonly Written[], glyphs: LaneGlyphs = UNICODE_LANES): string =>
  laneRows(nodesOf(written))
    .map((row) => `${laneText(row, glyphs)} ${row.id}`)
    .join('\n')

describe('the lines of a history', () => {
  test('a linear one is a single lane', () => {
    expect(
      drawn([
        ['c', ['b']],
        ['b', ['a']],
        ['a', []],
      ]),
    ).toBe('● c\n● b\n● a')
  })

  test('a fork and a merge', () => {
    const diamond: readonly Written[] = [
      ['m', ['b', 'c']],
      ['c', ['a']],
      ['b', ['a']],
      ['a', []],
    ]
    expect(drawn(diamond)).toBe(['●─╮ m', '│ ● c', '● │ b', '●─╯ a'].join('\n'))
    expect(drawn(diamond, ASCII_LANES)).toBe(['*-. m', '| * c', '* | b', "*-' a"].join('\n'))
  })

  test('two heads, and a branch with a base of its own', () => {
    expect(
      drawn([
        ['d', ['b']],
        ['x', []],
        ['c', ['b']],
        ['b', ['a']],
        ['a', []],
      ]),
    ).toBe(['● d', '│ ● x', '│   ● c', '●───╯ b', '● a'].join('\n'))
  })

  test('a base is not right above what is not its parent', () => {
    expect(
      drawn([
        ['y', []],
        ['x', []],
        ['b', ['a']],
        ['a', []],
      ]),
    ).toBe(['● y', '  ● x', '● b', '● a'].join('\n'))
  })

  test('a line that crosses others, and one that joins another', () => {
    expect(
      drawn([
        ['f', ['e']],
        ['x', ['w']],
        ['e', ['b', 'c']],
        ['c', ['a'], ['w']],
        ['b', ['a']],
        ['w', []],
        ['a', []],
      ]),
    ).toBe(['● f', '│ ● x', '●─┼─╮ e', '│ ├─● c', '● │ │ b', '│ ● │ w', '●───╯ a'].join('\n'))
  })

  test('a dependency is a broken line', () => {
    expect(
      drawn([
        ['app2', ['app1'], ['lib']],
        ['app1', []],
        ['lib', []],
      ]),
    ).toBe(['●─╮ app2', '● ┊ app1', '  ● lib'].join('\n'))
  })

  test('what is not shown gets no line', () => {
    expect(
      drawn([
        ['c', ['b']],
        ['a', ['gone'], ['other']],
      ]),
    ).toBe('● c\n  ● a')
  })

  test('the sign of a revision can be chosen', () => {
    const [row] = laneRows(nodesOf([['a', []]]))
    expect(row && laneText(row, ASCII_LANES, 'o')).toBe('o')
  })
})

describe('on random histories', () => {
  const UP: readonly LaneCell[] = [
    'vertical',
    'broken',
    'crossing',
    'upLeft',
    'upRight',
    'verticalLeft',
    'verticalRight',
    'upHorizontal',
  ]
  const DOWN: readonly LaneCell[] = [
    'vertical',
    'broken',
    'crossing',
    'downLeft',
    'downRight',
    'verticalLeft',
    'verticalRight',
    'downHorizontal',
  ]
  const LEFT: readonly LaneCell[] = [
    'horizontal',
    'crossing',
    'upLeft',
    'downLeft',
    'verticalLeft',
    'upHorizontal',
    'downHorizontal',
  ]
  const RIGHT: readonly LaneCell[] = [
    'horizontal',
    'crossing',
    'upRight',
    'downRight',
    'verticalRight',
    'upHorizontal',
    'downHorizontal',
  ]

  test('every line that leaves a cell arrives at the next one', () => {
    fc.assert(
      fc.property(situations(25), ({ graph }) => {
        const nodes = [...graph.nodes.values()].map(({ revision, parents, dependencies }) => ({
          id: revision.id,
          parents,
          dependencies,
        }))
        const newestFirst = graph.order
          .toReversed()
          .flatMap(({ id }) => nodes.filter((node) => node.id === id))
        const rows = laneRows(newestFirst)
        expect(rows.map(({ id }) => id)).toEqual(newestFirst.map(({ id }) => id))
        for (const [index, { cells, lane, from, to }] of rows.entries()) {
          expect(cells.filter((cell) => cell === 'commit')).toHaveLength(1)
          expect(cells[lane]).toBe('commit')
          const below = rows[index + 1]?.cells ?? []
          for (let column = 0; column < Math.max(cells.length, below.length); column += 1) {
            const cell = cells[column] ?? 'empty'
            const next = below[column] ?? 'empty'
            if (cell === 'commit' && next === 'commit') {
              expect(linked(newestFirst, rows[index]?.id)).toContain(rows[index + 1]?.id)
            }
            if (cell !== 'commit' && next !== 'commit') {
              expect(DOWN.includes(cell)).toBe(UP.includes(next))
            }
            if (cell !== 'commit') {
              expect(LEFT.includes(cell)).toBe(column > from && column <= to)
              expect(RIGHT.includes(cell)).toBe(column >= from && column < to)
            }
          }
        }
      }),
      { numRuns: 400 },
    )
  })
})

/** What a line may lead to from a revision. */
function linked(nodes: readonly LaneNode[], id: string | undefined): readonly string[] {
  const node = nodes.find((one) => one.id === id)
  return [...(node?.parents ?? []), ...(node?.dependencies ?? [])]
}

test('the time to lay revisions out grows with their number, and no faster', async () => {
  const small = manyNodes(1000)
  const large = manyNodes(10_000)
  const ratio = await costRatio(
    () => laneRows(small),
    () => laneRows(large),
  )
  expect(ratio).toBeLessThan(TEN_TIMES)
})

function manyNodes(count: number): readonly LaneNode[] {
  const written = Array.from({ length: count }, (_, index): Written => {
    const parents =
      index === 0 ? [] : [`r${index - 1 - (index % 7 === 0 ? Math.min(index - 1, 5) : 0)}`]
    const others = index > 20 && index % 11 === 0 ? [`r${index - 9}`] : []
    return [
      `r${index}`,
      [...parents, ...others],
      index % 50 === 0 && index > 3 ? [`r${index - 3}`] : [],
    ]
  })
  return nodesOf(written.toReversed())
}

/** Targets that mean the same after a step as before it. */
import { describe, expect, test } from 'vitest'
import { downgradePath } from '../../src/revisions/downgrade-path.js'
import { fixedDowngrade, fixedUpgrade, targetBelow } from '../../src/revisions/fixed-target.js'
import { graphOf, idsOf } from '../support/graphs.js'

const LINE = graphOf({ a: [], b: ['a'], c: ['b'], d: ['c'] })
const FORK = graphOf({
  a: [],
  left: ['a'],
  right: { parents: ['a'], branchLabels: ['shop'] },
  more: ['right'],
})

function fixed(graph: typeof LINE, applied: readonly string[], target: string): string {
  const set = new Set(applied)
  return fixedDowngrade(graph, set, { target, undone: downgradePath(graph, set, target) })
}

describe('the target of a downgrade', () => {
  test.each([
    [['a', 'b', 'c', 'd'], '-1', 'c'],
    [['a', 'b', 'c', 'd'], '-3', 'a'],
    [['a', 'b'], '-2', 'base'],
    [['a', 'b', 'c'], 'current-2', 'a'],
    [['a', 'b', 'c', 'd'], 'head-2', 'b'],
    [['a', 'b', 'c', 'd'], 'c@-1', 'c'],
    [['a', 'b'], 'a', 'a'],
    [['a', 'b'], 'base', 'base'],
  ] as const)('of %j by %s is %s', (applied, target, expected) => {
    expect(fixed(LINE, applied, target)).toBe(expected)
  })

  test('names its branch where another begins at the same place', () => {
    const applied = ['a', 'left', 'right', 'more']
    expect(fixed(FORK, applied, 'left@-1')).toBe('left@a')
    expect(fixed(FORK, applied, 'more@-2')).toBe('right@a')
    expect(fixed(FORK, applied, 'shop@more-1')).toBe('shop@right')
  })

  test('undoes the same steps, and after them nothing', () => {
    for (const target of ['left@-1', 'more@-1', 'more@-2']) {
      const applied = new Set(['a', 'left', 'right', 'more'])
      const word = fixed(FORK, [...applied], target)
      const path = idsOf(downgradePath(FORK, applied, target))
      expect(idsOf(downgradePath(FORK, applied, word))).toEqual(path)
      for (const [index, id] of path.entries()) {
        applied.delete(id)
        expect(idsOf(downgradePath(FORK, applied, word))).toEqual(path.slice(index + 1))
      }
    }
  })

  test('below a merge is the parent that only the merge follows', () => {
    const graph = graphOf({
      a: [],
      b: ['a'],
      c: ['a'],
      '2_all-of-it': { parents: ['b', 'c'], plain: true },
      e: ['2_all-of-it'],
    })
    const applied = new Set(['a', 'b', 'c', '2_all-of-it', 'e'])
    expect(fixed(graph, [...applied], '-1')).toBe('"2_all-of-it"')
    expect(targetBelow(graph, applied, { id: '2_all-of-it', parents: ['b', 'c'] })).toBe('b')
  })
})

test.each([
  [['a'], '+2', 'c'],
  [[], '+1', 'a'],
  [['a'], 'current+1', 'b'],
  [['a'], 'd-1', 'c'],
  [['a'], 'head', 'head'],
  [['a'], 'heads', 'heads'],
  [['a'], 'c', 'c'],
] as const)('an upgrade of %j by %s goes to %s', (applied, target, expected) => {
  expect(fixedUpgrade(LINE, new Set(applied), target)).toBe(expected)
})

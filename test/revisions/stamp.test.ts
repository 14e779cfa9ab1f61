import { describe, expect, test } from 'vitest'
import { stampTargets } from '../../src/revisions/stamp.js'
import { withAncestors } from '../../src/revisions/walk.js'
import { graphOf, idsOf } from '../support/graphs.js'
import { refusal } from '../support/refusal.js'

describe('stamp', () => {
  const graph = graphOf({
    a: [],
    b: ['a'],
    c1: { parents: ['b'], branchLabels: ['one'] },
    d1: ['c1'],
    c2: { parents: ['b'], branchLabels: ['two'] },
    d2: ['c2'],
    e: ['d1', 'd2'],
    f: ['e'],
  })
  const to = (current: readonly string[], ...targets: readonly string[]): readonly string[] =>
    stampTargets(graph, withAncestors(graph, current), { targets, purge: false }).to

  test.each([
    ['from nothing', [], ['heads'], ['f']],
    ['down across a fork', ['d1', 'c2'], ['b'], ['b']],
    ['down across a merge to one side', ['e'], ['c2'], ['c2']],
    ['up across a merge from one side', ['c2'], ['e'], ['e']],
    ['up across a merge from both sides', ['d1', 'c2'], ['two@head'], ['f']],
    ['one branch, the other stays', ['d1', 'c2'], ['d2'], ['d1', 'd2']],
    ['base', ['d1', 'c2'], ['base'], []],
    ['the base of a branch', ['d1', 'c2'], ['one@base'], ['c2']],
    ['what is current already', ['d1', 'c2'], ['d1', 'c2'], ['d1', 'c2']],
    ['several', [], ['d1', 'd2'], ['d1', 'd2']],
    ['steps from where it stands', ['d1'], ['current-1'], ['c1']],
  ])('%s', (_, current, targets, heads) => {
    expect(to(current, ...targets)).toEqual(heads)
  })

  test('a dependency counts as a line', () => {
    const linked = graphOf({
      a1: { branchLabels: ['lib'] },
      b1: ['a1'],
      c1: ['b1'],
      a2: [],
      c2: { parents: ['a2'], dependsOn: ['c1'] },
    })
    const applied = withAncestors(linked, ['c2'])
    const plan = stampTargets(linked, applied, { targets: ['b1'], purge: false })
    expect(plan).toEqual({ from: ['c2'], to: ['b1'], add: [], remove: ['c2', 'a2', 'c1'] })
  })

  test('steps without a revision say nothing about where the database is', () => {
    expect(refusal(() => to([], '+1')).code).toBe('REV_WRONG_DIRECTION')
  })

  test('what is out of order on another branch is left as it is', () => {
    const forest = graphOf({ a: [], b: ['a'], x: [] })
    const plan = stampTargets(forest, new Set(['b']), { targets: ['x'], purge: false })
    expect(plan).toMatchObject({ to: ['b', 'x'], remove: [] })
    expect(idsOf(plan.add)).toEqual(['x'])
  })
})

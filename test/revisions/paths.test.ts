import { describe, expect, test } from 'vitest'
import { currentHeads, missingFiles, outOfOrder } from '../../src/revisions/current.js'
import { downgradePath } from '../../src/revisions/downgrade-path.js'
import { buildGraph } from '../../src/revisions/graph.js'
import { stampTargets } from '../../src/revisions/stamp.js'
import { upgradePath } from '../../src/revisions/upgrade-path.js'
import { heads } from '../../src/revisions/walk.js'
import { chainOf, graphOf, idsOf } from '../support/graphs.js'
import { refusal } from '../support/refusal.js'
import { leastCpuTime } from '../support/cpu-time.js'

const NONE: ReadonlySet<string> = new Set()

describe('upgrade', () => {
  test('applies what was left out before it', () => {
    const graph = graphOf({ a: [], b: ['a'], c: ['b'], d: ['c'] })
    const applied = new Set(['a', 'c'])
    expect(idsOf(outOfOrder(graph, applied))).toEqual(['b'])
    expect(currentHeads(graph, applied)).toEqual(['c'])
    expect(idsOf(upgradePath(graph, applied, 'head'))).toEqual(['b', 'd'])
    expect(idsOf(upgradePath(graph, applied, 'c'))).toEqual(['b'])
  })

  test.each([
    ['-1', 'REV_WRONG_DIRECTION'],
    ['+3', 'REV_TOO_FAR'],
    ['+1', 'REV_SEVERAL_HEADS'],
  ])('%s is refused', (target, code) => {
    const graph = graphOf({ a: [], b: ['a'], c: ['a'], d: ['b'], e: ['c'] })
    const applied = code === 'REV_TOO_FAR' ? new Set(['a', 'c', 'e']) : new Set(['a', 'b', 'c'])
    expect(refusal(() => upgradePath(graph, applied, target)).code).toBe(code)
  })

  test('+1 lists the current revisions it could count from', () => {
    const graph = graphOf({ a: [], b: [], c: ['a'], d: ['b'] })
    const error = refusal(() => upgradePath(graph, new Set(['a', 'b']), '+1'))
    expect(error.details.choices).toEqual(['a+1', 'b+1'])
  })

  test('a branch whose head is not current goes on from what is applied of it', () => {
    const graph = graphOf({
      a: [],
      b: ['a'],
      one: { parents: ['b'], branchLabels: ['first'] },
      two: { parents: ['b'], branchLabels: ['second'] },
    })
    expect(idsOf(upgradePath(graph, new Set(['a', 'b', 'one']), 'second@+1'))).toEqual(['two'])
    expect(idsOf(upgradePath(graph, NONE, 'second@+2'))).toEqual(['a', 'b'])
  })
})

describe('downgrade', () => {
  test('to what is not applied is refused, whatever lies above it', () => {
    const graph = graphOf({ a: [], b: ['a'], c: ['b'] })
    expect(refusal(() => downgradePath(graph, new Set(['a']), 'b')).code).toBe('REV_NOT_APPLIED')
    expect(refusal(() => downgradePath(graph, new Set(['a', 'c']), 'b')).code).toBe(
      'REV_NOT_APPLIED',
    )
  })

  test('to where the database stands does nothing', () => {
    const graph = graphOf({ a: [], b: ['a'] })
    expect(downgradePath(graph, new Set(['a']), 'a')).toEqual([])
    expect(downgradePath(graph, NONE, 'base')).toEqual([])
  })

  test('a label says which branch goes back, and shared revisions stay', () => {
    const graph = graphOf({
      a: [],
      one: { parents: ['a'], branchLabels: ['first'] },
      two: { parents: ['a'], branchLabels: ['second'] },
    })
    const applied = new Set(['a', 'one', 'two'])
    expect(idsOf(downgradePath(graph, applied, 'first@a'))).toEqual(['one'])
    expect(idsOf(downgradePath(graph, applied, 'second@-1'))).toEqual(['two'])
    // Their base is shared: undoing it undoes the other branch as well.
    expect(idsOf(downgradePath(graph, applied, 'first@base'))).toEqual(['two', 'one', 'a'])
  })

  test('steps count what is applied', () => {
    const graph = graphOf({ a: [], b: ['a'], c: ['b'] })
    expect(idsOf(downgradePath(graph, new Set(['a', 'c']), '-2'))).toEqual(['c', 'a'])
    expect(refusal(() => downgradePath(graph, new Set(['a', 'c']), '-3'))).toMatchObject({
      code: 'REV_TOO_FAR',
      details: { available: 2 },
    })
  })

  test('a branch that others depend on takes them along', () => {
    const graph = graphOf({
      lib: { branchLabels: ['lib1'] },
      app: { branchLabels: ['app1'] },
      use: { parents: ['app'], dependsOn: ['lib'] },
    })
    const applied = new Set(['lib', 'app', 'use'])
    expect(idsOf(downgradePath(graph, applied, 'lib1@-1'))).toEqual(['use', 'lib'])
    expect(idsOf(downgradePath(graph, applied, 'app1@base'))).toEqual(['use', 'app'])
  })

  test.each([
    ['+1', 'REV_WRONG_DIRECTION'],
    ['-4', 'REV_TOO_FAR'],
    ['-2', 'REV_AMBIGUOUS'],
  ])('%s is refused', (target, code) => {
    const graph =
      code === 'REV_AMBIGUOUS'
        ? graphOf({ a: [], b: [], m: ['a', 'b'] })
        : graphOf({ a: [], b: ['a'], m: ['b'] })
    const applied = new Set(idsOf(graph.order))
    expect(refusal(() => downgradePath(graph, applied, target)).code).toBe(code)
  })

  test('-1 in an empty database is refused', () => {
    expect(refusal(() => downgradePath(graphOf({ a: [] }), NONE, '-1')).code).toBe('REV_TOO_FAR')
  })
})

describe('an applied revision without a file', () => {
  const graph = graphOf({ a: [], b: ['a'] })
  const applied = new Set(['a', 'gone'])

  test('is current, and named before anything runs', () => {
    expect(currentHeads(graph, applied)).toEqual(['a', 'gone'])
    expect(missingFiles(graph, applied)).toEqual(['gone'])
    for (const act of [
      () => upgradePath(graph, applied, 'head'),
      () => downgradePath(graph, applied, 'base'),
      () => stampTargets(graph, applied, { targets: ['b'], purge: false }),
    ]) {
      const error = refusal(act)
      expect(error).toMatchObject({ code: 'REV_FILE_MISSING', exit: 3 })
      expect(error.message).toBe('Revision gone is applied but its file is missing.')
    }
  })

  test('is forgotten by a stamp that purges', () => {
    expect(stampTargets(graph, applied, { targets: ['b'], purge: true })).toMatchObject({
      to: ['b'],
      remove: ['gone'],
    })
  })
})

test('a path through 10,000 revisions takes milliseconds', async () => {
  const graph = buildGraph(chainOf(10_000))
  const all = new Set(graph.nodes.keys())
  const time = await leastCpuTime(3, () => {
    expect(upgradePath(graph, NONE, 'head')).toHaveLength(10_000)
    expect(downgradePath(graph, all, 'base')).toHaveLength(10_000)
    expect(heads(graph)).toHaveLength(1)
  })
  expect(time).toBeLessThan(200)
})

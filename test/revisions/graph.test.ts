import { describe, expect, test } from 'vitest'
import type { MigrateError } from '../../src/errors.js'
import { buildGraph } from '../../src/revisions/graph.js'
import { labelsByRevision } from '../../src/revisions/labels.js'
import {
  bases,
  branchPoints,
  heads,
  mergePoints,
  resolvedHeads,
  withAncestors,
  withDescendants,
} from '../../src/revisions/walk.js'
import { refusal } from '../support/refusal.js'
import { chainOf, graphOf, idsOf, revisionOf } from '../support/graphs.js'
import { leastCpuTime } from '../support/cpu-time.js'

describe('the shape of a history', () => {
  const diamond = graphOf({ a: [], b: ['a'], c: ['a'], m: ['b', 'c'], other: [] })

  test('its ends, forks and merges are found, oldest first', () => {
    expect(idsOf(heads(diamond))).toEqual(['m', 'other'])
    expect(idsOf(bases(diamond))).toEqual(['a', 'other'])
    expect(idsOf(branchPoints(diamond))).toEqual(['a'])
    expect(idsOf(mergePoints(diamond))).toEqual(['m'])
  })

  test('a head that another revision depends on is a head, but not where a full upgrade ends', () => {
    const graph = graphOf({
      lib: [],
      app: { parents: [], dependsOn: ['lib'] },
    })
    expect(idsOf(heads(graph))).toEqual(['lib', 'app'])
    expect(idsOf(resolvedHeads(graph))).toEqual(['app'])
  })

  test('a dependency may name a branch label', () => {
    const graph = graphOf({
      lib: { branchLabels: ['core'] },
      app: { dependsOn: ['core'] },
    })
    expect([...withAncestors(graph, ['app'])]).toEqual(['app', 'lib'])
    expect([...withDescendants(graph, ['lib'])]).toEqual(['lib', 'app'])
    expect([...withDescendants(graph, ['lib'], 'branches')]).toEqual(['lib'])
  })

  test('the order given is kept, except that what comes first must come first', () => {
    const graph = graphOf({
      c: ['a'],
      a: [],
      b: [],
      d: { parents: ['c'], dependsOn: ['z'] },
      z: [],
    })
    expect(idsOf(graph.order)).toEqual(['a', 'c', 'b', 'z', 'd'])
  })

  test('a parent named twice is one parent', () => {
    const graph = graphOf({ a: [], b: ['a', 'a'] })
    expect(graph.nodes.get('b')?.parents).toEqual(['a'])
    expect(idsOf(mergePoints(graph))).toEqual([])
  })
})

describe('branch labels', () => {
  test('reach all descendants, and ancestors up to the preceding fork', () => {
    const graph = graphOf({
      a: [],
      b: ['a'],
      other: ['b'],
      c: ['b'],
      d: { parents: ['c'], branchLabels: ['shop'] },
      e: ['d'],
      f: ['e'],
      g: ['e'],
    })
    expect([...labelsByRevision(graph).keys()].sort()).toEqual(['c', 'd', 'e', 'f', 'g'])
  })

  test('reach base where no fork is between', () => {
    const graph = graphOf({ a: [], b: { parents: ['a'], branchLabels: ['x', 'y'] }, c: ['b'] })
    expect(Object.fromEntries(labelsByRevision(graph))).toEqual({
      a: ['x', 'y'],
      b: ['x', 'y'],
      c: ['x', 'y'],
    })
  })

  test('do not go back past a merge or a revision that another branch depends on', () => {
    const graph = graphOf({
      a: [],
      b: [],
      m: ['a', 'b'],
      n: { parents: ['m'], branchLabels: ['x'] },
      p: [],
      q: { parents: ['p'], branchLabels: ['y'] },
      z: { dependsOn: ['p'] },
    })
    expect([...labelsByRevision(graph).keys()].sort()).toEqual(['n', 'q'])
  })
})

describe('what is wrong with a folder', () => {
  const refused = (...revisions: Parameters<typeof buildGraph>[0]): MigrateError =>
    refusal(() => buildGraph(revisions))

  test('two scripts with one id are both named', () => {
    const error = refused(revisionOf('a'), revisionOf('a', { path: '/project/migrations/copy.ts' }))
    expect(error).toMatchObject({ code: 'REV_DUPLICATE_ID', exit: 2 })
    expect(error.message).toBe('Two scripts have the revision id a: a.ts and copy.ts.')
  })

  test('a missing parent is named with the file, and a near one suggested', () => {
    const error = refused(
      revisionOf('3f9a1c2b7d4e'),
      revisionOf('b', { parents: ['3f9a1c2b7d4f'] }),
    )
    expect(error).toMatchObject({ code: 'REV_MISSING_PARENT', exit: 2 })
    expect(error.message).toBe(
      'Revision b in b.ts follows 3f9a1c2b7d4f, which is not in the folder.',
    )
    expect(error.fix).toContain('Did you mean 3f9a1c2b7d4e?')
  })

  test('a missing dependency is named', () => {
    const error = refused(revisionOf('b', { dependsOn: ['core'] }))
    expect(error).toMatchObject({ code: 'REV_MISSING_DEPENDENCY', exit: 2 })
    expect(error.message).toContain('b.ts depends on core')
  })

  test('a label is no parent', () => {
    const error = refused(
      revisionOf('a', { branchLabels: ['core'] }),
      revisionOf('b', { parents: ['core'] }),
    )
    expect(error.code).toBe('REV_MISSING_PARENT')
  })

  test('a cycle is told with all its members, and without those that only lead into it', () => {
    const error = refused(
      revisionOf('top', { parents: ['c'] }),
      revisionOf('a', { parents: ['c'] }),
      revisionOf('b', { parents: ['a'] }),
      revisionOf('c', { dependsOn: ['b'] }),
    )
    expect(error).toMatchObject({ code: 'REV_CYCLE', exit: 2 })
    expect(error.details.revisions).toEqual(['c', 'b', 'a'])
    expect(error.message).toContain('c → b → a → c, in c.ts, b.ts, a.ts')
  })

  test('a revision that follows itself is a cycle of one', () => {
    expect(refused(revisionOf('a', { parents: ['a'] })).message).toBe(
      'Revision a follows itself, in a.ts.',
    )
  })

  test.each([
    ['a label', { branchLabels: ['x'] }],
    ['an id', { id: 'x' }],
  ])('a label that is %s already is refused', (_, given) => {
    const error = refused(revisionOf('a', given), revisionOf('b', { branchLabels: ['x'] }))
    expect(error.code).toBe('REV_DUPLICATE_LABEL')
    expect(error.message).toContain('b.ts')
  })

  test.each([
    'a@b',
    'a-b',
    'a+b',
    'a:b',
    'a"b',
    "a'b",
    '',
    ' a',
    'a\nb',
    'head',
    'heads',
    'base',
    'current',
  ])('the id and the label %j cannot be typed and are refused', (name) => {
    expect(refused(revisionOf(name)).code).toBe('REV_BAD_NAME')
    expect(refused(revisionOf('a', { branchLabels: [name] })).code).toBe('REV_BAD_NAME')
  })

  test('a Knex migration may have any name', () => {
    const graph = buildGraph([revisionOf('2020-01-01@x:y', { plain: true })])
    expect(graph.nodes.has('2020-01-01@x:y')).toBe(true)
  })
})

describe('a long history', () => {
  const revisions = chainOf(10_000)
  const graph = buildGraph(revisions)

  test('does not overflow the stack, whatever order its files come in', () => {
    expect(idsOf(buildGraph(revisions.toReversed()).order)).toEqual(idsOf(revisions))
    expect(withAncestors(graph, ['r09999']).size).toBe(10_000)
    expect(withDescendants(graph, ['r00000']).size).toBe(10_000)
  })

  test('is built in milliseconds', async () => {
    expect(await leastCpuTime(5, () => buildGraph(revisions))).toBeLessThan(100)
  })

  test('one label on its base costs one list, not one each', () => {
    const labelled = [revisionOf('r00000', { branchLabels: ['main'] }), ...revisions.slice(1)]
    expect(new Set(labelsByRevision(buildGraph(labelled)).values()).size).toBe(1)
  })
})

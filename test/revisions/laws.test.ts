/** What holds of paths in every history, tried on random ones. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MigrateError } from '../../src/errors.js'
import { currentHeads } from '../../src/revisions/current.js'
import { downgradePath } from '../../src/revisions/downgrade-path.js'
import type { RevisionGraph } from '../../src/revisions/graph.js'
import { buildGraph, nodeAt } from '../../src/revisions/graph.js'
import { historyRange } from '../../src/revisions/history-range.js'
import { stampTargets } from '../../src/revisions/stamp.js'
import { upgradePath } from '../../src/revisions/upgrade-path.js'
import { resolvedHeads, withAncestors, withDescendants } from '../../src/revisions/walk.js'
import { idsOf, situations } from '../support/graphs.js'

const NONE: ReadonlySet<string> = new Set()

describe('laws, on random histories', () => {
  const runs = { numRuns: 400 }

  /** Whether each comes after all that it needs, where that is not there `before` them all. */
  const isTopological = (
    graph: RevisionGraph,
    ids: readonly string[],
    before: ReadonlySet<string> = NONE,
  ): boolean =>
    ids.every((id, index) => {
      const { parents, dependencies } = nodeAt(graph, id)
      const earlier = new Set(ids.slice(0, index))
      return [...parents, ...dependencies].every((need) => earlier.has(need) || before.has(need))
    })

  test('the order has every revision once, after all that it needs', () => {
    fc.assert(
      fc.property(situations(), fc.infiniteStream(fc.nat()), ({ revisions }, numbers) => {
        const shuffled = revisions
          .map((revision) => ({ revision, key: Number(numbers.next().value) }))
          .sort((one, other) => one.key - other.key)
          .map(({ revision }) => revision)
        const graph = buildGraph(shuffled)
        const ids = idsOf(graph.order)
        expect(ids.toSorted()).toEqual(idsOf(revisions).toSorted())
        expect(isTopological(graph, ids)).toBe(true)
        expect(idsOf(buildGraph(shuffled).order)).toEqual(ids)
      }),
      runs,
    )
  })

  test('an upgrade to a revision applies exactly what it needs, and its target is then applied', () => {
    fc.assert(
      fc.property(situations(), ({ revisions, graph, applied }) => {
        for (const { id } of revisions) {
          const path = idsOf(upgradePath(graph, applied, id))
          const after = new Set([...applied, ...path])
          expect(path.some((step) => applied.has(step))).toBe(false)
          expect([...withAncestors(graph, [id])].every((needed) => after.has(needed))).toBe(true)
          expect(isTopological(graph, path, applied)).toBe(true)
          expect(path.every((step) => withAncestors(graph, [id]).has(step))).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('an upgrade to the heads ends at the heads, and a second one does nothing', () => {
    fc.assert(
      fc.property(situations(), ({ graph, applied }) => {
        const after = new Set([...applied, ...idsOf(upgradePath(graph, applied, 'heads'))])
        expect(currentHeads(graph, after)).toEqual(idsOf(resolvedHeads(graph)))
        expect(upgradePath(graph, after, 'heads')).toEqual([])
      }),
      runs,
    )
  })

  test('a downgrade to base undoes an upgrade exactly, in reverse', () => {
    fc.assert(
      fc.property(situations(), ({ graph }) => {
        const up = idsOf(upgradePath(graph, NONE, 'heads'))
        expect(idsOf(downgradePath(graph, new Set(up), 'base'))).toEqual(up.toReversed())
      }),
      runs,
    )
  })

  test('a downgrade leaves nothing that needs what it undid, and undoes nothing else', () => {
    fc.assert(
      fc.property(situations(), ({ graph, applied }) => {
        for (const target of applied) {
          const undone = new Set(idsOf(downgradePath(graph, applied, target)))
          const left = new Set([...applied].filter((id) => !undone.has(id)))
          expect([...withAncestors(graph, left)].every((id) => left.has(id))).toBe(true)
          expect(left.has(target)).toBe(true)
          const above = withDescendants(graph, nodeAt(graph, target).children)
          expect([...undone].every((id) => above.has(id))).toBe(true)
          expect(nodeAt(graph, target).children.some((child) => left.has(child))).toBe(false)
        }
      }),
      runs,
    )
  })

  test('one step back and one up again is where it was', () => {
    fc.assert(
      fc.property(situations(), ({ graph, applied }) => {
        const before = currentHeads(graph, applied)
        fc.pre(before.length === 1)
        const undone = idsOf(downgradePath(graph, applied, '-1'))
        expect(undone).toEqual(before)
        const left = new Set([...applied].filter((id) => !undone.includes(id)))
        expect(idsOf(upgradePath(graph, left, undone.join()))).toEqual(undone)
      }),
      runs,
    )
  })

  test('a stamp makes its target current, with all that it needs', () => {
    fc.assert(
      fc.property(situations(), ({ revisions, graph, applied }) => {
        for (const { id } of revisions) {
          const plan = stampTargets(graph, applied, { targets: [id], purge: false })
          const after = new Set([...applied, ...idsOf(plan.add)])
          for (const gone of plan.remove) after.delete(gone)
          expect(plan.to).toContain(id)
          expect(currentHeads(graph, after)).toEqual(plan.to)
          expect([...withAncestors(graph, after)].every((needed) => after.has(needed))).toBe(true)
        }
      }),
      runs,
    )
  })

  test('a range is newest first and between its ends', () => {
    fc.assert(
      fc.property(situations(), fc.nat(), fc.nat(), ({ revisions, graph }, n, m) => {
        const from = revisions[n % revisions.length]?.id ?? ''
        const until = revisions[m % revisions.length]?.id ?? ''
        fc.pre(withAncestors(graph, [until]).has(from))
        const shown = idsOf(historyRange(graph, NONE, `${from}:${until}`))
        const line = withDescendants(graph, [from], 'branches')
        const expected = idsOf(graph.order).filter(
          (id) => line.has(id) && withAncestors(graph, [until]).has(id),
        )
        expect(shown).toEqual(expected.toReversed())
      }),
      runs,
    )
  })

  test('any text is a revision argument or a refusal with a code', () => {
    const argument = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom(
            'rev0',
            'rev01',
            'label1',
            'head',
            'heads',
            'base',
            'current',
            '@',
            '+1',
            '-1',
            '-',
            '"',
            ':',
          ),
          { maxLength: 5 },
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(situations(6), argument, ({ graph, applied }, text) => {
        for (const act of [upgradePath, downgradePath, historyRange]) {
          try {
            act(graph, applied, text)
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(MigrateError)
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

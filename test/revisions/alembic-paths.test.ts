/** The examples of Alembic's documentation: upgrades and downgrades along branches. */
import { describe, expect, test } from 'vitest'
import { currentHeads } from '../../src/revisions/current.js'
import { downgradePath } from '../../src/revisions/downgrade-path.js'
import { upgradePath } from '../../src/revisions/upgrade-path.js'
import { heads, resolvedHeads, withAncestors } from '../../src/revisions/walk.js'
import { forked, linear, merged, networking, shop } from '../support/alembic-histories.js'
import { idsOf } from '../support/graphs.js'
import { refusal } from '../support/refusal.js'

const NONE: ReadonlySet<string> = new Set()

describe('upgrade', () => {
  test.each([
    [
      'one head of two brings its own line and nothing more',
      forked,
      NONE,
      '27c6a',
      ['1975ea83b712', '27c6a30d7c24'],
    ],
    [
      'the other head is then one more step',
      forked,
      withAncestors(forked, ['27c6a30d7c24']),
      'ae102',
      ['ae1027a6acf'],
    ],
    [
      'heads means all of them',
      forked,
      NONE,
      'heads',
      ['1975ea83b712', 'ae1027a6acf', '27c6a30d7c24'],
    ],
    [
      'a merge point brings both sides',
      merged,
      NONE,
      'head',
      ['1975ea83b712', 'ae1027a6acf', '27c6a30d7c24', '53fffde5ad5'],
    ],
    [
      'label@head',
      shop,
      withAncestors(shop, ['27c6a30d7c24']),
      'shoppingcart@head',
      ['d747a8a8879'],
    ],
    [
      'label@+2',
      shop,
      withAncestors(shop, ['1975ea83b712']),
      'shoppingcart@+2',
      ['27c6a30d7c24', 'd747a8a8879'],
    ],
    [
      'label@heads',
      shop,
      NONE,
      'shoppingcart@heads',
      ['1975ea83b712', '27c6a30d7c24', 'd747a8a8879'],
    ],
    [
      'a dependency on another branch comes first',
      networking,
      NONE,
      'networking@head',
      [
        '1975ea83b712',
        'ae1027a6acf',
        '55af2cb1c267',
        '3cac04ae8714',
        '109ec7d132bf',
        '29f859a13ea',
        '2a95102259be',
      ],
    ],
    ['+2', linear, withAncestors(linear, ['1975ea83b712']), '+2', ['ae1027a6acf', '27c6a30d7c24']],
    [
      'a revision and steps from it',
      linear,
      NONE,
      'ae10+1',
      ['1975ea83b712', 'ae1027a6acf', '27c6a30d7c24'],
    ],
    ['head-2', linear, NONE, 'head-2', ['1975ea83b712', 'ae1027a6acf']],
    ['base+1', linear, NONE, 'base+1', ['1975ea83b712']],
    ['what is applied already', linear, withAncestors(linear, ['53fffde5ad5']), 'ae10', []],
  ])('%s', (_, graph, applied, target, path) => {
    expect(idsOf(upgradePath(graph, applied, target))).toEqual(path)
  })

  test('head with several heads is refused with the names that would do', () => {
    const error = refusal(() => upgradePath(networking, NONE, 'head'))
    expect(error).toMatchObject({ code: 'REV_SEVERAL_HEADS', exit: 3 })
    expect(error.details.choices).toEqual(['55af2cb1c267', 'shoppingcart@head', 'networking@head'])
  })

  test('the heads that a full upgrade ends at leave out one that another depends on', () => {
    expect(idsOf(heads(networking))).toEqual(['55af2cb1c267', '27c6a30d7c24', '2a95102259be'])
    expect(idsOf(resolvedHeads(networking))).toEqual(['27c6a30d7c24', '2a95102259be'])
    const applied = new Set(idsOf(upgradePath(networking, NONE, 'heads')))
    expect(currentHeads(networking, applied)).toEqual(['27c6a30d7c24', '2a95102259be'])
  })
})

describe('downgrade', () => {
  const all = (graph: typeof shop): ReadonlySet<string> => new Set(idsOf(graph.order))
  test.each([
    ['-1', linear, '-1', ['53fffde5ad5']],
    ['base', linear, 'base', ['53fffde5ad5', '27c6a30d7c24', 'ae1027a6acf', '1975ea83b712']],
    ['a revision', linear, 'ae10', ['53fffde5ad5', '27c6a30d7c24']],
    ['head-2', linear, 'head-2', ['53fffde5ad5', '27c6a30d7c24']],
    ['base+1', linear, 'base+1', ['53fffde5ad5', '27c6a30d7c24', 'ae1027a6acf']],
    ['label@-1', shop, 'shoppingcart@-1', ['d747a8a8879']],
    ['one branch back to the fork', shop, 'shoppingcart@1975', ['d747a8a8879', '27c6a30d7c24']],
    [
      'a branch that depends on another leaves that in place',
      networking,
      'networking@base',
      ['2a95102259be', '29f859a13ea', '109ec7d132bf', '3cac04ae8714'],
    ],
    ['what depends on it goes with it', networking, 'ae10', ['2a95102259be', '55af2cb1c267']],
    ['a merge point is one step', merged, '-1', ['53fffde5ad5']],
  ])('%s', (_, graph, target, path) => {
    expect(idsOf(downgradePath(graph, all(graph), target))).toEqual(path)
  })

  test('-1 with several heads, where Alembic only warns, is refused with the choices', () => {
    const error = refusal(() => downgradePath(forked, all(forked), '-1'))
    expect(error).toMatchObject({ code: 'REV_SEVERAL_HEADS', exit: 3 })
    expect(error.details.choices).toEqual(['ae1027a6acf@-1', '27c6a30d7c24@-1'])
    expect(idsOf(downgradePath(forked, all(forked), 'ae1027a6acf@-1'))).toEqual(['ae1027a6acf'])
  })
})

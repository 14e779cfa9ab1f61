/** The examples of Alembic's documentation: ranges of history, names, and where a new revision goes. */
import { describe, expect, test } from 'vitest'
import { historyRange } from '../../src/revisions/history-range.js'
import { newParents } from '../../src/revisions/new-revision.js'
import { resolveRevisions } from '../../src/revisions/resolve.js'
import { withAncestors } from '../../src/revisions/walk.js'
import { forked, linear, networking, shop } from '../support/alembic-histories.js'
import { idsOf } from '../support/graphs.js'
import { refusal } from '../support/refusal.js'

const NONE: ReadonlySet<string> = new Set()

describe('history', () => {
  test.each([
    ['label:', shop, 'shoppingcart:', ['d747a8a8879', '27c6a30d7c24']],
    [':label@head', shop, ':shoppingcart@head', ['d747a8a8879', '27c6a30d7c24', '1975ea83b712']],
    [
      'label@base:',
      shop,
      'shoppingcart@base:',
      ['d747a8a8879', 'ae1027a6acf', '27c6a30d7c24', '1975ea83b712'],
    ],
    [':label@head-2', shop, ':shoppingcart@head-2', ['1975ea83b712']],
    [
      'current:label@+2',
      shop,
      'current:shoppingcart@+2',
      ['d747a8a8879', '27c6a30d7c24', '1975ea83b712'],
    ],
    [
      'from the base of a branch, without what it depends on',
      networking,
      'networking@base:',
      ['2a95102259be', '29f859a13ea', '109ec7d132bf', '3cac04ae8714'],
    ],
    [
      'up to the head of a branch, with what it depends on',
      networking,
      ':networking@head',
      [
        '2a95102259be',
        '29f859a13ea',
        '109ec7d132bf',
        '3cac04ae8714',
        '55af2cb1c267',
        'ae1027a6acf',
        '1975ea83b712',
      ],
    ],
    ['a:b', linear, '1975ea:ae1027', ['ae1027a6acf', '1975ea83b712']],
    ['a:', linear, '27c6:', ['53fffde5ad5', '27c6a30d7c24']],
    [':', linear, ':', ['53fffde5ad5', '27c6a30d7c24', 'ae1027a6acf', '1975ea83b712']],
    ['-2:', linear, '-2:', ['53fffde5ad5', '27c6a30d7c24', 'ae1027a6acf']],
    ['-9: stops at base', linear, '-9:27c6', ['27c6a30d7c24', 'ae1027a6acf', '1975ea83b712']],
    ['a:+1', linear, 'ae10:+1', ['27c6a30d7c24', 'ae1027a6acf']],
  ])('%s', (_, graph, range, shown) => {
    const applied = withAncestors(graph, ['1975ea83b712'])
    expect(idsOf(historyRange(graph, applied, range))).toEqual(shown)
  })

  test('-1:current ends where the database stands', () => {
    const applied = withAncestors(linear, ['27c6a30d7c24'])
    expect(idsOf(historyRange(linear, applied, '-1:current'))).toEqual([
      '27c6a30d7c24',
      'ae1027a6acf',
    ])
    expect(idsOf(historyRange(linear, NONE, 'current:'))).toHaveLength(4)
  })

  test.each(['27c6', 'a:b:c'])('%s is no range', (range) => {
    expect(refusal(() => historyRange(linear, NONE, range)).code).toBe('REV_SYNTAX')
  })

  test('a start that does not lead to the end is refused', () => {
    expect(refusal(() => historyRange(shop, NONE, 'ae10:d747')).code).toBe('REV_NOT_ANCESTOR')
    expect(refusal(() => historyRange(shop, NONE, 'd747:1975')).code).toBe('REV_NOT_ANCESTOR')
  })
})

describe('names', () => {
  test.each([
    ['a label is its revision', 'shoppingcart', '27c6a30d7c24'],
    ['label@label', 'shoppingcart@shoppingcart', '27c6a30d7c24'],
    ['label@head', 'shoppingcart@head', 'd747a8a8879'],
    ['a revision as a branch', '27c6@head', 'd747a8a8879'],
    ['a revision on a branch', 'shoppingcart@1975', '1975ea83b712'],
    ['the beginning of a label', 'shop', '27c6a30d7c24'],
  ])('%s', (_, argument, id) => {
    expect(idsOf(resolveRevisions(shop, NONE, argument))).toEqual([id])
  })

  test('a revision of another branch is refused', () => {
    expect(refusal(() => resolveRevisions(shop, NONE, 'shoppingcart@ae10')).code).toBe(
      'REV_NOT_IN_BRANCH',
    )
  })
})

describe('a new revision', () => {
  test('follows the head of the branch that is named', () => {
    expect(newParents(networking, NONE, { targets: ['networking@head'], splice: false })).toEqual([
      '2a95102259be',
    ])
    expect(newParents(networking, NONE, { targets: ['base'], splice: false })).toEqual([])
  })

  test('may only start a branch from the middle when asked to', () => {
    const error = refusal(() =>
      newParents(networking, NONE, { targets: ['networking'], splice: false }),
    )
    expect(error.code).toBe('REV_NOT_A_HEAD')
    expect(error.fix).toContain('--splice')
    expect(newParents(networking, NONE, { targets: ['networking'], splice: true })).toEqual([
      '3cac04ae8714',
    ])
  })

  test('merges what is named, each once', () => {
    expect(newParents(forked, NONE, { targets: ['ae1027', '27c6a'], splice: false })).toEqual([
      'ae1027a6acf',
      '27c6a30d7c24',
    ])
    expect(newParents(forked, NONE, { targets: ['heads'], splice: false })).toHaveLength(2)
    expect(
      refusal(() => newParents(forked, NONE, { targets: ['heads', 'ae10'], splice: false })).code,
    ).toBe('REV_REPEATED')
  })
})

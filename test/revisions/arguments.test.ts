import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/revisions/graph.js'
import { dependencyNames } from '../../src/revisions/new-revision.js'
import { appliedAt, resolveRevisions } from '../../src/revisions/resolve.js'
import { typedId } from '../../src/revisions/revision.js'
import { graphOf, idsOf, revisionOf } from '../support/graphs.js'
import { refusal } from '../support/refusal.js'

const NONE: ReadonlySet<string> = new Set()

const knex = buildGraph([
  revisionOf('20200101_users', { plain: true, message: 'users' }),
  revisionOf('20200101_users_email', { plain: true, parents: ['20200101_users'] }),
  revisionOf('2020-02-01-add-teams', { plain: true, parents: ['20200101_users_email'] }),
  revisionOf('2020-02-01-add-teams-2', { plain: true, parents: ['2020-02-01-add-teams'] }),
  revisionOf('3f9a1c2b7d4e', {
    parents: ['2020-02-01-add-teams-2'],
    message: 'Add email to users.',
    path: '/project/migrations/20261121093000_3f9a1c2b7d4e_add_email_to_users.ts',
  }),
])

const named = (argument: string): readonly string[] => idsOf(resolveRevisions(knex, NONE, argument))

describe('names of Knex migrations', () => {
  test.each([
    ['an exact name wins over one that it begins', '20200101_users', '20200101_users'],
    ['a name in quotes', '"2020-02-01-add-teams"', '2020-02-01-add-teams'],
    ['single quotes do as well', "'2020-02-01-add-teams'", '2020-02-01-add-teams'],
    ['steps from a name in quotes', '"2020-02-01-add-teams"-1', '20200101_users_email'],
    ['a name in quotes as a branch', '"2020-02-01-add-teams"@head', '3f9a1c2b7d4e'],
    ['a beginning without a character of the grammar', '20200101_users_', '20200101_users_email'],
    ['a beginning in quotes', '"2020-02-01-add-teams-"', '2020-02-01-add-teams-2'],
    ['the whole name without quotes', '2020-02-01-add-teams', '2020-02-01-add-teams'],
  ])('%s', (_, argument, id) => {
    expect(named(argument)).toEqual([id])
  })

  test('a whole name that also reads as steps from another must be quoted', () => {
    const error = refusal(() => named('2020-02-01-add-teams-2'))
    expect(error.code).toBe('REV_AMBIGUOUS')
    expect(error.details.choices).toEqual(['"2020-02-01-add-teams-2"', '"2020-02-01-add-teams"-2'])
    for (const choice of ['"2020-02-01-add-teams-2"', '"2020-02-01-add-teams"-2']) named(choice)
  })

  test('an id is printed in quotes where it needs them', () => {
    expect(['3f9a1c2b7d4e', '2020-02-01', 'it"s-1', 'head'].map(typedId)).toEqual([
      '3f9a1c2b7d4e',
      '"2020-02-01"',
      `'it"s-1'`,
      '"head"',
    ])
  })
})

describe('a name that nothing is called', () => {
  test.each([
    ['a slip in an id', '3f9a1c2b7d5e', '3f9a1c2b7d4e'],
    ['words of the message', 'add_email', '3f9a1c2b7d4e'],
    ['the file name', '20261121093000_3f9a1c2b7d4e_add_email_to_users.ts', '3f9a1c2b7d4e'],
    ['a part of a name', 'add-teams', '"2020-02-01-add-teams"'],
  ])('%s finds the one that was meant', (_, typed, meant) => {
    const error = refusal(() => named(typed))
    expect(error).toMatchObject({ code: 'REV_UNKNOWN', exit: 2 })
    expect(error.fix).toContain(meant)
  })

  test('is told once what is near for more than one reason', () => {
    const path = '/project/migrations/20200301_posts.ts'
    const one = buildGraph([revisionOf('20200301_posts', { plain: true, path })])
    const error = refusal(() => resolveRevisions(one, NONE, '20200301_posts.ts'))
    expect(error.fix).toBe('Did you mean 20200301_posts?')
  })

  test('finds nothing where nothing is near', () => {
    const error = refusal(() => named('zzzzzz'))
    expect(error.fix).toBe('Run migrate-tui history to see the revisions there are.')
    expect(error.details.suggestions).toEqual([])
  })

  test('an abbreviation of several is refused with all of them', () => {
    const graph = graphOf({ abcd1: [], abcd2: ['abcd1'], abc: [] })
    const error = refusal(() => resolveRevisions(graph, NONE, 'abcd'))
    expect(error).toMatchObject({ code: 'REV_AMBIGUOUS', exit: 2 })
    expect(error.details.choices).toEqual(['abcd1', 'abcd2'])
    expect(idsOf(resolveRevisions(graph, NONE, 'abc'))).toEqual(['abc'])
    expect(refusal(() => resolveRevisions(graph, NONE, 'ab')).code).toBe('REV_AMBIGUOUS')
  })

  test('on a branch, an abbreviation means the one of that branch', () => {
    const graph = graphOf({
      some1: { branchLabels: ['one'] },
      some2: { branchLabels: ['two'] },
    })
    expect(idsOf(resolveRevisions(graph, NONE, 'one@some'))).toEqual(['some1'])
    expect(idsOf(resolveRevisions(graph, NONE, 'two@some'))).toEqual(['some2'])
  })

  test.each(['', '@head', 'a@', '"a', 'a"b', 'a@b@c'])('%j is no argument', (argument) => {
    expect(refusal(() => named(argument)).code).toBe('REV_SYNTAX')
  })
})

describe('symbols', () => {
  const graph = graphOf({ a: [], b: ['a'], c: ['b'], x: { branchLabels: ['side'] } })
  const applied = new Set(['a', 'b'])

  test.each([
    ['current', ['b']],
    ['current+1', ['c']],
    ['current-1', ['a']],
    ['current-2', []],
    ['+1', ['c']],
    ['side@+1', ['x']],
    ['a@+1', ['c']],
    ['base', []],
    ['side@base', []],
    ['heads', ['c', 'x']],
    ['b@head', ['c']],
    ['side@-1', []],
    ['a@-1', ['b']],
  ])('%s', (argument, ids) => {
    expect(idsOf(resolveRevisions(graph, applied, argument))).toEqual(ids)
  })

  test.each([
    ['+2', 'REV_TOO_FAR'],
    ['a-3', 'REV_TOO_FAR'],
    ['base-1', 'REV_TOO_FAR'],
    ['base+1', 'REV_AMBIGUOUS'],
    ['head', 'REV_SEVERAL_HEADS'],
    ['heads-1', 'REV_SEVERAL_HEADS'],
    ['nothing@head', 'REV_UNKNOWN'],
  ])('%s is refused', (argument, code) => {
    expect(refusal(() => resolveRevisions(graph, applied, argument)).code).toBe(code)
  })

  test('a step with several ways on lists them', () => {
    const forked = graphOf({ a: [], b: ['a'], c: ['a'] })
    const error = refusal(() => resolveRevisions(forked, new Set(['a']), '+1'))
    expect(error.code).toBe('REV_AMBIGUOUS')
    expect(error.message).toBe('Several revisions follow a: b, c.')
    expect(idsOf(resolveRevisions(forked, new Set(['a']), 'c@+1'))).toEqual(['c'])
  })

  test('a step back from a merge point lists its parents', () => {
    const merged = graphOf({ a: [], b: [], m: ['a', 'b'] })
    expect(refusal(() => resolveRevisions(merged, NONE, 'head-1')).message).toBe(
      'm is a merge point with 2 parents: a, b.',
    )
  })

  test('an empty history has no head, and no error', () => {
    const empty = buildGraph([])
    expect(resolveRevisions(empty, NONE, 'head')).toEqual([])
    expect(resolveRevisions(empty, NONE, 'heads')).toEqual([])
  })

  test('the start of a range stands for all that is applied there', () => {
    expect([...appliedAt(graph, 'c')].sort()).toEqual(['a', 'b', 'c'])
    expect([...appliedAt(graph, 'base')]).toEqual([])
  })

  test('a dependency keeps its label and completes its id', () => {
    expect(dependencyNames(graph, NONE, ['side', 'b'])).toEqual(['side', 'b'])
    const long = graphOf({ abcdef: { branchLabels: ['lib'] } })
    expect(dependencyNames(long, NONE, ['abcd', 'lib'])).toEqual(['abcdef', 'lib'])
  })
})

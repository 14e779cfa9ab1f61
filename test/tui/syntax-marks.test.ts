/** Which scripts are looked at for whether they parse: a long history is not read for it. */
import { expect, test } from 'vitest'
import type { Message } from '../../src/tui/messages.js'
import { treeLines } from '../../src/tui/screens/tree/lines.js'
import type { TreeRevision } from '../../src/workflows/screens/screen-documents.js'
import { lastCall, revision, withRevisions } from '../support/screen-states.js'
import { appState, textOf, viewOf } from '../support/tui.js'
import type { Walking } from '../support/walk.js'
import { walking } from '../support/walk.js'

/** The answer to the overview that was asked for last, of these revisions. */
function overviewOf(walk: Walking, revisions: readonly TreeRevision[]): Message {
  const { slot, ticket } = lastCall(walk.effects, 'overview')
  const known = appState().overview.value
  if (known === null) throw new Error('The state has no overview.')
  const pending = revisions.filter(({ applied }) => !applied).length
  const answer = { ...known, revisions, pending }
  return { kind: 'answered', slot, ticket, name: 'overview', given: {}, answer }
}

function syntaxCalls({ effects }: Walking): readonly (readonly string[])[] {
  return effects.flatMap((one) =>
    one.kind === 'call' && one.name === 'syntax' ? [one.given.paths] : [],
  )
}

function answerSyntax(walk: Walking, broken: readonly string[]): void {
  const { slot, ticket } = lastCall(walk.effects, 'syntax')
  const answer = { broken: broken.map((path) => ({ path, line: 7, message: 'Unexpected "}"' })) }
  walk.send({ kind: 'answered', slot, ticket, name: 'syntax', given: { paths: [] }, answer })
}

function tree(walk: Walking): string {
  return treeLines(viewOf(walk.state())).map(textOf).join('\n')
}

const PENDING = { applied: false, state: 'pending' } as const
const LONG = Array.from({ length: 300 }, (_, index) => revision(`r${index}`, PENDING))

test('of few pending revisions every script is looked at, and of the applied ones none', () => {
  const walk = walking()
  walk.press('r')
  walk.send(overviewOf(walk, [revision('two', PENDING), revision('one')]))
  expect(syntaxCalls(walk)).toEqual([['/shop/migrations/two.js']])
})

test('of many only those that are saved from now on, however often the tree is read', () => {
  const walk = walking()
  walk.press('r')
  walk.send(overviewOf(walk, LONG))
  expect(syntaxCalls(walk)).toEqual([])
  const path = '/shop/migrations/r7.js'
  const paths = [path, '/shop/migrations/gone.js']
  walk.send({ kind: 'changedOutside', what: 'migrations', paths })
  walk.send(overviewOf(walk, LONG))
  expect(syntaxCalls(walk)).toEqual([[path]])
  answerSyntax(walk, [path])
  walk.press('r')
  walk.send(overviewOf(walk, LONG))
  expect(syntaxCalls(walk)).toEqual([[path], [path]])
})

test('a thousand that are saved at once are not all looked at', () => {
  const walk = walking()
  const paths = LONG.map((one) => one.path ?? '')
  walk.send({ kind: 'changedOutside', what: 'migrations', paths })
  walk.send(overviewOf(walk, LONG))
  expect(syntaxCalls(walk).map(({ length }) => length)).toEqual([200])
})

test('an answer from before a script was saved says nothing of it', () => {
  const walk = walking(withRevisions())
  const path = '/shop/migrations/cccccccccccc.js'
  const save = (): void => {
    walk.send({ kind: 'changedOutside', what: 'migrations', paths: [path] })
  }
  const revisions = withRevisions().overview?.value?.revisions ?? []
  save()
  walk.send(overviewOf(walk, revisions))
  save()
  answerSyntax(walk, [path])
  expect(tree(walk)).not.toContain('syntax error')
  walk.send(overviewOf(walk, revisions))
  answerSyntax(walk, [path])
  expect(tree(walk)).toMatch(/▸ ✗ +cccccccc .*syntax error/)
  expect(tree(walk)).toContain('SYNTAX ERROR in line 7: Unexpected "}"')
  walk.press('e')
  expect(walk.effects.at(-1)).toEqual({ kind: 'edit', path, line: 7 })
  save()
  walk.send(overviewOf(walk, revisions))
  answerSyntax(walk, [])
  expect(tree(walk)).not.toMatch(/syntax error/i)
})

/** What the host's answers change. */
import { expect, test } from 'vitest'
import { answered, failed } from '../../src/tui/answers.js'
import { asking } from '../../src/tui/call.js'
import { askOverview } from '../../src/tui/overview.js'
import type { Effect } from '../../src/tui/messages.js'
import { openDiff } from '../../src/tui/screens/diff/open.js'
import type { AppState } from '../../src/tui/state.js'
import { summaryLines } from '../../src/tui/summary.js'
import { lastCall, withRevisions } from '../support/screen-states.js'
import { act, at, open } from '../support/review-screen.js'
import { appState } from '../support/tui.js'
import { walking } from '../support/walk.js'

const start = (): AppState => ({ ...appState(), ...withRevisions() })

test('what a revision is known by is read again when the history moved', () => {
  const base = start()
  const document = base.overview.value
  if (document === null) throw new Error('There is no overview.')
  const script = { value: null, failure: null, isLoading: false }
  const scripts = new Map([['bbbbbbbbbbbb', script]])
  const arrived = (position: number): AppState => {
    const [asked, effects] = askOverview({ ...base, tree: { ...base.tree, scripts } })
    const { slot, ticket } = lastCall([...effects], 'overview')
    const answer = { ...document, position }
    const message = { kind: 'answered', slot, ticket, name: 'overview', given: {}, answer } as const
    return answered(asked, message)[0]
  }
  expect(arrived(document.position).tree.scripts.get('bbbbbbbbbbbb')).toBe(script)
  expect(arrived(document.position + 1).tree.scripts.get('bbbbbbbbbbbb')).not.toBe(script)
})

test('a revision that was written is told with the command that writes it', () => {
  const given = { message: 'add notes', head: 'head' } as const
  const [asked, effects] = asking(start(), 'written', 'revision', given)
  const { slot, ticket } = lastCall([...effects], 'revision')
  const answer = { revision: 'dddddddddddd', path: 'migrations/d.ts', open: [] }
  const message = { kind: 'answered', slot, ticket, name: 'revision', given, answer } as const
  const [{ log }] = answered(asked, message as never)
  expect(log.at(-1)?.command).toBe("migrate-tui revision -m 'add notes'")
})

function commandAfterWriting(app: AppState): string | null | undefined {
  const call = { slot: 'written', ticket: 1, name: 'write', given: {} } as const
  const written = [{ revision: 'dddddddddddd', path: 'migrations/d.ts' }]
  const [{ log }] = answered(app, { kind: 'answered', ...call, answer: { written } } as never)
  return log.at(-1)?.command
}

test('a review that was written is told with its command, where one writes the same', () => {
  expect(commandAfterWriting(open())).toBe('migrate-tui migrate')
  const leftOut = act(at(open(), 'addColumn:invoices.level'), 'tick')
  expect(commandAfterWriting(leftOut)).toBeNull()
})

test('the diff compares anew when it is opened, and shows what is known until then', () => {
  const compares = (effects: readonly Effect[]): boolean =>
    effects.some((effect) => effect.kind === 'call' && effect.name === 'compare')
  const [opened, effects] = openDiff(start())
  expect(compares(effects)).toBe(true)
  expect(opened.comparison.value).not.toBeNull()
  expect(compares(openDiff(opened)[1])).toBe(false)
})

test('what was said to be under way is over when it fails', () => {
  const writing = { ...open(), notice: { text: 'Writing …', tone: 'plain', holds: null } } as const
  const message = 'Nothing fits.'
  const said = { message, why: null, fix: null, state: null }
  const failure = { code: 'X', exit: 1, ...said, details: {} } as const
  const [after] = failed(writing, {
    kind: 'failed',
    slot: 'written',
    ticket: 1,
    name: 'write',
    failure,
  })
  expect(after.notice).toBe(null)
  expect(after.popups.at(-1)).toMatchObject({ kind: 'failure' })
})

test('how the editor ended stays said beside what became of the script', () => {
  const notice = { text: 'The editor ended with exit code 1.', tone: 'bad', holds: null } as const
  const answer = { revision: 'cccccccccccc', isChanged: false, notes: [] }
  const call = { slot: 'edited', ticket: 1, name: 'edited', given: {} } as const
  const [after] = answered({ ...start(), notice }, { kind: 'answered', ...call, answer } as never)
  expect(after.notice?.text).toBe(
    'The editor ended with exit code 1. cccccccccccc was not changed.',
  )
  expect(after.notice?.tone).toBe('bad')
})

test('a script that an edit broke is told at the end until it reads well again', () => {
  const path = '/shop/migrations/cccccccccccc.js'
  const walk = walking(withRevisions())
  const edit = () => {
    walk.send({ kind: 'editorClosed', path, before: '', result: { kind: 'closed', exit: 0 } })
    const call = walk.effects.findLast((one) => one.kind === 'call' && one.name === 'edited')
    if (call?.kind !== 'call') throw new Error('The script was not read.')
    return { slot: call.slot, ticket: call.ticket, name: 'edited' } as const
  }
  const message = 'cccccccccccc.js, line 3, column 9: Expected ";"'
  const broken = {
    code: 'SCRIPT_SYNTAX',
    exit: 2,
    message,
    why: null,
    fix: null,
    state: null,
  } as const
  walk.send({ kind: 'failed', ...edit(), failure: { ...broken, details: { path } } })
  expect(summaryLines(walk.state()).join()).toContain(`not done: ${message}`)
  const answer = (revision: string) => ({ revision, isChanged: true, notes: [], document: null })
  const given = { path, before: '' }
  walk.send({ kind: 'answered', ...edit(), given, answer: answer('bbbbbbbbbbbb') })
  expect(summaryLines(walk.state()).join()).toContain('not done')
  walk.send({ kind: 'answered', ...edit(), given, answer: answer('cccccccccccc') })
  expect(summaryLines(walk.state()).join()).not.toContain('not done')
  expect(walk.state().log).toMatchObject([{ tone: 'bad', text: message }])
})

test('a script that was mended outside of the screens is no longer told at the end', () => {
  const path = '/shop/migrations/cccccccccccc.js'
  const walk = walking(withRevisions())
  const message = 'cccccccccccc.js, line 3, column 9: Expected ";"'
  const more = { lines: [], command: null, at: 0, isOver: false } as const
  const log = [{ ...more, tone: 'bad', text: message, about: path }] as const
  const broken = walking({ ...walk.state(), log })
  const asked = () =>
    broken.effects.flatMap((one) =>
      one.kind === 'call' && one.name === 'edited' ? [{ slot: one.slot, ticket: one.ticket }] : [],
    )
  broken.send({ kind: 'changedOutside', what: 'migrations' })
  const [first] = asked()
  if (first === undefined) throw new Error('The script was not read.')
  const failure = {
    code: 'SCRIPT_SYNTAX',
    exit: 2,
    message,
    why: null,
    fix: null,
    state: null,
  } as const
  broken.send({
    kind: 'failed',
    ...first,
    name: 'edited',
    failure: { ...failure, details: { path } },
  })
  // It was told when it broke: nothing stands over the screens a second time.
  expect(broken.state().popups).toEqual([])
  expect(summaryLines(broken.state()).join()).toContain(`not done: ${message}`)
  broken.press('r')
  const second = asked()[1]
  if (second === undefined) throw new Error('The script was not read again.')
  const answer = { revision: 'cccccccccccc', isChanged: true, notes: [], document: null }
  const given = { path, before: '' }
  const notice = broken.state().notice
  broken.send({ kind: 'answered', ...second, name: 'edited', given, answer })
  expect(summaryLines(broken.state()).join()).not.toContain('not done')
  expect(broken.state().notice).toEqual(notice)
  broken.send({ kind: 'changedOutside', what: 'migrations' })
  expect(asked()).toHaveLength(2)
})

test('a step that failed and was run by somebody else is no longer told at the end', () => {
  const states = withRevisions()
  const more = { lines: [], command: null, at: 0, isOver: false } as const
  const text = 'Revision cccccccccccc failed to upgrade'
  const walk = walking({ ...states, log: [{ ...more, tone: 'bad', text, about: 'cccccccccccc' }] })
  walk.send({ kind: 'changedOutside', what: 'database' })
  expect(summaryLines(walk.state()).join()).toContain('not done')
  const call = walk.effects.findLast((one) => one.kind === 'call' && one.name === 'overview')
  const value = walk.state().overview.value
  if (call?.kind !== 'call' || value === null) throw new Error('Nothing was read.')
  const revisions = value.revisions.map((one) => ({ ...one, applied: true }))
  const answer = { ...value, revisions, position: 8 }
  const { slot, ticket } = call
  walk.send({ kind: 'answered', slot, ticket, name: 'overview', given: {}, answer })
  expect(summaryLines(walk.state()).join()).not.toContain('not done')
})

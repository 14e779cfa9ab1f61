/** Leaving while something is under way. */
import { expect, test } from 'vitest'
import type { AppState, CommandWords } from '../../src/tui/state.js'
import { summaryLines } from '../../src/tui/summary.js'
import { asking } from '../../src/tui/call.js'
import type { Walking } from '../support/walk.js'
import { overviewAnswer, walking } from '../support/walk.js'
import { appState } from '../support/tui.js'

const WORDS = { summary: '', options: [], choices: [], takesRevisions: true }
const COMMANDS: readonly CommandWords[] = [
  { ...WORDS, name: 'upgrade', onlyReads: false },
  { ...WORDS, name: 'history', onlyReads: true },
]

/** A command that was typed, and runs. */
function running(line: string): Walking & { readonly id: number } {
  const start = { ...appState().start, commands: COMMANDS }
  const walk = walking({ start })
  walk.type(line)
  const command = walk.effects.findLast((effect) => effect.kind === 'command')
  if (command?.kind !== 'command') throw new Error('No command was started.')
  return { ...walk, id: command.id }
}

function titleOf({ popups }: AppState): string | null {
  const popup = popups.at(-1)
  return popup?.kind === 'choice' ? popup.title : null
}

function kinds({ effects }: Walking): readonly string[] {
  return effects.map(({ kind }) => kind)
}

test('while a command runs that changes the database q asks, and leaves once it has stopped', () => {
  const walk = running('upgrade --allow-destructive')
  walk.press('q')
  expect(titleOf(walk.state())).toBe('A command is running')
  walk.press('s')
  expect(walk.effects.at(-1)).toEqual({ kind: 'endCommand', id: walk.id })
  expect(kinds(walk)).not.toContain('quit')
  walk.send({ kind: 'commandEnded', id: walk.id, exit: 130 })
  // Where the database stands now is said when the screens are left.
  expect(kinds(walk)).not.toContain('quit')
  walk.send(overviewAnswer(walk))
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit: 0 })
  expect(summaryLines(walk.state()).join('\n')).toContain(
    'not done: upgrade --allow-destructive: exit code 130',
  )
})

test('ctrl-c stops a command after its revision and leaves then, and the second stops it now', () => {
  const walk = running('upgrade --allow-destructive')
  walk.press('ctrl+c')
  expect(walk.state().notice?.text).toContain('after its revision')
  walk.press('ctrl+c')
  expect(walk.effects.slice(-2)).toEqual([
    { kind: 'endCommand', id: walk.id },
    { kind: 'endCommand', id: walk.id },
  ])
  walk.send({ kind: 'commandEnded', id: walk.id, exit: 130 })
  walk.send(overviewAnswer(walk))
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit: 0 })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s waits for a command, and leaves with %i', (signal, exit) => {
  const walk = running('upgrade --allow-destructive')
  walk.send({ kind: 'told', signal })
  expect(walk.effects.at(-1)).toEqual({ kind: 'endCommand', id: walk.id })
  walk.send({ kind: 'commandEnded', id: walk.id, exit: 130 })
  walk.send(overviewAnswer(walk))
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit })
})

test('a command whose output was closed is still waited for, and tells how it ended', () => {
  const walk = running('upgrade --allow-destructive')
  walk.press('escape')
  expect(walk.state().notice?.text).toContain('Stopping migrate-tui upgrade')
  walk.press('q')
  expect(titleOf(walk.state())).toBe('A command is running')
  expect(kinds(walk)).not.toContain('quit')
  walk.send({ kind: 'commandEnded', id: walk.id, exit: 0 })
  expect(titleOf(walk.state())).toBeNull()
  expect(walk.state().log.at(-1)?.text).toBe('upgrade --allow-destructive: exit code 0')
})

test('a command that only looks holds nobody', () => {
  const walk = running('history --verbose')
  walk.press('q')
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit: 0 })
})

test('who waits for where the database stands need not', () => {
  const walk = running('upgrade --allow-destructive')
  walk.press('ctrl+c')
  walk.send({ kind: 'commandEnded', id: walk.id, exit: 0 })
  walk.press('q')
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit: 0 })
})

/** A confirmed write that is on its way, over another screen or none. */
function writing(): Walking & { readonly end: (isDone: boolean) => void } {
  const given = { message: 'x', head: 'head' }
  const [app] = asking(appState(), 'written', 'revision', given)
  const walk = walking(app)
  const at = { slot: 'written', ticket: app.nextTicket - 1, name: 'revision' } as const
  const revision = { revision: 'aaaa00000001', path: '/shop/migrations/a.js' }
  const failure = {
    code: 'FOLDER',
    exit: 2 as const,
    message: 'The folder cannot be written.',
    why: null,
    fix: null,
    state: null,
    details: {},
  }
  return {
    ...walk,
    end: (isDone) => {
      // Only these of a written revision are looked at.
      const answer = { ...revision, renames: [] } as never
      walk.send(
        isDone ? { kind: 'answered', ...at, given, answer } : { kind: 'failed', ...at, failure },
      )
    },
  }
}

test('q waits for a write, and leaves with the file named', () => {
  const walk = writing()
  walk.press('q')
  expect(walk.state().notice?.text).toContain('Writing …: quits once that is done')
  expect(kinds(walk)).not.toContain('quit')
  walk.end(true)
  expect(kinds(walk)).not.toContain('quit')
  walk.send(overviewAnswer(walk))
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit: 0 })
  expect(summaryLines(walk.state()).join('\n')).toContain('Wrote /shop/migrations/a.js')
})

test('a write that fails after q is told on the normal screen', () => {
  const walk = writing()
  walk.press('q')
  walk.end(false)
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit: 0 })
  expect(summaryLines(walk.state()).join('\n')).toContain('not done: The folder cannot be written.')
})

test('a second ctrl-c does not wait for a write', () => {
  const walk = writing()
  walk.press('ctrl+c')
  expect(kinds(walk)).not.toContain('quit')
  walk.press('ctrl+c')
  expect(walk.effects.at(-1)).toEqual({ kind: 'quit', exit: 0 })
})

test('q waits for a copy of the database', () => {
  const [app] = asking(appState(), 'backup', 'backUp', {})
  const walk = walking(app)
  walk.press('q')
  expect(walk.state().notice?.text).toContain('Copying the database …')
  expect(kinds(walk)).not.toContain('quit')
})

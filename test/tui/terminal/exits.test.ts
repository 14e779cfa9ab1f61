import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../../support/folder.js'
import { isAlive } from '../../support/pty/is-alive.js'
import { builtProgram } from '../../support/pty/built.js'
import type { PtyScreen } from '../../support/pty/pty-screen.js'
import { normalText } from '../../support/pty/screen-text.js'
import { start } from '../../support/pty/start.js'

const program = await builtProgram('screen.tsx')

async function started(): Promise<PtyScreen> {
  const screen = start([process.execPath, program])
  await screen.waitFor('ready')
  expect(screen.isNormal).toBe(false)
  return screen
}

/** The normal screen as the shell finds it. */
function expectGivenBack(screen: PtyScreen): void {
  expect(screen.isNormal).toBe(true)
  expect(screen.sttySane()).toBe(true)
  const { bracketedPasteMode, wraparoundMode } = screen.terminal.modes
  expect({ bracketedPasteMode, wraparoundMode }).toEqual({
    bracketedPasteMode: false,
    wraparoundMode: true,
  })
  const raw = screen.raw()
  expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(raw.lastIndexOf('\u001b[?25l'))
}

test('what a program says last stands on the screen when it has ended', async () => {
  const screen = start(['sh', '-c', 'yes "many words" | head -n 500; echo the end'])
  expect(await screen.exit).toBe(0)
  expect(screen.text()).toContain('the end')
})

test.each([
  ['q quits', 'q', 0, 'summary: 1 keys'],
  ['a key throws', 't', 70, 'fault: Error: thrown by a key'],
  ['something throws later', 'T', 70, 'fault: Error: thrown later'],
  ['a promise is rejected', 'r', 70, 'fault: Error: rejected'],
  ['drawing throws', 'R', 1, 'failed: Error: thrown while drawing'],
])('%s: the terminal is given back and the reason stands on it', async (_how, key, code, said) => {
  const screen = await started()
  await screen.press(key)
  expect(await screen.exit).toBe(code)
  await screen.waitFor(said)
  expectGivenBack(screen)
  expect(normalText(screen.terminal).split('\n')).toHaveLength(1)
})

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGQUIT', 131],
  ['SIGTERM', 143],
] as const)('%s ends it with the terminal given back', async (signal, code) => {
  const screen = await started()
  screen.signal(signal)
  expect(await screen.exit).toBe(code)
  expectGivenBack(screen)
  expect(normalText(screen.terminal)).toBe('')
})

test('at a signal a running step is stopped first', async () => {
  const screen = await started()
  await screen.press('b')
  await screen.waitFor('running')
  screen.signal('SIGTERM')
  await screen.waitFor('stopping for SIGTERM')
  expect(await screen.exit).toBe(143)
  await screen.waitFor('summary: 1 keys')
  expectGivenBack(screen)
})

test('a second signal does not wait', async () => {
  const screen = await started()
  await screen.press('b')
  await screen.waitFor('running')
  screen.signal('SIGTERM')
  await screen.waitFor('stopping for SIGTERM')
  screen.signal('SIGINT')
  expect(await screen.exit).toBe(130)
  expectGivenBack(screen)
  expect(normalText(screen.terminal)).toBe('')
})

test('when the terminal is closed a running step is stopped first too', async () => {
  const lastWords = join(folderOf({}), 'last-words')
  const screen = start([process.execPath, program], { env: { LAST_WORDS: lastWords } })
  await screen.waitFor('ready')
  await screen.press('b')
  await screen.waitFor('running')
  screen.hangUp()
  await expect
    .poll(() => (existsSync(lastWords) ? readFileSync(lastWords, 'utf8') : ''), { timeout: 15_000 })
    .toBe('stopping for SIGHUP')
})

test('when the terminal is closed nothing of it stays', async () => {
  const screen = await started()
  const { pid } = screen
  screen.hangUp()
  await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false)
})

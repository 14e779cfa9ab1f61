import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../../support/folder.js'
import { builtProgram, PROGRAMS } from '../../support/pty/built.js'
import { isAlive } from '../../support/pty/is-alive.js'
import type { PtyScreen } from '../../support/pty/pty-screen.js'
import { start } from '../../support/pty/start.js'

const program = await builtProgram('screen.tsx')

interface Editing {
  readonly screen: PtyScreen
  /** What the editor wrote. */
  readonly written: () => string
}

async function editing(env: Readonly<Record<string, string>> = {}): Promise<Editing> {
  const file = join(folderOf({}), 'edited file.txt')
  const screen = start([process.execPath, program], {
    env: { EDITED: file, EDITOR_SCRIPT: join(PROGRAMS, 'editor.mjs'), ...env },
  })
  await screen.waitFor('ready')
  return { screen, written: () => (existsSync(file) ? readFileSync(file, 'utf8') : '') }
}

/** The program as an interactive shell runs it, with job control. */
async function shell(env: Readonly<Record<string, string>>): Promise<PtyScreen> {
  const screen = start(['bash', '--norc', '--noprofile', '--noediting', '-i'], {
    env: { PS1: 'shell> ', ...env },
  })
  await screen.waitFor('shell>')
  screen.type(`${process.execPath} ${program}\n`)
  await screen.waitFor('ready')
  return screen
}

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(97 + (index % 26)))

test('every key that is typed in the editor arrives in it, and none comes back', async () => {
  const { screen, written } = await editing()
  await screen.press('e')
  await screen.waitFor('editor is ready')
  expect(screen.isNormal).toBe(true)
  const typed = letters(200)
  for (const letter of typed) {
    await screen.press(letter)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await screen.press('Q')
  await screen.waitFor('editor 0')
  expect(screen.isNormal).toBe(false)
  expect(written()).toBe(`${typed.join('')}Q`)
  expect(screen.text()).toContain('keys 1 last e')
  await screen.press('q')
  expect(await screen.exit).toBe(0)
  expect(screen.sttySane()).toBe(true)
})

test('what was typed ahead of the editor reaches neither it nor the screen', async () => {
  const { screen, written } = await editing()
  screen.type('eiTEXT\u001b:wq\r')
  await screen.waitFor('editor is ready')
  await screen.press('Q')
  await screen.waitFor('editor 0')
  expect(written()).toBe('Q')
  expect(screen.text()).toContain('keys 1 last e')
})

test('a key pressed at the screen that is shown again is taken', async () => {
  const { screen } = await editing()
  await screen.press('e')
  await screen.waitFor('editor is ready')
  await screen.press('Q')
  await screen.waitFor((shown) => !shown.isNormal && shown.text().includes('last e'))
  await screen.press('k')
  await screen.waitFor('keys 2 last k', 5_000)
})

test('ctrl-c belongs to the editor while it is open', async () => {
  const { screen, written } = await editing({ COOKED: '1' })
  await screen.press('e')
  await screen.waitFor('editor is ready')
  await screen.press('ctrl+c')
  await screen.waitFor('interrupts 1')
  screen.type('saved\n')
  await screen.waitFor('editor 0')
  expect(written()).toBe('saved\n')
})

test('the exit code of the editor is known, and an editor that is not there', async () => {
  const { screen } = await editing({ EDITOR_EXIT: '3' })
  await screen.press('e')
  await screen.waitFor('editor is ready')
  await screen.press('Q')
  await screen.waitFor('editor 3')
  const { screen: other } = await editing({ EDITOR_PROGRAM: 'no-such-editor' })
  await other.press('e')
  await other.waitFor('editor missing')
  expect(other.isNormal).toBe(false)
})

test('a resize while the editor is open shows after it', async () => {
  const { screen } = await editing()
  await screen.press('e')
  await screen.waitFor('editor is ready')
  screen.resize(60, 18)
  await screen.press('Q')
  await screen.waitFor('60x18')
  expect(screen.lines().at(-1)).toMatch(/^╰─{58}╯$/)
})

test('an editor does not outlive a signal to us', async () => {
  const screen = await shell({ EDITOR_SCRIPT: join(PROGRAMS, 'editor.mjs') })
  await screen.press('e')
  await screen.waitFor('editor is ready')
  const [editor = 0, ours = 0] = (/process (\d+) of (\d+)/.exec(screen.text()) ?? [])
    .slice(1)
    .map(Number)
  process.kill(ours, 'SIGTERM')
  await screen.waitFor(/Terminated|Hangup|shell>\s*$/)
  await expect.poll(() => isAlive(editor), { timeout: 15_000 }).toBe(false)
})

test('ctrl-z gives the shell its terminal, and fg comes back to the same screen', async () => {
  const screen = await shell({})
  await screen.press('j')
  await screen.waitFor('keys 1 last j')
  await screen.press('ctrl+z')
  await screen.waitFor((shown) => shown.isNormal && shown.text().includes('Stopped'))
  screen.type('stty -a\n')
  await screen.waitFor(/ icanon .* echo /s)
  screen.type('fg\n')
  await screen.waitFor('continued')
  expect(screen.isNormal).toBe(false)
  await screen.press('k')
  await screen.waitFor('keys 3 last k')
  await screen.press('q')
  await screen.waitFor('summary: 4 keys')
  screen.type('exit 7\n')
  expect(await screen.exit).toBe(7)
})

test('a size that the terminal got while the program was stopped shows after fg', async () => {
  const screen = await shell({})
  await screen.press('ctrl+z')
  await screen.waitFor((shown) => shown.isNormal && shown.text().includes('Stopped'))
  screen.resize(60, 18)
  screen.type('fg\n')
  await screen.waitFor('60x18')
  expect(screen.lines().at(-1)).toMatch(/^╰─{58}╯$/)
})

test('who was stopped from outside has screen and keyboard back after fg', async () => {
  const screen = await shell({})
  await screen.press('S')
  await screen.waitFor('Stopped')
  screen.type('fg\n')
  await screen.waitFor((shown) => !/Stopped|shell>/.test(shown.text()))
  expect(screen.text()).toContain('keys 1 last S')
  await screen.press('k')
  await screen.waitFor('keys 2 last k')
  await screen.press('q')
  await screen.waitFor('summary: 3 keys')
  expect(screen.isNormal).toBe(true)
})

test('ctrl-z where no shell waits comes back by itself', async () => {
  const { screen } = await editing()
  await screen.press('ctrl+z')
  await screen.waitFor('continued')
  expect(screen.isNormal).toBe(false)
  await screen.press('q')
  expect(await screen.exit).toBe(0)
})

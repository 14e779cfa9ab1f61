/** The process that works for the screens is killed while nothing runs: that is told, and everything goes on. */
import { chmodSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { until } from '../../support/hosts.js'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'
import type { TestProject } from '../../support/project.js'
import { makeProject, sqliteProject } from '../../support/project.js'
import { hostsOf } from '../../support/pty/hosts-of.js'
import type { PtyScreen } from '../../support/pty/pty-screen.js'
import { NAME } from '../../support/slow-project.js'

const ENDED = 'ended (SIGKILL) while nothing ran'

async function oneRevision(): Promise<TestProject> {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  return project
}

/** Kills the process that looks once it is at rest: the other was started after the first of its kind only. */
async function killIdle(screen: PtyScreen, which: 'first' | 'last' = 'first'): Promise<number> {
  await screen.waitFor(/\d pending · \d model changes? *$/m)
  // What is asked for now and then is answered within this time.
  await new Promise((resolve) => setTimeout(resolve, 300))
  const pid = hostsOf(screen).at(which === 'first' ? 0 : -1)
  if (pid === undefined) throw new Error('No process works for the screens.')
  process.kill(pid, 'SIGKILL')
  return pid
}

async function killedAndTold(screen: PtyScreen, which?: 'first' | 'last'): Promise<void> {
  const pid = await killIdle(screen, which)
  // A look may have begun meanwhile.
  await screen.waitFor(which === undefined ? ENDED : 'ended (SIGKILL)')
  await until(() => hostsOf(screen).some((one) => one !== pid))
}

test('a killed process is told, with what became of the database, and the tree works on', async () => {
  const project = await oneRevision()
  const screen = await openScreens(project)
  await killedAndTold(screen)
  expect(screen.text()).toContain('the database is as it was')
  await screen.press(';')
  await screen.waitFor(/What ran since the start[^]*ended \(SIGKILL\)/)
  await screen.press('escape', '2')
  await screen.waitFor('create table `users`')
  await screen.press('u')
  await screen.waitFor('1 step')
  await screen.press('enter')
  await screen.waitFor('Done: the database is at')
  expect(await quit(screen)).toBe(0)
}, 60_000)

test('killed again and again it is started anew, until it is left to a key', async () => {
  const screen = await openScreens(await oneRevision())
  await killedAndTold(screen)
  await screen.press('j')
  await killedAndTold(screen, 'last')
  await screen.press('j')
  await killIdle(screen, 'last')
  await screen.waitFor(/3 times\s+within a minute/)
  // Longer than it takes to look whether the database moved.
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  const looking = hostsOf(screen).length
  expect(looking).toBeLessThanOrEqual(1)
  await screen.press('r')
  await until(() => hostsOf(screen).length > looking)
  await screen.waitFor(/\d pending · \d model changes? *$/m)
  expect(await quit(screen)).toBe(0)
}, 60_000)

test('the process that tries scripts is told too, over a plan that stays as it is', async () => {
  const project = await oneRevision()
  const screen = await openScreens(project)
  await screen.press('u')
  await screen.waitFor('1 step')
  const pid = hostsOf(screen).at(-1)
  if (pid === undefined) throw new Error('No process tries scripts.')
  process.kill(pid, 'SIGKILL')
  await screen.waitFor(/scripts ended \(SIGKILL\) while nothing ran/)
  expect(screen.text()).toContain('1 step')
  await screen.press('enter')
  await screen.waitFor('Done: the database is at')
  expect(await quit(screen)).toBe(0)
}, 60_000)

test('while the editor is open it waits until that is closed', async () => {
  const project = await oneRevision()
  const editor = path.join(project.folder, 'editor.sh')
  project.write('editor.sh', '#!/bin/sh\nprintf "EDITOR READY\\n"\nread line\n')
  chmodSync(editor, 0o755)
  const screen = await openScreens(project, { env: { VISUAL: editor } })
  await screen.waitFor(/\d model changes? *$/m)
  await screen.press('e')
  await screen.waitFor('EDITOR READY')
  for (const pid of hostsOf(screen)) process.kill(pid, 'SIGKILL')
  await new Promise((resolve) => setTimeout(resolve, 500))
  screen.type('\n')
  await screen.waitFor(/ended \(SIGKILL\).*was not changed/s)
  expect(await quit(screen)).toBe(0)
}, 60_000)

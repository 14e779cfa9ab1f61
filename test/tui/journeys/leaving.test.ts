/** Every way out gives the terminal back. */
import { afterAll, expect, test } from 'vitest'
import { rmSync } from 'node:fs'
import path from 'node:path'
import type { PtyScreen } from '../../support/pty/pty-screen.js'
import type { TestProject } from '../../support/project.js'
import { makeProject, ROOT, sqliteProject } from '../../support/project.js'
import { start } from '../../support/pty/start.js'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'

let shared: TestProject | null = null

/** One project for all ways out: none of them changes it. */
function project(): TestProject {
  shared ??= makeProject(sqliteProject(usersModel("table.string('name', 80)")), () => undefined)
  return shared
}

afterAll(() => {
  if (shared !== null) rmSync(shared.folder, { recursive: true, force: true })
})

const WAYS: readonly (readonly [
  name: string,
  code: number,
  leave: (screen: PtyScreen) => unknown,
])[] = [
  ['q', 0, (screen) => screen.press('q')],
  ['ctrl-c', 0, (screen) => screen.press('ctrl+c')],
  [':q', 0, (screen) => screen.press(':', 'q', 'enter')],
  [
    'SIGINT',
    130,
    (screen) => {
      screen.signal('SIGINT')
    },
  ],
  [
    'SIGTERM',
    143,
    (screen) => {
      screen.signal('SIGTERM')
    },
  ],
  [
    'SIGQUIT',
    131,
    (screen) => {
      screen.signal('SIGQUIT')
    },
  ],
]

test.each(WAYS)('%s leaves with %i and gives the terminal back', async (_, code, leave) => {
  const screen = await openScreens(project())
  await leave(screen)
  expect(await screen.exit).toBe(code)
  expect(screen.isNormal).toBe(true)
  expect(screen.sttySane()).toBe(true)
  expect(screen.raw()).not.toContain('\u001b[3J')
})

test('keys that come faster than frames are all taken, and the terminal may change its size at any time', async () => {
  const many = project()
  const screen = await openScreens(many)
  for (const [columns, rows] of [
    [40, 10],
    [200, 50],
    [60, 15],
    [59, 15],
    [100, 30],
    [99, 20],
    [20, 5],
    [80, 24],
  ] as const) {
    screen.resize(columns, rows)
    screen.type('jjkk')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  await screen.waitFor('1 change')
  expect(Math.max(...screen.lines().map((line) => line.length))).toBeLessThanOrEqual(80)
  screen.resize(50, 12)
  await screen.waitFor('needs 60x15 (now 50x12)')
  screen.resize(60, 15)
  await screen.waitFor(/pending/)
  await screen.press('?')
  await screen.waitFor('Keys of the revision tree')
  expect(await quit(screen)).toBe(0)
})

test('--ascii and NO_COLOR draw no sign and no colour that they should not', async () => {
  const screen = await openScreens(project(), { args: ['--ascii'], env: { NO_COLOR: '1' } })
  await screen.press('?')
  await screen.waitFor('Keys of the revision tree')
  expect(await quit(screen)).toBe(0)
  expect(screen.raw()).not.toMatch(/\u001b\[3[0-7]m/)
  expect(screen.raw().replaceAll(/[\u0000-\u007e]/g, '')).toMatch(/^[…·↑↓←→]*$/)
})

test('ctrl-z goes back to the shell, and fg to the same place', async () => {
  const { folder } = project()
  const screen = start(['bash', '--norc', '--noprofile', '--noediting', '-i'], {
    columns: 120,
    rows: 35,
    cwd: folder,
    env: { PS1: 'shell> ' },
  })
  await screen.waitFor('shell>')
  screen.type(`${process.execPath} ${path.join(ROOT, 'bin/migrate-tui.js')}\n`)
  await screen.waitFor(/1 model change *$/m)
  await screen.press('D')
  await screen.waitFor('Differences')
  await screen.press('ctrl+z')
  await screen.waitFor((shown) => shown.isNormal && shown.text().includes('Stopped'))
  screen.type('fg\n')
  await screen.waitFor((shown) => !shown.isNormal && shown.text().includes('Differences'))
  await screen.press('escape')
  await screen.waitFor('No revision yet')
  await screen.press('q')
  await screen.waitFor((shown) => shown.isNormal)
  screen.type('exit\n')
  await screen.exit
})

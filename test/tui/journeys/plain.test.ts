/** The same flows as numbered lines. */
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeProject, ROOT, sqliteProject } from '../../support/project.js'
import { usersModel } from '../../support/open-screens.js'
import { start } from '../../support/pty/start.js'

test('--plain asks by numbers, shows the plan first, and never draws a screen', async () => {
  const project = makeProject(sqliteProject(usersModel("table.string('name', 80).notNullable()")))
  await project.ok('migrate', '-m', 'create users')
  const screen = start([process.execPath, path.join(ROOT, 'bin/migrate-tui.js'), '--plain'], {
    columns: 100,
    rows: 50,
    cwd: project.folder,
  })
  await screen.waitFor('Number:')
  screen.type('4\n')
  await screen.waitFor('To which revision?')
  screen.type('\n')
  await screen.waitFor('Run it step by step?')
  expect(screen.text()).toContain('Nothing was run')
  expect(screen.text()).not.toContain('was made')
  screen.type('y\n')
  await screen.waitFor('Run it? y or n')
  screen.type('y\n')
  await screen.waitFor('From base to')
  screen.type('0\n')
  expect(await screen.exit).toBe(0)
  expect(screen.raw()).not.toContain('\u001b[?1049h')
  expect((await project.run(['current', '--check-heads'])).code).toBe(0)
})

test('--demo opens a practice project, and takes it away afterwards', async () => {
  const project = makeProject({})
  const screen = start([process.execPath, path.join(ROOT, 'bin/migrate-tui.js'), '--demo'], {
    columns: 120,
    rows: 35,
    cwd: project.folder,
  })
  await screen.waitFor(/\d model changes *$/m, 30_000)
  expect(screen.text()).toContain('order states')
  await screen.press('q')
  expect(await screen.exit).toBe(0)
  expect(project.list('.')).toEqual(['node_modules'])
})

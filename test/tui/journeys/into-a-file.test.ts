/** Offline SQL, and whatever else a typed command prints, goes into a file from the screens too. */
import { expect, test } from 'vitest'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'
import { makeProject, sqliteProject } from '../../support/project.js'

test('what a typed command prints goes into a file, and never over one that is there', async () => {
  const project = makeProject(sqliteProject(usersModel("table.string('name', 80)")))
  await project.ok('migrate', '-m', 'create users')
  const screen = await openScreens(project)
  const type = async (line: string): Promise<void> => {
    await screen.press(':')
    screen.type(`${line}\r`)
  }
  await type('upgrade --sql > up.sql')
  await screen.waitFor(/Wrote \d+ lines to/)
  const written = project.read('up.sql')
  expect(written).toContain('create table `users`')
  const timeless = (sql: string): string =>
    sql.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then').trimEnd()
  expect(timeless(written)).toBe(timeless(await project.ok('upgrade', '--sql')))
  await screen.press('escape')
  await type('history > up.sql')
  await screen.waitFor('is there already')
  expect(project.read('up.sql')).toBe(written)
  await screen.press('escape')
  await type('show nosuch > other.txt')
  await screen.waitFor('was not written')
  expect(project.list('.')).not.toContain('other.txt')
  expect(await quit(screen)).toBe(0)
}, 60_000)

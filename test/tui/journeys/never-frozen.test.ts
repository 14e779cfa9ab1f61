/** What takes long, loops or dies in the engine does not hold the screen. */
import path from 'node:path'
import { expect, test } from 'vitest'
import { start } from '../../support/pty/start.js'
import { makeProject, modelsFile, ROOT, sqliteProject } from '../../support/project.js'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'
import { add } from '../../support/revision-line.js'
import { MANY, NAME, SLOW, twoRevisions } from '../../support/slow-project.js'

test('while a statement blocks the engine the screen ticks and answers, and ctrl-c stops after the revision', async () => {
  // Planned without it: only the run is slow.
  const project = twoRevisions(SLOW)
  project.exec(MANY)
  const screen = await openScreens(project)
  await screen.press('home', 'u')
  await screen.waitFor('2 steps')
  await screen.press('enter')
  await screen.waitFor(/Run aaaa00000001\?|Running/)
  if (screen.text().includes('Run aaaa00000001?')) await screen.press('y')
  await screen.waitFor('statement 1')
  await screen.press('?')
  await screen.waitFor('Keys of the plan')
  await screen.press('escape')
  await screen.press('ctrl+c')
  await screen.waitFor('Stopping after this revision')
  await screen.waitFor(/1 done, 1 to go|Interrupted after/, 60_000)
  expect(project.rows('select revision from migrate_tui_revisions')).toEqual([
    { revision: 'aaaa00000001' },
  ])
  expect(await quit(screen)).toBe(0)
}, 120_000)

test('a second ctrl-c ends the statement, and says what state the database is in', async () => {
  const project = twoRevisions(SLOW)
  project.exec(MANY)
  const screen = await openScreens(project)
  await screen.press('home', 'u')
  await screen.waitFor('2 steps')
  await screen.press('enter')
  await screen.waitFor(/Run aaaa00000001\?|Running/)
  if (screen.text().includes('Run aaaa00000001?')) await screen.press('y')
  await screen.waitFor('statement 1')
  await screen.press('ctrl+c')
  await screen.waitFor('Stopping after this revision')
  await screen.press('ctrl+c')
  await screen.waitFor('✗ Failed')
  await screen.waitFor(/rolled back|not committed/)
  expect(await quit(screen)).toBe(0)
}, 120_000)

test('a model file that loops or ends the process is told by its name, and the rest of the screen works', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  project.write('models/stops.js', 'process.exit(0)\n')
  const screen = await openScreens(project, { until: /1 model unread|models unread/ })
  await screen.press('D')
  await screen.waitFor('stops.js')
  await screen.press('escape')
  project.write('models/stops.js', 'for (;;);')
  await screen.waitFor('pending · 1 model unread …')
  await screen.press('?')
  await screen.waitFor('Keys of the revision tree')
  await screen.press('escape')
  await screen.waitFor('No revision yet')
  project.write('models/stops.js', modelsFile('exports.nothing = null'))
  await screen.waitFor(/1 model change *$/m, 60_000)
  await screen.press('q')
  expect(await screen.exit).toBe(0)
})

test('a script that never ends stops neither what looks nor what plans, and is mended in another window', async () => {
  const project = twoRevisions('for (;;) await Promise.resolve(knex)')
  const screen = await openScreens(project)
  // Its losses are looked for by itself: the comparison comes all the same.
  await screen.waitFor(/\d model changes? *$/m)
  await screen.press('home', 'u')
  await screen.waitFor(/Making the plan, \d/)
  await screen.waitFor('ctrl-c stop planning')
  await screen.press('ctrl+c')
  await screen.waitFor('The plan was not made')
  add(project, { id: 'aaaa00000001', parents: [] })
  await screen.waitFor('2 steps')
  expect(await quit(screen)).toBe(0)
}, 60_000)

test('where no file may grow, which a signal tells, all is shown and answers', async () => {
  const { folder } = twoRevisions('')
  const limited = ['bash', '-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath] as const
  const screen = start([...limited, path.join(ROOT, 'bin/migrate-tui.js')], {
    columns: 120,
    rows: 35,
    cwd: folder,
  })
  await screen.waitFor('createTable')
  await screen.press('4')
  await screen.waitFor('[4 Info]')
  expect(await quit(screen)).toBe(0)
})

/** What takes long, loops or dies in the engine does not hold the screen. */
import { expect, test } from 'vitest'
import type { TestProject } from '../../support/project.js'
import { makeProject, modelsFile, sqliteProject } from '../../support/project.js'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'

const NAME = "table.string('name', 80).notNullable()"

function script(id: string, parent: string | null, up: string): string {
  return `/** step ${id} */
exports.revision = '${id}'
exports.downRevision = ${parent === null ? 'null' : `'${parent}'`}
exports.branchLabels = []
exports.dependsOn = []
exports.up = async function up(knex) {
  ${up}
}
exports.down = async function down() {}
exports.config = { transaction: true }
`
}

/** Seconds of work for SQLite, in one statement that nothing can interrupt, over rows that a rehearsal has not. */
const SLOW =
  'await knex.raw("insert into go select count(*) from go a, go b, go c where a.id + b.id + c.id > 0")'

const MANY = `create table go as
  with recursive n(id) as (select 1 union all select id + 1 from n where id < 400) select id from n`

function withScripts(first: string): TestProject {
  return makeProject({
    ...sqliteProject(usersModel(NAME)),
    'migrations/1_slow.js': script('aaaa00000001', null, first),
    'migrations/2_next.js': script(
      'bbbb00000002',
      'aaaa00000001',
      `await knex.schema.createTable('users', (t) => { t.increments(); t.string('name', 80).notNullable() })`,
    ),
  })
}

test('while a statement blocks the engine the screen ticks and answers, and ctrl-c stops after the revision', async () => {
  // Planned without it: only the run is slow.
  const project = withScripts(SLOW)
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
  const project = withScripts(SLOW)
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

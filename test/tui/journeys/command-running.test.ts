/** A command that was typed goes on in a process of its own: leaving waits for it. */
import { expect, test } from 'vitest'
import { makeProject, sqliteProject } from '../../support/project.js'
import { openScreens, usersModel } from '../../support/open-screens.js'

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

const SLOW =
  'await knex.raw("insert into go select count(*) from go a, go b, go c where a.id + b.id + c.id > 0")'

test('leaving waits for an upgrade that was typed, and says where the database stands then', async () => {
  const project = makeProject({
    ...sqliteProject(usersModel("table.string('name', 80)")),
    'migrations/1_slow.js': script('aaaa00000001', null, SLOW),
    'migrations/2_next.js': script('bbbb00000002', 'aaaa00000001', ''),
  })
  project.exec(`create table go as
    with recursive n(id) as (select 1 union all select id + 1 from n where id < 400) select id from n`)
  const screen = await openScreens(project)
  await screen.press(':')
  screen.type('upgrade head --allow-destructive\r')
  await screen.waitFor('running')
  await screen.waitFor(/aaaa0000/)
  await screen.press('q')
  await screen.waitFor('A command is running')
  await screen.press('escape', 'ctrl+c')
  await screen.waitFor('after its revision')
  expect(await screen.exit).toBe(0)
  expect(screen.text()).toContain('went from base to')
  expect(project.rows('select revision from migrate_tui_revisions')[0]).toEqual({
    revision: 'aaaa00000001',
  })
}, 120_000)

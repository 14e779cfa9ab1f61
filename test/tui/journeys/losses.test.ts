/** Steps that lose data: refused, accepted, and renames that keep it. */
import { expect, test } from 'vitest'
import type { TestProject } from '../../support/project.js'
import { makeProject, modelsFile, sqliteProject } from '../../support/project.js'
import { add } from '../../support/revision-line.js'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'

const NAME = "table.string('name', 80).notNullable()"

async function withUsers(columns: readonly string[]): Promise<TestProject> {
  const project = makeProject(sqliteProject(usersModel(...columns)))
  await project.ok('migrate', '-m', 'create users')
  await project.ok('upgrade')
  project.exec("insert into users (name) values ('Ana'), ('Bo'), ('Cy')")
  return project
}

test('a loss is counted, refused with esc, and runs once its name is typed', async () => {
  const project = await withUsers([NAME, "table.text('about')"])
  project.exec("update users set about = 'x'")
  project.write('models/index.js', modelsFile(usersModel(NAME)))
  await project.ok('migrate', '-m', 'drop about')
  const screen = await openScreens(project)
  await screen.waitFor('loses data')
  await screen.press('K', 'u')
  await screen.waitFor('LOSES DATA')
  await screen.press('enter')
  await screen.waitFor('This cannot be undone')
  expect(screen.text()).toContain('3 rows')
  await screen.press('escape')
  await screen.waitFor('Not run: the loss was not agreed to')
  expect(project.rows('select about from users')).toHaveLength(3)
  await screen.press('enter')
  await screen.waitFor('This cannot be undone')
  // Enter on an empty box does nothing, and neither does another word.
  await new Promise((resolve) => setTimeout(resolve, 600))
  await screen.press('enter')
  await screen.waitFor('to go on, or press esc')
  screen.type('users.about')
  await screen.press('enter')
  await screen.waitFor('Done: the database is at')
  expect(Object.keys(project.rows('select * from users')[0] ?? {})).toEqual(['id', 'name'])
  expect(
    project.list('.').filter((name) => name.includes('backup') || name.includes('before')),
  ).not.toEqual([])
})

test('losses that are not known yet when a plan is asked for are shown after it', async () => {
  const project = await withUsers([NAME])
  const [first = ''] = project.list('migrations')
  const [base = ''] = /(?<=_)[0-9a-f]{12}(?=_)/.exec(first) ?? []
  const slow = 'await new Promise((resolve) => setTimeout(resolve, 2_500))'
  add(project, { id: 'aaaa00000001', parents: [base], up: slow })
  const drop = "await knex.schema.dropTable('users')"
  add(project, { id: 'bbbb00000002', parents: ['aaaa00000001'], up: drop })
  const screen = await openScreens(project)
  await new Promise((resolve) => setTimeout(resolve, 1_300))
  expect(screen.text()).not.toContain('loses data')
  await screen.press('home', 'u')
  await screen.waitFor('2 steps')
  await screen.press('escape')
  await screen.waitFor(/bbbb0000.*!loses data/)
  expect(await quit(screen)).toBe(0)
})

test('a rename is asked with its evidence, and keeps every value', async () => {
  const project = await withUsers([NAME])
  project.write(
    'models/index.js',
    modelsFile(usersModel("table.string('full_name', 80).notNullable()")),
  )
  const screen = await openScreens(project)
  await screen.press('g')
  await screen.waitFor('Question 1 of 1')
  await screen.press('v')
  await screen.waitFor('Ana')
  await screen.press('r')
  await screen.waitFor(/Rename column users\.name/)
  await screen.waitFor(/1 model change *$/m)
  await screen.press('w')
  await screen.waitFor(/y .*write/)
  await screen.press('y')
  await screen.waitFor('Wrote')
  await screen.waitFor('1 pending')
  await screen.press('u')
  await screen.waitFor('1 step')
  await screen.press('enter')
  await screen.waitFor('Done: the database is at')
  expect(project.rows('select full_name from users order by id')).toEqual([
    { full_name: 'Ana' },
    { full_name: 'Bo' },
    { full_name: 'Cy' },
  ])
})

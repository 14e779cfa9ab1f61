/** Branches that meet, scripts that fail, and work in other windows. */
import { expect, test } from 'vitest'
import { makeProject, modelsFile, sqliteProject } from '../../support/project.js'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'

const NAME = "table.string('name', 80).notNullable()"

test('two heads are seen, merged, and upgraded', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  await project.ok('upgrade')
  await project.ok('revision', '-m', 'mine', '--rev-id', 'aaaa00000001')
  await project.ok(
    'revision',
    '-m',
    'theirs',
    '--rev-id',
    'bbbb00000002',
    '--head',
    'current',
    '--splice',
  )
  const screen = await openScreens(project)
  await screen.waitFor('2 heads')
  await screen.press('m')
  await screen.waitFor('Merge 2 heads')
  await screen.press('ctrl+u')
  screen.type('join us')
  await screen.press('enter')
  await screen.waitFor('3 pending')
  await screen.waitFor(/◎.*join us/)
  await screen.press('u')
  await screen.waitFor('3 steps')
  await screen.press('A')
  await screen.waitFor('Run 3 safe steps?')
  await screen.press('y')
  await screen.waitFor('Done: the database is at')
  expect(await quit(screen)).toBe(0)
  expect((await project.run(['current', '--check-heads'])).code).toBe(0)
})

test('a step that fails shows the line and the state, and is run again after an edit', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  await project.ok('upgrade')
  await project.ok('revision', '-m', 'broken', '--rev-id', 'aaaa00000001')
  const [file = ''] = project.list('migrations').filter((name) => name.includes('aaaa00000001'))
  const empty = project.read(`migrations/${file}`)
  const with_ = (sql: string): string =>
    empty.replace(
      /(exports\.up = async function up\(knex\) \{)[^}]*\}/,
      `$1\n  await knex.raw("${sql}")\n}`,
    )
  project.write(`migrations/${file}`, with_('insert into nowhere values (1)'))
  const editor = `sed -i s/nowhere.values.(1)/users(name)values(\\x27Ana\\x27)/`
  const screen = await openScreens(project, { env: { EDITOR: editor } })
  await screen.press('K')
  await screen.press('u')
  await screen.waitFor('1 step')
  await screen.press('enter')
  await screen.waitFor('Run aaaa00000001?')
  await screen.press('y')
  await screen.waitFor('✗ Failed')
  expect(screen.text()).toContain('no such table: nowhere')
  expect(screen.text()).toContain('It was rolled back whole')
  expect(screen.text()).toMatch(/broken\.js:\d+/)
  await screen.press('e')
  await screen.waitFor('was saved')
  await screen.waitFor('users(name)')
  // The save is noticed twice, and the plan made again for each: enter waits for it.
  await screen.press('enter')
  await screen.waitFor('Done: the database is at')
  expect(project.rows('select name from users')).toEqual([{ name: 'Ana' }])
})

test('files and database that change in another window are noticed, and the place is kept', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  const screen = await openScreens(project)
  await screen.waitFor('1 pending')
  await project.ok('upgrade')
  await screen.waitFor('0 pending')
  await screen.waitFor('0 model changes')
  project.write('models/index.js', modelsFile(usersModel(NAME, "table.text('about')")))
  await screen.waitFor('1 model change')
  await project.ok('migrate', '-m', 'about users')
  await screen.waitFor('1 pending')
  expect(screen.text()).toMatch(/▸ .*create users/)
})

test('another database of the configuration is looked at without leaving', async () => {
  const project = makeProject({
    ...sqliteProject(usersModel(NAME)),
    'migrate-tui.config.js': `const at = (name) => ({
  knex: { client: 'better-sqlite3', connection: { filename: name + '.sqlite3' }, useNullAsDefault: true },
  models: './models',
  migrations: './migrations/' + name,
})
module.exports = { databases: { main: at('main'), audit: at('audit') } }
`,
  })
  await project.ok('migrate', '-m', 'users of main', '--database', 'main')
  const screen = await openScreens(project, { args: ['--database', 'main'] })
  await screen.waitFor('users of main')
  await screen.press('b')
  await screen.waitFor('Databases')
  await screen.press('2')
  await screen.waitFor('audit.sqlite3')
  await screen.waitFor('No revision yet')
  await screen.press('b', '1')
  await screen.waitFor('users of main')
  await screen.press('u')
  await screen.waitFor('1 step')
  await screen.press('enter')
  await screen.waitFor('Done: the database is at')
  expect(await quit(screen)).toBe(0)
  expect(screen.text()).toContain('--database main')
  expect(project.list('.')).toContain('main.sqlite3')
  expect(project.list('.')).not.toContain('audit.sqlite3')
})

test('a revision can only follow what the database has: the review says so before anything is written', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  const screen = await openScreens(project)
  await screen.waitFor(/1 model change *$/m)
  await screen.press('g')
  await screen.waitFor('NEW REVISION')
  await screen.press('w')
  await screen.waitFor('1 revision is not applied: upgrade first')
  expect(project.list('migrations')).toHaveLength(1)
})

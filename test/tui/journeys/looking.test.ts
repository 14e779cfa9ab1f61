/** The tree, the command line, the editor, and names that mean harm. */
import { chmodSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeProject, sqliteProject } from '../../support/project.js'
import { openScreens, quit, usersModel } from '../../support/open-screens.js'

const NAME = "table.string('name', 80).notNullable()"

test('the script, its SQL, its effect and its facts are shown for the selected revision', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  await project.ok('upgrade')
  const screen = await openScreens(project)
  await screen.waitFor('table.increments')
  await screen.press('2')
  await screen.waitFor('create table `users`')
  await screen.press('3')
  await screen.waitFor('Create table users')
  await screen.press('4')
  await screen.waitFor('as it was applied')
  await screen.press('/')
  screen.type('nothing like it')
  await screen.waitFor('No revision matches')
  await screen.press('escape')
  await screen.waitFor('create users')
})

test('the command line completes, runs any command, and remembers it', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  const screen = await openScreens(project)
  await screen.press(':')
  screen.type('hist')
  await screen.waitFor('List revisions')
  await screen.press('tab')
  await screen.waitFor(':history ')
  screen.type('--verbose')
  await screen.press('enter')
  await screen.waitFor('exit code 0')
  expect(screen.text()).toContain('create users')
  await screen.press('escape', ':')
  screen.paste('\u001b[1mhis\u001b[31mtory\u001b[0m\n')
  await screen.waitFor(/^:history \s/m)
  await screen.press('escape', ':', 'up')
  await screen.waitFor(':history --verbose')
  await screen.press('escape', ':')
  screen.type('upgrade --sql')
  await screen.press('enter')
  await screen.waitFor('create table')
  await screen.press('escape', ';')
  await screen.waitFor('migrate-tui upgrade --sql')
  expect(project.list('.')).not.toContain('dev.sqlite3')
})

test('the editor gets every key, none leaks back, and what it saved is read and checked', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  const editor = path.join(project.folder, 'editor.sh')
  project.write(
    'editor.sh',
    `#!/bin/sh
printf 'EDITOR READY\\n'
head -n 3 > "$PWD/typed"
printf '\\nnot a script(\\n' >> "$1"
`,
  )
  chmodSync(editor, 0o755)
  const screen = await openScreens(project, { env: { VISUAL: editor } })
  await screen.press('e')
  await screen.waitFor('EDITOR READY')
  screen.type('qqq\nuuu\nddd\n')
  await screen.waitFor('That did not work')
  expect(project.read('typed')).toBe('qqq\nuuu\nddd\n')
  expect(await quit(screen)).toBe(0)
})

test.each([
  ['does not parse', 'module.exports = {\n  knex: ,\n}\n', 'does not load'],
  ['has an unknown key', "module.exports = { knexx: './knexfile.js' }\n", 'knexx'],
  ['names no knexfile', "module.exports = { knex: './none.js' }\n", 'There is no knexfile'],
])('a configuration that %s is opened from the tree, and read again', async (_, text, said) => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  const editor = path.join(project.folder, 'editor.sh')
  project.write('right', project.read('migrate-tui.config.js'))
  project.write('editor.sh', '#!/bin/sh\nfor file; do :; done\ncat right > "$file"\n')
  chmodSync(editor, 0o755)
  project.write('migrate-tui.config.js', text)
  const screen = await openScreens(project, { env: { VISUAL: editor }, until: said })
  await screen.waitFor('e edit')
  await screen.press('e')
  await screen.waitFor(/1 pending · \d model changes? *$/m)
  expect(await quit(screen)).toBe(0)
})

test('names from the database are drawn as text, whatever is in them', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  project.exec(`create table "\u001b]0;owned\u0007\u001b[2J\u202egnp" (id integer primary key)`)
  const screen = await openScreens(project)
  await screen.press('D')
  await screen.waitFor('gnp')
  expect(await quit(screen)).toBe(0)
  expect(screen.raw()).not.toContain('owned\u0007')
  expect(screen.raw()).not.toContain('\u202e')
})

test('--read-only refuses what changes anything, and says why', async () => {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  await project.ok('migrate', '-m', 'create users')
  const screen = await openScreens(project, { args: ['--read-only'] })
  await screen.waitFor('READ-ONLY')
  await screen.press('u')
  await screen.waitFor('1 step')
  await screen.press('enter')
  await screen.waitFor('--read-only: nothing is changed')
  await screen.press('escape', 'g')
  await screen.waitFor('--read-only: nothing is changed')
  expect((await project.run(['current', '--check-heads'])).code).toBe(3)
})

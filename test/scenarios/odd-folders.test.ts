/** What else can lie in a folder of revisions. */
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProject, sqliteProject } from '../support/project.js'
import { errorOf, line, projectWith } from '../support/revision-line.js'

test.each<[string, (path: string) => void, string]>([
  [
    'a folder',
    (path) => {
      mkdirSync(path)
    },
    'it is a folder',
  ],
  [
    'a link that leads nowhere',
    (path) => {
      symlinkSync('/nowhere', path)
    },
    'leads nowhere',
  ],
])('%s with the name of a script is refused by its path', async (_what, make, reason) => {
  const project = projectWith(line('one'))
  make(join(project.folder, 'migrations/zzz.js'))
  const ended = await project.run(['history', '--json'])
  expect(ended.code).toBe(2)
  const error = errorOf(ended)
  expect(error.code).toBe('SCRIPT_UNREADABLE')
  expect(error.message).toContain('zzz.js')
  expect(error.message).toContain(reason)
})

test('a script in TypeScript imports by the paths of tsconfig.json, as models do', async () => {
  const project = makeProject({
    ...sqliteProject(''),
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./src/lib/*"] } } }',
    'src/lib/tables.ts':
      "import { users } from '@lib/names'\nexport const tables: string[] = [users]\n",
    'src/lib/names.ts': "export const users: string = 'users'\n",
    'migrations/1_users.ts': `import type { Knex } from 'knex'
import { tables } from '@lib/tables'
export async function up(knex: Knex): Promise<void> {
  for (const name of tables) await knex.schema.createTable(name, (table) => { table.increments() })
}
export const down = (knex: Knex): Promise<void> => knex.schema.dropTable('users')
`,
  })
  await project.ok('upgrade')
  expect(project.rows('select count(*) as n from users')).toEqual([{ n: 0 }])
})

test('where there is neither a revision nor a folder for one, that is said', async () => {
  const project = makeProject(sqliteProject(''))
  const folder = join(project.folder, 'migrations')
  for (const command of ['current', 'history', 'upgrade']) {
    const { code, stderr } = await project.run([command])
    expect([command, code, stderr]).toEqual([command, 0, expect.stringContaining(folder)])
  }
  mkdirSync(folder)
  expect((await project.run(['history'])).stderr).toBe('')
})

test('SQL of no change is a comment that says what was compared', async () => {
  const project = makeProject(
    sqliteProject(`exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table) { table.increments() }
}`),
  )
  await project.ok('migrate', '-m', 'one')
  await project.ok('upgrade')
  const { code, stdout } = await project.run(['migrate', '--sql'])
  expect(code).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.filter((each) => !each.startsWith('-- '))).toEqual([])
  expect(stdout).toContain('Nothing to write')
  expect(stdout).toContain('dev.sqlite3')
})

test('a script that cannot be put where it should says so', async () => {
  const project = projectWith(line('one'))
  project.write('blocked', 'a file, and no folder')
  const args = ['revision', '-m', 'x', '--version-path', './blocked/versions', '--json']
  const ended = await project.run(args)
  expect(ended.code).not.toBe(70)
  expect(errorOf(ended).code).not.toBe('INTERNAL')
})

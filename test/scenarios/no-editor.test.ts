/** An editor that cannot be started: what was written before is told. */
import { expect, test } from 'vitest'
import { makeProject, sqliteProject } from '../support/project.js'

test('a script that was written is named, although its editor is not there', async () => {
  const project = makeProject(
    sqliteProject(`exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table) { table.increments() }
}`),
  )
  const { code, stderr } = await project.run(['migrate', '-m', 'one', '--edit'], {
    env: { VISUAL: '', EDITOR: '/nowhere/editor' },
  })
  const [file = ''] = project.list('migrations')
  expect(code).toBe(2)
  expect(stderr).toContain('[EDITOR_MISSING]')
  expect(stderr).toContain(`migrations/${file}`)
  expect(stderr).toContain('state  ')
})

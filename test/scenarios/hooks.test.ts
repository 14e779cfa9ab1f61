/** Hooks of the configuration: when they are called, and what stands when one fails. */
import { expect, test } from 'vitest'
import type { TestProject } from '../support/project.js'
import { applied, errorOf, line, projectWith } from '../support/revision-line.js'

function projectWithHooks(hooks: string): TestProject {
  const project = projectWith(line('one', 'two'))
  const config = project.read('migrate-tui.config.js')
  project.write(
    'migrate-tui.config.js',
    config.replace('module.exports = {', `$&\n  hooks: ${hooks},`),
  )
  return project
}

test('onApply is called when its revision is committed, and stops what follows when it fails', async () => {
  const project = projectWithHooks(`{ onApply({ revision }) {
    const database = new (require('better-sqlite3'))('dev.sqlite3', { readonly: true })
    const rows = database.prepare('select revision from migrate_tui_revisions').all()
    if (rows.at(-1)?.revision !== revision) throw new Error('not committed')
    throw new Error('no mail')
  } }`)
  const ended = await project.run(['upgrade', '--json'])
  expect(ended.code).toBe(1)
  const error = errorOf(ended)
  expect(error).toMatchObject({ code: 'HOOK_FAILED', message: 'The hook onApply failed: no mail' })
  expect(error.state).toContain('Revision one is committed')
  expect(applied(project)).toEqual(['one'])
  expect(project.rows("select name from sqlite_schema where name in ('one', 'two')")).toHaveLength(
    1,
  )
})

test('beforeWrite keeps a script from being written', async () => {
  const project = projectWithHooks(`{ beforeWrite() { throw new Error('not on Fridays') } }`)
  const before = project.list('migrations')
  const ended = await project.run(['revision', '-m', 'x', '--json'])
  expect(ended.code).toBe(1)
  expect(errorOf(ended)).toMatchObject({ code: 'HOOK_FAILED' })
  expect(project.list('migrations')).toEqual(before)
})

test('beforeWrite is not called where nothing can be written', async () => {
  const project = projectWithHooks(
    `{ beforeWrite() { require('node:fs').writeFileSync('called', '') } }`,
  )
  expect((await project.run(['revision', '-m', 'x', '--rev-id', 'one'])).code).toBe(2)
  expect((await project.run(['revision', '-m', 'x', '--version-path', 'elsewhere'])).code).toBe(2)
  expect(project.list('.')).not.toContain('called')
  await project.ok('revision', '-m', 'x')
  expect(project.list('.')).toContain('called')
})

test('what onFailure throws does not hide what failed', async () => {
  const project = projectWithHooks(`{ onFailure() { throw new Error('no mail') } }`)
  const script = project.read('migrations/one.js')
  project.write('migrations/one.js', script.replace('createTable', 'noSuchCall'))
  const ended = await project.run(['upgrade'])
  expect(ended.code).toBe(1)
  expect(ended.stderr).toContain('noSuchCall')
  expect(ended.stderr).toContain('The hook onFailure failed too: no mail')
  expect(errorOf(await project.run(['upgrade', '--json']))).toMatchObject({ code: 'SCRIPT_FAILED' })
})

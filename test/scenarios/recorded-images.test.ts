/** What a `down` written on SQLite restores: the words of the scripts, also for a table that was renamed since. */
import { expect, test } from 'vitest'
import { hostOf } from '../support/hosts.js'
import { makeProject, modelsFile, sqliteProject, type TestProject } from '../support/project.js'

/** A word that SQLite keeps as another. */
const DATA = `table.jsonb('data').comment('as it came')`

function model(table: string, ...columns: readonly string[]): string {
  return `exports.User = class User extends Model {
  static tableName = '${table}'
  static defineTable(table) {
    table.increments()
    ${columns.join('\n    ')}
  }
}`
}

async function applied(project: TestProject, ...options: readonly string[]): Promise<void> {
  await project.ok('migrate', ...options)
  await project.ok('upgrade', '--allow-destructive')
}

const last = (project: TestProject): string =>
  project.read(`migrations/${project.list('migrations').at(-1) ?? ''}`)

const RESTORED = `table.jsonb('data').comment('as it came')`

test('of a table that an earlier revision renamed', async () => {
  const project = makeProject(sqliteProject(model('users', DATA)))
  await applied(project, '-m', 'one')
  for (const [from = '', to = ''] of [
    ['users', 'people'],
    ['people', 'members'],
  ]) {
    project.write('models/index.js', modelsFile(model(to, DATA)))
    await applied(project, '-m', to, '--rename', `${from}:${to}`)
  }
  project.write('models/index.js', modelsFile(model('members')))
  await project.ok('migrate', '-m', 'without')
  expect(last(project)).toContain(RESTORED)
})

test('of a table that the same revision renames', async () => {
  const project = makeProject(sqliteProject(model('users', DATA)))
  await applied(project, '-m', 'one')
  project.write('models/index.js', modelsFile(model('people')))
  await project.ok('migrate', '-m', 'two', '--rename', 'users:people')
  expect(last(project)).toContain(`renameTable('users', 'people')`)
  expect(last(project)).toContain(RESTORED)
})

test('of a table that the revision before it, of the same review, renames', async () => {
  const project = makeProject(sqliteProject(model('users', DATA)))
  await applied(project, '-m', 'one')
  project.write('models/index.js', modelsFile(model('people')))
  const host = hostOf(project)
  const renames = [{ table: 'users', column: null, to: 'people' }]
  const answers = { renames, apart: [], dropUnmanaged: [] }
  const { changes } = await host.call('compare', { answers })
  await host.call('write', {
    answers,
    parts: changes.map(({ id }) => ({ message: null, changes: [id] })),
    fills: [],
    partial: false,
  })
  expect(changes.map(({ kind }) => kind)).toEqual(['renameTable', 'dropColumn'])
  expect(last(project)).toContain(RESTORED)
  await project.ok('upgrade', '--allow-destructive')
  await project.ok('downgrade', 'base', '--allow-destructive')
})

test('a table that a revision of ours made is ours also under its new name', async () => {
  const project = makeProject(sqliteProject(model('users', DATA)))
  await applied(project, '-m', 'one')
  project.write('models/index.js', modelsFile(model('people', DATA)))
  await applied(project, '-m', 'two', '--rename', 'users:people')
  project.write('models/index.js', modelsFile(model('teams')))
  expect(await project.json('migrate', '--plan')).toMatchObject({
    changes: [
      { kind: 'createTable', name: 'teams' },
      { kind: 'dropTable', name: 'people' },
    ],
    unmanaged: [],
  })
})

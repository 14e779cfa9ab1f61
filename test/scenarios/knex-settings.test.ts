/** What a knexfile says of migrations, and what scripts are told. */
import { describe, expect, test } from 'vitest'
import type { FailureDocument } from '../../src/workflows/documents.js'
import { makeProject } from '../support/project.js'
import {
  current,
  knexFiles,
  knexNames,
  plainCreate,
  POSTS,
  stockKnex,
  stockList,
  stockOk,
  tables,
  TEAMS,
  TWO,
  USERS,
} from '../support/stock-knex.js'

describe('settings of the knexfile', () => {
  test('another table of its history is kept, and never made', async () => {
    const block = "{ directory: './migrations', tableName: 'changes_done' }"
    const project = makeProject(knexFiles(TWO, block))
    await stockOk(project, 'migrate:latest')
    project.write(`migrations/${POSTS}.js`, plainCreate('posts'))
    await project.ok('upgrade')
    expect(knexNames(project, 'changes_done')).toEqual([
      `${USERS}.js`,
      `${TEAMS}.js`,
      `${POSTS}.js`,
    ])
    expect(project.rows(`select name from sqlite_schema where name = 'knex_migrations'`)).toEqual(
      [],
    )
    expect(await stockOk(project, 'migrate:latest')).toContain('Already up to date')
  })

  test('where two tables could be its history, the one with rows is followed, and that is said', async () => {
    const project = makeProject(
      knexFiles(TWO, "{ directory: './migrations', tableName: 'changes_done' }"),
    )
    await stockOk(project, 'migrate:latest')
    project.exec(
      'create table knex_migrations (id integer primary key, name varchar(255), batch integer, migration_time datetime)',
    )
    const { code, stderr } = await project.run(['current'])
    expect(code).toBe(0)
    expect(stderr).toContain('taken from changes_done (2 rows); knex_migrations is there too')
    expect(await current(project)).toMatchObject({ pending: 0 })
  })

  test('knexTable: false starts from its history and writes nothing there', async () => {
    const project = makeProject({
      ...knexFiles(TWO),
      'migrate-tui.config.js': `module.exports = { knex: './knexfile.js', knexTable: false }\n`,
    })
    await stockOk(project, 'migrate:latest')
    const names = knexNames(project)
    project.write(`migrations/${POSTS}.js`, plainCreate('posts'))
    await project.ok('upgrade')
    expect(await current(project)).toMatchObject({ current: [POSTS], pending: 0 })
    await project.ok('downgrade', USERS, '--allow-destructive', '--no-backup')
    expect(await current(project)).toMatchObject({ current: [USERS], pending: 2 })
    expect(tables(project)).toEqual(['users'])
    await project.ok('upgrade')
    expect(await current(project)).toMatchObject({ current: [POSTS], pending: 0 })
    await project.ok('stamp', USERS)
    expect((await current(project)).current).toEqual([USERS])
    await project.ok('stamp', 'head')
    expect(knexNames(project)).toEqual(names)
    expect(await project.json('verify')).toMatchObject({ ok: true })
  })

  test('a migrationSource is run as it lists itself, and has no folder to write into', async () => {
    const project = makeProject({
      ...knexFiles({}, "new (require('./source.js').Source)()"),
      'knexfile.js': `const { Source } = require('./source.js')
module.exports = {
  client: 'better-sqlite3',
  connection: { filename: './dev.sqlite3' },
  useNullAsDefault: true,
  migrations: { migrationSource: new Source() },
}
`,
      'source.js': `const create = (name) => ({
  name,
  up: (knex) => knex.schema.createTable(name, (table) => { table.increments() }),
  down: (knex) => knex.schema.dropTable(name),
})
exports.Source = class {
  getMigrations() { return Promise.resolve(['z', 'a', process.env.THIRD].filter(Boolean).map(create)) }
  getMigrationName(migration) { return migration.name }
  getMigration(migration) { return migration }
}
`,
    })
    await stockOk(project, 'migrate:latest')
    expect(await current(project)).toMatchObject({ current: ['a'], pending: 0 })
    const THIRD = { env: { THIRD: 'm' } }
    expect((await project.run(['upgrade'], THIRD)).code).toBe(0)
    expect(knexNames(project)).toEqual(['z', 'a', 'm'])
    const sql = await project.run(['upgrade', '--sql', 'a:m'], THIRD)
    expect([sql.code, sql.stdout]).toEqual([0, expect.stringMatching(/create table .m./i)])
    const shown = await project.run(['show', 'm', '--json'], THIRD)
    expect(JSON.parse(shown.stdout)).toMatchObject({ revision: 'm', path: null })
    const said = await project.run(['show', 'm'], THIRD)
    expect(said.stdout).toContain("Path: none: Knex's migrationSource has it")
    expect((await project.run(['history', '--graph'], THIRD)).stdout).toMatch(/^◆ +m /m)
    const undone = await project.run(['downgrade', '--allow-destructive', '--no-backup'], THIRD)
    expect(undone.code).toBe(0)
    expect(tables(project)).toEqual(['a', 'z'])
    const refused = await project.run(['revision', '-m', 'more', '--json'])
    expect(refused.code).toBe(2)
    const { error } = JSON.parse(refused.stdout) as FailureDocument
    expect(error.code).toBe('MIGRATION_SOURCE')
    const edited = await project.run(['edit', 'a', '--json'])
    expect(edited.code).toBe(2)
  })
})

test('--tag and -x reach plain scripts through knex.userParams', async () => {
  const project = makeProject({
    ...knexFiles({}),
    'migrations/1_seed.js': `exports.up = async (knex) => {
  const { tag, x, own } = knex.userParams
  await knex.schema.createTable('said', (table) => { table.string('what') })
  await knex('said').insert({ what: [tag, x && x.tenant, own].join() })
}
exports.down = (knex) => knex.schema.dropTable('said')
exports.config = { transaction: process.env.ALONE !== '1' }
`,
  })
  const knexfile = project.read('knexfile.js')
  project.write(
    'knexfile.js',
    knexfile.replace('client:', "userParams: { own: 'mine' },\n  client:"),
  )
  const given = ['--tag', 'v7', '-x', 'tenant=acme']
  expect(await project.ok('upgrade', '--sql', ...given)).toContain('v7,acme,mine')
  for (const ALONE of ['0', '1']) {
    const done = await project.run(['upgrade', ...given], { env: { ALONE } })
    expect([done.code, done.stderr]).toEqual([0, expect.any(String)])
    expect(project.rows('select what from said')).toEqual([{ what: 'v7,acme,mine' }])
    await project.ok('downgrade', '--allow-destructive', '--no-backup')
  }
  expect((await stockKnex(project, 'migrate:latest')).code).toBe(0)
})

test('a Knex that its configuration keeps from being made is a matter of the configuration', async () => {
  const project = makeProject({
    ...knexFiles(TWO),
    'knexfile.js': `const Client = require('knex/lib/dialects/better-sqlite3')
class Ours extends Client {
  constructor(config) {
    super(config)
    throw new Error('no licence key')
  }
}
module.exports = { client: Ours, connection: { filename: './dev.sqlite3' }, useNullAsDefault: true }
`,
  })
  const { code, stdout } = await project.run(['upgrade', '--json'])
  const { error } = JSON.parse(stdout) as FailureDocument
  expect([code, error.code]).toEqual([2, 'KNEX_CONFIG'])
  expect(error.message).toBe('Knex cannot be made of its configuration: no licence key')
})

test('offline SQL says how Knex hears of what it runs', async () => {
  const project = makeProject(knexFiles(TWO))
  await stockOk(project, 'migrate:up')
  const sql = await project.run(['upgrade', '--sql', `${USERS}:head`])
  expect(sql.stderr).toContain('`migrate-tui stamp current`')
  project.exec(sql.stdout)
  await project.ok('stamp', 'current')
  expect((await stockList(project)).pending).toEqual([])
  await project.ok('revision', '-m', 'ours')
  expect((await project.run(['upgrade', '--sql', `${TEAMS}:head`])).stderr).toBe('')
})

test('names that the mapping of the Knex configuration does not leave alone are told', async () => {
  const project = makeProject({
    ...knexFiles({}),
    'models/account.js': `const { Model } = require('objection')
exports.Account = class Account extends Model {
  static tableName = 'userAccounts'
  static defineTable(table) { table.increments(); table.string('firstName') }
}`,
  })
  const knexfile = project.read('knexfile.js')
  const mapped = (options: string): void => {
    const mappers = `...require('objection').knexSnakeCaseMappers(${options}),`
    project.write('knexfile.js', knexfile.replace('client:', `${mappers}\n  client:`))
  }
  mapped('{ upperCase: true }')
  const { code, stdout } = await project.run(['migrate', '-m', 'accounts', '--json'])
  const { error } = JSON.parse(stdout) as FailureDocument
  expect([code, error.code]).toEqual([2, 'NAMES_MAPPED'])
  expect(error.message).toContain('USER_ACCOUNTS')
  mapped('')
  await project.ok('migrate', '-m', 'accounts')
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
})

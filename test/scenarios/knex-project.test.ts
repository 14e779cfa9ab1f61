/** Projects that Knex's own command line made: taken over as they are, and left so that it goes on working. */
import { describe, expect, test } from 'vitest'
import type {
  RevisionDocument,
  RunDocument,
  VerifyDocument,
  WrittenDocument,
} from '../../src/workflows/documents.js'
import { makeProject } from '../support/project.js'
import {
  current,
  knexFiles,
  knexNames,
  plainCreate,
  POSTS,
  stockList,
  stockOk,
  tables,
  TEAMS,
  TWO,
  USERS,
} from '../support/stock-knex.js'

describe('a database that stock Knex made', () => {
  test('is at its last migration, with nothing to do and nothing written by looking', async () => {
    const project = makeProject(knexFiles(TWO))
    await stockOk(project, 'migrate:latest')
    expect(await current(project)).toMatchObject({ current: [TEAMS], heads: [TEAMS], pending: 0 })
    const history = (await project.json('history')) as readonly RevisionDocument[]
    expect(history.map(({ revision, applied }) => [revision, applied])).toEqual([
      [TEAMS, true],
      [USERS, true],
    ])
    expect(history.map(({ downRevision }) => downRevision)).toEqual([[USERS], []])
    const done = (await project.json('upgrade')) as RunDocument
    expect(done).toMatchObject({ from: [TEAMS], to: [TEAMS], steps: [] })
    expect(project.rows("select name from sqlite_schema where name like 'migrate_tui%'")).toEqual(
      [],
    )
  })

  test('takes new plain migrations from either tool, and goes back under both', async () => {
    const project = makeProject(knexFiles(TWO))
    await stockOk(project, 'migrate:latest')
    project.write(`migrations/${POSTS}.js`, plainCreate('posts'))
    await project.ok('upgrade')
    expect(await stockOk(project, 'migrate:latest')).toContain('Already up to date')
    expect((await stockList(project)).pending).toEqual([])

    await project.ok('downgrade', '-1', '--allow-destructive', '--no-backup')
    expect((await stockList(project)).pending).toEqual([`${POSTS}.js`])
    // A migration that stock Knex ran, and that our tables never listed.
    await project.ok('downgrade', '-1', '--allow-destructive', '--no-backup')
    expect(await stockList(project)).toEqual({
      done: [`${USERS}.js`],
      pending: [`${TEAMS}.js`, `${POSTS}.js`],
    })
    expect((await current(project)).current).toEqual([USERS])
    await stockOk(project, 'migrate:latest')
    expect(await current(project)).toMatchObject({ current: [POSTS], pending: 0 })
    await stockOk(project, 'migrate:rollback')
    expect(await current(project)).toMatchObject({ current: [USERS], pending: 2 })
    expect(tables(project)).toEqual(['users'])
  })

  test('a migration that sorts before applied ones is pending, and upgrade applies it', async () => {
    const project = makeProject(knexFiles(TWO))
    await stockOk(project, 'migrate:latest')
    project.write('migrations/20240101120000_between.js', plainCreate('between'))
    expect(await current(project)).toMatchObject({ pending: 1, atHead: false })
    await project.ok('upgrade')
    // Applied ones follow each other in the order in which they were.
    const between = '20240101120000_between'
    expect(await current(project)).toMatchObject({ current: [between], pending: 0 })
    expect((await stockList(project)).pending).toEqual([])
  })

  test('what is applied after a revision of ours follows it, wherever its name sorts', async () => {
    const project = makeProject(knexFiles(TWO))
    await stockOk(project, 'migrate:latest')
    await project.ok('revision', '--rev-id', 'ours')
    await project.ok('upgrade')
    project.write('migrations/20240101120000_between.js', plainCreate('between'))
    await project.ok('upgrade')
    expect((await current(project)).heads).toEqual(['20240101120000_between'])
    project.write('migrations/99990101000000_later.js', plainCreate('later'))
    await project.ok('upgrade')
    expect(await current(project)).toMatchObject({ heads: ['99990101000000_later'], pending: 0 })
    expect(await stockOk(project, 'migrate:latest')).toContain('Already up to date')
  })

  test('two downgrades at once take back one migration each', async () => {
    const project = makeProject(knexFiles({ ...TWO, [`${POSTS}.js`]: plainCreate('posts') }))
    await stockOk(project, 'migrate:latest')
    const args = ['downgrade', USERS, '--allow-destructive', '--no-backup']
    const both = await Promise.all([project.run(args), project.run(args)])
    expect(both.map(({ code, stderr }) => [code, code === 0 ? '' : stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect(tables(project)).toEqual(['users'])
    expect(knexNames(project)).toEqual([`${USERS}.js`])
  })

  test('goes on with generated revisions, which stock Knex reads as its own', async () => {
    const project = makeProject({
      ...knexFiles(TWO),
      'models/tag.js': `const { Model } = require('objection')
class Tag extends Model {
  static tableName = 'tags'
  static defineTable(table) {
    table.increments()
    table.string('name')
  }
}
module.exports = { Tag }
`,
    })
    await stockOk(project, 'migrate:latest')
    const written = (await project.json('migrate', '-m', 'tags')) as WrittenDocument
    expect(written.changes.map(({ kind, name }) => [kind, name])).toEqual([['createTable', 'tags']])
    const [newest] = (await project.json('history')) as readonly RevisionDocument[]
    expect(newest).toMatchObject({ revision: written.revision, downRevision: [TEAMS] })
    await project.ok('upgrade')
    expect(await stockOk(project, 'migrate:latest')).toContain('Already up to date')
    await stockOk(project, 'migrate:down')
    expect(tables(project)).toEqual(['teams', 'users'])
    const { ok, findings } = (await project.json('verify')) as VerifyDocument
    expect([ok, findings.map(({ code }) => code)]).toEqual([
      false,
      ['KNEX_DISAGREES', 'DATABASE_DIFFERS'],
    ])
  })

  test('what Knex rolled back of ours is said before anything is built on it', async () => {
    const project = makeProject(knexFiles({ [`${USERS}.js`]: plainCreate('users') }))
    await stockOk(project, 'migrate:latest')
    project.write(`migrations/${TEAMS}.js`, plainCreate('teams'))
    await project.ok('upgrade')
    expect((await project.run(['current'])).stderr).toBe('')
    await stockOk(project, 'migrate:rollback')
    project.write(`migrations/${POSTS}.js`, plainCreate('posts'))
    const said = `note   ${TEAMS} is applied here, and knex_migrations does not list it. If Knex rolled it back, say so: \`migrate-tui stamp ${TEAMS}-1\`.`
    for (const args of [['current'], ['upgrade', '--dry-run']]) {
      expect((await project.run(args)).stderr).toContain(said)
    }
    await project.ok('stamp', `${TEAMS}-1`)
    expect((await project.run(['current'])).stderr).toBe('')
    await project.ok('upgrade')
    expect(tables(project)).toEqual(['posts', 'teams', 'users'])
  })

  test('a history that Knex made later, and empty, takes what is applied when that is stamped', async () => {
    const project = makeProject(knexFiles(TWO))
    await project.ok('upgrade')
    expect((await stockList(project)).done).toEqual([])
    const said = `${USERS}, ${TEAMS} are applied here, and knex_migrations does not list them.`
    const { stderr } = await project.run(['current'])
    expect(stderr).toContain(said)
    expect(stderr).toContain('If they stand, list them there: `migrate-tui stamp current`.')
    await project.ok('stamp', 'current')
    expect((await project.run(['current'])).stderr).toBe('')
    expect(await project.json('verify')).toMatchObject({ ok: true })
    expect(await stockOk(project, 'migrate:latest')).toContain('Already up to date')
    expect(tables(project)).toEqual(['teams', 'users'])
  })

  test('of two migrations that Knex rolled back, stamping one back leaves the other to be told', async () => {
    const project = makeProject(knexFiles(TWO))
    await stockOk(project, 'migrate:list')
    await project.ok('upgrade')
    await stockOk(project, 'migrate:rollback', '--all')
    await project.ok('stamp', `${TEAMS}-1`)
    expect((await stockList(project)).done).toEqual([])
    expect((await project.run(['current'])).stderr).toContain(`${USERS} is applied here, and knex`)
  })

  test('a migration that failed under us and went through under Knex has failed no longer', async () => {
    const project = makeProject(knexFiles(TWO))
    await stockOk(project, 'migrate:latest')
    project.write(
      `migrations/${POSTS}.js`,
      `exports.up = (knex) => knex('gone').insert({ id: 1 })\nexports.down = () => undefined\n`,
    )
    expect((await project.run(['upgrade', '--allow-destructive'])).code).toBe(1)
    project.write(`migrations/${POSTS}.js`, plainCreate('posts'))
    await stockOk(project, 'migrate:latest')
    const { findings } = (await project.json('verify')) as VerifyDocument
    expect(findings.map(({ code }) => code)).not.toContain('LAST_RUN_FAILED')
  })

  test('was built from TypeScript: what it recorded as .js is the .ts, and stays .js', async () => {
    const typed = (table: string): string =>
      `import type { Knex } from 'knex'
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('${table}', (table) => { table.increments() })
}
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('${table}')
}
`
    const project = makeProject({
      ...knexFiles({}, "{ directory: './build' }"),
      'migrate-tui.config.js': `module.exports = { migrations: './migrations' }\n`,
      [`build/${USERS}.js`]: plainCreate('users'),
      [`migrations/${USERS}.ts`]: typed('users'),
    })
    await stockOk(project, 'migrate:latest')
    expect(await current(project)).toMatchObject({ current: [USERS], pending: 0 })
    project.write(`migrations/${TEAMS}.ts`, typed('teams'))
    await project.ok('upgrade')
    expect(knexNames(project)).toEqual([`${USERS}.js`, `${TEAMS}.js`])
    project.write(`build/${TEAMS}.js`, plainCreate('teams'))
    expect(await stockOk(project, 'migrate:latest')).toContain('Already up to date')
  })

  test('names that are prefixes of others are found by the whole name, and by quotes', async () => {
    const project = makeProject(
      knexFiles({ '1_users.js': plainCreate('a'), '1_users_more.js': plainCreate('b') }),
    )
    await stockOk(project, 'migrate:latest')
    expect(await project.json('show', '1_users')).toMatchObject({ revision: '1_users' })
    expect(await project.json('show', '1_users_')).toMatchObject({ revision: '1_users_more' })
    const unclear = await project.run(['show', '1_u'])
    expect(unclear.code).toBe(2)
    expect(unclear.stderr).toContain('1_users_more')
    await project.ok('downgrade', '1_users', '--allow-destructive', '--no-backup')
    expect(tables(project)).toEqual(['a'])
    project.write('migrations/2_c-1.js', plainCreate('c'))
    expect(await project.json('show', '"2_c-1"')).toMatchObject({ revision: '2_c-1' })
    await project.ok('upgrade', '"2_c-1"')
    expect(tables(project)).toEqual(['a', 'b', 'c'])
  })

  test('a migration whose down is empty or throws does not undo itself', async () => {
    const up = `exports.up = (knex) => knex.schema.createTable('a', (table) => table.increments())\n`
    for (const down of [
      `exports.down = () => Promise.resolve()`,
      `exports.down = () => { throw new Error('no way back') }`,
    ]) {
      const project = makeProject(knexFiles({ '1_a.js': `${up}${down}\n` }))
      await stockOk(project, 'migrate:latest')
      const failed = await project.run(['downgrade', '--allow-destructive'])
      expect([failed.code, failed.stderr]).toEqual([3, expect.stringContaining('does not undo')])
      // Without a name it would say that all is applied, as it is already.
      expect(failed.stderr).toContain('record it as reverted: `migrate-tui stamp 1_a@base`.')
      expect(tables(project)).toEqual(['a'])
      expect(knexNames(project)).toEqual(['1_a.js'])
    }
  })
})

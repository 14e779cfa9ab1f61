/** Tables and types in schemas that are not on the search path. MariaDB has databases in their place. */
import { describe, expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const POSTGRES = ONE_OF_EACH.filter(({ client }) => client === 'pg')

const model = (name: string, columns: string): string => `exports.A = class A extends Model {
  static tableName = '${name}'
  static defineTable(table) { table.increments(); ${columns} }
}`

describe.each(POSTGRES)('$name', (engine) => {
  test('a table of a further schema is compared, and goes with its model', async () => {
    const { project, database, writeModels } = await makeServerProject(engine, {
      models: model('other.a', "table.string('k')"),
    })
    await database.sql('create schema other; create table other.by_hand (n int)')
    await project.ok('migrate', '-m', 'a')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({
      changes: [],
      upToDate: true,
      unmanaged: ['other.by_hand'],
    })
    expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })

    writeModels(model('other.a', "table.string('k'); table.integer('n').index()"))
    await project.ok('migrate', '-m', 'n')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
    await database.sql('alter table other.a add by_hand int')
    expect(await project.json('verify')).toMatchObject({
      findings: [{ message: expect.stringContaining('by_hand') as string }],
    })
    await database.sql('alter table other.a drop by_hand')

    writeModels(model('b', ''))
    expect(await project.json('check')).toMatchObject({
      changes: expect.arrayContaining([
        expect.objectContaining({ kind: 'dropTable', table: 'other.a' }),
      ]) as unknown,
    })
  })

  test('schemas of the system on the search path have tables of nobody', async () => {
    const { project, database } = await makeServerProject(engine, { models: model('a', '') })
    const name = new URL(database.url).pathname.slice(1)
    await database.sql(
      `alter database "${name}" set search_path = public, pg_catalog, information_schema`,
    )
    await project.ok('migrate', '-m', 'a')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({
      changes: [],
      unmanaged: [],
      upToDate: true,
    })
    expect(await project.json('inspect', 'database')).toMatchObject({ tables: [{ name: 'a' }] })
    expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })
  })

  test('what stands in a further schema before any revision is seen', async () => {
    const { project, database } = await makeServerProject(engine, {
      models: model('other.a', "table.string('k')"),
    })
    await database.sql(
      'create schema other; create table other.a (id serial primary key, k varchar(255))',
    )
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
  })

  test.each(['other.a', 'a'])('an enum of a further schema is made once, for %s', async (name) => {
    const kind = (values: string): string =>
      model(
        name,
        `table.enu('k', ${values}, { useNative: true, enumName: 'kind', schemaName: 'other' })`,
      )
    const { project, database, writeModels } = await makeServerProject(engine, {
      models: kind("['a', 'b']"),
    })
    await database.sql('create schema other')
    await project.ok('migrate', '-m', 'a')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
    expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })

    writeModels(kind("['a', 'b', 'c']"))
    expect(await project.json('check')).toMatchObject({ changes: [{ kind: 'alterEnum' }] })
  })
})

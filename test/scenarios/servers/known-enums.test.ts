/** An enum type that somebody made by hand, named by a model as any other type. MariaDB has none. */
import { describe, expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

describe.each(ONE_OF_EACH.filter(({ client }) => client === 'pg'))('$name', (engine) => {
  test('a column of that type is the one of its model, and the type stays', async () => {
    const { project, database } = await makeServerProject(engine, {
      models: `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) { table.increments(); table.specificType('m', 'm').defaultTo('a') }
}`,
    })
    await database.sql(`create type m as enum ('a', 'b')`)
    await project.ok('migrate', '-m', 'a')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({ changes: [], notes: [], upToDate: true })
    expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })
  })

  test('a type of ours goes with its last column, one made by hand stays', async () => {
    const { project, database, writeModels } = await makeServerProject(engine, {
      models: model(`table.enu('o', ['x'], { useNative: true, enumName: 'ours' })
    table.enu('m', ['a', 'b'], { useNative: true, enumName: 'm' })`),
    })
    await database.sql(`create type m as enum ('a', 'b')`)
    await project.ok('migrate', '-m', 'both')
    await project.ok('upgrade')
    writeModels(model(''))
    await project.ok('migrate', '-m', 'none')
    await project.ok('upgrade', '--allow-destructive')
    expect(await database.sql(`select typname from pg_type where typtype = 'e'`)).toEqual([
      { typname: 'm' },
    ])
    await project.ok('downgrade')
    expect(await project.json('verify')).toMatchObject({ ok: true })
  })
})

function model(columns: string): string {
  return `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) {
    table.increments()
    ${columns}
  }
}`
}

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
})

/** Enum types of the database's own whose values come and go under what names them. MariaDB has none. */
import { describe, expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

/** A model of a table `t` with a column of the enum `mood`. */
function model(values: readonly string[], column: string, more = ''): string {
  const list = JSON.stringify(values)
  return `exports.T = class T extends Model {
  static tableName = 't'
  static defineTable(table, knex) {
    table.increments()
    table.enu('m', ${list}, { useNative: true, enumName: 'mood' })${column}
    ${more}
  }
}`
}

const CHANGES = [
  {
    name: 'a default that loses its value takes another one that stays',
    before: model(['a', 'b'], `.notNullable().defaultTo('a')`),
    after: model(['b'], `.notNullable().defaultTo('b')`),
  },
  {
    name: 'a default moves from a value that goes to one that comes',
    before: model(['a', 'b'], `.notNullable().defaultTo('a')`),
    after: model(['b', 'c'], `.notNullable().defaultTo('c')`),
  },
  {
    name: 'a default goes with its value',
    before: model(['a', 'b'], `.defaultTo('a')`),
    after: model(['b'], ''),
  },
  {
    name: 'checks and partial indexes name other values',
    before: model(
      ['a', 'b'],
      '',
      `table.check("m <> 'a' or id > 0", [], 'old'); table.index(['id'], 'old_index', { predicate: knex.where('m', 'a') })`,
    ),
    after: model(
      ['b', 'c'],
      '',
      `table.check("m <> 'c' or id > 0", [], 'new'); table.index(['id'], 'new_index', { predicate: knex.where('m', 'c') })`,
    ),
  },
  {
    name: 'a column of the type goes together with a value that it holds',
    before: model(
      ['a', 'b'],
      '',
      `table.enu('other', ['a', 'b'], { useNative: true, enumName: 'mood' }).notNullable().defaultTo('a')`,
    ),
    after: model(['b'], ''),
  },
  {
    name: 'a column becomes text, and keeps a value that the type loses',
    before: model(
      ['a', 'b'],
      '',
      `table.enu('other', ['a', 'b'], { useNative: true, enumName: 'mood' }).notNullable().defaultTo('a')`,
    ),
    after: model(['b'], '', `table.text('other').notNullable().defaultTo('a')`),
  },
]

describe.each(ONE_OF_EACH.filter(({ client }) => client === 'pg'))('$name', (engine) => {
  test.each(CHANGES)('$name, there, back and there again', async ({ before, after }) => {
    const { project, database, writeModels } = await makeServerProject(engine, { models: before })
    await project.ok('migrate', '-m', 'before')
    await project.ok('upgrade')
    await database.sql(`insert into t (m) values ('b')`)
    const shape = (): Promise<unknown> => project.json('inspect', 'database')
    const made = await shape()

    writeModels(after)
    await project.ok('migrate', '-m', 'after')
    await project.ok('upgrade', '--allow-destructive')
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
    await project.ok('downgrade', '--allow-destructive')
    expect(await shape()).toEqual(made)
    await project.ok('upgrade', '--allow-destructive')
  })
})

/** Calls of a script that the reader does not know: what they do is not passed over in silence. */
import { describe, expect, test } from 'vitest'
import type { RunResult, TestProject } from '../support/project.js'
import { add, errorOf, projectWith, type Script } from '../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH } from '../support/server-project.js'

/** A word of the builder that the project made itself; it sends SQL of its own. */
const EXTENDED = `const { TableBuilder } = require('knex')
    if (!globalThis.isExtended) {
      TableBuilder.extend('tidy', function tidy(sql) {
        this._statements.push({ grouping: 'alterTable', method: 'pushQuery', args: [sql] })
        return this
      })
      globalThis.isExtended = true
    }`

const USERS: Script = {
  id: 'aaa',
  parents: [],
  up: `await knex.schema.createTable('users', (table) => { table.increments(); table.string('name') })
    await knex('users').insert({ name: 'Ada' })`,
}

function tidying(sql: string, more = ''): Script {
  return {
    id: 'bbb',
    parents: ['aaa'],
    up: `${EXTENDED}
    await knex.schema.alterTable('users', (table) => { table.tidy(${JSON.stringify(sql)}); ${more} })`,
  }
}

const VIEW: Script = {
  id: 'bbb',
  parents: ['aaa'],
  up: `await knex.schema.createView('names', (view) => { view.as(knex('users').select('name')) })`,
}

async function refusal(project: TestProject): Promise<{ code: number | null; message: string }> {
  const refused: RunResult = await project.run(['upgrade', '--json'])
  return { code: refused.code, message: errorOf(refused).message }
}

describe.each(ONE_OF_EACH)('$name', (engine) => {
  const sql = engine.client === 'pg' ? 'cluster users using users_pkey' : 'optimize table users'

  const harmless = engine.client === 'pg' ? 'analyze users' : 'analyze table users'

  test('a loss beside a word of its own asks like any other', async () => {
    const { project, database } = await makeServerProject(engine, { scripts: [USERS] })
    await project.ok('upgrade')
    for (const [script, said] of [
      [tidying(harmless, `table.dropColumn('name')`), 'dropping a column of users'],
      [tidying('drop table users'), 'dropping the table users loses its rows (1 row)'],
    ] as const) {
      add(project, script)
      const { code, message } = await refusal(project)
      expect([code, message]).toEqual([3, expect.stringContaining(said)])
      expect(await database.sql('select name from users')).toEqual([{ name: 'Ada' }])
    }
  })

  test('what nobody can tell asks, what only makes something does not', async () => {
    const { project, database } = await makeServerProject(engine, { scripts: [USERS] })
    await project.ok('upgrade')
    add(project, tidying(sql))
    const { code, message } = await refusal(project)
    expect([code, message]).toEqual([3, expect.stringContaining(`alterTable users sends ${sql}`)])
    add(project, VIEW)
    await project.ok('upgrade')
    expect(await database.sql('select name from names')).toEqual([{ name: 'Ada' }])
  })
})

test('on SQLite, too', async () => {
  const project = projectWith([USERS])
  await project.ok('upgrade')
  add(project, tidying('reindex users'))
  const { code, message } = await refusal(project)
  expect([code, message]).toEqual([3, expect.stringContaining('alterTable users sends reindex')])
  await project.ok('upgrade', '--allow-destructive')
  add(project, { ...VIEW, id: 'ccc', parents: ['bbb'] })
  await project.ok('upgrade')
  expect(project.rows('select name from names')).toEqual([{ name: 'Ada' }])
})

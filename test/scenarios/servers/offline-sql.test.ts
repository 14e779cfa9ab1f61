/** Statements for somebody else to run on a server: they end where the run itself ends. */
import { describe, expect, test } from 'vitest'
import type { Script } from '../../support/revision-line.js'
import { add, line } from '../../support/revision-line.js'
import { makeServerProject, ONE_OF_EACH, type ServerProject } from '../../support/server-project.js'

const SCRIPTS: readonly Script[] = [
  ...line('aaa', 'bbb'),
  {
    id: 'ccc',
    parents: ['bbb'],
    up: `await knex.schema.alterTable('aaa', (table) => { table.string('note').notNullable().defaultTo("it's") })
  await knex('aaa').insert({ note: 'one; two -- three \\\\ four' })
  await knex.schema.alterTable('aaa', (table) => { table.string('note', 40).notNullable().alter() })`,
  },
  { id: 'ddd', parents: ['ccc'] },
]

describe.each(ONE_OF_EACH)('$name', (engine) => {
  /** What a database has, in its own words. */
  async function structure({ database }: ServerProject): Promise<unknown> {
    const rows = await database.sql(
      `select table_name as t, column_name as c, data_type as d, character_maximum_length as l, column_default as v, is_nullable as n
        from information_schema.columns where table_schema = ${engine.client === 'pg' ? `'public'` : 'database()'} order by 1, ordinal_position`,
    )
    return rows.map((row) => ({ ...row }))
  }

  test('of upgrade and downgrade ends where the run ends, whole or in ranges', async () => {
    const online = await makeServerProject(engine, { scripts: SCRIPTS })
    await online.project.ok('upgrade')
    const whole = [await online.project.ok('upgrade', '--sql', 'base:head')]
    const ranges = [
      await online.project.ok('upgrade', '--sql', 'base:bbb'),
      await online.project.ok('upgrade', '--sql', 'bbb:head'),
    ]
    for (const texts of [whole, ranges]) {
      const offline = await makeServerProject(engine, { scripts: SCRIPTS })
      for (const text of texts) await offline.database.sql(text)
      expect(await structure(offline)).toEqual(await structure(online))
      expect(await offline.applied()).toEqual(await online.applied())
      const notes = await offline.database.sql('select note from aaa')
      expect(notes.map(({ note }) => note)).toEqual(['one; two -- three \\ four'])
      expect(await offline.project.json('current')).toMatchObject({ current: ['ddd'], pending: 0 })
      // What was written offline is gone on from, and back, as if it had been run.
      add(offline.project, { id: 'eee', parents: ['ddd'] })
      await offline.project.ok('upgrade')
      await offline.database.sql(await offline.project.ok('downgrade', '--sql', 'eee:ccc'))
      expect(await offline.applied()).toEqual(['aaa', 'bbb', 'ccc'])
      expect(await offline.tables()).toEqual(['aaa', 'bbb'])
    }
  })
})

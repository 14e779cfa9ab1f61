/** Differences that the rules cannot tell from none: the server itself has the last word. */
import { describe, expect, test } from 'vitest'
import type { ComparisonDocument } from '../../../src/workflows/documents.js'
import { knexfileText, makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'
import type { ServerDatabase } from '../../support/server-project.js'

/** Each means one thing and is printed as another by its server, in ways that no rule of ours knows. */
const MODELS = {
  pg: (more: string): string => `exports.Row = class Row extends Model {
  static tableName = 'rows'
  static defineTable(table, knex) {
    table.increments()
    table.string('word', 20)
    table.integer('n').defaultTo(knex.raw('abs(-3) operator(pg_catalog.+) 1'))
    table.specificType('twice', 'integer generated always as (case when n between symmetric 9 and 1 then n * 2 end) stored')
    table.check('n between symmetric 9 and 1', [], 'rows_n_between')
    table.index([knex.raw("(word similar to 'a%')")], 'rows_similar')
    ${more}
  }
}`,
  mysql2: (more: string): string => `exports.Row = class Row extends Model {
  static tableName = 'rows'
  static defineTable(table, knex) {
    table.increments()
    table.string('word', 20)
    table.date('day').defaultTo(knex.raw("(adddate('2026-01-02', 1))"))
    table.integer('n')
    table.specificType('at', "integer generated always as (position('a' in word)) stored")
    table.check("date_add(day, interval 1 day) > '2020-01-01' or isnull(n)", [], 'rows_late')
    ${more}
  }
}`,
}

/** Whether anything that a comparison made is still there. */
async function leftovers(database: ServerDatabase): Promise<unknown> {
  const [row] = await database.sql(
    `select count(*) as n from information_schema.schemata where schema_name like 'migrate%scratch%'`,
  )
  return Number(row?.n)
}

describe.each(ONE_OF_EACH)('$name', (engine) => {
  const models = MODELS[engine.client]

  test('what the server prints in its own way is no change, and nothing is left behind', async () => {
    const { project, database, writeModels } = await makeServerProject(engine, {
      models: models(''),
    })
    await project.ok('migrate', '-m', 'rows')
    await project.ok('upgrade')
    const clean = (await project.json('check')) as ComparisonDocument
    expect(clean.changes.map(({ summary }) => summary)).toEqual([])
    expect(clean).toMatchObject({ upToDate: true, notes: [] })

    // Among what the server settles, a difference stays one.
    writeModels(models(`table.integer('added')\ntable.check('n < 7', [], 'rows_n_small')`))
    const found = (await project.json('diff')) as ComparisonDocument
    expect(found.changes.map(({ kind, name }) => [kind, name])).toEqual([
      ['addColumn', 'added'],
      ['addCheck', 'rows_n_small'],
    ])
    await project.ok('migrate', '-m', 'more')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
    await project.ok('downgrade', '--allow-destructive')
    expect(((await project.json('check')) as ComparisonDocument).changes).toHaveLength(2)
    expect(await leftovers(database)).toBe(0)
  })

  test('who may make no scratch place is told so', async () => {
    const { project, database } = await makeServerProject(engine, { models: models('') })
    await project.ok('migrate', '-m', 'rows')
    await project.ok('upgrade')
    const url = new URL(database.url)
    const user = `reader_${url.pathname.slice(1)}`
    url.username = user
    url.password = 'open sesame'
    const [create, drop] =
      engine.client === 'pg'
        ? [
            `create role ${user} login password 'open sesame'; grant select on all tables in schema public to ${user}`,
            `drop owned by ${user}; drop role ${user}`,
          ]
        : [
            `create user ${user} identified by 'open sesame'; grant select on ${url.pathname.slice(1)}.* to ${user}`,
            `drop user ${user}`,
          ]
    await database.sql(create)
    try {
      project.write('knexfile.js', knexfileText(engine, JSON.stringify(url.href)))
      const result = await project.run(['check', '--json'])
      const { changes, notes } = JSON.parse(result.stdout) as ComparisonDocument
      expect(result.code).toBe(3)
      expect(changes.length).toBeGreaterThan(0)
      expect(notes).toEqual([
        {
          code: 'SCRATCH_DENIED',
          message: expect.stringMatching(/^This user may not create a scratch .* Grant /) as string,
          where: 'rows',
        },
      ])
    } finally {
      await database.sql(drop)
    }
  })
})

test.each(ONE_OF_EACH.filter(({ client }) => client === 'pg'))(
  '$name: where a trigger forbids schema changes a comparison goes by the rules, and says so',
  async (engine) => {
    const { project, database } = await makeServerProject(engine, { models: MODELS.pg('') })
    await database.sql(`create table rows (id serial primary key, word varchar(10));
      create function freeze() returns event_trigger language plpgsql as $$
        begin raise exception 'schema changes are frozen'; end $$;
      create event trigger frozen on ddl_command_start execute function freeze()`)
    const found = (await project.json('check')) as ComparisonDocument
    expect(found.changes.map(({ kind, name }) => [kind, name])).toContainEqual([
      'alterColumn',
      'word',
    ])
    expect(found.notes).toMatchObject([{ code: 'SCRATCH_DENIED', where: 'rows' }])
    expect(found.notes[0]?.message).toContain('Schema changes are frozen.')
  },
)

/** Scripts that only make schema calls, held against what stands on a server before any of them runs. */
import { expect, test } from 'vitest'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const POSTGRES = ONE_OF_EACH.filter(({ client }) => client === 'pg')

const withMood = (mood: string): string => `exports.M = class M extends Model {
  static tableName = 'm'
  static defineTable(table) {
    table.increments()
    ${mood}
  }
}`

const mood = (values: string): string =>
  `table.enu('mood', [${values}], { useNative: true, enumName: 'mood_t' })`

test.each(POSTGRES)(
  'on $name an enum that is there can be changed, dropped and taken back',
  async (engine) => {
    const { project, database, tables, writeModels } = await makeServerProject(engine)
    const enums = async (): Promise<readonly unknown[]> =>
      (
        await database.sql(
          `select t.typname || ':' || string_agg(e.enumlabel, ',' order by e.enumsortorder) as has
            from pg_type t join pg_enum e on e.enumtypid = t.oid group by t.typname`,
        )
      ).map((row) => row.has)

    writeModels(withMood(mood("'x', 'y'")))
    await project.ok('migrate', '-m', 'first')
    await project.ok('upgrade')
    writeModels(withMood(mood("'x', 'w', 'y'")))
    await project.ok('migrate', '-m', 'values')
    await project.ok('upgrade')
    expect(await enums()).toEqual(['mood_t:x,w,y'])
    expect(await project.json('check')).toMatchObject({ upToDate: true })
    await project.ok('downgrade', '--allow-destructive')
    expect(await enums()).toEqual(['mood_t:x,y'])
    await project.ok('upgrade')

    writeModels(withMood("table.string('mood', 20)"))
    await project.ok('migrate', '-m', 'text')
    await project.ok('upgrade', '--allow-destructive')
    expect(await enums()).toEqual([])
    expect(await project.json('check')).toMatchObject({ upToDate: true })
    await project.ok('downgrade', 'base', '--allow-destructive')
    expect([await enums(), await tables()]).toEqual([[], []])
    await project.ok('upgrade', '--allow-destructive')
    expect(await project.json('check')).toMatchObject({ upToDate: true })
  },
)

test.each(ONE_OF_EACH)(
  'on $name a table that one revision renames is there for the next',
  async (engine) => {
    const { project, tables } = await makeServerProject(engine, {
      scripts: [
        {
          id: 'aaa',
          parents: [],
          up: `await knex.schema.createTable('r', (t) => { t.increments() })`,
        },
        { id: 'bbb', parents: ['aaa'], up: `await knex.schema.renameTable('r', 's')` },
        {
          id: 'ccc',
          parents: ['bbb'],
          up: `await knex.schema.alterTable('s', (t) => { t.integer('n') })`,
        },
      ],
    })
    await project.ok('upgrade', 'aaa')
    expect(await project.ok('upgrade', '--dry-run')).toContain('n')
    const text = project.read('migrations/bbb.js')
    const raw = "await knex.raw('select 1')"
    project.write(
      'migrations/bbb.js',
      text.replace('await knex.schema', `${raw}; await knex.schema`),
    )
    await project.ok('upgrade')
    expect(await tables()).toEqual(['s'])
  },
)

test.each(ONE_OF_EACH)(
  'on $name a table that a call of Knex or SQL may have made is not called missing',
  async (engine) => {
    const { project, tables } = await makeServerProject(engine, {
      scripts: [
        {
          id: 'aaa',
          parents: [],
          up: `await knex.schema.createTable('t', (t) => { t.increments() })
  await knex.schema.createTableLike('like_t', 't')
  await knex.schema.alterTable('like_t', (t) => { t.string('more') })`,
        },
        {
          id: 'bbb',
          parents: ['aaa'],
          up: `await knex.schema.dropTable('like_t')`,
        },
        { id: 'ccc', parents: ['bbb'], up: `await knex.raw('create table by_sql (id int)')` },
        {
          id: 'ddd',
          parents: ['ccc'],
          up: `await knex.schema.alterTable('by_sql', (t) => { t.integer('n') })`,
        },
      ],
    })
    await project.ok('upgrade', 'aaa', '--dry-run')
    await project.ok('upgrade', 'aaa')
    expect(await tables()).toEqual(['like_t', 't'])
    await project.ok('upgrade', '--allow-destructive')
    expect(await tables()).toEqual(['by_sql', 't'])
  },
)

test.each(POSTGRES)(
  'on $name a script may say the default schema of a table that is there',
  async (engine) => {
    const { project, database, tables } = await makeServerProject(engine, {
      scripts: [
        {
          id: 'aaa',
          parents: [],
          up: `await knex.schema.createTable('t', (t) => { t.increments() })`,
        },
        {
          id: 'bbb',
          parents: ['aaa'],
          up: `const schema = () => knex.schema.withSchema('public')
  await schema().alterTable('t', (t) => { t.string('b') })
  await schema().alterTable('t', (t) => { t.string('c') })
  await knex.schema.alterTable('t', (t) => { t.string('d') })`,
        },
        {
          id: 'ccc',
          parents: ['bbb'],
          up: `await knex.schema.withSchema('public').dropTable('t')`,
        },
      ],
    })
    await project.ok('upgrade', 'aaa')
    await project.ok('upgrade', '--dry-run')
    await project.ok('upgrade', 'bbb')
    expect(await database.sql('select b, c, d from t')).toEqual([])
    await project.ok('upgrade', '--allow-destructive')
    expect(await tables()).toEqual([])
  },
)

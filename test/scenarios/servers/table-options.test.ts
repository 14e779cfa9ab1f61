/** Options of tables that are the server's own defaults, stated by models. PostgreSQL has none. */
import { describe, expect, test } from 'vitest'
import { knexfileText, makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const MARIADB = ONE_OF_EACH.filter(({ client }) => client === 'mysql2')

const model = (options: string): string => `exports.A = class A extends Model {
  static tableName = 'a'
  static defineTable(table) { table.increments(); table.string('w', 20); ${options} }
}`

describe.each(MARIADB)('$name', (engine) => {
  test('a table goes back to the engine and the character set that are the default', async () => {
    const { project, database, writeModels } = await makeServerProject(engine, {
      models: model("table.engine('Aria'); table.charset('latin1')"),
    })
    const options = async (): Promise<unknown> =>
      await database.sql(
        `select engine, substring_index(table_collation, '_', 1) as charset
          from information_schema.tables where table_schema = database() and table_name = 'a'`,
      )
    await project.ok('migrate', '-m', 'a')
    await project.ok('upgrade')
    expect(await options()).toEqual([{ engine: 'Aria', charset: 'latin1' }])
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })

    const [own] = await database.sql('select @@character_set_database as charset')
    writeModels(model(`table.engine('InnoDB'); table.charset('${String(own?.charset)}')`))
    expect(await project.json('check')).toMatchObject({ changes: [{ kind: 'alterOptions' }] })
    await project.ok('migrate', '-m', 'back')
    await project.ok('upgrade')
    expect(await options()).toEqual([{ engine: 'InnoDB', charset: own?.charset }])
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
    expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })
    await project.ok('downgrade')
    expect(await options()).toEqual([{ engine: 'Aria', charset: 'latin1' }])
  })

  test('a column goes back from a character set of its own', async () => {
    const typed = (column: string): string =>
      model('').replace("table.string('w', 20)", `table.${column}`)
    const { project, database, writeModels } = await makeServerProject(engine, {
      models: typed("string('w')"),
    })
    const collation = async (): Promise<unknown> =>
      await database.sql(
        `select collation_name as name from information_schema.columns
          where table_schema = database() and table_name = 'a' and column_name = 'w'`,
      )
    await project.ok('migrate', '-m', 'a')
    await project.ok('upgrade')
    const before = await collation()
    for (const charset of ['ascii', 'latin1']) {
      writeModels(typed(`specificType('w', 'varchar(255) character set ${charset}')`))
      await project.ok('migrate', '-m', charset)
      await project.ok('upgrade')
      expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
    }
    await project.ok('downgrade')
    expect(await collation()).toEqual([{ name: 'ascii_general_ci' }])
    await project.ok('downgrade')
    expect(await collation()).toEqual(before)
    writeModels(typed("string('w')"))
    expect(await project.json('check')).toMatchObject({ changes: [] })
  })

  test('a foreign key of an engine that keeps none is the index that it makes', async () => {
    const child = (engineName: string): string => `${model('')}
exports.B = class B extends Model {
  static tableName = 'b'
  static defineTable(table) {
    table.increments()
    table.engine('${engineName}')
    table.integer('a_id').unsigned().references('a.id')
    table.integer('other').unsigned().index()
    table.foreign('other').references('a.id')
  }
}`
    const { project, database, writeModels } = await makeServerProject(engine, {
      models: child('MyISAM'),
    })
    const written = await project.run(['migrate', '-m', 'b'])
    expect(written.stdout).toContain('foreign key of a MyISAM table: MariaDB makes an index of it.')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })

    writeModels(child('InnoDB'))
    await project.ok('migrate', '-m', 'keys')
    await project.ok('upgrade')
    expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
    const keys = `select count(*) as n from information_schema.referential_constraints where constraint_schema = database()`
    expect(await database.sql(keys)).toEqual([{ n: 2 }])
    await project.ok('downgrade')
    expect(await database.sql(keys)).toEqual([{ n: 0 }])
    await project.ok('upgrade')
    expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })
  })

  test('a stated default is no difference for who may make no scratch database', async () => {
    const { project, database, writeModels } = await makeServerProject(engine)
    const [own] = await database.sql(
      'select @@character_set_database as charset, @@collation_database as collation',
    )
    const [charset, collation] = [String(own?.charset), String(own?.collation)]
    writeModels(model(`table.charset('${charset}')`))
    await project.ok('migrate', '-m', 'a')
    await project.ok('upgrade')
    const url = new URL(database.url)
    const name = url.pathname.slice(1)
    url.username = `app_${name}`
    url.password = 'open sesame'
    await database.sql(
      `create user ${url.username} identified by 'open sesame'; grant all on ${name}.* to ${url.username}`,
    )
    try {
      project.write('knexfile.js', knexfileText(engine, JSON.stringify(url.href)))
      expect(await project.json('check')).toMatchObject({ changes: [], notes: [] })
      writeModels(model(`table.charset('${charset}'); table.collate('${collation}')`))
      expect(await project.json('check')).toMatchObject({ changes: [], notes: [] })
    } finally {
      await database.sql(`drop user ${url.username}`)
    }
  })
})

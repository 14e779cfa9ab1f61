/** Tables on a server that keeps their names in lower case, whatever models call them. */
import { createConnection } from 'mysql2/promise'
import { expect, test } from 'vitest'
import { makeServerProject } from '../../support/server-project.js'
import type { ServerEngine } from '../../support/server-project.js'
import { startMariadb } from '../../support/servers/mariadb.js'

const FOLDING: ServerEngine = {
  name: 'mariadb, lower_case_table_names=1',
  client: 'mysql2',
  async open() {
    const server = await startMariadb(['--lower-case-table-names=1'])
    const admin = await createConnection({ uri: server.url, multipleStatements: true })
    await admin.query('create database folding; use folding')
    return {
      url: server.url.replace('localhost/', 'localhost/folding'),
      sql: async (text) => (await admin.query(text))[0] as Readonly<Record<string, unknown>>[],
      async drop() {
        await admin.end()
        await server.stop()
      },
    }
  },
}

const model = (
  name: string,
  body: string,
): string => `exports.${name} = class ${name} extends Model {
  static tableName = '${name}'
  static defineTable(table) { table.increments(); ${body} }
}
`
const teams = model('Teams', "table.string('name', 20)")
const users = (more: string): string =>
  model('Users', `table.integer('team').unsigned().references('Teams.id'); ${more}`)

/** A server of the test run's own may keep names as they are. */
test.runIf(process.env.MYSQL_URL === undefined)('they are the same tables', async () => {
  const { project, writeModels, database } = await makeServerProject(FOLDING, {
    models: teams + users(''),
    config: "versionTable: 'Applied',",
  })
  await project.ok('migrate', '-m', 'first')
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true, unmanaged: [] })
  expect(await project.json('verify')).toMatchObject({ ok: true, notes: [] })

  writeModels(teams + users("table.integer('age')"))
  await project.ok('migrate', '-m', 'age')
  const [age = ''] = project.list('migrations').filter((name) => name.endsWith('_age.js'))
  expect(project.read(`migrations/${age}`)).toContain("alterTable('Users'")
  await project.ok('upgrade')
  expect(await project.json('check')).toMatchObject({ upToDate: true })

  // A table whose model is gone is known as one that a script made.
  writeModels(teams)
  await project.ok('migrate', '-m', 'gone')
  const [gone = ''] = project.list('migrations').filter((name) => name.endsWith('_gone.js'))
  expect(project.read(`migrations/${gone}`)).toContain("dropTable('Users')")
  await project.ok('upgrade', '--allow-destructive')
  expect(await project.json('check')).toMatchObject({ upToDate: true, unmanaged: [] })
  await project.ok('downgrade', '-1')

  await project.ok('downgrade', '-1', '--allow-destructive')
  expect(await database.sql('show columns from users')).toHaveLength(2)
  await project.ok('downgrade', 'base', '--allow-destructive')
  expect(await database.sql("show tables like 'users'")).toEqual([])
})

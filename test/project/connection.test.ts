import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect, connectionSettings, loadDriver, loadKnex } from '../../src/project/connection.js'
import { loadProject } from '../../src/project/load-project.js'
import { maskSecrets } from '../../src/project/secrets.js'
import { folderOf } from '../support/folder.js'
import { migrateErrorOf } from '../support/thrown.js'

async function databaseOf(knexConfig: string, files: Readonly<Record<string, string>> = {}) {
  const cwd = folderOf({ 'knexfile.cjs': `module.exports = ${knexConfig}`, ...files })
  const choice = { cwd, config: null, database: null, environment: null, variables: {} }
  return (await loadProject(choice)).database
}

test('a session is opened on the file that the configuration names, wherever one stands', async () => {
  const database = await databaseOf(
    `{ client: 'better-sqlite3', connection: { filename: 'a.db' } }`,
  )
  const connection = await connect(database, { readOnly: false })
  await connection.execute('create table t (a integer)')
  expect(await connection.query('select count(*) as n from t')).toEqual([{ n: 0 }])
  await connection.close()
  expect(existsSync(join(database.folder, 'a.db'))).toBe(true)
})

test('a connection that is a function is asked, and its secrets are known from then on', async () => {
  const database = await databaseOf(
    `{ client: 'better-sqlite3', connection: async () => ({ filename: 'b.db', password: 'sesame-42' }) }`,
  )
  const settings = await connectionSettings(database, { readOnly: true, lockTimeout: 7 })
  expect(settings).toMatchObject({
    client: 'better-sqlite3',
    connection: { filename: join(database.folder, 'b.db') },
    readOnly: true,
    lockTimeout: 7,
    statementTimeout: null,
  })
  expect(maskSecrets('cannot open with sesame-42')).not.toContain('sesame-42')
})

test('a connection function that fails is told without its secrets', async () => {
  const database = await databaseOf(
    `{ client: 'better-sqlite3', connection: () => { throw new Error('vault at x://me:sesame-43@v is closed') } }`,
  )
  const error = await migrateErrorOf(() => connect(database, { readOnly: true }))
  expect(error.code).toBe('CONNECT_SETTINGS')
  expect(error.message).toContain('is closed')
  expect(error.message).not.toContain('sesame-43')
})

test('knex and the driver are the project’s own where it has them', async () => {
  const database = await databaseOf(`{ client: 'better-sqlite3', connection: ':memory:' }`, {
    'node_modules/knex/index.js': `module.exports = 'the project’s knex'`,
    'node_modules/better-sqlite3/index.js': `module.exports = 'the project’s driver'`,
  })
  expect(loadKnex(database)).toBe('the project’s knex')
  expect(loadDriver(database)).toBe('the project’s driver')
})

test('ours serve where the project has none', async () => {
  const database = await databaseOf(`{ client: 'better-sqlite3', connection: ':memory:' }`)
  expect(loadKnex(database)).toBeTypeOf('function')
  expect(loadDriver(database)).toBeTypeOf('function')
})

test('a driver that does not load is told with what mends it', async () => {
  const database = await databaseOf(`{ client: 'better-sqlite3', connection: ':memory:' }`, {
    'node_modules/better-sqlite3/index.js': `throw new Error('compiled against another Node')`,
  })
  const error = await migrateErrorOf(() => loadDriver(database))
  expect(error.code).toBe('PACKAGE_BROKEN')
  expect(error.message).toContain('compiled against another Node')
  expect(error.fix).toContain('npm rebuild better-sqlite3')
})

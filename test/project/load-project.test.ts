import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { loadProject } from '../../src/project/load-project.js'
import type { ProjectChoice } from '../../src/project/load-project.js'
import { folderOf } from '../support/folder.js'
import { migrateErrorOf } from '../support/thrown.js'

beforeEach(() => {
  vi.stubEnv('NODE_ENV', '')
})

const load = (cwd: string, more: Partial<ProjectChoice> = {}) =>
  loadProject({ cwd, config: null, database: null, environment: null, variables: {}, ...more })

const KNEXFILE = `module.exports = {
  development: { client: 'better-sqlite3', connection: { filename: './dev.sqlite3' } },
  production: {
    client: 'sqlite', connection: './data/prod.sqlite3',
    migrations: { directory: ['./a', './b'], tableName: 'done', schemaName: 'app', extension: 'ts',
      loadExtensions: ['.ts'], sortDirsSeparately: true, disableMigrationsListValidation: true,
      disableTransactions: true, stub: './stub.js' },
  },
}`

test('a knexfile alone is a project with defaults', async () => {
  const root = folderOf({ 'knexfile.js': KNEXFILE, 'src/models/user.js': '', 'src/deep/x': '' })
  const project = await load(join(root, 'src/deep'))
  expect(project).toMatchObject({
    root,
    configPath: join(root, 'knexfile.js'),
    environment: 'development',
    databaseNames: ['development'],
    fileTemplate: null,
    loader: null,
  })
  const { database } = project
  expect(database).toMatchObject({
    name: 'development',
    client: 'better-sqlite3',
    folder: root,
    models: [{ paths: [join(root, 'src/models')], predicate: null }],
    versionTable: 'migrate_tui',
    knexTables: [{ history: 'knex_migrations', lock: 'knex_migrations_lock' }],
    keepsKnexTable: true,
    protection: 'none',
    lockTimeout: 3000,
    statementTimeout: null,
    backup: { folder: null, keep: 5 },
  })
  expect(database.dialect.name).toBe('sqlite')
  expect(database.knexConfig.connection).toEqual({ filename: join(root, 'dev.sqlite3') })
  expect(database.migrations).toEqual({
    folders: [join(root, 'migrations')],
    extension: 'js',
    syntax: 'commonjs',
    loadExtensions: ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'],
    sortDirsSeparately: false,
    source: null,
    validatesList: true,
    usesTransactions: true,
    ignored: [],
  })
})

test('the migrations block of a knexfile is honoured, and what has no effect is named', async () => {
  const root = folderOf({ 'knexfile.js': KNEXFILE })
  const { database } = await load(root, { environment: 'production' })
  expect(database.client).toBe('sqlite3')
  expect(database.knexConfig.connection).toEqual({
    filename: join(root, 'data/prod.sqlite3'),
  })
  expect(database.migrations).toMatchObject({
    folders: [join(root, 'a'), join(root, 'b')],
    extension: 'ts',
    syntax: 'esm',
    loadExtensions: ['.ts'],
    sortDirsSeparately: true,
    validatesList: false,
    usesTransactions: false,
  })
  expect(database.migrations.ignored.map(({ key }) => key)).toEqual(['migrations.stub'])
  expect(database.knexTables).toEqual([
    { history: 'app.done', lock: 'app.done_lock' },
    { history: 'knex_migrations', lock: 'knex_migrations_lock' },
  ])
})

test('NODE_ENV chooses the environment, and --env is stronger', async () => {
  const root = folderOf({ 'knexfile.js': KNEXFILE })
  vi.stubEnv('NODE_ENV', 'production')
  expect((await load(root)).database.name).toBe('production')
  expect((await load(root, { environment: 'development' })).database.name).toBe('development')
})

test('every setting of a configuration is resolved against its folder', async () => {
  const root = folderOf({
    'migrate-tui.config.ts': `
      import type { Config } from 'migrate-tui'
      export default {
        knex: { client: 'better-sqlite3', connection: { filename: 'x.db' }, migrations: { directory: 'other', tableName: 'done' } },
        models: ['src/m', { paths: ['a', 'b/*.ts'], predicate: (model) => model.name === 'A' }],
        migrations: ['db/one', 'db/two'],
        versionTable: 'mt',
        knexTable: false,
        exclude: 'audit_*',
        compare: { comments: false },
        template: 'script.txt',
        protected: { refuse: true },
        lockTimeout: '5s',
        statementTimeout: 100,
        backup: { folder: 'copies', keep: 2 },
        keys: { quit: 'q' },
      } satisfies Config`,
  })
  vi.stubEnv('XDG_CACHE_HOME', folderOf({}))
  const project = await load(root)
  const { database } = project
  expect(project.template).toBe(join(root, 'script.txt'))
  expect(project.keys).toEqual({ quit: ['q'] })
  expect(database.name).toBe('default')
  expect(database.models.map(({ paths }) => paths)).toEqual([
    [join(root, 'src/m')],
    [join(root, 'a'), join(root, 'b/*.ts')],
  ])
  expect(database.models[1]?.predicate).toEqual({
    file: join(root, 'migrate-tui.config.ts'),
    steps: ['models', 1, 'predicate'],
  })
  expect(database.migrations.folders).toEqual([join(root, 'db/one'), join(root, 'db/two')])
  expect(database.migrations.extension).toBe('ts')
  expect(database).toMatchObject({
    versionTable: 'mt',
    keepsKnexTable: false,
    protection: 'refuse',
    lockTimeout: 5000,
    statementTimeout: 100,
    backup: { folder: join(root, 'copies'), maxBytes: 1024 ** 3, keep: 2 },
  })
  expect(database.knexTables[0]).toEqual({ history: 'done', lock: 'done_lock' })
  expect(database.compare).toMatchObject({ comments: false, types: true })
  expect(database.isIncluded('audit_log', null)).toBe(false)
})

test('a configuration may be a function of the environment and of -x', async () => {
  const root = folderOf({
    'migrate-tui.config.mjs': `export default async ({ env, x }) => ({
      knex: { client: 'better-sqlite3', connection: { filename: x.tenant + '-' + env } } })`,
  })
  const project = await load(root, { environment: 'test', variables: { tenant: 'acme' } })
  expect(project.database.knexConfig.connection).toEqual({
    filename: join(root, 'acme-test'),
  })
  expect(project.variables).toEqual({ tenant: 'acme' })
})

test.each([
  [`'./db/knexfile.cjs'`, null, 'development'],
  [`{ knexfile: './db/knexfile.cjs', environment: 'production' }`, null, 'production'],
  [`{ knexfile: './db/knexfile.cjs', environment: 'production' }`, 'development', 'development'],
])('knex: %s with --env %s is the environment %s', async (knex, environment, name) => {
  const root = folderOf({
    'migrate-tui.config.mjs': `export default { knex: ${knex} }`,
    'db/knexfile.cjs': KNEXFILE,
  })
  const { database } = await load(root, { environment })
  expect(database.name).toBe(name)
  expect(database.folder).toBe(join(root, 'db'))
})

test('without knex the knexfile beside the configuration is used', async () => {
  const root = folderOf({
    'migrate-tui.config.mjs': `export default { models: 'm' }`,
    'knexfile.cjs': KNEXFILE,
  })
  expect((await load(root)).database.name).toBe('development')
})

const SEVERAL = `export default { protected: true, databases: {
  shop: { knex: { client: 'better-sqlite3', connection: ':memory:' } },
  audit: { knex: './missing.js', migrations: 'audit', protected: false },
} }`

test('of several databases one is chosen, and the others are not looked at', async () => {
  const root = folderOf({ 'migrate-tui.config.mjs': SEVERAL })
  const project = await load(root, { database: 'shop' })
  expect(project.databaseNames).toEqual(['shop', 'audit'])
  expect(project.database.name).toBe('shop')
  expect(project.database.protection).toBe('ask')
  expect(project.database.migrations.folders).toEqual([join(root, 'migrations/shop')])
  expect(project.database.knexConfig.connection).toEqual({ filename: ':memory:' })
})

test.each([
  [null, 'DATABASE_UNCHOSEN', '--database shop or --database audit'],
  ['shp', 'DATABASE_UNKNOWN', 'shop, audit'],
  ['audit', 'CONFIG_MISSING', 'relative to the configuration file'],
])('--database %s of several is %s', async (database, code, fix) => {
  const root = folderOf({ 'migrate-tui.config.mjs': SEVERAL })
  const error = await migrateErrorOf(() => load(root, { database }))
  expect(error.code).toBe(code)
  expect(error.exit).toBe(2)
  expect(error.fix).toContain(fix)
})

test.each([
  ['{}', 'CONFIG_VALUE', 'knex is missing'],
  [`{ knex: { connection: 'x' } }`, 'CLIENT_MISSING', 'names no database client'],
  [`{ knex: { client: 'better-sqlite' } }`, 'CLIENT_UNSUPPORTED', 'Did you mean better-sqlite3?'],
  [`{ knex: { client: 'oracledb' } }`, 'CLIENT_UNSUPPORTED', 'oracledb, which is not supported'],
  [`{ knex: './nowhere.js' }`, 'CONFIG_MISSING', 'There is no knexfile'],
  [
    `{ knex: { client: 'sqlite3', migrations: { directory: 3 } } }`,
    'KNEX_CONFIG',
    'migrations.directory',
  ],
])('%s is refused: %s', async (config, code, message) => {
  const root = folderOf({ 'migrate-tui.config.mjs': `export default ${config}` })
  const error = await migrateErrorOf(() => load(root))
  expect(error.code).toBe(code)
  expect(error.exit).toBe(2)
  expect(error.message).toContain(message)
})

test('where there is no configuration, the way to one is told', async () => {
  const error = await migrateErrorOf(() => load(folderOf({})))
  expect(error.code).toBe('CONFIG_MISSING')
  expect(error.fix).toContain('migrate-tui init')
})

test('a client class of Knex says what it drives', async () => {
  const root = folderOf({
    'knexfile.cjs': `class Mine { }
      Mine.prototype.dialect = 'sqlite3'; Mine.prototype.driverName = 'better-sqlite3'
      module.exports = { client: Mine, connection: { filename: ':memory:' } }`,
  })
  expect((await load(root)).database.client).toBe('better-sqlite3')
})

test('a migration source is kept unless folders are named beside it', async () => {
  const source = `migrationSource: { getMigrations() {} }`
  const of = (block: string) =>
    folderOf({
      'knexfile.cjs': `module.exports = { client: 'sqlite3', connection: ':memory:', migrations: { ${block} } }`,
    })
  expect((await load(of(source))).database.migrations.source).toHaveProperty('getMigrations')
  expect((await load(of(`${source}, directory: 'm'`))).database.migrations.source).toBeNull()
})

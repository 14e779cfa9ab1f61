import { expect, test } from 'vitest'
import type { Config } from '../../src/project/config.js'
import { validateConfig } from '../../src/project/validate-config.js'
import { migrateErrorOf } from '../support/thrown.js'

const validate = (value: unknown) => validateConfig(value, 'migrate-tui.config.ts')

test('a configuration with every key is taken as it is', () => {
  const config = {
    knex: { client: 'better-sqlite3', connection: { filename: 'dev.sqlite3' } },
    models: ['src/models', { paths: 'src/admin/*.ts', predicate: () => true }],
    migrations: ['migrations', 'more'],
    versionTable: 'app.migrate_tui',
    knexTable: false,
    include: 'app_*',
    exclude: [/^audit_/, 'users.legacy_*'],
    compare: { comments: false },
    hooks: { beforeWrite: () => undefined, afterWrite: () => undefined },
    fileTemplate: '{timestamp}_{slug}',
    template: 'script.txt',
    protected: { refuse: true },
    lockTimeout: '3s',
    statementTimeout: 500,
    backup: { folder: 'copies', maxBytes: 10, keep: 2 },
    loader: 'jiti',
    keys: { upgrade: 'u', quit: ['q', 'ctrl+q'] },
  } satisfies Config
  expect(validate(config)).toEqual(config)
})

test('several databases are taken by name', () => {
  const config = {
    databases: {
      shop: { knex: './knexfile.js', models: 'src/shop', protected: true },
      audit: { knex: { knexfile: './audit.js', environment: 'audit' }, migrations: 'audit' },
    },
  } satisfies Config
  expect(validate(config)).toEqual(config)
})

const wrong: readonly (readonly [config: unknown, message: string, fix: string])[] = [
  [
    { model: 'src' },
    'there is no setting model. Did you mean models?',
    'Settings there: knex, models',
  ],
  [
    { backup: { maxByte: 3 } },
    'there is no setting backup.maxByte. Did you mean maxBytes?',
    'Settings of backup: folder, maxBytes, keep.',
  ],
  [
    { databases: { shop: { knex: './k.js', migration: 'm' } } },
    'there is no setting databases.shop.migration. Did you mean migrations?',
    'Settings of databases.shop: knex, models, migrations, protected.',
  ],
  [{ databases: { shop: {} } }, 'databases.shop.knex is missing.', 'Give it a Knex configuration'],
  [{ lockTimeout: 'soon' }, "lockTimeout is 'soon'.", "a time such as '3s'"],
  [{ models: 3 }, 'models is 3.', 'a folder, a glob or a module'],
  [{ models: [{ path: 'x' }] }, 'there is no setting models.0.path.', 'paths, predicate'],
  [{ protected: 'yes' }, "protected is 'yes'.", 'true, false or { refuse: true }'],
  [
    { protected: ['prod'] },
    "protected is [ 'prod' ].",
    'Make it true, false or { refuse: true }, for all databases or in the settings of each.',
  ],
  [
    { databases: { shop: { knex: './k.js', protected: ['prod'] } } },
    "databases.shop.protected is [ 'prod' ].",
    'Make it true, false or { refuse: true }',
  ],
  [
    { backup: ['copies'] },
    "backup is [ 'copies' ].",
    'Make it false or { folder, maxBytes, keep }',
  ],
  [{ compare: ['types'] }, "compare is [ 'types' ].", 'Make it an object with types, nullability'],
  [{ models: [['src']] }, "models.0 is [ 'src' ].", 'Make it a folder, a glob or a module'],
  [{ databases: ['shop'] }, "databases is [ 'shop' ].", 'an object with a name for each database'],
  [{ keys: ['u'] }, "keys is [ 'u' ].", 'an object with a key for each action'],
  [[], 'it exports [] instead of settings.', 'Export an object'],
  [{ loader: 'swc' }, "loader is 'swc'.", "'esbuild', 'jiti' or 'tsx'"],
  [{ versionTable: 'a;b' }, "versionTable is 'a;b'.", 'letters, digits and _'],
  [{ hooks: { onApply: 'x' } }, "hooks.onApply is 'x'.", 'a function'],
  [{ backup: { keep: 0 } }, 'backup.keep is 0.', 'at least 1'],
  [{ knex: 3 }, 'knex is 3.', 'a Knex configuration'],
  [{ knex: 'x://user:sesame42@host/db' }, "knex is 'x://user:***@host/db'.", 'client, connection'],
  ['text', "it exports 'text' instead of settings.", 'Export an object'],
]

test.each(wrong)('%j is refused by name', async (config, message, fix) => {
  const error = await migrateErrorOf(() => validate(config))
  expect(error.exit).toBe(2)
  expect(error.message).toContain(message)
  expect(error.fix).toContain(fix)
})

test('every wrong setting is told at once', async () => {
  const error = await migrateErrorOf(() =>
    validate({ modls: 'x', lockTimeout: [], migration: 'm', hooks: { before: 1, after: 2 } }),
  )
  expect(error.details).toEqual({
    keys: ['hooks.before', 'hooks.after', 'modls', 'migration', 'lockTimeout'],
  })
  expect(error.why).toContain('lockTimeout')
})

test.each([{ protected: ['prod'] }, { databases: ['shop'] }, { backup: [1, 2] }])(
  'a list in the place of settings is one fault: %j',
  async (config) => {
    const error = await migrateErrorOf(() => validate(config))
    expect(error.code).toBe('CONFIG_VALUE')
    expect(error.why).toBeNull()
  },
)

test('a secret among wrong settings is not shown', async () => {
  const error = await migrateErrorOf(() => validate({ fileTemplate: { password: 'sesame42' } }))
  expect(error.message).not.toContain('sesame42')
})

test('knex beside databases is refused', async () => {
  const error = await migrateErrorOf(() =>
    validate({ knex: './knexfile.js', databases: { a: { knex: './knexfile.js' } } }),
  )
  expect(error.message).toContain('knex stands beside databases')
})

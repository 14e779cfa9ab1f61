import { mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadProject } from '../../src/project/load-project.js'
import { folderOf } from '../support/folder.js'

test('models may be a package of the workspace, and a folder of its name is stronger', async () => {
  const root = folderOf({
    'packages/models/package.json': `{ "name": "@acme/models", "exports": "./src/index.ts" }`,
    'packages/models/src/index.ts': '',
    'node_modules/lib/package.json': '{ "main": "main.js" }',
    'node_modules/lib/main.js': '',
    'packages/api/lib/a.ts': '',
    'packages/api/migrate-tui.config.js': `module.exports = {
      knex: { client: 'better-sqlite3', connection: { filename: 'x.db' } },
      models: ['@acme/models', 'lib', 'nowhere', 'src/*.ts'],
    }`,
  })
  mkdirSync(join(root, 'node_modules/@acme'))
  symlinkSync('../../packages/models', join(root, 'node_modules/@acme/models'))
  const api = join(root, 'packages/api')
  const { database } = await loadProject({
    cwd: api,
    config: null,
    database: null,
    environment: null,
    variables: {},
  })
  expect(database.models.flatMap(({ paths }) => paths)).toEqual([
    realpathSync(join(root, 'packages/models/src/index.ts')),
    join(api, 'lib'),
    join(api, 'nowhere'),
    join(api, 'src/*.ts'),
  ])
})

import { cpSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { modelProject, namesIn, tableIn } from '../support/models.js'

const CJS = `const { Model } = require('objection')\n`
const TS = `import { Model } from 'objection'\n`

describe('which exports are models', () => {
  test('each class is found once, wherever it is exported, and none is called', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/index.js': `
        const one = require('./one')
        module.exports = { one, ...require('./many'), list: [one], knex: () => { throw new Error('called') } }
        Object.defineProperty(module.exports, 'lazy', { enumerable: true, get() { throw new Error('lazy') } })`,
      'src/models/one.js': `${CJS}module.exports = class One extends Model { static tableName = 'one' }`,
      'src/models/many.js': `${CJS}
        class Base extends Model {}
        class Two extends Base { static tableName = 'two' }
        exports.Base = Base
        exports.models = { Two, three: class extends Base { static get tableName() { return 'three' } } }
        exports.Four = class extends Base { static tableName() { return 'four' } }`,
    })

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(namesIn(loaded)).toEqual([
      'Base - src/models/many.js',
      'Four four src/models/many.js',
      'One one src/models/one.js',
      'Two two src/models/many.js',
      'three three src/models/many.js',
    ])
  })

  test('ES modules export objects, namespaces and classes without a name', async () => {
    const project = modelProject({
      'package.json': '{"type":"module"}',
      'src/models/index.mjs': `
        import { Model } from 'objection'
        class One extends Model { static tableName = 'one' }
        export default { One, two: class extends Model { static tableName = 'two' } }
        export * as inner from './inner.js'`,
      'src/models/inner.js': `
        import { Model } from 'objection'
        export default class extends Model { static tableName = 'inner' }`,
    })

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(loaded.tables.map(({ table }) => table.name).sort()).toEqual(['inner', 'one', 'two'])
  })

  test('a class bound to a Knex is the class that it was bound from', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/user.js': `${CJS}
        const knex = require('knex')({ client: 'pg' })
        class User extends Model {
          static tableName = 'users'
          static defineTable(table) { table.increments() }
        }
        module.exports = { User, Bound: User.bindKnex(knex) }`,
      'src/models/bound.js': `
        module.exports = require('./user').User.bindKnex(require('knex')({ client: 'mysql2' }))`,
    })

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(namesIn(loaded)).toEqual(['User users src/models/user.js'])
  })

  test('a model may extend another copy of Objection', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/own.js': `${CJS}module.exports = class Own extends Model { static tableName = 'own' }`,
      'src/models/old/other.js': `${CJS}
        const Own = require('../own')
        module.exports = class Other extends Model {
          static tableName = 'other'
          static relationMappings = {
            own: {
              relation: Model.BelongsToOneRelation,
              modelClass: Own,
              join: { from: 'other.own_id', to: 'own.id' },
            },
          }
        }`,
    })
    const copy = path.join(project.folder, 'src/models/old/node_modules/objection')
    cpSync(path.resolve('node_modules/objection'), copy, { recursive: true })
    for (const name of readdirSync('node_modules').filter((each) => /^[a-z]/.test(each))) {
      if (name === 'objection') continue
      symlinkSync(path.resolve('node_modules', name), path.join(copy, '..', name))
    }

    const loaded = await project.load()

    expect(loaded.failures).toEqual([])
    expect(tableIn(loaded, 'other').table.foreignKeys).toMatchObject([{ refTable: 'own' }])
  })
})

describe('which files are loaded', () => {
  const model = (name: string): string =>
    `${CJS}exports.${name} = class ${name} extends Model { static tableName = '${name}' }`

  test('folders without tests, declarations, packages and compiled copies', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/a.ts': `${TS}export class A extends Model { static tableName = 'A' }`,
      'src/models/a.js': model('Compiled'),
      'src/models/a.d.ts': 'export {}',
      'src/models/a.test.ts': 'throw new Error("a test")',
      'src/models/__tests__/b.js': 'throw new Error("a test")',
      'src/models/node_modules/x/index.js': 'throw new Error("a package")',
      'src/models/deep/er/b.js': model('B'),
      'src/models/migrations/1_first.js': 'throw new Error("a script")',
    })

    const loaded = await project.load({ exclude: ['src/models/migrations'] })

    expect(loaded.failures).toEqual([])
    expect(loaded.tables.map(({ table }) => table.name).sort()).toEqual(['A', 'B'])
  })

  test('globs, files with and without extension, and folders with brackets', async () => {
    const project = modelProject({
      'package.json': '{}',
      'app/users/user.model.js': model('User'),
      'app/users/user.service.js': 'throw new Error("a service")',
      'lib/team.js': model('Team'),
      'lib/[id]/page.js': model('Page'),
    })

    const loaded = await project.load({
      paths: [
        'app/**/*.model.js',
        'lib/team',
        'lib/[id]',
        path.join(project.folder, 'lib/team.js'),
      ],
    })

    expect(loaded.failures).toEqual([])
    expect(loaded.tables.map(({ table }) => table.name).sort()).toEqual(['Page', 'Team', 'User'])
  })
})

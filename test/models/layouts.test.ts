import { describe, expect, test } from 'vitest'
import type { Files } from '../support/models.js'
import { columnsIn, modelProject, tableIn } from '../support/models.js'

/** How real projects are laid out: each has two tables, `pets` and `owners`, and a relation between them. */
const LAYOUTS: Readonly<Record<string, Files>> = {
  'CommonJS TypeScript with extensionless imports, a barrel, an enum and a parameter property': {
    'package.json': '{}',
    'tsconfig.json': '{"compilerOptions":{"module":"commonjs","target":"es2022","strict":true}}',
    'src/models/index.ts': `export * from './owner'\nexport * from './pet'`,
    'src/models/owner.ts': `
      import { Model } from 'objection'
      import { Kind, Money } from '../kinds'
      export class Owner extends Model {
        static tableName = 'owners'
        static readonly kinds = [Kind.Cat, new Money(1).cents]
        declare id: number
        static jsonSchema = { type: 'object', properties: { name: { type: 'string' } } }
      }`,
    'src/models/pet.ts': `
      import { Model } from 'objection'
      import { Owner } from './owner'
      export class Pet extends Model {
        static tableName = 'pets'
        static relationMappings = () => ({
          owner: {
            relation: Model.BelongsToOneRelation,
            modelClass: Owner,
            join: { from: 'pets.owner_id', to: 'owners.id' },
          },
        })
      }`,
    'src/kinds.ts': `
      export enum Kind { Cat = 'cat', Dog = 'dog' }
      export class Money { constructor(readonly cents: number) {} }`,
  },
  'ES modules in TypeScript that import .js, with import.meta and top-level await': {
    'package.json': '{"type":"module"}',
    'tsconfig.json': '{"compilerOptions":{"module":"nodenext","target":"es2022"}}',
    'src/models/owner.ts': `
      import { readFile } from 'node:fs/promises'
      import { fileURLToPath } from 'node:url'
      import { Model } from 'objection'
      const table = await readFile(fileURLToPath(new URL('./table.txt', import.meta.url)), 'utf8')
      export class Owner extends Model {
        static tableName = table.trim()
      }`,
    'src/models/table.txt': 'owners\n',
    'src/models/pet.ts': `
      import { Model } from 'objection'
      import { Owner } from './owner.js'
      export default class Pet extends Model {
        static tableName = 'pets'
        static relationMappings = {
          owner: {
            relation: Model.BelongsToOneRelation,
            modelClass: Owner,
            join: { from: 'pets.owner_id', to: 'owners.id' },
          },
        }
      }`,
  },
  'CommonJS JavaScript that names related classes by their path': {
    'package.json': '{}',
    'src/models/Owner.js': `
      const { Model } = require('objection')
      module.exports = class Owner extends Model {
        static get tableName() { return 'owners' }
      }`,
    'src/models/Pet.js': `
      const path = require('path')
      const { Model } = require('objection')
      class Pet extends Model {
        static get tableName() { return 'pets' }
        static get relationMappings() {
          return {
            owner: {
              relation: Model.BelongsToOneRelation,
              modelClass: path.join(__dirname, 'Owner'),
              join: { from: 'pets.owner_id', to: 'owners.id' },
            },
          }
        }
      }
      module.exports = Pet`,
  },
  'TypeScript with paths in a tsconfig that extends another': {
    'package.json': '{"type":"module"}',
    'tsconfig.base.json':
      '{"compilerOptions":{"baseUrl":".","paths":{"@models/*":["src/models/*"],"~/*":["src/*"]}}}',
    'tsconfig.json': '{\n  // as most are\n  "extends": "./tsconfig.base.json",\n}',
    'src/base.ts': `import { Model } from 'objection'\nexport class Base extends Model {}`,
    'src/models/owner.ts': `
      import { Base } from '~/base'
      export class Owner extends Base { static override tableName = 'owners' }`,
    'src/models/pet.ts': `
      import { Base } from '~/base'
      import { Owner } from '@models/owner'
      export class Pet extends Base {
        static override tableName = 'pets'
        static override relationMappings = () => ({
          owner: {
            relation: Base.BelongsToOneRelation,
            modelClass: Owner,
            join: { from: 'pets.owner_id', to: 'owners.id' },
          },
        })
      }`,
  },
  'TypeScript models that import each other in a circle': {
    'package.json': '{}',
    'src/models/owner.ts': `
      import { Model } from 'objection'
      import { Pet } from './pet'
      export class Owner extends Model {
        static tableName = 'owners'
        static relationMappings = () => ({
          pets: {
            relation: Model.HasManyRelation,
            modelClass: Pet,
            join: { from: 'owners.id', to: 'pets.owner_id' },
          },
        })
      }`,
    'src/models/pet.ts': `
      import { Model } from 'objection'
      import { Owner } from './owner'
      export class Pet extends Model {
        static tableName = 'pets'
        static relationMappings = () => ({
          owner: {
            relation: Model.BelongsToOneRelation,
            modelClass: Owner,
            join: { from: 'pets.owner_id', to: 'owners.id' },
          },
        })
      }`,
  },
  'TypeScript with legacy decorators': {
    'package.json': '{}',
    'tsconfig.json': '{"compilerOptions":{"experimentalDecorators":true,"target":"es2022"}}',
    'src/table.ts': `
      export const table = (name: string) => (model: Function): void => {
        Object.defineProperty(model, 'tableName', { value: name })
      }
      export const field = (model: object, name: string): void => {
        const { constructor } = model
        Object.assign(constructor, { fields: [...(constructor as any).fields ?? [], name] })
      }`,
    'src/models/owner.ts': `
      import { Model } from 'objection'
      import { field, table } from '../table'
      @table('owners')
      export class Owner extends Model {
        @field name!: string
        static get jsonSchema() {
          const names: string[] = (this as any).fields
          return { properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) }
        }
      }`,
    'src/models/pet.ts': `
      import { Model } from 'objection'
      import { table } from '../table'
      import { Owner } from './owner'
      @table('pets')
      export class Pet extends Model {
        static relationMappings = () => ({
          owner: {
            relation: Model.BelongsToOneRelation,
            modelClass: Owner,
            join: { from: 'pets.owner_id', to: 'owners.id' },
          },
        })
      }`,
  },
  'TypeScript that names related classes by their path': {
    'package.json': '{}',
    'src/models/Owner.ts': `
      import { Model } from 'objection'
      export default class Owner extends Model {
        static tableName = 'owners'
      }`,
    'src/models/Pet.ts': `
      import path from 'path'
      import { Model } from 'objection'
      export default class Pet extends Model {
        static tableName = 'pets'
        static modelPaths = [__dirname]
        static relationMappings = {
          owner: {
            relation: Model.BelongsToOneRelation,
            modelClass: path.join(__dirname, 'Owner'),
            join: { from: 'pets.owner_id', to: 'owners.id' },
          },
          first: {
            relation: Model.BelongsToOneRelation,
            modelClass: 'Owner',
            join: { from: 'pets.owner_id', to: 'owners.id' },
          },
        }
      }`,
  },
}

/** Decorators before `name!:` are more than jiti's parser knows. */
const BEYOND: Readonly<Record<string, string>> = { jiti: 'TypeScript with legacy decorators' }

describe.each(['esbuild', 'jiti', 'tsx'] as const)('%s', (loader) => {
  const layouts = Object.entries(LAYOUTS).filter(([name]) => BEYOND[loader] !== name)

  test.each(layouts)('%s', async (_, files) => {
    const loaded = await modelProject(files).load({ loader })

    expect(loaded.failures).toEqual([])
    expect(loaded.models.map(({ model, table }) => `${model}: ${table}`).sort()).toEqual([
      'Owner: owners',
      'Pet: pets',
    ])
    expect(
      loaded.models.map(({ file }) => file.toLowerCase().replace(/\.[jt]s$/, '')).sort(),
    ).toEqual(['src/models/owner', 'src/models/pet'])
    expect(columnsIn(loaded, 'pets')).toEqual(['id', 'owner_id'])
    expect(tableIn(loaded, 'pets').table.foreignKeys).toMatchObject([
      { name: 'pets_owner_id_foreign', refTable: 'owners', refColumns: ['id'] },
    ])
  })
})

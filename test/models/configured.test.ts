import { rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { columnsIn, modelProject, namesIn } from '../support/models.js'
import type { ModelProject } from '../support/models.js'

const CJS = `const { Model } = require('objection')\n`
const TS = `import { Model } from 'objection'\n`

describe('values of the configuration', () => {
  const located = (
    project: ModelProject,
    file: string,
    ...steps: readonly (string | number)[]
  ) => ({
    file: path.join(project.folder, file),
    steps,
    context: { env: 'test', x: {} },
  })

  test.each([
    ['ts', '{"type":"module"}', `export default`, TS, 'export'],
    ['js', '{}', `module.exports =`, CJS, 'exports.Audited ='],
  ])(
    'a predicate sees the very classes that are loaded (%s)',
    async (extension, manifest, give, start, exporting) => {
      const word = extension === 'ts' ? 'export class' : 'class'
      const end = (name: string) => (extension === 'ts' ? '' : `\nexports.${name} = ${name}`)
      const load = (name: string, from: string) =>
        extension === 'ts'
          ? `import { ${name} } from '${from}.js'\n`
          : `const { ${name} } = require('${from}.js')\n`
      const project = modelProject({
        'package.json': manifest,
        [`src/base.${extension}`]: `${start}${word} Audited extends Model {}${end('Audited')}`,
        [`src/models/a.${extension}`]: `${load('Audited', '../base')}${word} A extends Audited { static tableName = 'a' }${end('A')}`,
        [`src/models/b.${extension}`]: `${start}${word} B extends Model { static tableName = 'b' }${end('B')}`,
        [`config.${extension}`]: `${load('Audited', './src/base')}${give} {
        databases: { main: { models: [{ paths: 'src/models', predicate: (model) => model.prototype instanceof Audited }] } },
      }`,
      })
      const predicate = located(
        project,
        `config.${extension}`,
        'databases',
        'main',
        'models',
        0,
        'predicate',
      )

      const loaded = await project.load({ selections: [{ paths: ['src/models'], predicate }] })

      expect(exporting).toBeTruthy()
      expect(namesIn(loaded)).toEqual([`A a src/models/a.${extension}`])
    },
  )

  test('the mappers of Knex come from its own file, which may be a function', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/a.js': `${CJS}
        exports.A = class UserAccount extends Model {
          static tableName = 'userAccounts'
          static defineTable(table) { table.increments(); table.string('firstName').unique() }
        }
        exports.B = class Team extends Model {
          static tableName = 'myTeams'
          static jsonSchema = { properties: { teamName: { type: 'string' } } }
        }`,
      'knexfile.ts': `
        import { knexSnakeCaseMappers } from 'objection'
        export default async ({ env }: { env: string }) => ({
          [env]: { client: 'better-sqlite3', useNullAsDefault: true, ...knexSnakeCaseMappers() },
        })`,
    })
    const config = located(project, 'knexfile.ts', 'test')

    const loaded = await project.load({
      knex: { client: 'better-sqlite3', folder: project.folder, config },
    })

    expect(loaded.failures).toEqual([])
    expect(columnsIn(loaded, 'user_accounts')).toEqual(['id', 'first_name'])
    expect(columnsIn(loaded, 'my_teams')).toEqual(['id', 'team_name'])
  })

  test('a configuration that fails in the child is an error that names it', async () => {
    const project = modelProject({
      'package.json': '{}',
      'src/models/a.js': `${CJS}exports.A = class A extends Model { static tableName = 'a' }`,
      'config.js': `module.exports = { models: { predicate: () => { throw new Error('no') } } }`,
      'broken.js': `throw new Error('no such setting')`,
    })
    const load = async (file: string, ...steps: readonly string[]) =>
      project.load({
        selections: [{ paths: ['src/models'], predicate: located(project, file, ...steps) }],
      })

    for (const [file, steps, why] of [
      ['broken.js', ['x'], 'no such setting'],
      ['config.js', ['models', 'filter'], 'models.filter is no function'],
      ['config.js', ['database', 'x'], 'there is no database.x in it'],
      ['config.js', ['models', 'predicate'], 'models.predicate threw for A: no'],
    ] as const) {
      await expect(load(file, ...steps)).rejects.toMatchObject({
        code: 'MODELS_CONFIG',
        exit: 2,
        why,
      })
    }
  })

  test('a loader that the project lacks is an error', async () => {
    const project = modelProject({ 'package.json': '{}', 'src/models/a.ts': '' })
    rmSync(path.join(project.folder, 'node_modules/tsx'))

    const loading = project.load({ loader: 'tsx' })

    await expect(loading).rejects.toMatchObject({ code: 'MODELS_CONFIG', exit: 2 })
  })
})

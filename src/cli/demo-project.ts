/** A practice project in a folder of its own, made by the same workflows as any other, for a look at the screens. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MigrateError } from '../errors.js'
import { MIGRATE_DEFAULTS, RUN_DEFAULTS } from '../workflows/default-options.js'
import type { Io } from '../workflows/io.js'

export interface DemoProject {
  /** Absolute. */
  readonly folder: string
  readonly remove: () => Promise<void>
}

const CONFIG = `module.exports = {
  knex: { client: 'better-sqlite3', connection: { filename: 'shop.sqlite' }, useNullAsDefault: true },
  models: './models',
  migrations: './migrations',
}
`

const USER = ['table.increments()', "table.string('name', 80).notNullable()"]
const EMAIL = "table.string('email', 120).notNullable().unique()"
const ORDER = [
  'table.increments()',
  "table.integer('user_id').unsigned().notNullable().references('users.id').onDelete('CASCADE').index()",
  "table.decimal('total', 12, 2).notNullable()",
]

/**
 * Makes it: three revisions, one of them pending, and a model that was changed since.
 * @throws MigrateError `DEMO_MISSING` (exit 2) where knex or objection is not installed
 */
export async function makeDemoProject(): Promise<DemoProject> {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrate-tui-demo-'))
  const remove = (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true })
    return Promise.resolve()
  }
  try {
    linkPackages(folder)
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "shop", "type": "commonjs" }\n')
    writeFileSync(path.join(folder, 'migrate-tui.config.js'), CONFIG)
    mkdirSync(path.join(folder, 'models'))
    mkdirSync(path.join(folder, 'migrations'))
    await writeHistory(folder)
    return { folder, remove }
  } catch (thrown) {
    await remove()
    throw thrown
  }
}

async function writeHistory(folder: string): Promise<void> {
  const { loadProject } = await import('../project/load-project.js')
  const { migrate } = await import('../workflows/migrate.js')
  const { run } = await import('../workflows/running/run.js')
  const place = { cwd: folder, config: null, database: null, environment: null, variables: {} }
  const project = await loadProject(place)
  const model = (name: string, table: string, columns: readonly string[]): void => {
    const file = path.join(folder, 'models', `${name.toLowerCase()}.js`)
    writeFileSync(file, modelText(name, table, columns))
  }
  const write = async (message: string): Promise<void> => {
    await migrate(project, { ...MIGRATE_DEFAULTS, message }, SILENT)
    await run(project, 'up', RUN_DEFAULTS, SILENT)
  }
  model('User', 'users', [...USER, EMAIL])
  await write('create users')
  model('Order', 'orders', ORDER)
  await write('create orders')
  model('Order', 'orders', [...ORDER, "table.string('state', 20).notNullable().defaultTo('open')"])
  await write('order states')
  const back = { ...RUN_DEFAULTS, target: '-1', allowDestructive: true, backup: false }
  await run(project, 'down', back, SILENT)
  const active = "table.boolean('active').notNullable().defaultTo(true)"
  model('User', 'users', [...USER, EMAIL.replace('120', '254'), active])
}

const SILENT: Io = {
  ask: null,
  event: () => undefined,
  signal: new AbortController().signal,
  warn: () => undefined,
}

function modelText(name: string, table: string, columns: readonly string[]): string {
  return `const { Model } = require('objection')

class ${name} extends Model {
  static tableName = '${table}'

  static defineTable(table) {
${columns.map((column) => `    ${column}`).join('\n')}
  }
}

module.exports = { ${name} }
`
}

/** The packages that a project has, from where we find them ourselves. */
function linkPackages(folder: string): void {
  mkdirSync(path.join(folder, 'node_modules'))
  const here = createRequire(import.meta.url)
  const there = createRequire(path.join(process.cwd(), 'package.json'))
  for (const name of ['knex', 'objection', 'better-sqlite3']) {
    const found = packageFolder(there, name) ?? packageFolder(here, name)
    if (found === null) throw missing(name)
    symlinkSync(found, path.join(folder, 'node_modules', name))
  }
}

function packageFolder(require: NodeJS.Require, name: string): string | null {
  try {
    return path.dirname(require.resolve(`${name}/package.json`))
  } catch {
    return null
  }
}

function missing(name: string): MigrateError {
  return new MigrateError(
    'DEMO_MISSING',
    2,
    `The practice project needs ${name}, which is not installed.`,
    {
      fix: `Install it where you are: npm i ${name}.`,
      state: 'Nothing was made.',
    },
  )
}

/** Stock Knex's own command line in a test project, and projects as Knex's users have them. */
import path from 'node:path'
import type { CurrentDocument } from '../../src/workflows/documents.js'
import type { RunResult, TestProject } from './project.js'
import { ROOT, runCommand } from './project.js'

/** Runs `knex <args>` as the project would. */
export function stockKnex(project: TestProject, ...args: readonly string[]): Promise<RunResult> {
  const cli = path.join(ROOT, 'node_modules/knex/bin/cli.js')
  return runCommand(process.execPath, [cli, ...args], { cwd: project.folder, env: {} })
}

/** Runs it and fails unless it exits 0; what it printed. */
export async function stockOk(project: TestProject, ...args: readonly string[]): Promise<string> {
  const result = await stockKnex(project, ...args)
  if (result.code === 0) return result.stdout
  throw new Error(`knex ${args.join(' ')}: exit ${result.code}\n${result.stdout}${result.stderr}`)
}

/** What `knex migrate:list` says: names that are done, and names that are pending. */
export async function stockList(
  project: TestProject,
): Promise<{ readonly done: readonly string[]; readonly pending: readonly string[] }> {
  const text = await stockOk(project, 'migrate:list')
  const [done = '', pending = ''] = text.split(/Found \d+ Pending|No Pending/)
  return { done: namesIn(done), pending: namesIn(pending) }
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/[\w-]+\.[cm]?[jt]s\b/g)].map(([name]) => name)
}

/** A plain Knex migration that creates a table, in CommonJS. */
export function plainCreate(table: string): string {
  return `exports.up = (knex) =>
  knex.schema.createTable('${table}', (table) => {
    table.increments()
    table.string('name', 80)
  })
exports.down = (knex) => knex.schema.dropTable('${table}')
`
}

/** A project of Knex alone; `block` is the text of the knexfile's `migrations`. */
export function knexFiles(
  migrations: Readonly<Record<string, string>>,
  block = "{ directory: './migrations' }",
): Readonly<Record<string, string>> {
  const scripts = Object.entries(migrations).map(([name, text]) => [`migrations/${name}`, text])
  return {
    'package.json': '{"name":"shop","type":"commonjs"}\n',
    'knexfile.js': `module.exports = {
  client: 'better-sqlite3',
  connection: { filename: './dev.sqlite3' },
  useNullAsDefault: true,
  migrations: ${block},
}
`,
    ...(Object.fromEntries(scripts) as Record<string, string>), // pairs of two texts
  }
}

/** Two plain migrations. */
export const TWO = {
  '20240101000000_users.js': plainCreate('users'),
  '20240102000000_teams.js': plainCreate('teams'),
}
export const USERS = '20240101000000_users'
export const TEAMS = '20240102000000_teams'
export const POSTS = '20240103000000_posts'

/** Where the database stands, as the command says. */
export async function current(project: TestProject): Promise<CurrentDocument> {
  return (await project.json('current')) as CurrentDocument
}

/** The names in Knex's history, as they were recorded. */
export function knexNames(project: TestProject, table = 'knex_migrations'): readonly unknown[] {
  return project.rows(`select name from "${table}" order by id`).map((row) => row.name)
}

/** The tables that neither tool made for itself, by name. */
export function tables(project: TestProject): readonly unknown[] {
  const ours =
    "name not like 'migrate_tui%' and name not like 'knex_%' and name not like 'sqlite_%'"
  return project
    .rows(`select name from sqlite_schema where type = 'table' and ${ours} order by name`)
    .map((row) => row.name)
}

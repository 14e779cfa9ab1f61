/** Test projects whose history is written out by hand. */
import type { CurrentDocument, FailureDocument } from '../../src/workflows/documents.js'
import type { RunResult, TestProject } from './project.js'
import { makeProject, sqliteProject } from './project.js'

/** A model of a table `users` with a name and a level. */
export const USERS = `exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table) {
    table.increments()
    table.string('name', 80).notNullable()
    table.integer('level')
  }
}`

/** A revision to be written into a test project. */
export interface Script {
  readonly id: string
  readonly parents: readonly string[]
  /** The id, where it is not given. */
  readonly message?: string
  /** Statements of `up`, over `knex`; a table of the id's name where it is not given. */
  readonly up?: string
  readonly labels?: readonly string[]
  readonly dependsOn?: readonly string[]
  readonly transaction?: boolean
}

/** A revision script that creates a table of its id's name, or does what it is told. */
function script(given: Script): string {
  const { id, parents, message = id, up, labels = [], dependsOn = [], transaction } = given
  const down = up === undefined ? `await knex.schema.dropTable('${id}')` : ''
  const parent = parents.length === 1 ? parents[0] : parents
  return `/** ${message}. */
exports.revision = '${id}'
exports.downRevision = ${parents.length === 0 ? 'null' : JSON.stringify(parent)}
exports.branchLabels = ${JSON.stringify(labels)}
exports.dependsOn = ${JSON.stringify(dependsOn)}
exports.up = async (knex) => {
  ${up ?? `await knex.schema.createTable('${id}', (table) => { table.increments() })`}
}
exports.down = async (knex) => {
  ${down}
}
exports.config = { transaction: ${transaction ?? true} }
`
}

/** A project without models, with these revisions. */
export function projectWith(scripts: readonly Script[]): TestProject {
  const project = makeProject(sqliteProject(''))
  for (const one of scripts) add(project, one)
  return project
}

/** Writes a revision, or writes it anew. */
export function add(project: TestProject, one: Script): void {
  project.write(`migrations/${one.id}.js`, script(one))
}

/** A line of revisions, each after the one before. */
export function line(...ids: readonly string[]): readonly Script[] {
  return ids.map((id, i) => ({ id, parents: ids.slice(Math.max(0, i - 1), i) }))
}

/** The current revisions, as the command says. */
export async function current(project: TestProject): Promise<readonly string[]> {
  return ((await project.json('current')) as CurrentDocument).current
}

/** The tables that are not ours, by name. */
export function tables(project: TestProject): readonly unknown[] {
  return project
    .rows(
      `select name from sqlite_schema where type = 'table' and name not like 'migrate_tui%' and name not like 'sqlite_%' order by name`,
    )
    .map((row) => row.name)
}

/** The applied revisions in the order recorded. */
export function applied(project: TestProject): readonly unknown[] {
  return project
    .rows('select revision from migrate_tui_revisions order by position')
    .map((row) => row.revision)
}

/** The failure that a command printed with `--json`. */
export function errorOf(result: RunResult): FailureDocument['error'] {
  return (JSON.parse(result.stdout) as FailureDocument).error
}

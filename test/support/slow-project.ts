/** Projects in which a statement takes seconds. */
import { usersModel } from './open-screens.js'
import type { TestProject } from './project.js'
import { makeProject, sqliteProject } from './project.js'
import { add } from './revision-line.js'

/** Seconds of work for SQLite, in one statement that nothing can interrupt, over rows that a rehearsal has not. */
export const SLOW =
  'await knex.raw("insert into go select count(*) from go a, go b, go c where a.id + b.id + c.id > 0")'

/** The rows that it works on, as SQL. */
export const MANY = `create table go as
  with recursive n(id) as (select 1 union all select id + 1 from n where id < 400) select id from n`

/** What the model of `users` says of its one column. */
export const NAME = "table.string('name', 80).notNullable()"

/** Two revisions after each other: the first does what it is told, the second makes `users`. */
export function twoRevisions(first: string): TestProject {
  const project = makeProject(sqliteProject(usersModel(NAME)))
  add(project, { id: 'aaaa00000001', parents: [], up: first })
  add(project, {
    id: 'bbbb00000002',
    parents: ['aaaa00000001'],
    up: `await knex.schema.createTable('users', (t) => { t.increments(); t.string('name', 80).notNullable() })`,
  })
  return project
}

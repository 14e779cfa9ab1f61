/** A change that a person makes to models, with rows in the tables: what they said, what they say, what must survive. */

/** The body of `defineTable` by table name, over `table` and `knex`. */
export type Models = Readonly<Record<string, string>>

export interface ChangeKind {
  readonly name: string
  readonly before: Models
  readonly after: Models
  /** Statements that fill the tables as `before` makes them. */
  readonly rows: readonly string[]
  /** A query of what the change need not lose: the same before, after, and after the way back. */
  readonly kept: string
  /** Options for `migrate` that answer what would be asked at a terminal. */
  readonly answers?: readonly string[]
  /** Kinds of operation that must be found, and no others. */
  readonly finds: readonly string[]
}

export const ID = `table.increments('id')`
export const users = (more: string): Models => ({ users: `${ID}\n${more}` })
export const NAMES = [`insert into users (id, name) values (1, 'ann'), (2, 'bob')`]
export const KEPT_NAMES = 'select id, name from users order by id'

/** A change of one line in `users`, beside a name that stays. */
export function line(
  name: string,
  before: string,
  after: string,
  finds: readonly string[],
  more: Partial<ChangeKind> = {},
): ChangeKind {
  const base = `table.string('name')`
  return {
    name,
    before: users(`${base}\n${before}`),
    after: users(`${base}\n${after}`),
    rows: NAMES,
    kept: KEPT_NAMES,
    finds,
    ...more,
  }
}

export const TEAMS: Models = { teams: `${ID}\ntable.string('title')` }
export const TEAM_ROWS = [`insert into teams (id, title) values (1, 'red'), (2, 'blue')`]
export const withTeams = (
  before: string,
  after: string,
): Pick<ChangeKind, 'before' | 'after' | 'rows' | 'kept'> => ({
  before: { ...TEAMS, ...users(`table.string('name')\n${before}`) },
  after: { ...TEAMS, ...users(`table.string('name')\n${after}`) },
  rows: [
    ...TEAM_ROWS,
    ...NAMES,
    ...(before.includes('team_id') ? ['update users set team_id = 1'] : []),
  ],
  kept: KEPT_NAMES,
})

/** Models as a CommonJS module with one class a table. */
export function modelsText(models: Models): string {
  const classes = Object.entries(models).map(
    ([table, body], i) => `exports.M${i} = class M${i} extends Model {
  static tableName = ${JSON.stringify(table)}
  static defineTable(table, knex) {
    ${body.replaceAll('\n', '\n    ')}
  }
}`,
  )
  return `const { Model } = require('objection')\n\n${classes.join('\n\n')}\n`
}

/** Tables that others use, with rows, and what alters them. */
import type { Connection } from '../../src/dialects/connection.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import { key } from './schema-builders.js'
import { columnIn, tableIn } from './sqlite.js'

/** Two parents, a child, a trigger and a view over them, with rows. */
export const BASE = [
  'create table teams (id integer primary key autoincrement, code text unique, "Name" text)',
  `create table users (
    id integer primary key autoincrement,
    name varchar(80) not null default 'x', -- the name
    age integer,
    mood text check (mood in ('a', 'b')),
    team_id integer references teams (id) on delete cascade,
    constraint adult check (age > 17)
  )`,
  'create index users_age_index on users (age)',
  'create index both on users (age, name) where age > 1',
  'create unique index users_name_unique on users (name)',
  'create table posts (id integer primary key, user_id integer references users (id) on delete cascade, title text, editor_id integer references users (id))',
  'create trigger touch after update of name on users begin update posts set title = new.name where user_id = new.id; end',
  'create view adults as select users.name, teams."Name" as team from users left join teams on teams.id = users.team_id where users.age > 17',
  "insert into teams values (1, 'red', 'Red'), (2, 'blue', 'Blue')",
  "insert into users values (1, 'ann', 20, 'a', 1), (2, 'bob', null, 'b', null), (7, 'eve', 30, null, 2)",
  'delete from users where id = 7',
  "insert into posts values (1, 1, 'one', 2), (2, 1, 'two', null), (3, 2, 'three', 1)",
]

export const users = { table: 'users' } as const

export const TO_TEAM = key('to_team', 'team_id', 'teams', {
  onDelete: 'set null',
  onUpdate: 'cascade',
})

export type Operations = (
  connection: Connection,
) => Promise<readonly Operation[]> | readonly Operation[]

export const alter =
  (name: string, more: Partial<Column>): Operations =>
  async (connection) => {
    const from = await columnIn(connection, 'users', name)
    return [{ kind: 'alterColumn', ...users, from, to: { ...from, ...more } }]
  }
export const drop =
  (...names: readonly string[]): Operations =>
  async (connection) => {
    const { columns } = await tableIn(connection, 'users')
    return columns
      .filter((each) => names.includes(each.name))
      .map((each) => ({ kind: 'dropColumn', ...users, column: each }))
  }

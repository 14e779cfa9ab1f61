/** Changes of tables and of columns. */
import type { ChangeKind } from './change-kind.js'
import { ID, KEPT_NAMES, NAMES, TEAMS, TEAM_ROWS, line, users } from './change-kind.js'

export const COLUMN_KINDS: readonly ChangeKind[] = [
  {
    name: 'a table is created',
    before: users(`table.string('name')`),
    after: { ...users(`table.string('name')`), posts: `${ID}\ntable.text('body')` },
    rows: NAMES,
    kept: KEPT_NAMES,
    finds: ['createTable'],
  },
  {
    name: 'a table is dropped',
    before: { ...users(`table.string('name')`), posts: `${ID}\ntable.text('body').notNullable()` },
    after: users(`table.string('name')`),
    rows: [...NAMES, `insert into posts (id, body) values (1, 'x')`],
    kept: KEPT_NAMES,
    finds: ['dropTable'],
  },
  {
    name: 'a table is renamed',
    before: users(`table.string('name')`),
    after: { people: `${ID}\ntable.string('name')` },
    rows: NAMES,
    kept: 'select 1',
    answers: ['--rename', 'users:people'],
    finds: ['renameTable'],
  },
  {
    name: 'a parent table is renamed under its children',
    before: {
      ...TEAMS,
      ...users(
        `table.string('name')\ntable.integer('team_id').references('teams.id').onDelete('CASCADE')`,
      ),
    },
    after: {
      groups: TEAMS.teams ?? '',
      ...users(
        `table.string('name')\ntable.integer('team_id').references('groups.id').onDelete('CASCADE')`,
      ),
    },
    rows: [...TEAM_ROWS, ...NAMES, 'update users set team_id = 1'],
    kept: 'select id, name, team_id from users order by id',
    answers: ['--rename', 'teams:groups'],
    finds: ['renameTable'],
  },
  line('a column is added', '', `table.integer('age')`, ['addColumn']),
  line('a column with a default is added', '', `table.integer('age').notNullable().defaultTo(7)`, [
    'addColumn',
  ]),
  line(
    'a NOT NULL column is added to a table with rows',
    '',
    `table.integer('level').notNullable()`,
    ['addColumn'],
    {
      answers: ['--fill', 'users.level=1'],
    },
  ),
  line(
    'a column with the current time as default is added',
    '',
    `table.timestamp('at').notNullable().defaultTo(knex.fn.now())`,
    ['addColumn'],
  ),
  line('a unique column is added', '', `table.string('email').unique()`, [
    'addColumn',
    'addUnique',
  ]),
  line('a referencing column is added', '', `table.integer('boss_id').references('users.id')`, [
    'addColumn',
    'addForeignKey',
  ]),
  line('a boolean column is added', '', `table.boolean('ok').notNullable().defaultTo(true)`, [
    'addColumn',
  ]),
  line('a column is dropped', `table.integer('age')`, '', ['dropColumn']),
  line('a NOT NULL column is dropped', `table.integer('age').notNullable().defaultTo(3)`, '', [
    'dropColumn',
  ]),
  line('an indexed column is dropped', `table.integer('age').index()`, '', [
    'dropIndex',
    'dropColumn',
  ]),
  line('a column is renamed', `table.integer('age')`, `table.integer('years')`, ['renameColumn'], {
    answers: ['--rename', 'users.age:years'],
    rows: [...NAMES, 'update users set age = 5'],
  }),
  line(
    'a column only changes case',
    `table.integer('userAge')`,
    `table.integer('userage')`,
    ['renameColumn'],
    {
      answers: ['--rename', 'users.userAge:userage'],
    },
  ),
  line('a similar column is kept apart', `table.integer('age')`, `table.integer('ages')`, [
    'addColumn',
    'dropColumn',
  ]),
  line('a type is changed', `table.integer('age')`, `table.bigInteger('age')`, ['alterColumn'], {
    rows: [...NAMES, 'update users set age = 5'],
    kept: 'select id, name, age from users order by id',
  }),
  line('a type is changed to text', `table.integer('age')`, `table.string('age')`, ['alterColumn']),
  line('a length grows', `table.string('code', 10)`, `table.string('code', 40)`, ['alterColumn'], {
    rows: [...NAMES, `update users set code = 'c' || id`],
    kept: 'select id, name, code from users order by id',
  }),
  line(
    'a length shrinks',
    `table.string('code', 40)`,
    `table.string('code', 10)`,
    ['alterColumn'],
    {
      rows: [...NAMES, `update users set code = 'c' || id`],
      kept: 'select id, name, code from users order by id',
    },
  ),
  line(
    'a precision changes',
    `table.decimal('price', 8, 2)`,
    `table.decimal('price', 12, 4)`,
    ['alterColumn'],
    {
      rows: [...NAMES, 'update users set price = 1.25'],
      kept: 'select id, name, price from users order by id',
    },
  ),
  line(
    'a column becomes NOT NULL',
    `table.integer('age')`,
    `table.integer('age').notNullable()`,
    ['alterColumn'],
    {
      rows: [...NAMES, 'update users set age = 5'],
      kept: 'select id, name, age from users order by id',
    },
  ),
  line(
    'a column with nulls becomes NOT NULL',
    `table.integer('age')`,
    `table.integer('age').notNullable()`,
    ['alterColumn'],
    {
      answers: ['--fill', 'users.age=0'],
    },
  ),
  line(
    'a column becomes nullable',
    `table.integer('age').notNullable().defaultTo(1)`,
    `table.integer('age').defaultTo(1)`,
    ['alterColumn'],
  ),
  line('a default is added', `table.integer('age')`, `table.integer('age').defaultTo(1)`, [
    'alterColumn',
  ]),
  line(
    'a default is changed',
    `table.integer('age').defaultTo(1)`,
    `table.integer('age').defaultTo(2)`,
    ['alterColumn'],
  ),
  line('a default is removed', `table.integer('age').defaultTo(1)`, `table.integer('age')`, [
    'alterColumn',
  ]),
  line(
    'a default with quotes',
    `table.string('word').defaultTo('a')`,
    `table.string('word').defaultTo("it's \\"so\\"")`,
    ['alterColumn'],
  ),
  line(
    'a generated column is added',
    `table.integer('age')`,
    `table.integer('age')\ntable.specificType('twice', 'integer generated always as (age * 2) stored')`,
    ['addColumn'],
  ),
  line(
    'a generated column is dropped',
    `table.integer('age')\ntable.specificType('twice', 'integer generated always as (age * 2) stored')`,
    `table.integer('age')`,
    ['dropColumn'],
  ),
  line('a collation is set', `table.string('word')`, `table.string('word').collate('NOCASE')`, [
    'alterColumn',
  ]),
]

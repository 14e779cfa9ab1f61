/**
 * The kinds of change that a person makes to models, each with rows in the tables: what the models
 * said, what they say now, and what must survive the way there and back.
 */

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

const ID = `table.increments('id')`
const users = (more: string): Models => ({ users: `${ID}\n${more}` })
const NAMES = [`insert into users (id, name) values (1, 'ann'), (2, 'bob')`]
const KEPT_NAMES = 'select id, name from users order by id'

/** A change of one line in `users`, beside a name that stays. */
function line(
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

const TEAMS: Models = { teams: `${ID}\ntable.string('title')` }
const TEAM_ROWS = [`insert into teams (id, title) values (1, 'red'), (2, 'blue')`]
const withTeams = (
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

export const CHANGE_KINDS: readonly ChangeKind[] = [
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
  {
    name: 'the primary key becomes composite',
    before: {
      seats: `table.integer('a').notNullable()\ntable.integer('b').notNullable()\ntable.string('name')\ntable.primary(['a'])`,
    },
    after: {
      seats: `table.integer('a').notNullable()\ntable.integer('b').notNullable()\ntable.string('name')\ntable.primary(['a', 'b'])`,
    },
    rows: [`insert into seats (a, b, name) values (1, 1, 'x'), (2, 1, 'y')`],
    kept: 'select a, b, name from seats order by a',
    finds: ['alterPrimaryKey'],
  },
  line('a unique is added', `table.integer('age')`, `table.integer('age')\ntable.unique(['age'])`, [
    'addUnique',
  ]),
  line(
    'a composite unique is added',
    `table.integer('age')`,
    `table.integer('age')\ntable.unique(['name', 'age'])`,
    ['addUnique'],
  ),
  line('a unique is dropped', `table.integer('age').unique()`, `table.integer('age')`, [
    'dropUnique',
  ]),
  line('an index is added', `table.integer('age')`, `table.integer('age').index()`, ['addIndex']),
  line(
    'a composite index is added',
    `table.integer('age')`,
    `table.integer('age')\ntable.index(['name', 'age'])`,
    ['addIndex'],
  ),
  line('an index is dropped', `table.integer('age').index()`, `table.integer('age')`, [
    'dropIndex',
  ]),
  line(
    'an index changes its columns',
    `table.integer('age')\ntable.index(['age'], 'by_age')`,
    `table.integer('age')\ntable.index(['age', 'name'], 'by_age')`,
    ['addIndex', 'dropIndex'],
  ),
  line(
    'a partial index is added',
    `table.integer('age')`,
    `table.integer('age')\ntable.index(['age'], 'adults', { predicate: knex.whereRaw('age > 17') })`,
    ['addIndex'],
  ),
  line(
    'a predicate changes',
    `table.integer('age')\ntable.index(['age'], 'adults', { predicate: knex.whereRaw('age > 17') })`,
    `table.integer('age')\ntable.index(['age'], 'adults', { predicate: knex.whereRaw('age > 20') })`,
    ['addIndex', 'dropIndex'],
  ),
  line(
    'an expression index is added',
    '',
    `table.index([knex.raw('lower(name)')], 'by_lower_name')`,
    ['addIndex'],
  ),
  line(
    'a descending index is added',
    `table.integer('age')`,
    `table.integer('age')\ntable.index([knex.raw('?? desc', ['age'])], 'by_age_desc')`,
    ['addIndex'],
  ),
  line(
    'a partial unique is added',
    `table.integer('age')`,
    `table.integer('age')\ntable.unique(['age'], { indexName: 'one_age', useConstraint: false, predicate: knex.whereRaw('age > 17') })`,
    ['addIndex'],
  ),
  {
    name: 'a foreign key is added',
    ...withTeams(`table.integer('team_id')`, `table.integer('team_id').references('teams.id')`),
    finds: ['addForeignKey'],
  },
  {
    name: 'a foreign key is dropped',
    ...withTeams(`table.integer('team_id').references('teams.id')`, `table.integer('team_id')`),
    finds: ['dropForeignKey'],
  },
  {
    name: 'on delete changes',
    ...withTeams(
      `table.integer('team_id').references('teams.id').onDelete('CASCADE')`,
      `table.integer('team_id').references('teams.id').onDelete('SET NULL')`,
    ),
    finds: ['addForeignKey', 'dropForeignKey'],
  },
  {
    name: 'on update changes',
    ...withTeams(
      `table.integer('team_id').references('teams.id')`,
      `table.integer('team_id').references('teams.id').onUpdate('CASCADE')`,
    ),
    finds: ['addForeignKey', 'dropForeignKey'],
  },
  {
    name: 'a composite foreign key is added',
    before: {
      seats: `table.integer('a').notNullable()\ntable.integer('b').notNullable()\ntable.primary(['a', 'b'])`,
      tickets: `${ID}\ntable.integer('sa')\ntable.integer('sb')`,
    },
    after: {
      seats: `table.integer('a').notNullable()\ntable.integer('b').notNullable()\ntable.primary(['a', 'b'])`,
      tickets: `${ID}\ntable.integer('sa')\ntable.integer('sb')\ntable.foreign(['sa', 'sb']).references(['a', 'b']).inTable('seats')`,
    },
    rows: [
      'insert into seats (a, b) values (1, 2)',
      'insert into tickets (id, sa, sb) values (1, 1, 2)',
    ],
    kept: 'select id, sa, sb from tickets order by id',
    finds: ['addForeignKey'],
  },
  line(
    'a self reference is added',
    `table.integer('boss_id')`,
    `table.integer('boss_id').references('users.id').onDelete('SET NULL')`,
    ['addForeignKey'],
    {
      rows: [...NAMES, 'update users set boss_id = 1 where id = 2'],
      kept: 'select id, name, boss_id from users order by id',
    },
  ),
  {
    name: 'two tables that refer to each other are created',
    before: users(`table.string('name')`),
    after: {
      ...users(`table.string('name')`),
      a: `${ID}\ntable.integer('b_id').references('b.id')`,
      b: `${ID}\ntable.integer('a_id').references('a.id')`,
    },
    rows: NAMES,
    kept: KEPT_NAMES,
    finds: ['addForeignKey', 'createTable'],
  },
  line(
    'a check is added',
    `table.integer('age')`,
    `table.integer('age')\ntable.check('age > 0', [], 'positive_age')`,
    ['addCheck'],
  ),
  line(
    'a check is dropped',
    `table.integer('age')\ntable.check('age > 0', [], 'positive_age')`,
    `table.integer('age')`,
    ['dropCheck'],
  ),
  line(
    'a check is changed',
    `table.integer('age')\ntable.check('age > 0', [], 'positive_age')`,
    `table.integer('age')\ntable.check('age > 1', [], 'positive_age')`,
    ['addCheck', 'dropCheck'],
  ),
  line('an enum is added', '', `table.enu('mood', ['ok', "it's"])`, ['addColumn']),
  line(
    'an enum gains a value',
    `table.enu('mood', ['a', 'b'])`,
    `table.enu('mood', ['a', 'b', 'c'])`,
    ['alterColumn'],
    {
      rows: [...NAMES, `update users set mood = 'a'`],
      kept: 'select id, name, mood from users order by id',
    },
  ),
  line(
    'an enum loses a value',
    `table.enu('mood', ['a', 'b', 'c'])`,
    `table.enu('mood', ['a', 'b'])`,
    ['alterColumn'],
    {
      rows: [...NAMES, `update users set mood = 'a'`],
      kept: 'select id, name, mood from users order by id',
    },
  ),
  {
    name: 'names that need quotes',
    before: { select: `${ID}\ntable.string('name')` },
    after: {
      select: `${ID}\ntable.string('name')\ntable.integer('order')\ntable.integer('a.b')\ntable.integer("it's")\ntable.integer('two words').index('Ünïcode "ix"')\ntable.string('MixedCase').defaultTo('x')`,
    },
    rows: [`insert into "select" (id, name) values (1, 'ann')`],
    kept: 'select id, name from "select"',
    finds: ['addColumn', 'addIndex'],
  },
]

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

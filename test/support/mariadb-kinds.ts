/** Kinds of change that only MariaDB and MySQL know, or that are harder there. */
import type { ChangeKind, Models } from './change-kind.js'

const NAMES = [`insert into users (id, name) values (1, 'ann'), (2, 'bob')`]

export const MARIADB_KINDS: readonly ChangeKind[] = [
  own('a sign goes', `table.integer('n').unsigned()`, `table.integer('n')`),
  own('a boolean becomes a number', `table.boolean('n')`, `table.integer('n')`),
  own(
    'an enum gains a value in the middle',
    `table.enu('m', ['a', 'c'])`,
    `table.enu('m', ['a', 'b', 'c'])`,
  ),
  own(
    'an enum of all that a column can say',
    `table.enu('m', ['a', 'b']).notNullable().defaultTo('a').comment("it's")`,
    `table.enu('m', ['a', 'b', 'c']).notNullable().defaultTo('b').comment("it's")`,
  ),
  own(
    'a set gains a value',
    `table.specificType('m', "set('a')")`,
    `table.specificType('m', "set('a', 'b')")`,
  ),
  own('a text becomes json', `table.text('j', 'longtext')`, `table.json('j')`),
  own('a json becomes text', `table.json('j')`, `table.text('j')`),
  own(
    'a moment keeps more digits',
    `table.timestamp('at')`,
    `table.timestamp('at', { precision: 6 })`,
  ),
  own('a timestamp becomes a datetime', `table.timestamp('at')`, `table.datetime('at')`),
  own(
    'a time is set by updates',
    `table.timestamp('at').defaultTo(knex.fn.now())`,
    `table.timestamp('at').defaultTo(knex.raw('current_timestamp on update current_timestamp'))`,
  ),
  own(
    'a comment changes',
    `table.string('w').comment('a')`,
    `table.string('w').comment("b's \\ c")`,
  ),
  own('a comment goes', `table.string('w').comment('a')`, `table.string('w')`),
  own('a comment of the table', '', `table.comment("all of 'them'")`),
  own('a collation goes', `table.string('w').collate('utf8mb4_bin')`, `table.string('w')`),
  own(
    'a character set of a column',
    `table.string('w')`,
    `table.specificType('w', 'varchar(255) character set latin1')`,
  ),
  own(
    'a collation of the table',
    `table.enu('m', ['a'])`,
    `table.enu('m', ['a'])\ntable.collate('utf8mb4_bin')`,
  ),
  own(
    'a character set of the table',
    `table.text('t')`,
    `table.text('t')\ntable.charset('latin1')`,
  ),
  own('another engine', '', `table.engine('MyISAM')`),
  own(
    'an index of words',
    `table.text('t')`,
    `table.text('t')\ntable.index(['t'], 'words', 'fulltext')`,
  ),
  own(
    'an index of words grows',
    `table.text('t')\ntable.index(['t'], 'words', 'fulltext')`,
    `table.text('t')\ntable.index(['t', 'name'], 'words', 'fulltext')`,
  ),
  own('an index of a text', `table.text('t')`, `table.text('t')\ntable.index(['t'])`),
  own('a unique of a text', `table.text('t')`, `table.text('t').unique()`),
  own(
    'a generated column is computed otherwise',
    `table.integer('n')\ntable.specificType('g', 'integer as (n * 2)')`,
    `table.integer('n')\ntable.specificType('g', 'integer as (n * 3)')`,
  ),
  own(
    'a virtual column is stored',
    `table.integer('n')\ntable.specificType('g', 'integer as (n * 2)')`,
    `table.integer('n')\ntable.specificType('g', 'integer as (n * 2) stored')`,
  ),
  own('a check of a column', `table.integer('n')`, `table.integer('n').checkPositive()`),
  own(
    'a checked column changes',
    `table.integer('n').checkPositive()`,
    `table.bigInteger('n').checkPositive().defaultTo(3)`,
  ),
  own('a checked column is dropped', `table.integer('n').checkPositive()`, ''),
  own('a key of one becomes one of two', '', '', {
    before: { users: `table.increments('id')\ntable.string('name', 20).notNullable()` },
    after: {
      users: `table.specificType('id', 'int unsigned not null')\ntable.string('name', 20).notNullable()\ntable.primary(['id', 'name'])`,
    },
  }),
  own('a counter stops counting', '', '', {
    before: { users: `table.increments('id')\ntable.string('name')` },
    after: {
      users: `table.integer('id').unsigned().notNullable().primary()\ntable.string('name')`,
    },
  }),
  own('a counter grows', '', '', {
    before: { users: `table.increments('id')\ntable.string('name')` },
    after: { users: `table.bigIncrements('id')\ntable.string('name')` },
  }),
  own('a counter grows under its children', '', '', {
    before: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('user_id').unsigned().notNullable().references('users.id').onDelete('CASCADE')`,
    },
    after: {
      users: `table.bigIncrements('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.bigInteger('user_id').unsigned().notNullable().references('users.id').onDelete('CASCADE')`,
    },
    rows: [...NAMES, 'insert into pets (user_id) values (1), (1), (2)'],
    kept: 'select u.id, u.name, p.user_id from users u join pets p on p.user_id = u.id order by p.id',
  }),
  own('a counter grows under a child of another declared type', '', '', {
    before: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('user_id').references('users.id')`,
    },
    after: {
      users: `table.bigIncrements('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('user_id').references('users.id')`,
    },
    rows: [...NAMES, 'insert into pets (user_id) values (1), (1), (2)'],
    kept: 'select u.id, u.name, p.user_id from users u join pets p on p.user_id = u.id order by p.id',
  }),
  own('a text that is pointed at grows', '', '', {
    before: {
      users: `table.increments('id')\ntable.string('name', 20).unique()`,
      pets: `table.increments('id')\ntable.string('owner', 20).references('users.name')`,
    },
    after: {
      users: `table.increments('id')\ntable.string('name', 40).unique()`,
      pets: `table.increments('id')\ntable.string('owner', 40).references('users.name')`,
    },
    rows: [...NAMES, `insert into pets (owner) values ('ann')`],
    kept: 'select u.id, p.owner from users u join pets p on p.owner = u.name',
  }),
  own('the index that a foreign key uses goes', '', '', {
    before: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('user_id').references('users.id').index()`,
    },
    after: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('user_id').references('users.id')`,
    },
  }),
  own('a column of a foreign key is dropped', '', '', {
    before: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('user_id').unsigned().references('users.id').index()`,
    },
    after: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')`,
    },
  }),
  own('a column of a foreign key is renamed', '', '', {
    before: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('user_id')\ntable.foreign('user_id', 'to_user').references('users.id')`,
    },
    after: {
      users: `table.increments('id')\ntable.string('name')`,
      pets: `table.increments('id')\ntable.integer('owner_id')\ntable.foreign('owner_id', 'to_user').references('users.id')`,
    },
    answers: ['--rename', 'pets.user_id:owner_id'],
    rows: [...NAMES, 'insert into pets (user_id) values (1)'],
    kept: 'select count(*) as n from pets',
  }),
  own(
    'a column of checks, keys and expressions is renamed',
    `table.integer('n').checkPositive().index()\ntable.specificType('g', 'integer as (n + 1)')\ntable.check('n < id + 100', [], 'small')`,
    `table.integer('m').index('users_n_index')\ntable.specificType('g', 'integer as (m + 1)')\ntable.check('m > 0', [], 'users_n_check')\ntable.check('m < id + 100', [], 'small')`,
    {
      answers: ['--rename', 'users.n:m'],
      before: {
        users: `table.integer('id').primary()\ntable.string('name')\ntable.integer('n').checkPositive().index()\ntable.specificType('g', 'integer as (n + 1)')\ntable.check('n < id + 100', [], 'small')`,
      },
      after: {
        users: `table.integer('id').primary()\ntable.string('name')\ntable.integer('m').index('users_n_index')\ntable.specificType('g', 'integer as (m + 1)')\ntable.check('m > 0', [], 'users_n_check')\ntable.check('m < id + 100', [], 'small')`,
      },
    },
  ),
]

function own(
  name: string,
  before: string,
  after: string,
  more: Partial<ChangeKind> = {},
): ChangeKind {
  const users = (line: string): Models => ({
    users: `table.increments('id')\ntable.string('name')\n${line}`,
  })
  return {
    name,
    before: users(before),
    after: users(after),
    rows: NAMES,
    kept: 'select id, name from users order by id',
    finds: [],
    ...more,
  }
}

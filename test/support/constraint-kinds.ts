/** Changes of keys, indexes, checks and enums, and names that need quotes. */
import type { ChangeKind } from './change-kind.js'
import { ID, KEPT_NAMES, NAMES, line, users, withTeams } from './change-kind.js'

export const CONSTRAINT_KINDS: readonly ChangeKind[] = [
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

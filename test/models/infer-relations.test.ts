import type { Knex } from 'knex'
import { Model, knexSnakeCaseMappers } from 'objection'
import type { RelationMappings } from 'objection'
import { expect, test } from 'vitest'
import {
  describeClasses,
  keysOf,
  model,
  relation,
  tableNamed,
  typeOf,
} from '../support/describe-classes.js'

const UUID = { jsonSchema: { properties: { id: { type: 'string', format: 'uuid' } } } }

test('a BelongsToOne brings its column, a key and the type of what it refers to', () => {
  const Team = model('teams', undefined, UUID)
  const User = model('users', () => ({
    team: relation(Model.BelongsToOneRelation, () => Team, 'users.team_id', 'teams.id'),
  }))

  const united = describeClasses([User, Team])

  expect(united.failures).toEqual([])
  expect(tableNamed(united, 'users').table.foreignKeys).toEqual([
    {
      name: 'users_team_id_foreign',
      columns: ['team_id'],
      refTable: 'teams',
      refColumns: ['id'],
      onDelete: null,
      onUpdate: null,
      deferrable: null,
    },
  ])
  expect(typeOf(united, 'users', 'team_id')).toBe('uuid')
  expect(tableNamed(united, 'users')).toMatchObject({
    createOnly: ['id', 'team_id'],
    expectations: [
      {
        kind: 'relation',
        where: 'User.team',
        columns: ['team_id'],
        refTable: 'teams',
        refColumns: ['id'],
      },
    ],
  })
  expect(tableNamed(united, 'users').assumed).toContain(
    'team_id: refers to teams (id), by the relation User.team.',
  )
})

test('from and to may be swapped', () => {
  const Team = model('teams')
  const User = model('users', () => ({
    team: relation(Model.BelongsToOneRelation, () => Team, 'teams.id', 'users.team_id'),
  }))

  const united = describeClasses([User, Team])

  expect(keysOf(united, 'users')).toEqual(['team_id -> teams.id'])
  expect(keysOf(united, 'teams')).toEqual([])
})

test('a column that refers to a counting one is an unsigned integer, whatever jsonSchema says', () => {
  const Team = model('teams')
  const User = model(
    'users',
    () => ({ team: relation(Model.BelongsToOneRelation, () => Team, 'users.team_id', 'teams.id') }),
    { jsonSchema: { required: ['team_id'], properties: { team_id: { type: 'string' } } } },
  )

  const { table, assumed } = tableNamed(describeClasses([User, Team]), 'users')

  expect(table.columns[1]).toMatchObject({
    name: 'team_id',
    type: { kind: 'integer', unsigned: true },
    nullable: false,
  })
  expect(assumed).toContain('team_id: integer and not string, as the column that it refers to.')
})

test('a HasMany gives a key only where its owner side is the primary key', () => {
  const Pet = model('pets')
  const House = model('houses')
  const Owner = model('owners', () => ({
    pets: relation(Model.HasManyRelation, () => Pet, 'owners.id', 'pets.owner_id'),
    house: relation(Model.HasOneRelation, () => House, 'owners.email', 'houses.owner_email'),
  }))

  const united = describeClasses([Owner, Pet, House])

  expect(keysOf(united, 'pets')).toEqual(['owner_id -> owners.id'])
  expect(keysOf(united, 'houses')).toEqual([])
})

test('both directions of a relation are one key', () => {
  const Owner: typeof Model = model('owners', () => ({
    pets: relation(Model.HasManyRelation, () => Pet, 'owners.id', 'pets.owner_id'),
    cats: relation(Model.HasManyRelation, () => Pet, 'owners.id', 'pets.owner_id', {
      filter: { kind: 'cat' },
    }),
  }))
  const Pet: typeof Model = model('pets', () => ({
    owner: relation(Model.BelongsToOneRelation, () => Owner, 'pets.owner_id', 'owners.id'),
  }))

  expect(keysOf(describeClasses([Owner, Pet]), 'pets')).toEqual(['owner_id -> owners.id'])
})

test('columns that are claimed for two tables, or only by a filter, give no key', () => {
  const Comment = model('comments')
  const owner = (name: string, more: Readonly<Record<string, unknown>>): typeof Model =>
    model(name, () => ({
      comments: relation(
        Model.HasManyRelation,
        () => Comment,
        `${name}.id`,
        'comments.commentable_id',
        more,
      ),
    }))
  const plain = owner('posts', {})
  const filtered = owner('videos', { filter: { commentable_type: 'Video' } })
  const modified = owner('images', { modify: (query: unknown) => query })

  expect(keysOf(describeClasses([Comment, plain]), 'comments')).toHaveLength(1)
  for (const owners of [[filtered], [modified], [plain, filtered], [plain, owner('notes', {})]]) {
    const united = describeClasses([Comment, ...owners])
    expect(tableNamed(united, 'comments')).toMatchObject({
      table: { foreignKeys: [] },
      expectations: [],
    })
  }
})

test('columns of relations without a key are there all the same where the table is created', () => {
  const User = model('users', undefined, UUID)
  const Entry = model('entrys', () => ({
    actor: relation(Model.BelongsToOneRelation, () => User, 'entrys.actor_id', 'users.id', {
      modify: (query: unknown) => query,
    }),
  }))

  const entries = tableNamed(describeClasses([User, Entry]), 'entrys')

  expect(entries.table).toMatchObject({
    columns: [{ name: 'id' }, { name: 'actor_id', type: { kind: 'uuid' }, nullable: true }],
    foreignKeys: [],
  })
  expect(entries.createOnly).toEqual(['id', 'actor_id'])
  expect(entries.assumed).toContain(
    'actor_id: used by Entry.actor, with no foreign key since not every row need match.',
  )
})

test('what is referred to must be a key', () => {
  const Country = model('countries', undefined, {
    idColumn: 'code',
    jsonSchema: { properties: { code: { type: 'string', maxLength: 2 } } },
  })
  const City = model('cities', () => ({
    nation: relation(Model.BelongsToOneRelation, () => Country, 'cities.country', 'countries.code'),
    named: relation(Model.BelongsToOneRelation, () => Country, 'cities.in', 'countries.name'),
  }))

  const united = describeClasses([City, Country])

  expect(keysOf(united, 'cities')).toEqual(['country -> countries.code'])
  expect(tableNamed(united, 'cities').table.columns[1]?.type).toEqual({ kind: 'string', length: 2 })
})

test('composite keys refer together, and a shared column may have a key of its own', () => {
  const Tenant = model('tenants')
  const Account = model(
    'accounts',
    () => ({
      tenant: relation(
        Model.BelongsToOneRelation,
        () => Tenant,
        'accounts.tenant_id',
        'tenants.id',
      ),
    }),
    { idColumn: ['tenant_id', 'number'] },
  )
  const Entry = model('entrys', () => ({
    tenant: relation(Model.BelongsToOneRelation, () => Tenant, 'entrys.tenant_id', 'tenants.id'),
    account: relation(
      Model.BelongsToOneRelation,
      () => Account,
      ['entrys.tenant_id', 'entrys.account_number'],
      ['accounts.tenant_id', 'accounts.number'],
    ),
  }))

  const united = describeClasses([Tenant, Account, Entry])

  expect(keysOf(united, 'entrys')).toEqual([
    'tenant_id -> tenants.id',
    'tenant_id+account_number -> accounts.tenant_id+number',
  ])
  expect(tableNamed(united, 'entrys').table.columns).toMatchObject([
    { name: 'id' },
    { name: 'tenant_id', type: { kind: 'integer', unsigned: true } },
    { name: 'account_number', type: { kind: 'integer' } },
  ])
})

test('a key into a JSON column is none', () => {
  const Team = model('teams')
  const User = model('users', () => ({
    team: relation(Model.BelongsToOneRelation, () => Team, 'users.data:team.id', 'teams.id'),
  }))

  const united = describeClasses([User, Team])

  expect(united.failures).toEqual([])
  expect(tableNamed(united, 'users').table.foreignKeys).toEqual([])
})

const Tag = model('tags')

test('a relation that fails is reported by the class that declares it, once, and hides no other', () => {
  class Base extends Model {
    static override tableName = 'bases'
    static override relationMappings = (): RelationMappings => ({
      broken: relation(Model.BelongsToOneRelation, () => Object as never, 'bases.a', 'others.id'),
      typo: relation(Model.BelongsToOneRelation, () => Tag, 'bases.tag_id', 'tag.id'),
      tag: relation(Model.BelongsToOneRelation, () => Tag, 'bases.tag_id', 'tags.id'),
    })
  }
  class Child extends Base {}

  const united = describeClasses([Base, Child, Tag])

  expect(keysOf(united, 'bases')).toEqual(['tag_id -> tags.id'])
  expect(united.failures.map(({ file, model: name, reason }) => [file, name, reason])).toEqual([
    [
      'src/models/base.ts',
      'Base',
      expect.stringMatching(/^relation broken: .*not a subclass of Model/),
    ],
    ['src/models/base.ts', 'Base', expect.stringMatching(/^relation typo: .*join/)],
  ])
})

test('names of keys and tables are those of the database', () => {
  const Team = model('userTeams')
  const User = model('userAccounts', () => ({
    team: relation(Model.BelongsToOneRelation, () => Team, 'userAccounts.teamId', 'userTeams.id'),
  }))

  const united = describeClasses([User, Team], { ...knexSnakeCaseMappers() })

  expect(tableNamed(united, 'user_accounts').table.foreignKeys).toMatchObject([
    { name: 'user_accounts_team_id_foreign', columns: ['team_id'], refTable: 'user_teams' },
  ])
})

test('relations between declared and inferred tables go by what is declared', () => {
  const Team = model('teams', undefined, {
    defineTable: (table: Knex.CreateTableBuilder) => {
      table.bigIncrements('id')
      table.string('slug', 40).unique()
    },
  })
  const User = model('users', () => ({
    team: relation(Model.BelongsToOneRelation, () => Team, 'users.team_id', 'teams.id'),
    other: relation(Model.BelongsToOneRelation, () => Team, 'users.team_slug', 'teams.slug'),
  }))

  const united = describeClasses([User, Team])

  expect(keysOf(united, 'users')).toEqual(['team_id -> teams.id', 'team_slug -> teams.slug'])
  expect(tableNamed(united, 'users').table.columns).toMatchObject([
    { name: 'id' },
    { name: 'team_id', type: { kind: 'bigInteger', unsigned: true } },
    { name: 'team_slug', type: { kind: 'string', length: 40 } },
  ])
})

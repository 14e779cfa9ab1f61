/** A comparison as it comes from a real project. */
import type { ComparisonRow } from '../../src/compare/comparison.js'
import type { ChangeDocument } from '../../src/workflows/documents.js'
import type { ReviewDocument } from '../../src/workflows/screens/screen-documents.js'

export function row(more: Partial<ComparisonRow>): ComparisonRow {
  return {
    facet: 'column',
    name: 'email',
    model: 'varchar(320), not null',
    database: 'varchar(255)',
    status: 'changed',
    reason: 'type, not null',
    ...more,
  }
}

export function change(more: Partial<ChangeDocument>): ChangeDocument {
  return {
    id: 'alterColumn:users.email',
    kind: 'alterColumn',
    table: 'users',
    name: 'email',
    summary: 'Change column users.email: varchar(255) to varchar(320), null to not null',
    destructive: false,
    hazards: [{ code: 'H26', message: 'users.email may not be null any more', rows: 17 }],
    up: ['alter table "users" alter column "email" type varchar(320)'],
    down: ['alter table "users" alter column "email" type varchar(255)'],
    ...more,
  }
}

const same = (name: string, text: string): ComparisonRow =>
  row({ name, model: text, database: text, status: 'same', reason: '' })

const dropName = change({
  id: 'dropColumn:users.name',
  kind: 'dropColumn',
  name: 'name',
  summary: 'Drop column users.name: text',
  destructive: true,
  hazards: [
    { code: 'H02', message: 'dropping the column users.name loses its values', rows: 12_403 },
  ],
  up: ['alter table "users" drop column "name"'],
  down: ['alter table "users" add column "name" text'],
})

const addFullName = change({
  id: 'addColumn:users.full_name',
  kind: 'addColumn',
  name: 'full_name',
  summary: 'Add column users.full_name: text',
  hazards: [],
  up: ['alter table "users" add column "full_name" text'],
  down: ['alter table "users" drop column "full_name"'],
})

const addLevel = change({
  id: 'addColumn:invoices.level',
  kind: 'addColumn',
  table: 'invoices',
  name: 'level',
  summary: 'Add column invoices.level: integer, not null',
  hazards: [
    {
      code: 'H19',
      message:
        'invoices.level is new, may not be null and has no default, so every row needs a value',
      rows: 12,
    },
  ],
  up: ['alter table "invoices" add column "level" integer not null'],
  down: ['alter table "invoices" drop column "level"'],
})

const addIndex = change({
  id: 'addUnique:users.users_email_unique',
  kind: 'addUnique',
  name: 'users_email_unique',
  summary: 'Add unique users_email_unique on users (email)',
  hazards: [
    {
      code: 'H28',
      message: 'rows of users may be equal where users_email_unique asks for different ones',
      rows: 0,
    },
  ],
  up: ['create unique index "users_email_unique" on "users" ("email")'],
  down: ['drop index "users_email_unique"'],
})

const createTeams = change({
  id: 'createTable:teams',
  kind: 'createTable',
  table: 'teams',
  name: 'teams',
  summary: 'Create table teams with 2 columns',
  hazards: [],
  up: ['create table "teams" (\n  "id" integer not null primary key,\n  "name" varchar(80)\n)'],
  down: ['drop table "teams"'],
})

/** A column to change, one that may be renamed, a value to fill in, a new table, and what is left alone. */
export function reviewDocument(): ReviewDocument {
  return {
    database: 'dev.sqlite3',
    dialect: 'sqlite',
    upToDate: false,
    changes: [createTeams, dropName, addFullName, change({}), addIndex, addLevel],
    undeclared: [
      { table: 'orders', column: 'legacy_ref', type: 'varchar(40)' },
      { table: 'orders', column: 'note', type: 'text' },
    ],
    unmanaged: ['audit_log'],
    notes: [
      {
        code: 'PRIMARY_KEY_NAME',
        message:
          'The primary key of users is named pk_users, not users_pkey; it is not rebuilt for its name.',
        where: 'users',
      },
    ],
    renames: [
      {
        kind: 'column',
        from: 'users.name',
        to: 'full_name',
        score: 0.71,
        evidence: ['same type text', 'the names are alike (0.50)'],
        flag: '--rename users.name:full_name',
      },
    ],
    compared: { models: 4, tables: 5, heads: ['7c1e0b5d9921'], current: ['7c1e0b5d9921'] },
    tables: [
      {
        table: 'users',
        status: 'changed',
        rows: [
          same('id', 'increments'),
          row({}),
          row({
            name: 'full_name',
            model: 'text',
            database: null,
            status: 'onlyModel',
            reason: '',
          }),
          same('created_at', 'timestamp, not null, default now()'),
          row({ name: 'name', model: null, database: 'text', status: 'onlyDatabase', reason: '' }),
          row({
            facet: 'primaryKey',
            name: 'primary key',
            model: '(id)',
            database: '(id)',
            status: 'same',
            reason: '',
          }),
          row({
            facet: 'unique',
            name: 'users_email_unique',
            model: '(email)',
            database: null,
            status: 'onlyModel',
            reason: '',
          }),
        ],
      },
      {
        table: 'invoices',
        status: 'changed',
        rows: [
          same('id', 'increments'),
          row({
            name: 'level',
            model: 'integer, not null',
            database: null,
            status: 'onlyModel',
            reason: '',
          }),
        ],
      },
      {
        table: 'teams',
        status: 'onlyModel',
        rows: [
          row({ name: 'id', model: 'increments', database: null, status: 'onlyModel', reason: '' }),
          row({
            name: 'name',
            model: 'varchar(80)',
            database: null,
            status: 'onlyModel',
            reason: '',
          }),
        ],
      },
      {
        table: 'orders',
        status: 'same',
        rows: [
          same('id', 'increments'),
          ...['legacy_ref: varchar(40)', 'note: text'].map((column) => {
            const [name = '', database = ''] = column.split(': ')
            return row({ name, model: null, database, status: 'undeclared', reason: '' })
          }),
        ],
      },
      {
        table: 'audit_log',
        status: 'unmanaged',
        rows: [
          row({
            name: 'at',
            model: null,
            database: 'timestamp',
            status: 'onlyDatabase',
            reason: '',
          }),
          row({ name: 'line', model: null, database: 'text', status: 'onlyDatabase', reason: '' }),
        ],
      },
    ],
    models: [
      { table: 'users', model: 'User', file: 'src/models/user.ts', source: 'declared' },
      { table: 'invoices', model: 'Invoice', file: 'src/models/invoice.ts', source: 'declared' },
      { table: 'teams', model: 'Team', file: 'src/models/team.ts', source: 'declared' },
      { table: 'orders', model: 'Order', file: 'src/models/order.ts', source: 'inferred' },
    ],
    failures: [],
    fills: [{ table: 'invoices', column: 'level', type: 'integer', rows: 12, offered: null }],
    declarations: [
      { table: 'orders', column: 'legacy_ref', text: "table.string('legacy_ref', 40)" },
      { table: 'orders', column: 'note', text: "table.text('note')" },
    ],
  }
}

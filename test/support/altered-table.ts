/** A table with one of everything, to be altered by scripts. */
import type { Column } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from './schema-arbitraries.js'
import { index, key, unique } from './schema-builders.js'

const id: Column = {
  ...PLAIN_COLUMN,
  name: 'id',
  type: { kind: 'increments' },
  nullable: false,
}

export const email: Column = {
  ...PLAIN_COLUMN,
  name: 'email',
  type: { kind: 'string', length: 80 },
  nullable: false,
  default: { kind: 'literal', value: 'x' },
  collation: 'C',
  comment: 'where to write',
}

export const total: Column = {
  ...PLAIN_COLUMN,
  name: 'total',
  generated: { sql: 'a * b', stored: true },
}

export const team: Column = { ...PLAIN_COLUMN, name: 'team_id' }

export const users: Table = {
  ...EMPTY_TABLE,
  name: 'users',
  columns: [id, email, total, team],
  primaryKey: { name: null, columns: ['id'] },
  uniques: [unique('email_once', 'email')],
  indexes: [index('by_team', ['team_id'])],
  foreignKeys: [key('team_of_user', 'team_id', 'teams')],
  checks: [{ name: 'users_email_check', sql: `"email" <> ''` }],
  comment: 'people',
}

export const before: Schema = { tables: [users], enums: [] }

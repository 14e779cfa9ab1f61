/** A table with one of everything, to be altered by scripts. */
import type { Column } from '../../src/schema/column.js'
import type { Schema } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { EMPTY_TABLE, PLAIN_COLUMN } from './schema-arbitraries.js'

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
  uniques: [{ name: 'email_once', columns: ['email'], deferrable: null, nullsNotDistinct: false }],
  indexes: [
    {
      name: 'by_team',
      unique: false,
      parts: [
        {
          on: { column: 'team_id' },
          order: 'asc',
          nulls: null,
          collation: null,
          opclass: null,
          prefix: null,
        },
      ],
      where: null,
      method: null,
      include: [],
      nullsNotDistinct: false,
    },
  ],
  foreignKeys: [
    {
      name: 'team_of_user',
      columns: ['team_id'],
      refTable: 'teams',
      refColumns: ['id'],
      onDelete: null,
      onUpdate: null,
      deferrable: null,
    },
  ],
  checks: [{ name: 'users_email_check', sql: `"email" <> ''` }],
  comment: 'people',
}

export const before: Schema = { tables: [users], enums: [] }

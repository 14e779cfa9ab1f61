/** Kinds of change on PostgreSQL, each with rows in the tables: what was there, what is done, what must survive. */
import type { PostgresChange } from './postgres-change-parts.js'
import { COLUMN_CHANGES } from './postgres-column-changes.js'
import { COMPUTED_CHANGES } from './postgres-computed-changes.js'
import { enumChanges } from './postgres-enum-changes.js'
import { KEY_CHANGES } from './postgres-key-changes.js'
import { TABLE_CHANGES } from './postgres-table-changes.js'

export const POSTGRES_CHANGES: readonly PostgresChange[] = [
  ...TABLE_CHANGES,
  ...COLUMN_CHANGES,
  ...COMPUTED_CHANGES,
  ...KEY_CHANGES,
  ...enumChanges(),
]

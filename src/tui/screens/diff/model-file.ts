/** Which file a difference comes from. */
import { comparedDocument } from '../../comparison.js'
import { join } from 'node:path'
import { namesOf } from '../../renames.js'
import type { AppState } from '../../state.js'
import type { DiffEntry } from './entries.js'

/** The absolute path of the first model of an entry; null where none claims it. */
export function modelFileOf(app: AppState, entry: DiffEntry): string | null {
  switch (entry.kind) {
    case 'table':
      return modelFileOfTables(app, namesOf({ table: entry.name, rows: entry.rows }))
    case 'failure':
      return absolute(app, entry.failure.file)
    case 'notes':
      return null
  }
}

/** The absolute path of the first model on one of these tables. */
export function modelFileOfTables(app: AppState, tables: readonly string[]): string | null {
  const models = comparedDocument(app)?.models ?? []
  const model = models.find(({ table }) => tables.includes(table))
  return model === undefined ? null : absolute(app, model.file)
}

function absolute(app: AppState, file: string): string | null {
  const root = app.overview.value?.project.root ?? null
  return root === null ? null : join(root, file)
}

/** What a change may be a rename of, or which rename it is. */
import type { ChangeDocument } from '../../../workflows/documents.js'
import type { RenameAnswer } from '../../../workflows/options.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import type { AppState } from '../../state.js'
import { modelFileOfTables } from '../diff/model-file.js'

/** The pairs that a dropped or added table or column can be a rename in. */
export function renameTargets(
  { changes, unmanaged }: ReviewDocument,
  change: ChangeDocument,
): readonly RenameAnswer[] {
  const { kind, name, table } = change
  const names = (wanted: ChangeDocument['kind']): readonly string[] =>
    changes
      .filter((one) => one.kind === wanted && (one.table === table || isWhole(wanted)))
      .map((one) => one.name)
  switch (kind) {
    case 'dropColumn':
      return names('addColumn').map((to) => ({ table: table ?? '', column: name, to }))
    case 'addColumn':
      return names('dropColumn').map((column) => ({ table: table ?? '', column, to: name }))
    case 'dropTable':
      return names('createTable').map((to) => ({ table: name, column: null, to }))
    case 'createTable':
      return [...names('dropTable'), ...unmanaged].map((from) => ({
        table: from,
        column: null,
        to: name,
      }))
    default:
      return []
  }
}

/** The answer that made a change a rename; null where it is none. */
export function renameBehind(
  { answers }: Pick<AppState, 'answers'>,
  { kind, name, table }: ChangeDocument,
): RenameAnswer | null {
  if (kind === 'renameTable') {
    return answers.renames.find((one) => one.column === null && one.table === name) ?? null
  }
  if (kind !== 'renameColumn') return null
  // An answer may know the table by its name in the database, the change by the one it has by then.
  const before = answers.renames.find((one) => one.column === null && one.to === table)?.table
  return (
    answers.renames.find(
      (one) => one.column === name && (one.table === table || one.table === before),
    ) ?? null
  )
}

/** The file of the model that a change comes from; null where there is none. */
export function modelOfChange(app: AppState, change: ChangeDocument): string | null {
  const renamed = renameBehind(app, change)
  const tables = [change.table ?? change.name, ...(renamed === null ? [] : [renamed.to])]
  return modelFileOfTables(app, tables)
}

function isWhole(kind: ChangeDocument['kind']): boolean {
  return kind === 'createTable' || kind === 'dropTable'
}

/** Opens the next rename question that is open. */
import type { RenameQuestion } from '../../workflows/documents.js'
import { comparedDocument } from '../comparison.js'
import type { AppState } from '../state.js'
import { withPopup } from '../state.js'

export interface Asked {
  /** How many were answered before. */
  readonly asked: number
  /** Flags of questions that are put off. */
  readonly skipped: ReadonlySet<string>
}

/** The state with the first open question over it, tables before columns; as it is where none is open. */
export function askRename(app: AppState, { asked, skipped }: Asked): AppState {
  const open = (comparedDocument(app)?.renames ?? []).filter(({ flag }) => !skipped.has(flag))
  const [asks] = open
  return asks === undefined ? app : askThis(app, asks, { asked, open: open.length })
}

/** The state with this question over it. */
export function askThis(
  app: AppState,
  asks: RenameQuestion,
  { asked, open }: { readonly asked: number; readonly open: number },
): AppState {
  return withPopup(app, { kind: 'rename', asks, asked, open, selected: null, samples: null })
}

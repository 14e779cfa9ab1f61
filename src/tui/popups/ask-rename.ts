/** Opens the next rename question that is open. */
import type { RenameQuestion } from '../../workflows/documents.js'
import { comparedDocument } from '../comparison.js'
import type { AppState } from '../state.js'
import { withPopup } from '../changed.js'

export interface Asked {
  /** How many were answered before, and are no longer open. */
  readonly asked: number
  /** Flags of questions that are put off. */
  readonly skipped: ReadonlySet<string>
}

/** The state with the first open question over it, tables before columns; as it is where none is open. */
export function askRename(app: AppState, { asked, skipped }: Asked): AppState {
  const renames = comparedDocument(app)?.renames ?? []
  const asks = renames.find(({ flag }) => !skipped.has(flag))
  return asks === undefined ? app : askThis(app, asks, asked)
}

/** The state with this question over it, at its place behind the `asked` ones that were answered. */
export function askThis(app: AppState, asks: RenameQuestion, asked: number): AppState {
  const renames = comparedDocument(app)?.renames ?? []
  // One that is put off keeps its place: it can be opened again.
  const before = Math.max(
    0,
    renames.findIndex(({ flag }) => flag === asks.flag),
  )
  return withPopup(app, {
    kind: 'rename',
    asks,
    asked: asked + before,
    open: renames.length - before,
    selected: null,
    samples: null,
  })
}

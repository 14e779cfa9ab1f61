/** The sign before a change: what is added, what goes, what becomes another. */
import type { ChangeDocument } from '../../workflows/documents.js'
import type { Style, UiTheme } from './theme.js'

/** `+`, `-` or `~`. */
export function changeSign({ kind }: ChangeDocument, { signs }: UiTheme): string {
  if (isAdding(kind)) return signs.added
  return kind.startsWith('drop') ? signs.removed : signs.changed
}

/** The colour of that sign. */
export function changeStyle({ kind, destructive }: ChangeDocument, theme: UiTheme): Style {
  if (isAdding(kind)) return theme.good
  return kind.startsWith('drop') || destructive ? theme.bad : theme.note
}

function isAdding(kind: ChangeDocument['kind']): boolean {
  return kind.startsWith('add') || kind.startsWith('create')
}

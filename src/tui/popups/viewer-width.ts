/** How wide the text of a popup may be. */
import type { AppState } from '../state.js'

/** Columns for text that is wrapped before a popup shows it. */
export function viewerWidth({ size }: Pick<AppState, 'size'>): number {
  return Math.max(20, Math.min(88, size.columns - 8))
}

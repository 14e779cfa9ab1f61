/** The file that is why the project could not be read. */
import { isAbsolute } from 'node:path'
import type { AppState } from '../../state.js'

/** The file, with its line where the failure says it; null where the project was read, or no file is why. */
export function unreadFile({
  overview: { value, failure },
}: Pick<AppState, 'overview'>): { readonly path: string; readonly line: number | null } | null {
  if (value !== null || failure === null) return null
  const { file, path, paths, line } = failure.details
  const several: readonly unknown[] = Array.isArray(paths) ? paths : []
  const named = [file, path, ...several]
  const found = named.find((one) => typeof one === 'string' && isCode(one))
  if (typeof found !== 'string') return null
  return { path: found, line: typeof line === 'number' ? line : null }
}

/** Whether it is the place of a configuration or a script: a failure may name a folder too. */
function isCode(place: string): boolean {
  return isAbsolute(place) && /\.[cm]?[jt]s$/.test(place)
}

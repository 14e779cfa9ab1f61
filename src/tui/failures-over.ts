/** Failures that are over: what was broken reads or ran since, and is no longer told at the end. */
import type { AppState } from './state.js'

/** What failures are about that no single script explains: how revisions follow one another. */
export const GRAPH = 'graph'

/** The state after these went well; the log keeps what was. */
export function failuresOver(app: AppState, ...about: readonly (string | null)[]): AppState {
  const ends = (one: string | null): boolean => one !== null && about.includes(one)
  if (!app.log.some((entry) => ends(entry.about) && !entry.isOver)) return app
  return {
    ...app,
    log: app.log.map((entry) => (ends(entry.about) ? { ...entry, isOver: true } : entry)),
  }
}

/** Where the script of a revision lies; null where it has none, or is not known. */
export function pathOf({ overview }: AppState, revision: string): string | null {
  return overview.value?.revisions.find((one) => one.revision === revision)?.path ?? null
}

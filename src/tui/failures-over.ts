/** Failures that are over: what was broken reads or ran since, and is no longer told at the end. */
import { isAbsolute } from 'node:path'
import type { OverviewDocument } from '../workflows/screens/screen-documents.js'
import { asking, inTurn } from './call.js'
import type { Step } from './messages.js'
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

const MENDED = 'mended:'

/**
 * Reads broken scripts again that somebody may have mended outside of the screens; what still does not
 * read was told already.
 */
export function askMended(app: AppState): Step {
  const open = app.log.flatMap(({ about, isOver }) => (about === null || isOver ? [] : [about]))
  const first = app.overview.value?.revisions.find(({ path }) => path !== null)?.path ?? null
  const paths = new Set(
    open.flatMap((about) => (about === GRAPH ? (first ?? []) : isAbsolute(about) ? about : [])),
  )
  return [...paths].reduce<Step>(
    (step, path) =>
      inTurn(step, (next) => asking(next, `${MENDED}${path}`, 'edited', { path, before: '' })),
    [app, []],
  )
}

/** The script that an answer says was mended outside; null where the answer belongs to an edit of ours. */
export function mendedPath(slot: string): string | null {
  return slot.startsWith(MENDED) ? slot.slice(MENDED.length) : null
}

/** The state after other revisions are applied than before: what failed to be is over. */
export function failuresMoved(
  app: AppState,
  before: OverviewDocument,
  now: OverviewDocument,
): AppState {
  if (!app.log.some(({ about, isOver }) => about !== null && !isOver)) return app
  const applied = new Map(before.revisions.map((one) => [one.revision, one.applied]))
  const moved = now.revisions.filter(
    (one) => applied.has(one.revision) && applied.get(one.revision) !== one.applied,
  )
  return failuresOver(app, ...moved.map(({ revision }) => revision))
}

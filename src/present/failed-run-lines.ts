/** What a run that failed left of a revision, in words. */
import type { RevisionDocument } from '../workflows/documents.js'
import { cleanText } from './clean.js'
import type { Look } from './look.js'
import { wrap } from './text-width.js'

/** Whether it is applied, and what became of its last run. */
export function revisionState({ applied, failed }: RevisionDocument): string {
  const state = applied ? 'applied' : 'pending'
  if (failed === null) return state
  const run = failed.direction === 'up' ? 'upgrade' : 'downgrade'
  if (!failed.hasEnded) return `${state}; no end of its last ${run} is recorded`
  return `${state}; its last ${run} failed${failed.isHalfDone ? ' half-way' : ''}`
}

/** The run that failed: when, why, and what stood then. */
export function failedLines({ failed }: RevisionDocument, look: Look): readonly string[] {
  if (failed === null) return []
  const run = failed.direction === 'up' ? 'Upgrade' : 'Downgrade'
  const width = look.width === null ? null : look.width - 2
  return wrap(`${run} of ${failed.at}: ${cleanText(failed.error)}`, width)
}

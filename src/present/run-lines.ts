/** What a run did, and what it is doing. */
import type { RunEvent } from '../runner/events.js'
import type { RunDocument, StampDocument } from '../workflows/documents.js'
import { cleanLine } from './clean.js'
import type { Look } from './look.js'
import { statementLines } from './revision-lines.js'
import { counted } from './text-width.js'

/** The result of `upgrade` and `downgrade`. */
export function runLines(document: RunDocument, look: Look): readonly string[] {
  const { theme } = look
  const { steps, from, to, durationMs } = document
  if (steps.length === 0) return [`Nothing to do: the database is at ${placeText(to)}.`]
  const failed = steps.filter(({ status }) => status === 'failed').length
  const done = counted(steps.length - failed, 'revision')
  return [
    `${theme.good(theme.glyphs.done)} From ${placeText(from)} to ${placeText(to)}: ${done} in ${durationText(durationMs)}.`,
    ...(document.backup === null
      ? []
      : [`Copy of the database as it was: ${cleanLine(document.backup)}`]),
  ]
}

/** The result of `stamp`. */
export function stampLines(document: StampDocument): readonly string[] {
  return [
    `The history says ${placeText(document.to)} now; before ${placeText(document.from)}. No script ran.`,
  ]
}

/** What a person hears of an event while it runs; nothing for what the result says anyway. */
export function eventLines(event: RunEvent, verbose: boolean, look: Look): readonly string[] {
  const { theme } = look
  switch (event.kind) {
    case 'planned':
    case 'trying':
    case 'backup':
    case 'done':
      return []
    case 'waiting':
      return [`Waiting for ${cleanLine(event.for)}, ${durationText(event.sinceMs)} so far.`]
    case 'stepStarted': {
      const word = event.direction === 'up' ? 'Upgrade' : 'Downgrade'
      return [
        `[${event.index}/${event.of}] ${word} ${theme.name(cleanLine(event.revision))}  ${cleanLine(event.message)}`,
      ]
    }
    case 'statement':
      return verbose ? statementLines([event.sql]).map((line) => theme.faint(`    ${line}`)) : []
    case 'stepFinished': {
      const facts = `${counted(event.statements, 'statement')}, ${durationText(event.durationMs)}`
      return [`  ${theme.good(theme.glyphs.done)} ${facts}`]
    }
    case 'stepFailed':
      return [`  ${theme.bad(theme.glyphs.failed)} failed`]
  }
}

/**
 * Whether something is told again at once: the next step begins, or the run is over; a statement that
 * may take its time is told by itself before it runs.
 */
export function isSoonFollowed(event: RunEvent): boolean {
  switch (event.kind) {
    case 'stepFinished':
      return true
    case 'stepStarted':
      return event.onlyAdds
    case 'statement':
      return event.quick
    default:
      return false
  }
}

/** `base` where nothing is applied. */
function placeText(revisions: readonly string[]): string {
  return revisions.length === 0 ? 'base' : revisions.map(cleanLine).join(', ')
}

/** `12 ms`, `3.4 s`, `2 min 5 s`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

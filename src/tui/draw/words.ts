/** Numbers, times and ids as a person reads them. */

/** `12 ms`, `3.4 s`, `2 min 5 s`. */
export { durationText } from '../../present/run-lines.js'
import { cutMiddle } from './line.js'

/** `just now`, `5 minutes ago`, `3 days ago`, else the day. */
export function ageText(iso: string, now: number): string {
  const then = Date.parse(iso)
  if (Number.isNaN(then)) return iso
  const seconds = Math.max(0, Math.round((now - then) / 1000))
  if (seconds < 60) return 'just now'
  const [count, unit] =
    seconds < 3600
      ? [Math.floor(seconds / 60), 'minute']
      : seconds < 86_400
        ? [Math.floor(seconds / 3600), 'hour']
        : [Math.floor(seconds / 86_400), 'day']
  return count > 60 && unit === 'day'
    ? iso.slice(0, 10)
    : `${count} ${unit}${count === 1 ? '' : 's'} ago`
}

/** How long ago something was that a person may wait over: `just now`, `12 s ago`, `3 min ago`. */
export function agoText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 2) return 'just now'
  return seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`
}

/** Letters of our ids that are shown at least. */
const SHORTEST = 8

/** An id as rows show it: the first `length` letters of our own, both ends of a file's name. */
export function shortId(id: string, length = SHORTEST): string {
  return isOwn(id) ? id.slice(0, length) : cutMiddle(id, 24)
}

/** Short ids with commas; `base` for none. */
export function idsText(ids: readonly string[], length = SHORTEST): string {
  return ids.length === 0 ? 'base' : ids.map((id) => shortId(id, length)).join(', ')
}

/** How many letters tell our own ids apart. */
export function idLength(ids: readonly string[]): number {
  const sorted = ids.filter(isOwn).toSorted()
  let length = SHORTEST
  for (const [index, id] of sorted.entries()) {
    const next = sorted[index + 1] ?? ''
    while (length < id.length && next.slice(0, length) === id.slice(0, length)) length += 1
  }
  return length
}

function isOwn(id: string): boolean {
  return /^[0-9a-f]{12}$/.test(id)
}

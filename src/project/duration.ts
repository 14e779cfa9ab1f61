/** Times as people write them: `3s`, `500ms`, or a number of milliseconds. */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000 }

/** The milliseconds that `text` means, or null when it means no time. */
export function parseDuration(value: string | number): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(value)
  const letters = match?.[2]?.toLowerCase() ?? ''
  const unit = UNITS[letters === '' ? 'ms' : letters]
  return match === null || unit === undefined ? null : Math.round(Number(match[1]) * unit)
}

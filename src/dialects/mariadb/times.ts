/** Times of day and dates as the server keeps them in a default. */
import type { ParsedType } from './parse-type.js'

const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?)?Z?$/

/** A text as the server reports it for a type of time; one that is no time stays as it is. */
export function canonicalTime(text: string, type: ParsedType): string {
  const digits = type.sizes[0] ?? 0
  if (type.base === 'time') return timeText(text.trim(), digits) ?? text
  const match = MOMENT.exec(text.trim())
  if (match === null) return text
  const [, day = '', time = '00:00:00'] = match
  if (type.base === 'date') return day
  return `${day} ${timeText(time, digits) ?? time}`
}

function timeText(text: string, digits: number): string | null {
  const match = TIME.exec(text)
  if (match === null) return null
  const [, hour = '', minute = '', second = '00', fraction = ''] = match
  const rest = digits === 0 ? '' : `.${fraction.padEnd(digits, '0').slice(0, digits)}`
  return `${hour.padStart(2, '0')}:${minute}:${second}${rest}`
}

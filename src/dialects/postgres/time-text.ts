/** Times as text: the forms of one time in one form, in UTC where the type knows time zones. */

const DATE_AND_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i
const TIME = /^(\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?$/

/** The text of a date or time as a column of this type holds it; itself where it is another word. */
export function canonicalTime(text: string, stored: string): string {
  if (stored.startsWith('time') && !stored.startsWith('timestamp')) {
    const time = TIME.exec(text)
    return time === null ? text : clock(time[1] ?? '', time[2], time[3])
  }
  const match = DATE_AND_TIME.exec(text)
  if (match === null) return text
  const [, date = '', minutes = '00:00', seconds, fraction, zone] = match
  if (stored === 'date') return date
  const time = clock(minutes, seconds, fraction)
  // Without a time zone the server leaves the offset aside (manual, 8.5.1.3).
  if (!stored.endsWith('with time zone') || zone === undefined) return `${date} ${time}`
  return inUtc(`${date}T${time.slice(0, 8)}`, zone, time.slice(8))
}

function clock(minutes: string, seconds = '00', fraction = ''): string {
  const part = fraction.replace(/0+$/, '')
  return `${minutes}:${seconds}${part === '' ? '' : `.${part}`}`
}

function inUtc(local: string, zone: string, fraction: string): string {
  const [, sign = '+', hours = '00', minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  const time = new Date(`${local}${sign}${hours}:${minutes}`)
  if (Number.isNaN(time.getTime())) return `${local}${zone}`
  return `${time.toISOString().slice(0, 19).replace('T', ' ')}${fraction}`
}

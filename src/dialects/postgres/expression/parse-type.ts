/** The name of a type in an expression: `numeric(10,2)`, `timestamp with time zone[]`, `app.mood`. */
import { canonicalTypeText } from '../type-spelling.js'
import type { Cursor } from './cursor.js'
import { UnknownSyntax } from './cursor.js'

const SEVERAL: readonly (readonly string[])[] = [
  ['double', 'precision'],
  ['character', 'varying'],
  ['char', 'varying'],
  ['bit', 'varying'],
]

/** The type that comes next, in the server's spelling. @throws UnknownSyntax where none does */
export function parseType(cursor: Cursor): string {
  let text = parseName(cursor)
  if (cursor.skip('(')) {
    const sizes: string[] = []
    do sizes.push((cursor.skip('-') ? '-' : '') + cursor.next().value)
    while (cursor.skip(','))
    cursor.expect(')')
    text += `(${sizes.join(',')})`
  }
  if (text.startsWith('time')) {
    for (const zone of ['with', 'without']) {
      if (cursor.skip(zone, 'time', 'zone')) text += ` ${zone} time zone`
    }
  }
  while (cursor.skip('[')) {
    if (!cursor.isNext(']')) cursor.next()
    cursor.expect(']')
    text += '[]'
  }
  return canonicalTypeText(text)
}

function parseName(cursor: Cursor): string {
  const several = SEVERAL.find((words) => cursor.isNext(...words))
  if (several !== undefined) {
    cursor.expect(...several)
    return several.join(' ')
  }
  const parts = [namePart(cursor)]
  while (cursor.skip('.')) parts.push(namePart(cursor))
  return parts.join('.')
}

function namePart(cursor: Cursor): string {
  const token = cursor.next()
  if (token.kind === 'quoted') return `"${token.value.replaceAll('"', '""')}"`
  if (token.kind !== 'name') throw new UnknownSyntax(token.value)
  return token.value
}

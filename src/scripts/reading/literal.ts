/** The plain values that can be read from source text without running it. */
import { isQuote, skipGroup, skipString, skipTrivia, wordAt } from './skip-source.js'

export type Literal =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `null` or `undefined`, as written. */
  | { readonly kind: 'null' | 'undefined' }
  | { readonly kind: 'array'; readonly items: readonly Literal[] }
  | { readonly kind: 'object'; readonly properties: readonly Property[] }
  /** Another binding of the file. */
  | { readonly kind: 'name'; readonly name: string }
  /** Something that only running it would tell. */
  | { readonly kind: 'other' }

/** A literal and the text that it was read from. */
export interface PlacedLiteral {
  readonly literal: Literal
  readonly start: number
  readonly end: number
}

export interface Property extends PlacedLiteral {
  readonly name: string
  /** Where the property begins, with its name. */
  readonly at: number
}

const OTHER: Literal = { kind: 'other' }

/** The expression at `at`, up to where it ends or can no longer be read. */
export function literalAt(text: string, at: number): PlacedLiteral {
  const start = skipTrivia(text, at)
  const { literal, end } = primaryAt(text, start)
  return { literal: goesOn(text, end) ? OTHER : literal, start, end }
}

interface Primary {
  readonly literal: Literal
  readonly end: number
}

function primaryAt(text: string, at: number): Primary {
  const first = text.charAt(at)
  if (isQuote(text.charCodeAt(at))) {
    const end = skipString(text, at)
    return { literal: stringOf(text, at + 1, end - 1), end }
  }
  switch (first) {
    case '`':
      return templateAt(text, at)
    case '[':
      return arrayAt(text, at)
    case '{':
      return objectAt(text, at)
    case '(':
      return parenthesisAt(text, at)
    default:
      return wordLiteral(text, at)
  }
}

function wordLiteral(text: string, at: number): Primary {
  const word = wordAt(text, at)
  const end = at + word.length
  switch (word) {
    case 'true':
    case 'false':
      return { literal: { kind: 'boolean', value: word === 'true' }, end }
    case 'null':
    case 'undefined':
      return { literal: { kind: word }, end }
    case 'void':
      return { literal: { kind: 'undefined' }, end: end + wordAt(text, end + 1).length + 1 }
    case '':
      return { literal: OTHER, end: at }
    default:
      return /^\d/.test(word)
        ? { literal: OTHER, end }
        : { literal: { kind: 'name', name: word }, end }
  }
}

function templateAt(text: string, at: number): Primary {
  const end = skipGroup(text, at)
  const literal = text.slice(at, end).includes('${') ? OTHER : stringOf(text, at + 1, end - 1)
  return { literal, end }
}

function parenthesisAt(text: string, at: number): Primary {
  const { literal, end } = literalAt(text, at + 1)
  const close = skipTrivia(text, end)
  if (text.charAt(close) === ')') return { literal, end: close + 1 }
  return { literal: OTHER, end: skipGroup(text, at) }
}

function arrayAt(text: string, at: number): Primary {
  const items: Literal[] = []
  let place = skipTrivia(text, at + 1)
  while (place < text.length && text.charAt(place) !== ']') {
    const { literal, end } = literalAt(text, place)
    items.push(literal)
    place = skipTrivia(text, end)
    if (text.charAt(place) === ',') place = skipTrivia(text, place + 1)
    else if (text.charAt(place) !== ']') return { literal: OTHER, end: skipGroup(text, at) }
  }
  return { literal: { kind: 'array', items }, end: place + 1 }
}

/** An object's own plain properties; methods, spreads and computed names are passed over. */
function objectAt(text: string, at: number): Primary {
  const end = skipGroup(text, at)
  const properties: Property[] = []
  let place = skipTrivia(text, at + 1)
  while (place < end - 1) {
    const property = propertyAt(text, place)
    if (property !== null) properties.push(property)
    place = skipTrivia(text, skipToComma(text, property?.end ?? place, end - 1) + 1)
  }
  return { literal: { kind: 'object', properties }, end }
}

function propertyAt(text: string, at: number): Property | null {
  const quoted = isQuote(text.charCodeAt(at))
  const nameEnd = quoted ? skipString(text, at) : at + wordAt(text, at).length
  const name = quoted ? text.slice(at + 1, nameEnd - 1) : text.slice(at, nameEnd)
  if (name === '') return null
  const next = skipTrivia(text, nameEnd)
  if (text.charAt(next) === ':') return { name, at, ...literalAt(text, next + 1) }
  if (text.charAt(next) !== ',' && text.charAt(next) !== '}') return null
  return { name, at, literal: { kind: 'name', name }, start: at, end: nameEnd }
}

/** The place of the next comma that belongs to no nested bracket, or `limit`. */
function skipToComma(text: string, at: number, limit: number): number {
  let place = at
  while (place < limit) {
    const next = skipTrivia(text, place)
    if (next >= limit || text.charAt(next) === ',') return Math.min(next, limit)
    place = skipOne(text, next)
  }
  return limit
}

function skipOne(text: string, at: number): number {
  if (isQuote(text.charCodeAt(at))) return skipString(text, at)
  return '{[(`'.includes(text.charAt(at)) ? skipGroup(text, at) : at + 1
}

/** Whether more than a type follows, so that the value is not what was read so far. */
function goesOn(text: string, at: number): boolean {
  const next = skipTrivia(text, at)
  return next < text.length && /[+.([?*%<>=&|^/`-]/.test(text.charAt(next))
}

function stringOf(text: string, start: number, end: number): Literal {
  const raw = text.slice(start, end)
  return { kind: 'string', text: raw.includes('\\') ? unescaped(raw) : detached(raw) }
}

/** A slice would keep the whole file it was cut from in memory. */
export function detached(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice).toString()
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
}

function unescaped(raw: string): string {
  return raw.replace(
    /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|(\r?\n)|([\s\S]))/gi,
    (_, braced?: string, four?: string, two?: string, line?: string, one?: string) => {
      const hex = braced ?? four ?? two
      if (hex !== undefined) return String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff))
      return line === undefined && one !== undefined ? (ESCAPES[one] ?? one) : ''
    },
  )
}

/** Reads one statement of a script for what it exports. */
import type { PlacedLiteral } from './literal.js'
import { literalAt } from './literal.js'
import type { Comment } from './skip-source.js'
import {
  isQuote,
  opensGroup,
  skipGroup,
  skipSlash,
  skipString,
  skipTrivia,
  wordAt,
} from './skip-source.js'

/** One exported value and the statement that gives it. */
export interface ExportedValue extends PlacedLiteral {
  /** `const`: `export const x`; `member`: `exports.x`; `property`: in `module.exports = {…}`. */
  readonly form: 'const' | 'member' | 'property'
  /** Where its statement or property begins. */
  readonly at: number
  /** The doc comment right before it. */
  readonly doc: Comment | null
}

/** What was found so far. */
export interface Scan {
  readonly text: string
  readonly names: ReadonlySet<string>
  readonly exported: Map<string, ExportedValue>
  /** Where the values of the file's own constants begin: an export may name them. */
  readonly local: Map<string, LocalConstant>
  /** Exported name to the constant that it is. */
  readonly renamed: Map<string, string>
  /** Told of comments inside brackets; those between statements are the caller's. */
  readonly onNestedComment: ((start: number, end: number) => void) | undefined
}

interface LocalConstant {
  readonly at: number
  readonly value: number
  readonly doc: Comment | null
}

/** Reads what begins at `at`, and gives the place to go on from. */
export function statementAt(scan: Scan, at: number, doc: Comment | null): number {
  const { text } = scan
  const word = wordAt(text, at)
  const after = at + word.length
  switch (word) {
    case '':
      return skipToken(scan, at)
    case 'as':
      return afterConst(text, after)
    case 'export':
      return exportAt(scan, { at, from: skipTrivia(text, after), doc })
    case 'const':
    case 'let':
    case 'var':
      return localAt(scan, { at, from: after, doc })
    case 'exports':
      return memberAt(scan, { at, from: after, doc })
    case 'module':
      return text.startsWith('.exports', after)
        ? moduleExportsAt(scan, { at, from: after + '.exports'.length, doc })
        : after
    default:
      return after
  }
}

/** `as const` begins no declaration. */
function afterConst(text: string, at: number): number {
  const next = skipTrivia(text, at)
  return wordAt(text, next) === 'const' ? next + 'const'.length : at
}

function skipToken({ text, onNestedComment }: Scan, at: number): number {
  const code = text.charCodeAt(at)
  if (isQuote(code)) return skipString(text, at)
  if (opensGroup(code)) return skipGroup(text, at, onNestedComment)
  if (text.charAt(at) === '/') return skipSlash(text, at, onNestedComment)
  // What follows a dot is a member of something else, whatever it is called.
  return text.charAt(at) === '.' ? at + 1 + wordAt(text, at + 1).length : at + 1
}

/** A statement that is being read, as far as `from`. */
interface Statement {
  readonly at: number
  readonly from: number
  readonly doc: Comment | null
}

function exportAt(scan: Scan, { at, from, doc }: Statement): number {
  const { text } = scan
  const word = wordAt(text, from)
  const after = from + word.length
  if (word === 'const' || word === 'let' || word === 'var') {
    const declared = declaredAt(text, after)
    if (declared === null || !scan.names.has(declared.name)) return declared?.value ?? after
    const { literal, start, end } = literalAt(text, declared.value)
    scan.exported.set(declared.name, { literal, start, end, form: 'const', at, doc })
    return end
  }
  if (word === 'default') {
    const value = skipTrivia(text, after)
    return text.charAt(value) === '{' ? objectAt(scan, value, doc) : value
  }
  return text.charAt(from) === '{' ? exportListAt(scan, from) : from
}

/** `export { a, b as c }`. */
function exportListAt(scan: Scan, at: number): number {
  const end = skipGroup(scan.text, at)
  for (const item of scan.text.slice(at + 1, end - 1).split(',')) {
    const [, own, other] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(item) ?? []
    if (own !== undefined) scan.renamed.set(other ?? own, own)
  }
  return end
}

/** The name in `const a: string = 1`, and the place after its `=`; null where there is no such. */
function declaredAt(
  text: string,
  from: number,
): { readonly name: string; readonly value: number } | null {
  const nameAt = skipTrivia(text, from)
  const name = wordAt(text, nameAt)
  const next = skipTrivia(text, nameAt + name.length)
  const equals = text.charAt(next) === ':' ? skipType(text, next + 1) : next
  return name === '' || text.charAt(equals) !== '=' ? null : { name, value: equals + 1 }
}

/** A constant of the file's own: only its place is kept, since most are of no interest. */
function localAt({ text, local }: Scan, { at, from, doc }: Statement): number {
  const declared = declaredAt(text, from)
  if (declared === null) return from
  local.set(declared.name, { at, value: declared.value, doc })
  return declared.value
}

/** The place of the `=` after a type, or where the statement ends without one. */
function skipType(text: string, at: number): number {
  let place = skipTrivia(text, at)
  while (place < text.length) {
    const code = text.charCodeAt(place)
    const first = text.charAt(place)
    if (first === ';' || (first === '=' && text.charAt(place + 1) !== '>')) return place
    if (isQuote(code)) place = skipString(text, place)
    else if (opensGroup(code)) place = skipGroup(text, place)
    else place += first === '=' ? 2 : 1
    place = skipTrivia(text, place)
  }
  return place
}

/** `exports.a = 1`. A chain `exports.a = exports.b = void 0` only announces its names. */
function memberAt(scan: Scan, { at, from, doc }: Statement): number {
  const { text } = scan
  if (text.charAt(from) !== '.') return from
  const name = wordAt(text, from + 1)
  const equals = skipTrivia(text, from + 1 + name.length)
  if (!/^=(?![=>])/.test(text.slice(equals, equals + 2))) return equals
  if (!scan.names.has(name)) return equals + 1
  const { literal, start, end } = literalAt(text, equals + 1)
  if (isAnnouncement(text, { literal, start, end })) return start
  scan.exported.set(name, { literal, start, end, form: 'member', at, doc })
  return end
}

function isAnnouncement(text: string, { literal, start }: PlacedLiteral): boolean {
  return (
    literal.kind === 'undefined' || /^(?:module\.)?exports\b/.test(text.slice(start, start + 15))
  )
}

function moduleExportsAt(scan: Scan, { at, from, doc }: Statement): number {
  const { text } = scan
  if (text.charAt(from) === '.') return memberAt(scan, { at, from, doc })
  const equals = skipTrivia(text, from)
  if (text.charAt(equals) !== '=') return equals
  const value = skipTrivia(text, equals + 1)
  return text.charAt(value) === '{' ? objectAt(scan, value, doc) : value
}

/** `module.exports = {…}` and `export default {…}`: every plain property is an export. */
function objectAt(scan: Scan, from: number, doc: Comment | null): number {
  const { text, names } = scan
  const end = skipGroup(text, from, scan.onNestedComment)
  const { literal } = literalAt(text, from)
  if (literal.kind !== 'object') return end
  for (const property of literal.properties) {
    if (!names.has(property.name)) continue
    const own = docBefore(text, property.at) ?? doc
    scan.exported.set(property.name, { ...property, form: 'property', doc: own })
  }
  return end
}

/** The doc comment that ends right before a place. */
function docBefore(text: string, at: number): Comment | null {
  const before = text.slice(0, at).trimEnd()
  if (!before.endsWith('*/')) return null
  const start = before.lastIndexOf('/**')
  return start === -1 ? null : { start, end: before.length }
}

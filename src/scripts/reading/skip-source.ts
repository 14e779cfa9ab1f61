/** Moving through JavaScript or TypeScript text without running it: past comments, strings and brackets. */

const NEWLINE = 10
const SPACE = 32
const QUOTE = 39
const DOUBLE_QUOTE = 34
const BACKTICK = 96
const BACKSLASH = 92
const SLASH = 47
const STAR = 42
const DOLLAR = 36
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_PARENTHESIS = 40
const CLOSE_PARENTHESIS = 41

/** A comment: where it begins, and where the text after it does. */
export interface Comment {
  readonly start: number
  readonly end: number
}

/** Told of a comment that is passed. */
type OnComment = (start: number, end: number) => void

/** The place of the first character at or after `at` that is neither white space nor in a comment. */
export function skipTrivia(text: string, at: number, onComment?: OnComment): number {
  let place = at
  for (;;) {
    const code = text.charCodeAt(place)
    if (code <= SPACE || code === 0xfeff || code === 0xa0) place += 1
    else if (code === SLASH && isComment(text, place)) {
      const end = skipComment(text, place)
      onComment?.(place, end)
      place = end
    } else return place
  }
}

/** Whether a comment begins at a slash. */
function isComment(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1)
  return next === SLASH || next === STAR
}

function skipComment(text: string, at: number): number {
  const isLine = text.charCodeAt(at + 1) === SLASH
  const end = isLine ? text.indexOf('\n', at) : text.indexOf('*/', at + 2)
  if (end === -1) return text.length
  return isLine ? end : end + 2
}

/** Whether a string in single or double quotes begins there. */
export function isQuote(code: number): boolean {
  return code === QUOTE || code === DOUBLE_QUOTE
}

/** The place after the string that begins at `at`; the end of its line where it is not closed. */
export function skipString(text: string, at: number): number {
  const quote = text.charCodeAt(at)
  for (let place = at + 1; place < text.length; place += 1) {
    const code = text.charCodeAt(place)
    if (code === BACKSLASH) place += 1
    else if (code === quote) return place + 1
    else if (code === NEWLINE) return place
  }
  return text.length
}

/** Whether a bracket or a template begins there: something `skipGroup` passes whole. */
export function opensGroup(code: number): boolean {
  return closerOf(code) !== 0
}

function closerOf(code: number): number {
  switch (code) {
    case OPEN_BRACE:
      return CLOSE_BRACE
    case OPEN_BRACKET:
      return CLOSE_BRACKET
    case OPEN_PARENTHESIS:
      return CLOSE_PARENTHESIS
    case BACKTICK:
      return BACKTICK
    default:
      return 0
  }
}

/** The place after the bracket or template that begins at `at`, with all that is nested in it. */
export function skipGroup(text: string, at: number, onComment?: OnComment): number {
  const closers = [closerOf(text.charCodeAt(at))]
  let place = at + 1
  while (place < text.length) {
    const code = text.charCodeAt(place)
    const closer = closers[closers.length - 1]
    if (code === closer) {
      closers.pop()
      place += 1
      if (closers.length === 0) return place
    } else if (closer === BACKTICK) {
      if (code === BACKSLASH) place += 2
      else if (code === DOLLAR && text.charCodeAt(place + 1) === OPEN_BRACE) {
        closers.push(CLOSE_BRACE)
        place += 2
      } else place += 1
    } else if (isQuote(code)) place = skipString(text, place)
    else if (opensGroup(code)) {
      closers.push(closerOf(code))
      place += 1
    } else if (code === SLASH) place = skipSlash(text, place, onComment)
    else place += 1
  }
  return place
}

/** The place after the comment, the regular expression or the division sign at a slash. */
export function skipSlash(text: string, at: number, onComment?: OnComment): number {
  if (!isComment(text, at)) return isDivision(text, at) ? at + 1 : skipRegExp(text, at)
  const end = skipComment(text, at)
  onComment?.(at, end)
  return end
}

const BEFORE_REGEXP =
  /\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|instanceof)$/

/** Whether what stands before a slash is a value, so that the slash divides. */
function isDivision(text: string, at: number): boolean {
  let before = at - 1
  while (before >= 0 && text.charCodeAt(before) <= SPACE) before -= 1
  const last = text.charAt(before)
  if (last === ')' || last === ']' || last === '"' || last === "'" || last === '`') return true
  return /[\w$]/.test(last) && !BEFORE_REGEXP.test(text.slice(Math.max(0, before - 12), before + 1))
}

function skipRegExp(text: string, at: number): number {
  let inClass = false
  for (let place = at + 1; place < text.length; place += 1) {
    const code = text.charCodeAt(place)
    if (code === BACKSLASH) place += 1
    else if (code === NEWLINE) break
    else if (code === OPEN_BRACKET) inClass = true
    else if (code === CLOSE_BRACKET) inClass = false
    else if (code === SLASH && !inClass) return place + 1
  }
  // Not closed on its line: it was a division after all.
  return at + 1
}

/** The identifier that begins at `at`; empty where none does. */
export function wordAt(text: string, at: number): string {
  let end = at
  while (isWordCode(text.charCodeAt(end))) end += 1
  return text.slice(at, end)
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === DOLLAR ||
    code > 0xa0
  )
}

/** The number of the line, from 1, that a place is on. */
export function lineOf(text: string, at: number): number {
  let line = 1
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', end + 1)) {
    line += 1
  }
  return line
}

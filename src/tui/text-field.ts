/** A line of text that is typed: letters, the cursor, and the keys that people know from a shell. */
import { widthOf } from '../present/text-width.js'

export interface TextField {
  readonly text: string
  /** Where the next letter goes: an index into the text's graphemes. */
  readonly cursor: number
}

/** A field with the cursor at its end. */
export function textField(text = ''): TextField {
  return { text, cursor: letters(text).length }
}

/** The field after a key; null where the key is not the field's. */
export function typed(field: TextField, key: string): TextField | null {
  const all = letters(field.text)
  const { cursor } = field
  const at = (next: number): TextField => ({
    text: field.text,
    cursor: Math.max(0, Math.min(all.length, next)),
  })
  const keep = (kept: readonly string[], next: number): TextField => ({
    text: kept.join(''),
    cursor: next,
  })
  switch (key) {
    case 'left':
    case 'ctrl+b':
      return at(cursor - 1)
    case 'right':
    case 'ctrl+f':
      return at(cursor + 1)
    case 'home':
    case 'ctrl+a':
      return at(0)
    case 'end':
    case 'ctrl+e':
      return at(all.length)
    case 'backspace':
      return cursor === 0 ? field : keep(all.toSpliced(cursor - 1, 1), cursor - 1)
    case 'delete':
    case 'ctrl+d':
      return keep(all.toSpliced(cursor, 1), cursor)
    case 'ctrl+u':
      return keep(all.slice(cursor), 0)
    case 'ctrl+k':
      return keep(all.slice(0, cursor), cursor)
    case 'ctrl+w':
    case 'alt+backspace': {
      const start = wordStart(all, cursor)
      return keep(all.toSpliced(start, cursor - start), start)
    }
    case 'alt+d': {
      const end = wordEnd(all, cursor)
      return keep(all.toSpliced(cursor, end - cursor), cursor)
    }
    case 'alt+b':
    case 'alt+left':
    case 'ctrl+left':
      return at(wordStart(all, cursor))
    case 'alt+f':
    case 'alt+right':
    case 'ctrl+right':
      return at(wordEnd(all, cursor))
    case 'space':
      return inserted(field, ' ')
    default:
      return isLetter(key) ? inserted(field, key) : null
  }
}

/** The field after a paste: line breaks become spaces, so that nothing is taken as enter. */
export function pasted(field: TextField, text: string): TextField {
  return inserted(field, text.replace(/\s*[\r\n]+\s*/g, ' '))
}

/** What is shown in `width` columns, with the cursor in view: before it, the letter on it, after it. */
export function fieldParts(
  field: TextField,
  width: number,
): { readonly before: string; readonly under: string; readonly after: string } {
  const all = letters(field.text)
  let before = all.slice(0, field.cursor)
  const under = all[field.cursor] ?? ' '
  while (widthOf(before.join('')) + widthOf(under) > width && before.length > 0)
    before = before.slice(1)
  let after = all.slice(field.cursor + 1)
  const room = width - widthOf(before.join('')) - widthOf(under)
  while (widthOf(after.join('')) > room && after.length > 0) after = after.slice(0, -1)
  return { before: before.join(''), under, after: after.join('') }
}

function inserted({ text, cursor }: TextField, more: string): TextField {
  const all = letters(text)
  const added = letters(more)
  return { text: all.toSpliced(cursor, 0, ...added).join(''), cursor: cursor + added.length }
}

function wordStart(all: readonly string[], cursor: number): number {
  let start = cursor
  while (start > 0 && all[start - 1] === ' ') start -= 1
  while (start > 0 && all[start - 1] !== ' ') start -= 1
  return start
}

function wordEnd(all: readonly string[], cursor: number): number {
  let end = cursor
  while (all[end] === ' ') end += 1
  while (end < all.length && all[end] !== ' ') end += 1
  return end
}

/** A key that is a letter is named by itself; the names of others have more than one. */
function isLetter(key: string): boolean {
  return letters(key).length === 1
}

let segmenter: Intl.Segmenter | null = null

function letters(text: string): readonly string[] {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.split('')
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** A line of text that is typed: letters, the cursor, and the keys that people know from a shell. */
import { pastedText } from '../present/clean.js'
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

/** The field after a paste, which is text alone: line breaks become spaces, so that nothing is taken as enter. */
export function pasted(field: TextField, text: string): TextField {
  return inserted(field, pastedText(text).replace(/\s*[\r\n]+\s*/g, ' '))
}

/** What is shown in `width` columns, with the cursor in view: before it, the letter on it, after it. */
export function fieldParts(
  field: TextField,
  width: number,
): { readonly before: string; readonly under: string; readonly after: string } {
  const all = letters(field.text)
  const { cursor } = field
  const under = all[cursor] ?? ' '
  let room = width - widthOf(under)
  let start = cursor
  while (start > 0) {
    const needed = widthOf(all[start - 1] ?? '')
    if (needed > room) break
    room -= needed
    start -= 1
  }
  let end = cursor + 1
  while (end < all.length) {
    const needed = widthOf(all[end] ?? '')
    if (needed > room) break
    room -= needed
    end += 1
  }
  return {
    before: all.slice(start, cursor).join(''),
    under,
    after: all.slice(cursor + 1, end).join(''),
  }
}

function inserted({ text, cursor }: TextField, more: string): TextField {
  const all = letters(text)
  const added = letters(more)
  // Not spliced in: a paste may have more letters than a call takes arguments.
  const before = all.slice(0, cursor).join('')
  const after = all.slice(cursor).join('')
  return { text: before + more + after, cursor: cursor + added.length }
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

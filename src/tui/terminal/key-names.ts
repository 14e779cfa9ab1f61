/** The names of keys, from what a terminal sends for them. */

/** Final letters of `CSI … letter` and `SS3 letter`. */
const BY_LETTER: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'clear',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
}

/** First numbers of `CSI number ~`; terminals differ in what they send for home and end. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageUp',
  6: 'pageDown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
}

const BY_SEQUENCE: Readonly<Record<string, string>> = {
  '\u0000': 'ctrl+space',
  // Some terminals send it for the backspace key; ctrl+h cannot be told apart.
  '\b': 'backspace',
  '\t': 'tab',
  // What was typed before raw mode has its carriage returns turned into line feeds.
  '\n': 'enter',
  '\r': 'enter',
  '\u001b': 'escape',
  '\u001b[Z': 'shift+tab',
  // Of the keypad. After a bracket the M would be a click of the mouse.
  '\u001bOM': 'enter',
  '\u001c': 'ctrl+\\',
  '\u001d': 'ctrl+]',
  '\u001e': 'ctrl+^',
  '\u001f': 'ctrl+_',
  ' ': 'space',
  '\u007f': 'backspace',
}

/** The Linux console's own, `CSI [ letter`. */
const CONSOLE = /^\u001b\[\[([A-E])$/
const LETTERED = /^\u001b(?:\[(?:1;(\d+))?|O)([A-Z])$/
const NUMBERED = /^\u001b\[(\d+)(?:;(\d+))?~$/

/**
 * The name of the key that a terminal sent as this one sequence: a printable character stands for itself,
 * others are `enter`, `pageDown`, `shift+tab`, `ctrl+c`, `alt+b`. Null where it is no key that we know,
 * such as a terminal's answer to a question.
 */
export function keyName(sequence: string): string | null {
  const known = BY_SEQUENCE[sequence]
  if (known !== undefined) return known
  if (!sequence.startsWith('\u001b')) return characterName(sequence)
  return (
    consoleName(sequence) ?? letteredName(sequence) ?? numberedName(sequence) ?? altName(sequence)
  )
}

function characterName(character: string): string | null {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return `ctrl+${String.fromCharCode(code + 0x60)}`
  // The second set of control characters, and what stands for bytes that are no text.
  return (code >= 0x80 && code < 0xa0) || code === 0xfffd ? null : character
}

function consoleName(sequence: string): string | null {
  const letter = CONSOLE.exec(sequence)?.[1]
  return letter === undefined ? null : `f${letter.charCodeAt(0) - 0x40}`
}

function letteredName(sequence: string): string | null {
  const [, modifiers, letter = ''] = LETTERED.exec(sequence) ?? []
  const name = BY_LETTER[letter]
  return name === undefined ? null : modified(name, modifiers)
}

function numberedName(sequence: string): string | null {
  const [, number = '', modifiers] = NUMBERED.exec(sequence) ?? []
  const name = BY_NUMBER[number]
  return name === undefined ? null : modified(name, modifiers)
}

/** Escape and a key at once is how terminals send alt. */
function altName(sequence: string): string | null {
  const [, character = '', more] = sequence
  if (character === '' || more !== undefined) return null
  const name = keyName(character)
  return name === null ? null : `alt+${name}`
}

/** xterm adds one to the bits: 1 shift, 2 alt, 4 ctrl. */
function modified(name: string, modifiers = '1'): string {
  const bits = Number(modifiers) - 1
  const held = [
    ...((bits & 4) === 0 ? [] : ['ctrl']),
    ...((bits & 2) === 0 ? [] : ['alt']),
    ...((bits & 1) === 0 ? [] : ['shift']),
  ]
  return [...held, name].join('+')
}

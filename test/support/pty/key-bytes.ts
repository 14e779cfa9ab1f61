/** What an xterm sends for a key, by the name that the screens give it. */

const BYTES: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  'shift+tab': '\u001b[Z',
  space: ' ',
  backspace: '\u007f',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  insert: '\u001b[2~',
  delete: '\u001b[3~',
  'shift+up': '\u001b[1;2A',
  'shift+down': '\u001b[1;2B',
  f1: '\u001bOP',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
}

/** @throws Error where the name is neither a character nor known */
export function keyBytes(name: string): string {
  const known = BYTES[name]
  if (known !== undefined) return known
  const letter = /^ctrl\+([a-z])$/.exec(name)?.[1]
  if (letter !== undefined) return String.fromCharCode(letter.charCodeAt(0) - 0x60)
  if (Array.from(name).length !== 1) throw new Error(`No key is named ${name}.`)
  return name
}

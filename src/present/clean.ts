/** Makes foreign text safe to draw: what comes from a database, a file or an error cannot steer the terminal. */

/** Stands where something that cannot be shown was taken out. */
const SHOWN = '·'

/** Colour and weight: harmless, and common in the messages of other tools. */
const STYLING = /\u001b\[[\d;:]*m/g

const SEQUENCES =
  // Operating-system commands and strings with their ends, cursor commands, and other escapes.
  /(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b[PX^_]|[\u0090\u0098\u009e\u009f])[^\u001b\u009c]*(?:\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]?/g

/** Control characters but line breaks; marks that turn the direction of text, have no width, or hide. */
const CONTROLS =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g

/** Some terminals paste the picture of an escape in its place. */
const PICTURED = /\u241b([[\]])/g

/** The text with line breaks kept and everything else that is no visible character taken out; a tab is two spaces. */
export function cleanText(text: string): string {
  if (isPlain(text)) return text
  return text
    .replace(/\r\n/g, '\n')
    .replace(/\t/g, '  ')
    .replace(STYLING, '')
    .replace(SEQUENCES, SHOWN)
    .replace(CONTROLS, SHOWN)
}

/**
 * What a person pasted, as the text that it is: sequences vanish whole and so do other control
 * characters, but line breaks; a tab is a space. What joins letters to one stays.
 */
export function pastedText(text: string): string {
  return text
    .replace(PICTURED, '\u001b$1')
    .replace(SEQUENCES, '')
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
}

/** A foreign text on one line: a line break becomes `⏎`. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\n/g, '⏎')
}

/** JSON that says the same, in which no character can steer a terminal either. */
export function cleanJson(json: string): string {
  return json.replace(CONTROLS, (match) =>
    Array.from({ length: match.length }, (_, index) => escaped(match.charCodeAt(index))).join(''),
  )
}

function isPlain(text: string): boolean {
  return /^[\u0020-\u007e\n\u00a1-\u00ac\u00ae-\u017f]*$/.test(text)
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}

/** Words of suggested commands. */

/** A word that a POSIX shell reads as one: in single quotes where it needs them. */
export function shellWord(text: string): string {
  return /^[\w.:/@+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

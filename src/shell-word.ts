/** Words of suggested commands. */

/**
 * A word that a POSIX shell reads as one, and the screens' own command line too, which knows no
 * backslash: in single quotes where it needs them, and a single quote in double ones.
 */
export function shellWord(text: string): string {
  return /^[\w.:/@+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`
}

/** Statements as a script for a file or another program, to the letter. */

/** Each statement with a semicolon and a line break behind it; a comment stands as it is. */
export function scriptText(statements: readonly string[]): string {
  return statements
    .map((statement) => {
      const text = statement.trimEnd()
      const isOpen = text !== '' && !text.startsWith('--') && !text.endsWith(';')
      return `${text}${isOpen ? ';' : ''}\n`
    })
    .join('')
}

/** Bindings: `?` in a statement's text, as the tool writes it on every engine, to `$1` as the server takes it. */

// What a `?` is no binding in: strings, names, dollar quotes and comments; `\?` is Knex's own escape.
const SKIPPED =
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*|\\\?|\?/g

/** The statement with its bindings numbered; as it stands where there are none. */
export function numberPlaceholders(sql: string, count: number): string {
  if (count === 0) return sql
  let number = 0
  let text = ''
  let at = 0
  SKIPPED.lastIndex = 0
  for (let match = SKIPPED.exec(sql); match !== null; match = SKIPPED.exec(sql)) {
    const [found] = match
    const end = found === '/*' ? commentEnd(sql, match.index) : match.index + found.length
    text += sql.slice(at, match.index)
    if (found === '?') text += `$${++number}`
    else text += found === '\\?' ? '?' : sql.slice(match.index, end)
    at = end
    SKIPPED.lastIndex = end
  }
  return text + sql.slice(at)
}

/** The end of a block comment; they nest (manual, 4.1.5). */
function commentEnd(sql: string, start: number): number {
  const sign = /\/\*|\*\//g
  sign.lastIndex = start
  let depth = 0
  for (let match = sign.exec(sql); match !== null; match = sign.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return sign.lastIndex
  }
  return sql.length
}

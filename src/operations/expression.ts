/** SQL expressions as tokens: enough to find and rename the columns and tables that one names. */

/** A piece of an expression; the texts of all tokens joined are the expression. */
export interface Token {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'blank' | 'sign'
  readonly text: string
  /** What a `name` or `quoted` token names, quotes taken off; the text of any other token. */
  readonly value: string
}

const PIECE =
  /(?<blank>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+)|(?<string>[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$))|(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[A-Za-z_][\w$ ]*\])|(?<number>\d[\w.]*)|(?<name>[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*)|::|[\s\S]/gu

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/

/** Words that an engine reads as syntax, so that a column of that name stands in quotes. */
const SYNTAX = new Set(
  `all alter and any array as asc between by case cast check collate column constraint create cross
  current_date current_time current_timestamp current_user default delete desc distinct drop else end
  escape except exists false for foreign from full glob group having in index inner insert intersect
  into is isnull join key left like limit natural not notnull null on or order outer primary
  references regexp right rlike select set some table then to true union unique update user using
  values when where with`.split(/\s+/),
)

/** The tokens of an expression, in order; unknown signs are one token each. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of sql.matchAll(PIECE)) {
    const text = match[0]
    const kind = kindOf(match.groups ?? {})
    tokens.push({ kind, text, value: kind === 'quoted' ? unquoted(text) : text })
  }
  return tokens
}

/** The columns among `columns` that an expression names, each once, in order of appearance. */
export function columnsIn(sql: string, columns: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const tokens = tokensOf(sql)
  for (const at of tokens.keys()) {
    const column = columnAt(tokens, at, columns)
    if (column !== null) found.add(column)
  }
  return [...found]
}

/** The expression with every mention of one of its table's columns under its new name. */
export function renameColumnIn(
  sql: string,
  columns: readonly string[],
  names: { readonly from: string; readonly to: string },
): string {
  const tokens = tokensOf(sql)
  return tokens
    .map((token, at) =>
      columnAt(tokens, at, columns) === names.from ? written(names.to, token) : token.text,
    )
    .join('')
}

/** The expression with every `table.` in front of a column under the table's new name. */
export function renameTableIn(
  sql: string,
  names: { readonly from: string; readonly to: string },
): string {
  const tokens = tokensOf(sql)
  return tokens
    .map((token, at) =>
      isIdentifier(token) && token.value === names.from && near(tokens, at, 1)?.text === '.'
        ? written(names.to, token)
        : token.text,
    )
    .join('')
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Token['kind'] {
  if (groups.blank !== undefined) return 'blank'
  if (groups.string !== undefined) return 'string'
  if (groups.quoted !== undefined) return 'quoted'
  if (groups.number !== undefined) return 'number'
  return groups.name === undefined ? 'sign' : 'name'
}

function unquoted(text: string): string {
  const inside = text.slice(1, -1)
  const quote = text.at(-1) ?? ''
  return quote === ']' ? inside : inside.replaceAll(quote + quote, quote)
}

function isIdentifier(token: Token): boolean {
  return token.kind === 'name' || token.kind === 'quoted'
}

/** The column of the table that a token names; null where it names something else. */
function columnAt(tokens: readonly Token[], at: number, columns: readonly string[]): string | null {
  const token = tokens[at]
  if (token === undefined || !isIdentifier(token)) return null
  const column = columnNamed(token, columns)
  return column === null || isSomethingElse(tokens, at) ? null : column
}

/** Engines fold the case of bare words, some that of quoted ones: the exact name wins, then the folded one. */
function columnNamed(token: Token, columns: readonly string[]): string | null {
  if (token.kind === 'name' && SYNTAX.has(token.value.toLowerCase())) return null
  if (columns.includes(token.value)) return token.value
  const folded = token.value.toLowerCase()
  return columns.find((column) => column.toLowerCase() === folded) ?? null
}

/** Whether an identifier at this place is a function, a type, a collation or a qualifier. */
function isSomethingElse(tokens: readonly Token[], at: number): boolean {
  const before = near(tokens, at, -1)
  const after = near(tokens, at, 1)
  if (after?.text === '(' || after?.text === '.') return true
  // `date '2026-01-01'`: a type in front of a literal.
  if (after?.kind === 'string' && tokens[at]?.kind === 'name') return true
  if (before?.text === '::') return true
  return before?.kind === 'name' && ['as', 'collate'].includes(before.value.toLowerCase())
}

/** The next token that is no blank, before (-1) or after (1). */
function near(tokens: readonly Token[], at: number, step: 1 | -1): Token | undefined {
  let place = at + step
  while (tokens[place]?.kind === 'blank') place += step
  return tokens[place]
}

/** A name in the manner of the token that it replaces, in quotes where it needs them. */
function written(name: string, instead: Token): string {
  if (instead.kind === 'quoted') {
    const quote = instead.text.at(-1) ?? '"'
    if (quote === ']') return `[${name}]`
    return quote + name.replaceAll(quote, quote + quote) + quote
  }
  const plain = PLAIN_NAME.test(name) && !SYNTAX.has(name)
  return plain ? name : `"${name.replaceAll('"', '""')}"`
}

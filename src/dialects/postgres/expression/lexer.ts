/** SQL expressions as PostgreSQL's lexer cuts them (manual, 4.1), without white space and comments. */

export interface Token {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'operator' | 'sign'
  /** A bare name in lower case, a quoted one or a string without its quotes, anything else as it stands. */
  readonly value: string
  /** Where it begins and ends in the text. */
  readonly start: number
  readonly end: number
}

const PIECE = new RegExp(
  [
    String.raw`(?<blank>\s+|--[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<escaped>[eE]'(?:[^'\\]|\\[\s\S]|'')*')`,
    String.raw`(?<string>'(?:[^']|'')*')`,
    String.raw`(?<dollar>\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?\$\k<tag>\$)`,
    String.raw`(?<quoted>"(?:[^"]|"")*")`,
    String.raw`(?<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>::|[()\[\],.;:])`,
    String.raw`(?<operator>[-+*/<>=~!@#%^&|?${'`'}]+)`,
  ].join('|'),
  'yu',
)

/** The tokens of an expression; null where something is no token, such as a quote that never closes. */
export function tokensOf(sql: string): readonly Token[] | null {
  const tokens: Token[] = []
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < sql.length) {
    const start = PIECE.lastIndex
    const groups = PIECE.exec(sql)?.groups
    if (groups === undefined) {
      PIECE.lastIndex = 0
      return null
    }
    if (groups.blank !== undefined) continue
    const { kind, value } = kindAndValue(groups)
    const end = kind === 'operator' ? start + operatorLength(value) : PIECE.lastIndex
    PIECE.lastIndex = end
    tokens.push({ kind, value: kind === 'operator' ? sql.slice(start, end) : value, start, end })
  }
  PIECE.lastIndex = 0
  return tokens
}

function kindAndValue(
  groups: Readonly<Record<string, string | undefined>>,
): Pick<Token, 'kind' | 'value'> {
  const { escaped, string, dollar, quoted, number, name, sign, operator, tag } = groups
  if (name !== undefined) return { kind: 'name', value: name.toLowerCase() }
  if (sign !== undefined) return { kind: 'sign', value: sign }
  if (string !== undefined)
    return { kind: 'string', value: string.slice(1, -1).replaceAll("''", "'") }
  if (number !== undefined) return { kind: 'number', value: number.replaceAll('_', '') }
  if (quoted !== undefined)
    return { kind: 'quoted', value: quoted.slice(1, -1).replaceAll('""', '"') }
  if (escaped !== undefined) return { kind: 'string', value: unescaped(escaped.slice(2, -1)) }
  if (dollar !== undefined) {
    const length = (tag?.length ?? 0) + 2
    return { kind: 'string', value: dollar.slice(length, -length) }
  }
  return { kind: 'operator', value: operator ?? '' }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function unescaped(text: string): string {
  return text.replace(
    /''|\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|[0-7]{1,3}|[\s\S])/g,
    (all, code?: string) => {
      if (code === undefined) return all === "''" ? "'" : all
      if (/^[xu]./.test(code)) return String.fromCodePoint(parseInt(code.slice(1), 16))
      if (/^[0-7]/.test(code)) return String.fromCodePoint(parseInt(code, 8))
      return ESCAPES[code] ?? code
    },
  )
}

/**
 * How much of a run of operator characters is one operator: it ends before a comment, and in `+` or `-`
 * only where one of `~ ! @ # % ^ & | ? \`` is in it (manual, 4.1.3).
 */
function operatorLength(run: string): number {
  const comment = /--|\/\*/.exec(run)
  let length = comment === null ? run.length : comment.index
  while (
    length > 1 &&
    /[+-]/.test(run.charAt(length - 1)) &&
    !/[~!@#%^&|`?]/.test(run.slice(0, length))
  ) {
    length -= 1
  }
  return Math.max(1, length)
}

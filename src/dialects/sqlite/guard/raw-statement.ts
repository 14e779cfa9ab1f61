/** What a raw statement may touch: read from its words, since SQLite itself is asked only when it runs. */
import { fold } from '../names.js'
import type { Token } from '../text/tokens.js'
import { isSign, isWord, nameOf, tokensOf } from '../text/tokens.js'

export interface RawNames {
  /** Every name in the text, folded: of tables, columns, indexes, and whatever else is written like one. */
  readonly names: ReadonlySet<string>
  /** Whether it may change the structure. */
  readonly isDdl: boolean
  /** Folded names of the tables that it drops, and of those that something is renamed to. */
  readonly dropped: readonly string[]
  readonly renamedTo: readonly string[]
  /** The rows that it changes; null where it changes none that keys could miss. */
  readonly rows: RowChange | null
}

export interface RowChange {
  readonly kind: 'insert' | 'update' | 'delete' | 'unknown'
  /** The folded names that an UPDATE sets. */
  readonly set: ReadonlySet<string>
}

export function readRaw(sql: string): RawNames {
  const tokens = tokensOf(sql)
  const [first] = tokens
  const names = new Set(tokens.filter(isName).map((token) => fold(nameOf(token))))
  const word = first?.kind === 'word' ? first.text.toLowerCase() : ''
  const isQuery = ['insert', 'update', 'delete', 'replace', 'with', 'select', 'values'].includes(
    word,
  )
  const isInside = names.has('sqlite_master') || names.has('sqlite_schema')
  return {
    names,
    isDdl: isInside || !(isQuery || ['pragma', 'explain', 'analyze'].includes(word)),
    dropped: namesAfter(tokens, ['drop', 'table'], ['if', 'exists']),
    renamedTo: namesAfter(tokens, ['rename', 'to'], []),
    rows: rowChange(word, tokens),
  }
}

function rowChange(word: string, tokens: readonly Token[]): RowChange | null {
  switch (word) {
    case 'insert': {
      const isPlain = !isWord(tokens[1], 'or') && !tokens.some((token) => isWord(token, 'conflict'))
      return { kind: isPlain ? 'insert' : 'unknown', set: new Set() }
    }
    case 'update':
      return { kind: 'update', set: setNames(tokens) }
    case 'delete':
      return { kind: 'delete', set: new Set() }
    case 'select':
    case 'values':
    case 'pragma':
    case 'explain':
    case 'analyze':
      return null
    default:
      return { kind: 'unknown', set: new Set() }
  }
}

/** The names between SET and the WHERE, FROM or RETURNING that follows, before an equals sign. */
function setNames(tokens: readonly Token[]): ReadonlySet<string> {
  const start = tokens.findIndex((token) => isWord(token, 'set'))
  const names = new Set<string>()
  let depth = 0
  for (const token of tokens.slice(start + 1)) {
    if (isSign(token, '(')) depth += 1
    else if (isSign(token, ')')) depth -= 1
    const isEnd = ['where', 'from', 'returning'].some((word) => isWord(token, word))
    if (depth === 0 && isEnd) break
    if (isName(token)) names.add(fold(nameOf(token)))
  }
  return names
}

function namesAfter(
  tokens: readonly Token[],
  words: readonly string[],
  optional: readonly string[],
): readonly string[] {
  return tokens.flatMap((_token, i) => {
    if (!words.every((word, j) => isWord(tokens[i + j], word))) return []
    const skipped = optional.every((word, j) => isWord(tokens[i + words.length + j], word))
    const at = i + words.length + (skipped ? optional.length : 0)
    const schema = isSign(tokens[at + 1], '.') ? 2 : 0
    const name = tokens[at + schema]
    return name !== undefined && isName(name) ? [fold(nameOf(name))] : []
  })
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted' || token.kind === 'string'
}

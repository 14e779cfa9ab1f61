/** The statements in a text that a script sends as one, as far as judging them needs it. */
import type { Piece, Spelling } from '../vocabulary/sql-text.js'
import { bareText, piecesOf, statementsIn } from '../vocabulary/sql-text.js'

/**
 * Each statement with its comments taken out and its strings emptied, so that every word in it is one
 * of its own. What a `do` block of PostgreSQL would run stands behind it, statement by statement.
 */
export function statementsOf(sql: string, spelling?: Spelling): readonly string[] {
  return statementsIn(piecesOf(sql, spelling)).flatMap((pieces) => {
    const statement = bareText(pieces)
    if (!/^do\b/i.test(statement)) return [statement]
    const blocks = pieces.flatMap((piece) => dollarQuoted(piece) ?? [])
    return [statement, ...blocks.flatMap(inBlock)]
  })
}

/** What stands between dollar quotes; null where the piece is something else. */
function dollarQuoted({ kind, text }: Piece): string | null {
  return kind === 'string' ? (/^\$(\w*)\$([\s\S]*)\$\1\$$/.exec(text)?.[2] ?? null) : null
}

/** The words of PL/pgSQL that may stand before a statement of SQL. */
const BEFORE_A_STATEMENT =
  /^(?:declare\b[\s\S]*?\bbegin|begin|then|else|loop|if\b[\s\S]*?\bthen|for\b[\s\S]*?\bloop|while\b[\s\S]*?\bloop)\s+/i

function inBlock(block: string): readonly string[] {
  return statementsIn(piecesOf(block)).map((pieces) => {
    let text = bareText(pieces)
    let before = BEFORE_A_STATEMENT.exec(text)
    while (before !== null) {
      text = text.slice(before[0].length)
      before = BEFORE_A_STATEMENT.exec(text)
    }
    return text
  })
}

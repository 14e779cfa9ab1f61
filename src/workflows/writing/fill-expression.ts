/** Whether what a person gave as a value is one whole SQL expression, so that it can stand in a statement. */
import { MigrateError } from '../../errors.js'
import type { Piece, Spelling } from '../../vocabulary/sql-text.js'
import { piecesOf, solidPieces, STANDARD } from '../../vocabulary/sql-text.js'
import type { FillAnswer } from '../options.js'

/** What a script says may run on each engine: what is whole in one spelling is let through. */
const SPELLINGS: readonly Spelling[] = [
  STANDARD,
  { backslashEscapes: true, doubleQuotedStrings: true },
]

/**
 * Makes sure of it. What the expression means is the database's business.
 * @throws MigrateError `FILL_BROKEN` (exit 2)
 */
export function requireWholeExpression({ table, column, sql }: FillAnswer): void {
  const faults = SPELLINGS.map((spelling) => faultIn(piecesOf(sql, spelling)))
  const [fault] = faults
  if (fault == null || faults.includes(null)) return
  throw new MigrateError(
    'FILL_BROKEN',
    2,
    `The value of ${table}.${column} is no whole expression: ${sql}`,
    {
      why: fault,
      fix: "Give one SQL expression: 0, 'none', lower(name).",
      state: 'Nothing was written, and the database was not touched.',
      details: { table, column, sql },
    },
  )
}

/** Why the pieces are no whole expression; null where they are. */
function faultIn(pieces: readonly Piece[]): string | null {
  const solid = solidPieces(pieces)
  if (solid.length === 0) return 'There is nothing in it.'
  const quote = solid.find(({ kind, text }) => kind === 'sign' && QUOTES.includes(text))
  if (quote !== undefined) return `The quote ${quote.text} is never closed.`
  const comment = pieces.at(-1)
  if (comment?.text.startsWith('--')) return 'The comment at its end would hide what follows it.'
  if (pieces.some(({ kind, text }) => kind === 'blank' && isOpenComment(text))) {
    return 'The comment /* is never closed.'
  }
  if (solid.some(({ text }) => text === ';')) return 'A ; ends the statement that it stands in.'
  return unmatchedBracket(solid)
}

const QUOTES = ["'", '"', '`']

function isOpenComment(text: string): boolean {
  return text.startsWith('/*') && (text.length < 4 || !text.endsWith('*/'))
}

function unmatchedBracket(solid: readonly Piece[]): string | null {
  let depth = 0
  for (const { text } of solid) {
    if (text === '(') depth += 1
    else if (text === ')') depth -= 1
    if (depth < 0) return 'A ) closes nothing.'
  }
  return depth === 0 ? null : 'A ( is never closed.'
}

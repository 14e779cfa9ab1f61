/** What kind of statement a text is, as far as transactions go. */
import { solidTokens } from '../expression/tokens.js'

/** First words of statements that change rows, read, or steer the session: all others may commit. */
const WITHIN = new Set(
  `select insert update delete replace with show explain describe desc values do set savepoint
  release rollback use handler prepare execute deallocate call load kill table`.split(/\s+/),
)

/**
 * Whether a statement commits what ran before it in the transaction, and itself
 * (https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/). Temporary tables are made
 * without a commit.
 */
export function commitsItself(sql: string): boolean {
  const [first, second, third] = solidTokens(sql.slice(0, 400)).map(({ text }) =>
    text.toLowerCase(),
  )
  if (first === undefined || WITHIN.has(first)) return false
  if (first === 'begin' || first === 'start' || first === 'commit') return true
  const isTemporary = second === 'temporary' || (second === 'or' && third === 'replace')
  return !(isTemporary && /\btemporary\b/i.test(sql) && /^(?:create|drop)$/.test(first))
}

/**
 * How many of the statements that were begun stand, after the last of them failed and what could be
 * rolled back was: all before the last one that committed itself, and that one too unless it failed.
 */
export function standingStatements(begun: readonly string[]): number {
  const last = begun.length - 1
  for (let at = last; at >= 0; at -= 1) {
    if (commitsItself(begun[at] ?? '')) return at === last ? at : at + 1
  }
  return 0
}

/** Rename candidates as questions, with the option that answers each outside a terminal. */
import type { RenameCandidate } from '../../compare/comparison.js'
import type { RenameQuestion } from '../documents.js'

/** A candidate as it is asked. */
export function questionOf(candidate: RenameCandidate): RenameQuestion {
  const { table, column, to, score, evidence } = candidate
  const from = column === null ? table : `${table}.${column}`
  return {
    kind: column === null ? 'table' : 'column',
    from,
    to,
    score,
    evidence,
    flag: `--rename ${shellWord(`${from}:${to}`)}`,
  }
}

/** A word that a shell reads as one, in single quotes where it needs them. */
function shellWord(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

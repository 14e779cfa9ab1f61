/** Rename candidates as questions, with the option that answers each outside a terminal. */
import { renameWord } from '../../answer-word.js'
import type { RenameCandidate } from '../../compare/comparison.js'
import { shellWord } from '../../shell-word.js'
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
    flag: `--rename ${shellWord(renameWord({ table, column, to }))}`,
  }
}

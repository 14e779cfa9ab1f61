/** What the rows of a table say about a rename candidate; only a caller with a connection can tell. */
import type { RenameCandidate } from './comparison.js'

/** What a column or a table holds that a wrong answer would lose. */
export interface ValueEvidence {
  /** Rows of the table. */
  readonly rows: number
  /** Values that are not null; for a table the same as its rows. */
  readonly values: number
  /** A few of them as text; none from a protected database. */
  readonly examples: readonly string[]
  /** The share of the values, 0 to 1, that the new column's type, length and enum would take; null for a table. */
  readonly fitting: number | null
}

/** Looks at rows; null where that takes too long or may not be done. */
export type ValueSampler = (candidate: RenameCandidate) => Promise<ValueEvidence | null>

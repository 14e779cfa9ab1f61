/** Reasons why a step may lose data, fail on the rows that exist, or not be undone. */

/** What kind of harm it is; `losesData` and `unforeseen` always ask, `failsOnRows` stops until the rows are mended. */
export type HazardClass = 'losesData' | 'failsOnRows' | 'cannotBeUndone' | 'unforeseen'

export interface Hazard {
  /** Of the catalogue: stable, for `--json` and the history. */
  readonly code: string
  readonly class: HazardClass
  /** The table or column that it is about, in the person's own names: `users`, `users.email`. */
  readonly object: string
  /** One sentence; it does not hold the count. */
  readonly message: string
  /** The query that counts what is at stake, with the count in a column `n`; null: nothing to count. */
  readonly count: string | null
}

/** A hazard with its live count. */
export interface CountedHazard extends Hazard {
  /** Null where there is nothing to count, or the count could not be had. */
  readonly rows: number | null
}

/** The changes before a file exists: which, in which order, in how many revisions. */

export interface ReviewScreen {
  readonly kind: 'review'
  /** Ids of changes in the order in which they are to run; null as the comparison has them. */
  readonly order: readonly string[] | null
  /** Ids of changes that are left out. */
  readonly leftOut: ReadonlySet<string>
  /** Ids of changes that go into the second revision. */
  readonly second: ReadonlySet<string>
  /** Messages by part; null takes one from the changes. */
  readonly messages: readonly [string | null, string | null]
  /** Values for rows by column, as `users.level`; null leaves the place in the script open. */
  readonly fills: ReadonlyMap<string, string | null>
  /** The key of the selected row, and where it stood: its neighbour is selected once it is gone. */
  readonly selected: string | null
  readonly place: number
  readonly top: number
  readonly focus: 'changes' | 'detail'
  readonly detailTop: number
  /** Whether the way back is shown instead of the way there. */
  readonly showsDown: boolean
  /** How many rename questions were answered with yes or no: those are no longer open. */
  readonly asked: number
  /** Flags of rename questions that are put off: they do not open by themselves. */
  readonly skipped: ReadonlySet<string>
}

export function reviewScreen(): ReviewScreen {
  return {
    kind: 'review',
    order: null,
    leftOut: new Set(),
    second: new Set(),
    messages: [null, null],
    fills: new Map(),
    selected: null,
    place: 0,
    top: 0,
    focus: 'changes',
    detailTop: 0,
    showsDown: false,
    asked: 0,
    skipped: new Set(),
  }
}

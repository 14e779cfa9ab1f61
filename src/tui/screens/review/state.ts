/** The changes before a file exists: which, in which order, in how many revisions. */

export interface ReviewScreen {
  readonly kind: 'review'
  /** Ids of changes in the order in which they are to run; those of the comparison until it is changed. */
  readonly order: readonly string[]
  /** Ids of changes that are left out. */
  readonly leftOut: ReadonlySet<string>
  /** Ids of changes that go into the second revision. */
  readonly second: ReadonlySet<string>
  /** Messages by part; null takes one from the changes. */
  readonly messages: readonly [string | null, string | null]
  /** Values for rows, as `--fill` takes them: `users.level=0`; null leaves the place open. */
  readonly fills: ReadonlyMap<string, string | null>
  readonly selected: number
  readonly top: number
  readonly focus: 'changes' | 'detail'
  readonly detailTop: number
  /** Whether the way back is shown instead of the way there. */
  readonly showsDown: boolean
  /** How many rename questions were answered. */
  readonly asked: number
}

export function reviewScreen(): ReviewScreen {
  return {
    kind: 'review',
    order: [],
    leftOut: new Set(),
    second: new Set(),
    messages: [null, null],
    fills: new Map(),
    selected: 0,
    top: 0,
    focus: 'changes',
    detailTop: 0,
    showsDown: false,
    asked: 0,
  }
}

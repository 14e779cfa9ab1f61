/** Models and database side by side. */

export interface DiffScreen {
  readonly kind: 'diff'
  /** The key of the selected entry; null takes the first. */
  readonly entry: string | null
  readonly top: number
  readonly focus: 'entries' | 'rows'
  /** Place of the selected row among those shown. */
  readonly row: number
  /** The first line of the rows that is shown. */
  readonly rowTop: number
  /** Whether rows that are equal are shown too. */
  readonly showsEqual: boolean
}

export function diffScreen(): DiffScreen {
  return {
    kind: 'diff',
    entry: null,
    top: 0,
    focus: 'entries',
    row: 0,
    rowTop: 0,
    showsEqual: false,
  }
}

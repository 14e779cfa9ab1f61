/** Models and database side by side. */

export interface DiffScreen {
  readonly kind: 'diff'
  /** The selected table by name; null takes the first. */
  readonly table: string | null
  readonly top: number
  readonly focus: 'tables' | 'rows'
  /** Place of the selected row among those shown. */
  readonly row: number
  readonly rowTop: number
  /** Whether rows that are equal are shown too. */
  readonly showsEqual: boolean
}

export function diffScreen(): DiffScreen {
  return {
    kind: 'diff',
    table: null,
    top: 0,
    focus: 'tables',
    row: 0,
    rowTop: 0,
    showsEqual: false,
  }
}

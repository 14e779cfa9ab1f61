/** Changes of a column's type that cannot hold every value they held before. */
import type { ColumnType } from '../schema/column.js'
import { losesValues, roomOf } from './loses-values.js'

export interface Narrowing {
  readonly code: string
  readonly message: string
  /** The condition under which a row is affected, over the quoted column; null: any value may be. */
  readonly where: string | null
  /** Whether affected rows make the step fail; else they lose something silently. */
  readonly fails: boolean
}

/** How a change of type may harm values, null when every value fits as it is. */
export function narrows(from: ColumnType, to: ColumnType, quoted: string): Narrowing | null {
  if (!losesValues(from, to)) return null
  if (to.kind === 'string' || to.kind === 'text') {
    // Only of text is the length known before it is converted.
    return shorter(roomOf(to), isText(from) ? quoted : null)
  }
  if (to.kind === 'enum' && (isText(from) || from.kind === 'enum')) {
    return fewerValues(from.kind === 'enum' ? from.values : null, to.values, quoted)
  }
  if (isWhole(from) && isWhole(to)) return silently('H10', 'a smaller whole number')
  if (from.kind === 'decimal' && to.kind === 'decimal') return silently('H13', 'fewer digits')
  const named = to.kind === 'native' ? to.text : to.kind
  return silently('H12', `values become ${named}, and what does not convert is lost`)
}

function silently(code: string, message: string): Narrowing {
  return { code, message, where: null, fails: false }
}

function shorter(length: number, quoted: string | null): Narrowing {
  return {
    ...silently('H09', `at most ${length.toLocaleString('en')} characters`),
    where: quoted === null ? null : `length(${quoted}) > ${length}`,
  }
}

/** Values that are gone, or for a text all but those that are allowed: the engine refuses them. */
function fewerValues(
  before: readonly string[] | null,
  after: readonly string[],
  quoted: string,
): Narrowing {
  const list = (values: readonly string[]): string =>
    values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
  if (before === null) {
    const message = `only ${after.join(', ')} ${after.length === 1 ? 'is' : 'are'} allowed`
    return { code: 'H41', message, where: `${quoted} not in (${list(after)})`, fails: true }
  }
  const gone = before.filter((value) => !after.includes(value))
  const message = `the value ${gone.join(', ')} is allowed no more`
  return { code: 'H41', message, where: `${quoted} in (${list(gone)})`, fails: true }
}

const WHOLE: readonly ColumnType['kind'][] = [
  'tinyint',
  'smallint',
  'mediumint',
  'integer',
  'bigInteger',
  'increments',
  'bigIncrements',
]

function isWhole({ kind }: ColumnType): boolean {
  return WHOLE.includes(kind)
}

function isText({ kind }: ColumnType): boolean {
  return kind === 'text' || kind === 'string'
}

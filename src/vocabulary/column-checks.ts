/** The checks that Knex has words for on a column, and the SQL that each stands for. */
import { quotedName } from './sql-text.js'

/** What a check's SQL is made with. */
export interface CheckSpelling {
  literal(value: unknown): string
  readonly regexOperator: string
}

/** A word of the column builder with its arguments, its name apart. */
export interface ColumnCheck {
  readonly method: string
  readonly args: readonly unknown[]
  /** Null where nobody named it. */
  readonly name: string | null
}

const NONE: readonly ColumnCheck[] = []

/** How many arguments stand before the name, in the order in which Knex writes the checks of a column. */
const ARGUMENTS: Readonly<Record<string, number>> = {
  checkPositive: 0,
  checkNegative: 0,
  checkIn: 1,
  checkNotIn: 1,
  checkBetween: 1,
  checkLength: 2,
  checkRegex: 1,
}

/** The checks among the modifiers of a column builder. */
export function columnChecks(
  modifiers: Readonly<Record<string, readonly unknown[]>>,
): readonly ColumnCheck[] {
  // Most columns have none: one look at their few modifiers says so.
  if (!Object.keys(modifiers).some((key) => key.startsWith('check'))) return NONE
  return Object.entries(ARGUMENTS).flatMap(([method, count]) => {
    const said = modifiers[method]
    if (said === undefined) return []
    const name = said[count]
    return [
      {
        method,
        args: said.slice(0, count),
        name: typeof name === 'string' && name !== '' ? name : null,
      },
    ]
  })
}

/** The SQL of a check over a column. */
export function columnCheckSql(
  column: string,
  { method, args }: Pick<ColumnCheck, 'method' | 'args'>,
  spelling: CheckSpelling,
): string {
  const name = quotedName(column)
  const [first, second] = args
  switch (method) {
    case 'checkPositive':
      return `${name} > 0`
    case 'checkNegative':
      return `${name} < 0`
    case 'checkIn':
      return `${name} in (${valuesOf(first, spelling)})`
    case 'checkNotIn':
      return `${name} not in (${valuesOf(first, spelling)})`
    case 'checkBetween':
      return intervalsOf(first)
        .map(([low, high]) => {
          const [from, to] = [spelling.literal(low), spelling.literal(high)]
          return `${name} between ${from} and ${to}`
        })
        .join(' or ')
    case 'checkLength':
      return `length(${name}) ${String(first)} ${String(second)}`
    default:
      return `${name} ${spelling.regexOperator} ${spelling.literal(first)}`
  }
}

function valuesOf(values: unknown, spelling: CheckSpelling): string {
  return Array.isArray(values)
    ? values.map((value) => spelling.literal(value)).join(', ')
    : spelling.literal(values)
}

/** One interval `[1, 5]` or several `[[1, 5], [7, 9]]`. */
function intervalsOf(said: unknown): readonly (readonly unknown[])[] {
  if (!Array.isArray(said)) return []
  const intervals: unknown[] = said
  const isOne =
    intervals.length === 2 && !Array.isArray(intervals[0]) && !Array.isArray(intervals[1])
  return isOne ? [intervals] : intervals.filter((each) => Array.isArray(each))
}

/** Renames that a person has answered, checked and put into an order that can be carried out. */
import { MigrateError } from '../errors.js'
import type { Operation } from '../operations/operation.js'
import type { TableName } from '../schema/table.js'
import type { GivenRename } from './comparison.js'

/** The names on both sides among which something is renamed. */
export interface NamesOfBoth {
  readonly current: ReadonlySet<string>
  readonly desired: ReadonlySet<string>
}

interface Names {
  readonly from: string
  readonly to: string
}

/**
 * The `renameTable` operations that the answers ask for.
 * @throws MigrateError `RENAME_UNKNOWN` where an answer fits no difference
 */
export function tableRenames(
  given: readonly GivenRename[],
  names: NamesOfBoth,
): readonly Operation[] {
  const wanted = given.filter((each) => each.column === null)
  const pairs = wanted.map(({ table, to }) => ({ from: table, to }))
  checkNames(wanted, pairs, names)
  return inPossibleOrder(pairs).map((pair) => ({ kind: 'renameTable', ...pair }))
}

/**
 * The `renameColumn` operations that the answers ask for in one table, which goes by `table` now.
 * @throws MigrateError `RENAME_UNKNOWN` where an answer fits no difference
 */
export function columnRenames(
  table: TableName,
  wanted: readonly GivenRename[],
  names: NamesOfBoth,
): readonly Operation[] {
  const pairs = wanted.map(({ column, to }) => ({ from: column ?? '', to }))
  checkNames(wanted, pairs, names)
  return inPossibleOrder(pairs).map((pair) => ({ kind: 'renameColumn', table, ...pair }))
}

/** The error of an answer that fits no difference. */
export function unknownRename({ table, column, to }: GivenRename, why: string): MigrateError {
  const from = column === null ? table : `${table}.${column}`
  return new MigrateError('RENAME_UNKNOWN', 2, `There is no rename of ${from} to ${to} to make.`, {
    why,
    fix: 'Look at the difference with `migrate-tui diff`, and name what the database has first, then what the models have.',
    state: 'Nothing was written, and the database was not touched.',
    details: { from, to },
  })
}

/** What is renamed must be gone from the models, what it becomes must be new in them; both but for other renames. */
function checkNames(
  given: readonly GivenRename[],
  pairs: readonly Names[],
  names: NamesOfBoth,
): void {
  const froms = new Set(pairs.map((pair) => pair.from))
  const tos = new Set(pairs.map((pair) => pair.to))
  for (const [at, { from, to }] of pairs.entries()) {
    const why = whyNot({ from, to }, names, { froms, tos })
    const double = pairs.some(
      (pair, other) => other !== at && (pair.from === from || pair.to === to),
    )
    const answer = given[at]
    if (answer === undefined || (why === null && !double)) continue
    throw unknownRename(answer, why ?? 'Another answer names the same.')
  }
}

function whyNot(
  { from, to }: Names,
  { current, desired }: NamesOfBoth,
  others: { readonly froms: ReadonlySet<string>; readonly tos: ReadonlySet<string> },
): string | null {
  if (!current.has(from)) return `The database has no ${from}.`
  if (!desired.has(to)) return `The models have no ${to}.`
  if (desired.has(from) && !others.tos.has(from)) return `The models still have ${from}.`
  if (current.has(to) && !others.froms.has(to)) return `The database has ${to} already.`
  return null
}

/** A name is free before it is taken; where names change places, one goes by way of a third name. */
function inPossibleOrder(pairs: readonly Names[]): readonly Names[] {
  const done: Names[] = []
  let left = pairs
  while (left.length > 0) {
    const free = left.filter(
      (pair) => !left.some((other) => other !== pair && other.from === pair.to),
    )
    const [first] = left
    if (free.length > 0) {
      done.push(...free)
      left = left.filter((pair) => !free.includes(pair))
    } else if (first !== undefined) {
      const between = `${first.from}_renaming`
      done.push({ from: first.from, to: between })
      left = left.map((pair) => (pair === first ? { from: between, to: pair.to } : pair))
    }
  }
  return done
}

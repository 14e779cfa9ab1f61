/** An enum type of the database's own that gets other values. */
import { MigrateError } from '../../../errors.js'
import type { Operation } from '../../../operations/operation.js'
import { quoteName, quoteText } from '../names.js'
import { replaceEnumTexts } from './replace-enum.js'
import type { EnumColumn, Survey } from './survey.js'

export type AlterEnum = Extract<Operation, { readonly kind: 'alterEnum' }>

/**
 * Values are renamed and added in place. Where one goes, or the order changes, a new type takes the
 * old one's place in every column.
 * @throws MigrateError `ENUM_VALUES_IN_USE` where rows hold a value that goes
 */
export async function alterEnumTexts(
  survey: Survey,
  operation: AlterEnum,
): Promise<readonly string[]> {
  const { name, to } = operation
  const live = (await survey.enums()).find((each) => each.name === name)
  const from = live?.values ?? operation.from
  const renames = Object.entries(operation.renamed).filter(
    ([before, after]) => from.includes(before) && before !== after,
  )
  const now = from.map((value) => Object.fromEntries(renames)[value] ?? value)
  const renameTexts = renameValues(name, renames)
  const gone = now.filter((value) => !to.includes(value))
  const stays = to.filter((value) => now.includes(value))
  if (gone.length === 0 && now.every((value, at) => value === stays[at])) {
    return [...renameTexts, ...addValues(name, now, to)]
  }
  await refuseUsed(survey, name, { gone, renames: new Map(renames) })
  return [...renameTexts, ...(await replaceEnumTexts(survey, name, to))]
}

function renameValues(
  name: string,
  renames: readonly (readonly [string, string])[],
): readonly string[] {
  const rename = (before: string, after: string): string =>
    `alter type ${quoteName(name)} rename value ${quoteText(before)} to ${quoteText(after)}`
  const taken = new Set(renames.map(([before]) => before))
  // Two values that change places need a third name on the way.
  const swapped = renames.filter(([, after]) => taken.has(after))
  const direct = renames.filter(([, after]) => !taken.has(after))
  const aside = (value: string): string => `${value} (migrate-tui)`
  return [
    ...swapped.map(([before]) => rename(before, aside(before))),
    ...direct.map(([before, after]) => rename(before, after)),
    ...swapped.map(([before, after]) => rename(aside(before), after)),
  ]
}

/** Each new value stands behind the one before it in the new list, the first one before the first old one. */
function addValues(name: string, now: readonly string[], to: readonly string[]): readonly string[] {
  const known = new Set(now)
  return to.flatMap((value, at) => {
    if (known.has(value)) return []
    known.add(value)
    const before = to[at - 1]
    const next = now[0]
    const place =
      before !== undefined
        ? ` after ${quoteText(before)}`
        : next === undefined
          ? ''
          : ` before ${quoteText(next)}`
    return [`alter type ${quoteName(name)} add value ${quoteText(value)}${place}`]
  })
}

async function refuseUsed(
  survey: Survey,
  name: string,
  {
    gone,
    renames,
  }: { readonly gone: readonly string[]; readonly renames: ReadonlyMap<string, string> },
): Promise<void> {
  if (gone.length === 0) return
  const old = new Map([...renames].map(([before, after]) => [after, before]))
  const asStored = gone.map((value) => old.get(value) ?? value)
  for (const column of await survey.enumColumns(name)) {
    const rows = await survey.countValues(column, asStored)
    if (rows > 0) throw valuesInUse(name, column, { values: asStored, rows })
  }
}

function valuesInUse(
  name: string,
  { table, column }: EnumColumn,
  { values, rows }: { readonly values: readonly string[]; readonly rows: number },
): MigrateError {
  const list = values.join(', ')
  return new MigrateError(
    'ENUM_VALUES_IN_USE',
    1,
    `The enum ${name} cannot lose ${list}: ${rows} ${rows === 1 ? 'row' : 'rows'} of ${table}.${column} hold it.`,
    {
      fix: 'Give those rows another value first, in the script before that call.',
      details: { enum: name, values, table, column, rows },
    },
  )
}

/** Values that a transaction added to enum types, as far as its statements tell: nobody may use them in it. */
import type { Operation } from '../../../operations/operation.js'
import type { EnumType } from '../../../schema/schema.js'
import { quoteName } from '../names.js'

/** By the name of the type. */
export type FreshValues = ReadonlyMap<string, readonly string[]>

export const NONE_FRESH: FreshValues = new Map()

export interface CarriedOut {
  /** The types as they were before. */
  readonly enums: readonly EnumType[]
  readonly operations: readonly Operation[]
  readonly statements: readonly string[]
}

/** The fresh values after more statements: a type that was made anew has none. */
export function freshAfter(
  fresh: FreshValues,
  { enums, operations, statements }: CarriedOut,
): FreshValues {
  const now = new Map(fresh)
  for (const operation of operations) {
    if (operation.kind !== 'alterEnum') continue
    const { name, to, renamed } = operation
    const before = enums.find((each) => each.name === name)?.values ?? operation.from
    const known = new Set(before.map((value) => renamed[value] ?? value))
    now.set(name, [...(now.get(name) ?? []), ...to.filter((value) => !known.has(value))])
  }
  for (const name of now.keys()) {
    const create = `create type ${quoteName(name)} as enum `
    if (statements.some((sql) => sql.startsWith(create))) now.delete(name)
  }
  return now
}

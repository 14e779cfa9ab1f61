/** Where plain Knex migrations stand in the graph: one after the other, as Knex runs them. */
import type { RevisionId } from '../revisions/revision.js'
import { stemOf } from './script-name.js'

/** A script in Knex's order. `parents` is null for a plain migration, which names none. */
export interface Ordered {
  readonly id: RevisionId
  readonly parents: readonly RevisionId[] | null
  readonly dependsOn: readonly string[]
}

/**
 * The scripts with the applied ones in the order in which they were recorded: they change places
 * among themselves, and those that are not applied stay where they sort. `recorded` are names
 * without their extension; scripts of ours count too, so that what was applied after one follows it.
 */
export function inRecordedOrder<T extends Ordered & { readonly name: string }>(
  scripts: readonly T[],
  recorded: readonly string[],
): readonly T[] {
  if (recorded.length === 0) return scripts
  const place = new Map(recorded.map((name, index) => [name, index]))
  const placeOf = ({ name }: T): number => place.get(stemOf(name)) ?? 0
  const isApplied = ({ name }: T): boolean => place.has(stemOf(name))
  const applied = scripts.filter(isApplied).sort((one, other) => placeOf(one) - placeOf(other))
  let next = 0
  return scripts.map((script) => (isApplied(script) ? (applied[next++] ?? script) : script))
}

/**
 * The parent of every plain migration, null for the first: the plain one before it, or a script of
 * ours that sorts between the two and goes on from that one.
 */
export function plainParents(
  scripts: readonly Ordered[],
): ReadonlyMap<RevisionId, RevisionId | null> {
  const parents = new Map<RevisionId, RevisionId | null>()
  // How many plain migrations lead to a script; missing where it needs one that sorts after it,
  // which a plain migration behind it could close to a circle.
  const behind = new Map<RevisionId, number>()
  let last: RevisionId | null = null
  for (const { id, parents: written, dependsOn } of scripts) {
    if (written === null) {
      parents.set(id, last)
      behind.set(id, parents.size)
      last = id
    } else if ([...written, ...dependsOn].every((needed) => behind.has(needed))) {
      const most = Math.max(0, ...written.map((parent) => behind.get(parent) ?? 0))
      behind.set(id, most)
      if (most > 0 && most === parents.size) last = id
    }
  }
  return parents
}

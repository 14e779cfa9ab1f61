/** Where plain Knex migrations stand in the graph: one after the other, as Knex runs them. */
import type { RevisionId } from '../../revisions/revision.js'
import { stemOf } from '../script-name.js'

/** A script in Knex's order. `parents` is null for a plain migration, which names none. */
export interface Ordered {
  readonly id: RevisionId
  /** Its file's, or what its source calls it. */
  readonly name: string
  readonly parents: readonly RevisionId[] | null
  readonly dependsOn: readonly string[]
}

/**
 * The scripts with the applied ones in the order in which they were recorded: they change places
 * among themselves, and those that are not applied stay where they sort. `recorded` are names
 * without their extension; scripts of ours count too, so that what was applied after one follows it.
 */
export function inRecordedOrder<T extends Ordered>(
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
 * The parent of every plain migration, null for a first: the plain one before it, or a script of ours
 * that sorts between the two and goes on from that one. A first one follows the scripts of ours that
 * sort before it, unless it is recorded as applied and they are not: it ran without them.
 */
export function plainParents(
  scripts: readonly Ordered[],
  recorded: readonly string[],
): ReadonlyMap<RevisionId, RevisionId | null> {
  if (scripts.every((script) => script.parents !== null)) return new Map()
  const ran = new Set(recorded)
  const parents = new Map<RevisionId, RevisionId | null>()
  // How many plain migrations lead to a script; missing where it needs one that sorts after it,
  // which a plain migration behind it could close to a circle.
  const behind = new Map<RevisionId, number>()
  let last: Ordered | null = null
  for (const script of scripts) {
    const { id, parents: written, dependsOn } = script
    if (written === null) {
      const isFirst = parents.size === 0
      const ranWithout: boolean =
        isFirst && last !== null && ran.has(stemOf(script.name)) && !ran.has(stemOf(last.name))
      parents.set(id, ranWithout ? null : (last?.id ?? null))
      behind.set(id, parents.size)
      last = script
    } else if ([...written, ...dependsOn].every((needed) => behind.has(needed))) {
      const most = Math.max(0, ...written.map((parent) => behind.get(parent) ?? 0))
      behind.set(id, most)
      if (most === parents.size) last = script
    }
  }
  return parents
}

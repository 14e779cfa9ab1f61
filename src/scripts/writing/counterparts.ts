/** Says of what a script states which engines have no counterpart of it: in the script, and in notes. */
import { groupBy } from '../../operations/group-by.js'
import type { Lack } from '../../operations/lacks.js'
import type { Operation } from '../../operations/operation.js'
import { tableOf } from '../../operations/operation.js'
import type { Stated } from '../../operations/stated.js'
import { statedBy } from '../../operations/stated.js'
import type { Note } from '../../schema/desired.js'

/** What must be known of an engine to say what it lacks. */
export interface Counterpart {
  /** Its name as people write it. */
  readonly title: string
  readonly lacks: (stated: Stated) => readonly Lack[]
}

/**
 * One remark for each set of engines that lack something of what operations state:
 * `PostgreSQL only: citext (email), integer[] (scores).`
 */
export function counterpartRemarks(
  engines: readonly Counterpart[],
  operations: readonly Operation[],
): readonly string[] {
  const byEngines = groupBy(lackedThings(engines, operations), ({ lackedBy }) => [
    whereText(engines, lackedBy),
  ])
  return [...byEngines].map(([where, things]) => {
    const byWhat = groupBy(things, ({ what }) => [what])
    const said = [...byWhat].map(([what, each]) => `${what} (${each.map(nameOf).join(', ')})`)
    return `${where}: ${said.join(', ')}.`
  })
}

/** One note for each thing that some engine has no counterpart of, with what that engine does instead. */
export function counterpartNotes(
  engines: readonly Counterpart[],
  operations: readonly Operation[],
): readonly Note[] {
  const byWhat = groupBy(lackedThings(engines, operations), ({ what }) => [what])
  return [...byWhat].map(([what, things]) => {
    const engineTexts = things.flatMap(({ lackedBy }) =>
      lackedBy.map(({ engine, instead }) => `${engine} ${instead ?? 'refuses it'}`),
    )
    return {
      code: 'NO_COUNTERPART',
      message: `Not every database has a counterpart of ${what}: ${[...new Set(engineTexts)].join('; ')}.`,
      where: placesText(things.map(placeOf)),
    }
  })
}

/** Something stated, with the engines that have no counterpart of it. */
interface LackedThing {
  readonly what: string
  readonly table: string | null
  readonly stated: Stated
  readonly lackedBy: readonly LackingEngine[]
}

interface LackingEngine {
  /** With its versions, where only those lack it. */
  readonly engine: string
  readonly instead: string | null
}

function lackedThings(
  engines: readonly Counterpart[],
  operations: readonly Operation[],
): readonly LackedThing[] {
  return operations.flatMap((operation) => lackedIn(engines, operation))
}

/** By what is done: the script and the notes ask for the same. */
const known = new WeakMap<Operation, WeakMap<readonly Counterpart[], readonly LackedThing[]>>()

function lackedIn(engines: readonly Counterpart[], operation: Operation): readonly LackedThing[] {
  const byEngines = known.get(operation) ?? new WeakMap<typeof engines, readonly LackedThing[]>()
  known.set(operation, byEngines)
  const things = byEngines.get(engines) ?? findLacked(engines, operation)
  byEngines.set(engines, things)
  return things
}

function findLacked(engines: readonly Counterpart[], operation: Operation): readonly LackedThing[] {
  return statedBy(operation).flatMap((stated) => {
    const lacks = engines.flatMap((engine) => {
      const own = engine.lacks(stated)
      return own.map(({ what, instead, versions }) => ({
        what,
        engine: versions === undefined ? engine.title : `${engine.title} ${versions}`,
        instead,
      }))
    })
    if (lacks.length === 0) return []
    return [...groupBy(lacks, ({ what }) => [what])].map(([what, lackedBy]) => ({
      what,
      table: tableOf(operation),
      stated,
      lackedBy,
    }))
  })
}

/** `PostgreSQL only`, or those that lack it: `No counterpart in SQLite and MariaDB`. */
function whereText(engines: readonly Counterpart[], lackedBy: readonly LackingEngine[]): string {
  const lacking = lackedBy.map(({ engine }) => engine)
  const having = engines.filter(({ title }) => !lacking.some((each) => each.startsWith(title)))
  const [only, ...others] = having
  if (only !== undefined && others.length === 0) return `${only.title} only`
  const last = lacking.at(-1) ?? ''
  const before = lacking.slice(0, -1)
  return `No counterpart in ${before.length === 0 ? last : `${before.join(', ')} and ${last}`}`
}

function nameOf({ stated: { it } }: LackedThing): string {
  return it.name
}

function placeOf({ table, stated: { kind, it } }: LackedThing): string {
  return table === null || kind === 'table' ? it.name : `${table}.${it.name}`
}

/** A note is a line, not a list. */
function placesText(places: readonly string[]): string {
  const shown = [...new Set(places)]
  return shown.length <= 4
    ? shown.join(', ')
    : `${shown.slice(0, 3).join(', ')} and ${shown.length - 3} more`
}

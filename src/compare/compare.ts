/** Models against a database: what must change, what may be a rename, what is left alone and why. */
import { applyOperations } from '../operations/apply.js'
import { isSame } from '../operations/equal.js'
import type { Operation } from '../operations/operation.js'
import { orderOperations } from '../operations/order.js'
import type { Note } from '../schema/desired.js'
import type { Table, TableName } from '../schema/table.js'
import { compareTable } from './compare-table.js'
import type { CompareInput, Comparison } from './comparison.js'
import {
  enumChanges,
  enumDrops,
  hasNativeEnums,
  withFormerValues,
  type EnumChanges,
} from './enums.js'
import { expectationNotes } from './expectations.js'
import { freeHeldKeys } from './held-keys.js'
import { referenceNotes } from './new-references.js'
import { pairTables, type PairedTable, type Pairing } from './pair-tables.js'
import { renameCandidates } from './rename-candidates.js'
import { reportedTableName } from './reported-names.js'
import { scopeOf, type Scope } from './scope.js'
import {
  pairComparison,
  unclaimedComparison,
  undeclaredIn,
  type ComparedTable,
} from './table-comparison.js'
import { splitUnclaimed, type Unclaimed } from './unclaimed-tables.js'
import { newTable, wantedTable } from './wanted-table.js'

/**
 * Compares what the models ask for with what the database has. Pure: when the operations have run,
 * comparing again finds none.
 * @throws MigrateError `RENAME_UNKNOWN` where an answered rename fits no difference
 * @throws MigrateError `UNMANAGED_UNKNOWN` where a table to drop is not there, or has a model
 */
export function compare(given: CompareInput): Comparison {
  const input = { ...given, canonical: remembered(given.canonical) }
  const scope = scopeOf(input)
  const reportedName = (name: TableName): TableName => reportedTableName(input.canonical, name)
  const paired = pairTables({
    current: scope.current,
    enums: input.current.enums,
    desired: scope.desired,
    renames: input.answers.renames,
    reportedName,
  })
  const wanted = remembered((pair: PairedTable) => wantedOf(pair, input))
  const enums = enumsFor(paired.pairs.map(wanted), input)
  const pairing = afterEnums(paired, enums.alters, input)
  const compared = pairing.pairs.map((pair) => comparePair(pair, wanted(pair), input))
  const staying = [...compared.map(({ wanted }) => wanted), ...excludedTables(input)]
  const unclaimed = splitUnclaimed(pairing.unclaimed, input, { partial: scope.partial, staying })
  const after = [...staying, ...unclaimed.kept]
  const alterations = compared.flatMap(operationsOf)
  const unused = unusedEnums(input, { scope, compared, unclaimed })
  const ordered = orderOperations([
    ...pairing.renames,
    ...enums.creates,
    ...enums.alters,
    ...alterations,
    ...freeHeldKeys(
      alterations,
      compared.flatMap(({ pair: { current }, wanted }) =>
        current === null ? [] : [{ current, wanted }],
      ),
    ),
    ...unclaimed.dropped.map((table): Operation => ({ kind: 'dropTable', table })),
    ...unused.drops,
  ])
  const operations = withFormerValues(ordered)
  return {
    operations,
    renames: renameCandidates(differing(pairing, compared), {
      ...input,
      apart: input.answers.apart,
    }),
    undeclared: pairing.pairs.flatMap(undeclaredIn),
    unmanaged: unclaimed.kept.map((table) => table.name),
    notes: [
      ...scope.notes,
      ...enums.notes,
      ...unused.notes,
      ...compared.flatMap((each) => each.difference?.notes ?? []),
      ...inferenceNotes(compared, after),
      ...referenceNotes(operations, after, reportedName),
      ...unclaimed.notes,
    ],
    tables: () => [
      ...compared.map((each) => pairComparison(each, input.allowDrops)),
      ...pairing.unclaimed.map((table) =>
        unclaimedComparison(table, unclaimed.dropped.includes(table)),
      ),
    ],
    differing: compared.flatMap(({ pair: { current }, wanted, difference }) =>
      current === null || difference === null ? [] : [{ current, wanted }],
    ),
  }
}

/** The same function, which works each answer out once. */
function remembered<K extends object, V>(answer: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return (key) => {
    const found = known.get(key) ?? { value: answer(key) }
    known.set(key, found)
    return found.value
  }
}

function comparePair(pair: PairedTable, wanted: Table, input: CompareInput): ComparedTable {
  const { current } = pair
  if (current === null || current === wanted) return { pair, wanted, difference: null }
  const names = [current.name, pair.renamedFrom ?? current.name, pair.desired.table.name]
  return { pair, wanted, difference: compareTable({ current, wanted, names }, input) }
}

/** What a table will be; the very table of the database where nothing is to change. */
function wantedOf({ current, desired }: PairedTable, { facets }: CompareInput): Table {
  if (current === null) return newTable(desired.table, facets)
  const isEqual = desired.source === 'declared' && isSame(current, desired.table)
  return isEqual ? current : wantedTable(current, desired, facets)
}

/** Asked only where either side has such a type: it takes a look at the database's canonical form. */
function enumsFor(wanted: readonly Table[], input: CompareInput): EnumChanges {
  const changes = enumChanges(input.current.enums, wanted)
  const isNone = changes.creates.length + changes.alters.length + changes.notes.length === 0
  if (isNone || hasNativeEnums(input.canonical)) return changes
  return { creates: [], alters: [], notes: [] }
}

/** Tables as they are once their enums have the new values. */
function afterEnums(
  pairing: Pairing,
  alters: readonly Operation[],
  { current }: CompareInput,
): Pairing {
  if (alters.length === 0) return pairing
  const paired = pairing.pairs.flatMap((pair) => (pair.current === null ? [] : [pair.current]))
  const schema = { tables: [...paired, ...pairing.unclaimed], enums: current.enums }
  const { tables } = applyOperations(schema, alters)
  const byName = new Map(tables.map((table) => [table.name, table]))
  const altered = (table: Table): Table => byName.get(table.name) ?? table
  return {
    ...pairing,
    pairs: pairing.pairs.map((pair) =>
      pair.current === null ? pair : { ...pair, current: altered(pair.current) },
    ),
    unclaimed: pairing.unclaimed.map(altered),
  }
}

/** Without the tables that are the same: there is nothing to ask about them. */
function differing(pairing: Pairing, compared: readonly ComparedTable[]): Pairing {
  const differ = compared.filter(({ pair, difference }) => pair.current === null || difference)
  return { ...pairing, pairs: differ.map(({ pair }) => pair) }
}

function operationsOf({ pair, wanted, difference }: ComparedTable): readonly Operation[] {
  if (pair.current === null) return [{ kind: 'createTable', table: wanted }]
  return difference?.operations ?? []
}

function excludedTables({ current, isIncluded }: CompareInput): readonly Table[] {
  return current.tables.filter((table) => !isIncluded(table.name, null))
}

interface Outcome {
  readonly scope: Scope
  readonly compared: readonly ComparedTable[]
  readonly unclaimed: Unclaimed
}

function unusedEnums(
  input: CompareInput,
  { scope, compared, unclaimed }: Outcome,
): ReturnType<typeof enumDrops> {
  const { current, allowDrops } = input
  if (!allowDrops || current.enums.length === 0) return { drops: [], notes: [] }
  const ours = compared.filter(({ pair }) => pair.desired.source === 'declared')
  const used = [...ours.flatMap(({ pair }) => pair.current ?? []), ...unclaimed.dropped]
  // Whole, with the columns that are excluded from the comparison.
  const untouched = current.tables.filter(({ name }) => scope.partial.has(name))
  const using = [
    ...compared.map(({ wanted }) => wanted),
    ...unclaimed.kept,
    ...excludedTables(input),
  ].flatMap((table) => table.columns)
  const excluded = untouched.flatMap((table) =>
    table.columns.filter((column) => !input.isIncluded(table.name, column.name)),
  )
  return enumDrops(
    input,
    used.flatMap((table) => table.columns),
    [...using, ...excluded],
  )
}

/** What was assumed for new tables, and what jsonSchema and relations say against the tables there are. */
function inferenceNotes(
  compared: readonly ComparedTable[],
  after: readonly Table[],
): readonly Note[] {
  const keys = new Map(after.map((table) => [table.name, table.foreignKeys]))
  return compared.flatMap(({ pair: { current, desired }, wanted }) => {
    const assumed = current === null ? desired.assumed : []
    return [
      ...assumed.map((message) => ({ code: 'ASSUMED', message, where: wanted.name })),
      ...expectationNotes(desired, wanted, (table) => keys.get(table) ?? []),
    ]
  })
}

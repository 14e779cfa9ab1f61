/** What a kind of change comes down to on one engine: its models compared with what a database has. */
import { compileFunction } from 'node:vm'
import type { Knex } from 'knex'
import { expect } from 'vitest'
import { compare } from '../../src/compare/compare.js'
import type { GivenRename } from '../../src/compare/comparison.js'
import type { Dialect } from '../../src/dialects/dialect.js'
import type { Operation } from '../../src/operations/operation.js'
import type { DesiredTable } from '../../src/schema/desired.js'
import type { Schema } from '../../src/schema/schema.js'
import type { ModelRecorder } from '../../src/vocabulary/client.js'
import type { ChangeKind, Models } from './change-kind.js'
import { ALL_FACETS, declared } from './comparing.js'

/** An engine, with what it calls the collation that the kinds call NOCASE. */
export interface KindEngine {
  readonly dialect: Pick<Dialect, 'canonical'>
  readonly recorder: ModelRecorder
  readonly noCase: string
}

/** The operations that make the models of the database; with the answers of `kind`, where it is given. */
export function kindChanges(
  engine: KindEngine,
  current: Schema,
  wanted: { readonly models: Models; readonly kind: ChangeKind | null },
): readonly Operation[] {
  return foundChanges(engine.dialect, current, {
    desired: desiredBy(engine, wanted.models),
    renames: renamesIn(wanted.kind),
  })
}

/** The operations that make what is desired of the database; none of them is left open. */
export function foundChanges(
  dialect: Pick<Dialect, 'canonical'>,
  current: Schema,
  wanted: { readonly desired: readonly DesiredTable[]; readonly renames: readonly GivenRename[] },
): readonly Operation[] {
  const { operations, notes } = compare({
    current,
    currentViews: [],
    desired: wanted.desired,
    canonical: (table, like) => dialect.canonical(table, like),
    managed: new Set(current.tables.map((table) => table.name)),
    managedEnums: new Set(current.enums.map((each) => each.name)),
    dropUnmanaged: [],
    facets: ALL_FACETS,
    isIncluded: () => true,
    allowDrops: true,
    answers: { renames: wanted.renames, apart: [] },
  })
  expect(notes.filter(({ code }) => code === 'UNRESOLVED')).toEqual([])
  return operations
}

/** The statement that fills a column before it may not be null any more, as a script with `--fill` has it. */
export function fillOf(kind: ChangeKind): string | null {
  const [, table, column, value] = /^(\w+)\.(\w+)=(.+)$/.exec(kind.answers?.at(-1) ?? '') ?? []
  return table === undefined ? null : `update ${table} set ${column ?? ''} = ${value ?? ''}`
}

/** What the models ask for, as this engine reads them. */
export function desiredBy(
  { recorder, noCase }: KindEngine,
  models: Models,
): readonly DesiredTable[] {
  return Object.entries(models).map(([name, body]) => {
    const define = compileFunction(body.replaceAll('NOCASE', noCase), ['table', 'knex']) as (
      table: Knex.CreateTableBuilder,
      knex: Knex,
    ) => void // the text of a test
    return declared(recorder.readTable(name, define))
  })
}

function renamesIn(kind: ChangeKind | null): readonly GivenRename[] {
  const answers = (kind?.answers ?? []).filter((word) => word.includes(':'))
  return answers.map((answer) => {
    const [from = '', to = ''] = answer.split(':')
    const [table = '', column = null] = from.split('.')
    return { table, column, to }
  })
}

/**
 * The structure of a database kept in memory, for seeing what a script would do: statements are written
 * as for the server, nothing is sent to one. Tables are read from the database when they are first
 * touched. A copy in a scratch schema would cost seconds where there are many tables, and a script that
 * names a schema would reach past it.
 */
import type { Operation } from '../../../operations/operation.js'
import { tableOf } from '../../../operations/operation.js'
import type { EnumType } from '../../../schema/schema.js'
import { EMPTY_SCHEMA } from '../../../schema/schema.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { Introspection } from '../../introspection.js'
import { catalogSurvey } from '../catalog/catalog-survey.js'
import type { PostgresConnection } from '../connection/session.js'
import { NO_DEPENDENTS } from '../emit/survey.js'
import { refuseChange, refuseTaking, takes } from '../emit/uses.js'
import { freshAfter, NONE_FRESH } from './fresh-values.js'
import { introspect, listTables } from '../catalog/introspect.js'
import type { LiveTable } from '../catalog/read-table.js'
import { sketchUses } from './sketch-uses.js'
import type { Sketch } from './sketch.js'
import type { SketchState } from './sketch-state.js'
import {
  after,
  columnOrigin,
  enumColumnsIn,
  made,
  NOTHING_YET,
  tableOrigin,
} from './sketch-state.js'

/** The newest server that is known, where none is there to ask. */
const NEWEST = 180000

/** What the next statements do. */
interface Expected {
  readonly statements: readonly string[]
  readonly operations: readonly Operation[]
}

/** A sketch of the database behind `source`; null is an empty one. */
export function createSketch(source: PostgresConnection | null): Sketch {
  const behind = source === null ? null : catalogSurvey(source)
  let state = NOTHING_YET
  let knowsEnums = behind === null
  let isInTransaction = true
  let expected: Expected | null = null
  const uses = sketchUses(source)
  const live = new Map<TableName, LiveTable>()
  /** The names that the database gives tables, by those with the schema: `public.users` is `users`. */
  const ownNames = new Map<TableName, TableName>()
  const savepoints = new Map<string, SketchState>()

  async function look(names: readonly TableName[]): Promise<void> {
    const unseen = names.filter((name) => !state.seen.has(name))
    if (unseen.length === 0) return
    const found = behind === null ? [] : await behind.tables(unseen)
    for (const each of found) {
      live.set(each.table.name, each)
      ownNames.set(`${each.schema}.${each.bare}`, each.table.name)
    }
    const fresh = found.filter(
      ({ table: { name } }) => unseen.includes(name) || !state.seen.has(name),
    )
    state = {
      ...state,
      schema: {
        ...state.schema,
        tables: [...state.schema.tables, ...fresh.map(({ table }) => table)],
      },
      seen: new Set([...state.seen, ...unseen, ...fresh.map(({ table }) => table.name)]),
    }
  }

  async function lookForEnums(): Promise<readonly EnumType[]> {
    if (!knowsEnums && behind !== null) {
      const own = new Set(state.schema.enums.map(({ name }) => name))
      const found = (await behind.enums()).filter(({ name }) => !own.has(name))
      state = { ...state, schema: { ...state.schema, enums: [...found, ...state.schema.enums] } }
      knowsEnums = true
    }
    return state.schema.enums
  }

  function carryOut({ operations, statements }: Expected): void {
    const { enums } = state.schema
    const fresh = isInTransaction
      ? freshAfter(state.fresh, { enums, operations, statements })
      : NONE_FRESH
    state = { ...after(state, operations), fresh }
  }

  /** What the database has of a table; undefined for one that only these statements have made. */
  function liveOf(name: TableName): LiveTable | undefined {
    const origin = tableOrigin(state, name)
    return origin === null ? undefined : live.get(origin)
  }

  /** Reads what operations change, as far as no call has read it: a rename says only names. */
  async function lookBefore(operations: readonly Operation[]): Promise<void> {
    const changed = operations.filter(({ kind }) => kind !== 'createTable')
    const ownNames = new Set(
      operations.flatMap((each) => (each.kind === 'renameTable' ? [each.to] : [])),
    )
    const names = changed.flatMap((operation) => tableOf(operation) ?? [])
    await look(names.filter((name) => !ownNames.has(name)))
    if (changed.some((operation) => tableOf(operation) === null)) await lookForEnums()
  }

  const sketch: Sketch = {
    version: source?.version ?? NEWEST,
    defaultSchema: () => behind?.defaultSchema() ?? Promise.resolve('public'),
    async table(name) {
      await look([name])
      const own = ownNames.get(name) ?? name
      return state.schema.tables.find((table) => table.name === own) ?? null
    },
    async tables(names) {
      await look(names)
      return state.schema.tables
        .filter((table) => names.includes(table.name))
        .map((table) => ({ ...(liveOf(table.name) ?? made(table)), table }))
    },
    exactTables: (names) => sketch.tables(names),
    enums: lookForEnums,
    async enumColumns(name) {
      const known = enumColumnsIn(state.schema.tables, name)
      const others = (await behind?.enumColumns(name)) ?? []
      return [...known, ...others.filter(({ table }) => !state.seen.has(table))]
    },
    enumUsers: async (name) => (uses.isKnown() ? await behind?.enumUsers(name) : null) ?? [],
    freshValues: (name) => Promise.resolve(state.fresh.get(name) ?? []),
    async countValues(column, values) {
      const there = liveOf(column.table)
      return behind === null || there === undefined
        ? 0
        : await behind.countValues({ ...column, table: there.table.name }, values)
    },
    async dependents(table, columns) {
      const there = liveOf(table)
      const own = columns.flatMap((column) => columnOrigin(state, table, column) ?? [])
      if (behind === null || there === undefined || own.length === 0) return NO_DEPENDENTS
      const used = await uses.at(state)
      for (const column of columns) refuseChange(table, column, used)
      return await behind.dependents(there.table.name, own)
    },
    async requireUnused(operations) {
      if (!operations.some(takes)) return
      await lookBefore(operations)
      for (const [at, operation] of operations.entries()) {
        if (!takes(operation)) continue
        const now = after(state, operations.slice(0, at))
        refuseTaking(operation, await uses.at(now), (name) => liveOf(name)?.primaryKeyName ?? null)
      }
    },
    async listTables() {
      const others = source === null ? [] : await listTables(source)
      const own = state.schema.tables.map(({ name }) => name)
      return [...others.filter((name) => !state.seen.has(name)), ...own]
    },
    async introspect(scope) {
      const others = source === null ? NOTHING : await introspect(source, scope)
      const isWanted = ({ name }: Table): boolean =>
        !scope.except.includes(name) && (scope.only === null || scope.only.includes(name))
      const unseen = others.schema.tables.filter(({ name }) => !state.seen.has(name))
      const tables = [...unseen, ...state.schema.tables.filter(isWanted)]
      return { ...others, schema: { tables, enums: await lookForEnums() } }
    },
    async expect(statements, operations) {
      await lookBefore(operations)
      uses.expect(statements)
      if (statements.length === 0) carryOut({ statements, operations })
      else expected = { statements, operations }
    },
    revisionBegins(inTransaction) {
      isInTransaction = inTransaction
      state = { ...state, fresh: NONE_FRESH }
    },
    ran(sql) {
      uses.ran(sql)
      if (expected?.statements[0] === sql) {
        const now = expected
        expected = null
        carryOut(now)
        return
      }
      const [, action, name = ''] = /^(savepoint|rollback to|release) "?(\w+)"?$/i.exec(sql) ?? []
      if (action === 'savepoint') savepoints.set(name, state)
      if (action === 'rollback to') state = savepoints.get(name) ?? state
    },
  }
  return sketch
}

const NOTHING: Introspection = {
  schema: EMPTY_SCHEMA,
  views: [],
  triggers: [],
  leftAlone: [],
  defaultSchema: null,
}

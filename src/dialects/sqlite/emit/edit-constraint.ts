/** Keys, uniques, indexes and checks that come and go, on the text of a table. */
import type { Operation } from '../../../operations/operation.js'
import type { Index, Unique } from '../../../schema/table.js'
import {
  checkDefinition,
  createIndex,
  createUnique,
  foreignKeyDefinition,
  primaryKeyDefinition,
} from './column-definition.js'
import { isSameExpression } from '../enum-check.js'
import { canonicalExpression } from '../expression.js'
import { fold, isSameName, quote } from '../names.js'
import { notFound } from './refusals.js'
import type { Place } from '../catalog/table-parts.js'
import {
  checksOf,
  columnOf,
  foreignKeysOf,
  primaryKeyOf,
  uniquesOf,
} from '../catalog/table-parts.js'
import type { StateIndex, TableState } from './table-state.js'
import {
  editedText,
  removal,
  stateIndex,
  withConstraint,
  withIndexes,
  withItem,
} from './table-state.js'

type Of<K extends Operation['kind']> = Extract<Operation, { readonly kind: K }>

/** A state, and the statements that lead to it without a rebuild; null where it needs one. */
export interface Edit {
  readonly state: TableState
  readonly native: readonly string[] | null
}

export function addIndex(state: TableState, index: Index): Edit {
  return withNewIndex(state, index.name, createIndex(state.name, index))
}

export function addUnique(state: TableState, unique: Unique): Edit {
  return withNewIndex(state, unique.name, createUnique(state.name, unique))
}

/** Drops an index or a uniqueness rule, by its name, else by its columns. */
export function dropIndex(state: TableState, dropped: Index | Unique): Edit {
  const what = 'parts' in dropped ? 'index' : 'unique'
  const found = findIndex(state, dropped)
  if (found !== null && 'sql' in found) {
    return {
      state: withIndexes(
        state,
        state.indexes.filter((each) => each !== found),
      ),
      native: [`drop index ${quote(found.name)}`],
    }
  }
  if (found !== null) return { state: withoutPlaces(state, [found.place]), native: null }
  if (['index', 'unique index', 'unique'].some((kind) => isGone(state, kind, dropped.name)))
    return { state, native: [] }
  throw notFound(state.name, `${what} ${dropped.name}`)
}

export function addForeignKey(state: TableState, { foreignKey }: Of<'addForeignKey'>): Edit {
  return { state: withConstraint(state, foreignKeyDefinition(foreignKey)), native: null }
}

export function dropForeignKey(state: TableState, { foreignKey }: Of<'dropForeignKey'>): Edit {
  const keys = foreignKeysOf(state.name, state.text)
  const found =
    keys.find((key) => isSameName(key.name, foreignKey.name)) ??
    keys.find(
      (key) =>
        isSameList(key.columns, foreignKey.columns) &&
        isSameName(key.references.table, foreignKey.refTable),
    )
  if (found !== undefined) return { state: withoutPlaces(state, [found.place]), native: null }
  if (isGone(state, 'foreign key', foreignKey.name)) return { state, native: [] }
  throw notFound(state.name, `foreign key ${foreignKey.name}`)
}

/** SQLite 3.53's own ADD CONSTRAINT refuses rows for which a check is null, which a check lets pass. */
export function addCheck(state: TableState, { check }: Of<'addCheck'>): Edit {
  return { state: withConstraint(state, checkDefinition(check)), native: null }
}

export function dropCheck(state: TableState, { check }: Of<'dropCheck'>, canAlter: boolean): Edit {
  const checks = checksOf(state.name, state.text)
  const found =
    checks.find((each) => isSameName(each.name, check.name)) ??
    checks.find((each) => isSameExpression(each.sql, check.sql))
  if (found === undefined) {
    if (isGone(state, 'check', check.name)) return { state, native: [] }
    throw notFound(state.name, `check ${check.name}`)
  }
  const { item, part } = found.place
  const name = part === null ? item.name : part.name
  const isOnly =
    name !== null && constraintNames(state).filter((n) => n === fold(name)).length === 1
  return {
    state: withoutPlaces(state, [found.place]),
    native:
      canAlter && isOnly
        ? [`alter table ${quote(state.name)} drop constraint ${quote(name)}`]
        : null,
  }
}

/**
 * The primary key taken away and made anew; a counting column that loses its key is a plain integer
 * then, and a column that was never null for the sake of its key stays so.
 */
export function alterPrimaryKey(state: TableState, { to }: Of<'alterPrimaryKey'>): Edit {
  const old = primaryKeyOf(state.text)
  const wanted = to?.columns ?? []
  if (isSameList(old?.columns ?? [], wanted)) return { state, native: [] }
  const bare = old === null ? state : withoutPlaces(state, [old.place])
  const left = (old?.columns ?? []).filter(
    (name) =>
      old?.autoincrement === true ||
      (state.keyed.has(fold(name)) && !wanted.some((column) => isSameName(column, name))),
  )
  const without = left.reduce(withNotNull, bare)
  if (to === null) return { state: without, native: null }
  const missing = to.columns.find((column) => columnOf(state.text, column) === undefined)
  if (missing !== undefined) throw notFound(state.name, `column ${missing}`)
  return { state: withConstraint(without, primaryKeyDefinition(to.name, to.columns)), native: null }
}

/** Such a column is never null, whether its text says so or not, and stays so as a plain one. */
function withNotNull(state: TableState, name: string): TableState {
  const column = columnOf(state.text, name)
  if (column === undefined || column.parts.some((part) => part.kind === 'notNull')) return state
  const at = column.typeEnd
  return withItem(state, column, editedText(column, [{ start: at, end: at, text: ' not null' }]))
}

/** The state without constraints, wherever their texts stand. */
export function withoutPlaces(state: TableState, places: readonly Place[]): TableState {
  const items = new Set(places.map((place) => place.item))
  return [...items].reduce((left, item) => {
    const parts = places.flatMap((place) => (place.item === item ? (place.part ?? []) : []))
    if (item.kind !== 'column') return withItem(left, item, null)
    const gone = item.parts.filter((part, i) => {
      const before = item.parts[i - 1]
      const isTail = part.kind === 'deferrable' && before !== undefined && parts.includes(before)
      return isTail || parts.includes(part)
    })
    return withItem(
      left,
      item,
      editedText(
        item,
        gone.map((part) => removal(item, part)),
      ),
    )
  }, state)
}

/** Whether a dropped column took it along. */
function isGone(state: TableState, kind: string, name: string): boolean {
  return state.gone.has(fold(`${kind} ${name}`))
}

type FoundIndex = StateIndex | { readonly name: string; readonly place: Place } | null

/** An index of that name, an inline UNIQUE of that name or stand-in, or one over the same columns. */
function findIndex(state: TableState, wanted: Index | Unique): FoundIndex {
  const byName = <T extends { readonly name: string }>(objects: readonly T[]): T | undefined =>
    objects.find((each) => isSameName(each.name, wanted.name))
  const uniques = uniquesOf(state.name, state.text)
  const named = byName(state.indexes) ?? byName(uniques)
  if (named !== undefined) return named
  const parts =
    'parts' in wanted
      ? wanted.parts.map((part) => ('column' in part.on ? part.on.column : part.on.sql))
      : wanted.columns
  const isUnique = 'parts' in wanted ? wanted.unique : true
  const texts = parts.map((part) => canonicalExpression(part))
  const isLike = (candidate: { readonly parts: StateIndex['text']['parts'] }): boolean =>
    isSameList(
      candidate.parts.map((part) =>
        canonicalExpression('column' in part.on ? part.on.column : part.on.sql),
      ),
      texts,
    )
  return (
    state.indexes.find((each) => each.text.unique === isUnique && isLike(each.text)) ??
    (isUnique ? uniques.find(isLike) : undefined) ??
    null
  )
}

function withNewIndex(state: TableState, name: string, sql: string): Edit {
  return { state: withIndexes(state, [...state.indexes, stateIndex(name, sql)]), native: [sql] }
}

function constraintNames(state: TableState): readonly string[] {
  return state.text.items.flatMap((item) => {
    const names = item.kind === 'column' ? item.parts.map((part) => part.name) : [item.name]
    return names.flatMap((name) => (name === null ? [] : [fold(name)]))
  })
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => isSameName(name, b[i] ?? ''))
}

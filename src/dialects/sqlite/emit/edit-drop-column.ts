/** `dropColumn` on the text of a table: what covers only dropped columns goes along, the rest refuses. */
import type { Operation } from '../../../operations/operation.js'
import { namesIn } from '../expression.js'
import type { Edit } from './edit-constraint.js'
import { withoutPlaces } from './edit-constraint.js'
import type { KeyPart } from '../text/key-parts.js'
import { fold, isSameName, quote } from '../names.js'
import { columnInUse, notFound, refused } from './refusals.js'
import type { Place } from '../catalog/table-parts.js'
import {
  checksOf,
  columnOf,
  columnsOf,
  foreignKeysOf,
  primaryKeyOf,
  uniquesOf,
} from '../catalog/table-parts.js'
import type { TableState } from './table-state.js'
import { withGone, withIndexes, withItem } from './table-state.js'

export interface DropContext {
  /** Folded names of all columns that the call drops. */
  readonly dropped: ReadonlySet<string>
  /** The operations of the call that come after this one. */
  readonly later: readonly Operation[]
  /** Views, triggers and other tables' keys that use the column. */
  readonly outside: readonly string[]
  readonly canDrop: boolean
}

/** Something that names columns: `index by_age`, over these. */
interface Cover {
  readonly what: string
  readonly columns: ReadonlySet<string>
  /** Those of them with which it goes: a key to the same table also names the columns it points at. */
  readonly own: ReadonlySet<string>
  readonly place: Place | null
  readonly index: string | null
}

/** @throws MigrateError `SQLITE_COLUMN_IN_USE` naming all that also covers columns that stay */
export function dropColumn(state: TableState, name: string, context: DropContext): Edit {
  const column = columnOf(state.text, name)
  if (column === undefined) throw notFound(state.name, `column ${name}`)
  if (columnsOf(state.text).length === 1) {
    throw refused(`${column.name} is the last column of ${state.name}.`, {
      why: 'A table needs one column.',
      fix: `Drop the table ${state.name} instead, or add another column before.`,
    })
  }
  const covers = coversOf(state).filter((cover) => cover.columns.has(fold(name)))
  const goesAlong = (cover: Cover): boolean =>
    [...cover.own].every((each) => context.dropped.has(each)) ||
    context.later.some((operation) => drops(operation, cover.what))
  const users = [
    ...covers.filter((cover) => !goesAlong(cover)).map((cover) => cover.what),
    ...generatedFrom(state, name, context),
    ...context.outside,
  ]
  if (users.length > 0) throw columnInUse(state.name, column.name, users)
  if (state.text.withoutRowid && covers.some((cover) => cover.what === 'primary key')) {
    throw refused(`${state.name}.${column.name} is the primary key of a table WITHOUT ROWID.`, {
      why: 'Such a table cannot be without a primary key.',
      fix: 'Give it another primary key in the same call.',
    })
  }
  const indexes = covers.flatMap((cover) => (cover.index === null ? [] : [cover.index]))
  const isPlain = covers.every((cover) => cover.index !== null || isOwnPart(cover, column.name))
  return {
    state: withoutColumn(state, column.name, covers),
    native:
      context.canDrop && isPlain
        ? [
            ...indexes.map((index) => `drop index ${quote(index)}`),
            `alter table ${quote(state.name)} drop column ${quote(column.name)}`,
          ]
        : null,
  }
}

function withoutColumn(state: TableState, name: string, covers: readonly Cover[]): TableState {
  const gone = withGone(
    state,
    covers.map((cover) => cover.what),
  )
  const kept = withIndexes(
    gone,
    gone.indexes.filter((index) => !covers.some((cover) => cover.index === index.name)),
  )
  // What stands in the column's own text goes with it.
  const apart = covers.flatMap((cover) => {
    const { place } = cover
    const isOwn = place?.item.kind === 'column' && isSameName(place.item.name, name)
    return place === null || isOwn ? [] : [place]
  })
  const left = keepComment(withoutPlaces(kept, apart), name)
  const item = columnOf(left.text, name)
  return item === undefined ? left : withItem(left, item, null)
}

/** A comment behind the comma before a column is about the column before it, and stays with that one. */
function keepComment(state: TableState, name: string): TableState {
  const { items } = state.text
  const at = items.findIndex((item) => item.kind === 'column' && isSameName(item.name, name))
  const item = items[at]
  const before = items[at - 1]
  const comment = item === undefined ? null : /^[^\S\n]*--[^\n]*\n/.exec(item.text)?.[0]
  if (before === undefined || item === undefined || comment == null) return state
  const moved = withItem(state, before, before.text + comment)
  return withItem(moved, item, item.text.slice(comment.length))
}

function coversOf(state: TableState): readonly Cover[] {
  const { name, text } = state
  const own = new Set(columnsOf(text).map((column) => fold(column.name)))
  const cover = (
    what: string,
    columns: readonly string[],
    place: Place | null,
    pointedAt: readonly string[] = [],
  ): Cover => ({
    what,
    columns: new Set([...columns, ...pointedAt].map(fold)),
    own: new Set(columns.map(fold)),
    place,
    index: null,
  })
  const key = primaryKeyOf(text)
  return [
    ...(key === null ? [] : [cover('primary key', key.columns, key.place)]),
    ...uniquesOf(name, text).map((each) => cover(`unique ${each.name}`, each.columns, each.place)),
    ...foreignKeysOf(name, text).map((each) => {
      const isOwn = isSameName(each.references.table, name)
      const pointedAt = isOwn ? each.references.columns : []
      return cover(`foreign key ${each.name}`, each.columns, each.place, pointedAt)
    }),
    ...checksOf(name, text).map((each) =>
      cover(
        `check ${each.name}`,
        [...namesIn(each.sql)].filter((one) => own.has(one)),
        each.place,
      ),
    ),
    ...state.indexes.map((index) => {
      const what = `${index.text.unique ? 'unique index' : 'index'} ${index.name}`
      const columns = indexNames(index.text).filter((one) => own.has(one))
      return { ...cover(what, columns, null), index: index.name }
    }),
  ]
}

function indexNames(index: {
  readonly parts: readonly KeyPart[]
  readonly where: string | null
}): readonly string[] {
  return [
    ...index.parts.flatMap((part) =>
      'column' in part.on ? [fold(part.on.column)] : [...namesIn(part.on.sql)],
    ),
    ...(index.where === null ? [] : namesIn(index.where)),
  ]
}

function generatedFrom(state: TableState, name: string, context: DropContext): readonly string[] {
  return columnsOf(state.text)
    .filter((column) => !context.dropped.has(fold(column.name)))
    .filter((column) =>
      column.parts.some((part) => part.kind === 'generated' && namesIn(part.sql).has(fold(name))),
    )
    .map((column) => `generated column ${column.name}`)
}

/** Whether SQLite's own DROP COLUMN takes it along: a check or a reference written in the column itself. */
function isOwnPart(cover: Cover, column: string): boolean {
  const { place } = cover
  return (
    (place?.part?.kind === 'check' || place?.part?.kind === 'references') &&
    place.item.kind === 'column' &&
    isSameName(place.item.name, column)
  )
}

/** Whether a later operation of the call drops what is meant. */
function drops(operation: Operation, what: string): boolean {
  const is = (kinds: readonly string[], name: string): boolean =>
    kinds.some((kind) => fold(`${kind} ${name}`) === fold(what))
  switch (operation.kind) {
    case 'dropIndex':
      return is(['index', 'unique index', 'unique'], operation.index.name)
    case 'dropUnique':
      return is(['unique', 'unique index'], operation.unique.name)
    case 'dropForeignKey':
      return is(['foreign key'], operation.foreignKey.name)
    case 'dropCheck':
      return is(['check'], operation.check.name)
    case 'alterPrimaryKey':
      return what === 'primary key'
    default:
      return false
  }
}

/** What a drop of an index, a unique or a foreign key is about: found in the table by name, else by columns. */
import type { Operation } from '../../operations/operation.js'
import type { ForeignKey, Index, Table, Unique } from '../../schema/table.js'
import { indexOfUnique } from './extras.js'
import { columnPart } from '../index-part.js'
import type { Dropped, WordOf } from './words.js'

/** The operation of a drop; null where it is dropped only if it is there, and it is not. */
export function dropOperation(word: WordOf<'drop'>, table: Table): Operation | null {
  const { what, dropped } = word
  const own = { table: table.name }
  if (what === 'foreignKey') {
    const foreignKey = findForeignKey(table, dropped)
    if (foreignKey === null && dropped.ifExists) return null
    return { kind: 'dropForeignKey', ...own, foreignKey: foreignKey ?? unknownKey(dropped) }
  }
  const found = findIndex(table, what, dropped)
  if (found === null && dropped.ifExists) return null
  const object = found ?? (what === 'unique' ? unknownUnique(dropped) : unknownIndex(dropped))
  return 'parts' in object
    ? { kind: 'dropIndex', ...own, index: object }
    : { kind: 'dropUnique', ...own, unique: object }
}

/** A unique may be an index on the engine, and the other way round: the name decides, then the columns. */
function findIndex(
  table: Table,
  what: 'unique' | 'index',
  { name, columns }: Dropped,
): Unique | Index | null {
  const first = what === 'unique' ? table.uniques : table.indexes
  const second = what === 'unique' ? table.indexes : table.uniques
  const isNamed = (each: Unique | Index): boolean => each.name === name
  const named = first.find(isNamed) ?? second.find(isNamed)
  if (named !== undefined || columns.length === 0) return named ?? null
  const isOver = (each: Unique | Index): boolean => {
    const over = 'parts' in each ? each.parts.map(plainColumn) : each.columns
    return over.length === columns.length && over.every((column, at) => column === columns[at])
  }
  return first.find(isOver) ?? null
}

function plainColumn(part: Index['parts'][number]): string | null {
  return 'column' in part.on ? part.on.column : null
}

function findForeignKey(table: Table, { name, columns }: Dropped): ForeignKey | null {
  const named = table.foreignKeys.find((key) => key.name === name)
  if (named !== undefined || columns.length === 0) return named ?? null
  const over = columns.join('\0')
  return table.foreignKeys.find((key) => key.columns.join('\0') === over) ?? null
}

function unknownKey({ name, columns }: Dropped): ForeignKey {
  const none = { onDelete: null, onUpdate: null, deferrable: null }
  return { name, columns, refTable: '', refColumns: [], ...none }
}

function unknownUnique({ name, columns }: Dropped): Unique {
  return { name, columns, deferrable: null, nullsNotDistinct: false }
}

function unknownIndex({ name, columns }: Dropped): Index {
  const bare = indexOfUnique(unknownUnique({ name, columns, ifExists: false }))
  return { ...bare, unique: false, parts: columns.map(columnPart) }
}

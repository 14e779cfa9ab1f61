/** Indexes, uniques, foreign keys and checks of a table, added and dropped. */
import type { Index, Table, Unique } from '../schema/table.js'
import { ApplyError } from './apply-error.js'
import { isSame } from './equal.js'
import type { TableOperation } from './operation.js'

type ConstraintOperation = Extract<
  TableOperation,
  {
    readonly kind:
      | 'addIndex'
      | 'dropIndex'
      | 'addUnique'
      | 'dropUnique'
      | 'addForeignKey'
      | 'dropForeignKey'
      | 'addCheck'
      | 'dropCheck'
  }
>

/**
 * The table with one more or one less of them. What is dropped is found by its name, else by its
 * content: a stand-in name (of what nobody named) may have changed with a rename before.
 * @throws ApplyError where the name is taken, or nothing of that name or content is there.
 */
export function changeConstraint(table: Table, operation: ConstraintOperation): Table {
  switch (operation.kind) {
    case 'addIndex':
      return {
        ...table,
        indexes: withNew(table, table.indexes, { object: operation.index, what: 'index' }),
      }
    case 'addUnique':
      return {
        ...table,
        uniques: withNew(table, table.uniques, { object: operation.unique, what: 'unique' }),
      }
    case 'addForeignKey':
      return {
        ...table,
        foreignKeys: withNew(table, table.foreignKeys, {
          object: operation.foreignKey,
          what: 'foreign key',
        }),
      }
    case 'addCheck':
      return {
        ...table,
        checks: withNew(table, table.checks, { object: operation.check, what: 'check' }),
      }
    case 'dropIndex':
      return withoutIndex(table, operation.index)
    case 'dropUnique':
      return withoutUnique(table, operation.unique)
    case 'dropForeignKey': {
      const { foreignKey } = operation
      const left = without(table.foreignKeys, foreignKey)
      return { ...table, foreignKeys: left ?? missing(table, 'foreign key', foreignKey.name) }
    }
    case 'dropCheck': {
      const left = without(table.checks, operation.check)
      return { ...table, checks: left ?? missing(table, 'check', operation.check.name) }
    }
  }
}

/** A unique index and a uniqueness rule are one thing on some engines: the name decides. */
function withoutIndex(table: Table, index: Index): Table {
  const left = without(table.indexes, index)
  if (left !== null) return { ...table, indexes: left }
  const uniques = index.unique ? withoutNamed(table.uniques, index.name) : null
  return { ...table, uniques: uniques ?? missing(table, 'index', index.name) }
}

function withoutUnique(table: Table, unique: Unique): Table {
  const left = without(table.uniques, unique)
  if (left !== null) return { ...table, uniques: left }
  const isThat = table.indexes.some((index) => index.unique && index.name === unique.name)
  const indexes = isThat ? withoutNamed(table.indexes, unique.name) : null
  return { ...table, indexes: indexes ?? missing(table, 'unique', unique.name) }
}

interface Named {
  readonly name: string
}

function withNew<T extends Named>(
  table: Table,
  objects: readonly T[],
  added: { readonly object: T; readonly what: string },
): readonly T[] {
  const { name } = added.object
  if (objects.some((each) => each.name === name)) {
    throw new ApplyError('taken', table.name, `${added.what} ${name}`)
  }
  return [...objects, added.object]
}

function without<T extends Named>(objects: readonly T[], object: T): readonly T[] | null {
  const named = withoutNamed(objects, object.name)
  if (named !== null) return named
  const same = objects.find((each) => isSame({ ...each, name: '' }, { ...object, name: '' }))
  return same === undefined ? null : objects.filter((each) => each !== same)
}

function withoutNamed<T extends Named>(objects: readonly T[], name: string): readonly T[] | null {
  const left = objects.filter((each) => each.name !== name)
  return left.length === objects.length ? null : left
}

function missing(table: Table, what: string, name: string): never {
  throw new ApplyError('missing', table.name, `${what} ${name}`)
}

/** One operation applied to the texts of its table, with the statements that do it without a rebuild. */
import type { Column } from '../../../schema/column.js'
import type { ForeignKey } from '../../../schema/table.js'
import type { Abilities } from './abilities.js'
import {
  columnDefinition,
  expectStrictType,
  inlineForeignKey,
  isCounter,
} from './column-definition.js'
import { isSet, tableOptions } from './create-table.js'
import { readTail } from '../text/create-table-text.js'
import { plainDefault } from '../defaults.js'
import { alterColumn } from './edit-column.js'
import type { Edit } from './edit-constraint.js'
import {
  addCheck,
  addForeignKey,
  addIndex,
  addUnique,
  alterPrimaryKey,
  dropCheck,
  dropForeignKey,
  dropIndex,
} from './edit-constraint.js'
import { dropColumn } from './edit-drop-column.js'
import { fold, quote } from '../names.js'
import { refused } from './refusals.js'
import type { TextOperation } from './renames.js'
import { columnOf, primaryKeyOf } from '../catalog/table-parts.js'
import type { TableState } from './table-state.js'
import { withColumn } from './table-state.js'

export interface EditContext {
  readonly abilities: Abilities
  readonly dropped: ReadonlySet<string>
  readonly later: readonly TextOperation[]
  /** What outside the table uses a column, by the column's folded name. */
  readonly outside: ReadonlyMap<string, readonly string[]>
  /** The foreign key that is written into the column that is added. */
  readonly inline: ForeignKey | null
}

/** The table after an operation, which is in the names from before any rename of the call. */
export function editTable(state: TableState, operation: TextOperation, context: EditContext): Edit {
  const { abilities } = context
  switch (operation.kind) {
    case 'addColumn':
      return addColumn(state, operation.column, context.inline)
    case 'dropColumn': {
      const { name } = operation.column
      return dropColumn(state, name, {
        canDrop: abilities.dropsColumns,
        ...context,
        outside: context.outside.get(fold(name)) ?? [],
      })
    }
    case 'alterColumn': {
      const changed = alterColumn(state, operation)
      if (changed.only === null) return { state, native: [] }
      const isNative = changed.only === 'nullable' && abilities.altersConstraints
      const verb = operation.to.nullable ? 'drop not null' : 'set not null'
      const target = `${quote(state.name)} alter column ${quote(operation.to.name)}`
      return { state: changed.state, native: isNative ? [`alter table ${target} ${verb}`] : null }
    }
    case 'addIndex':
      return addIndex(state, operation.index)
    case 'addUnique':
      return addUnique(state, operation.unique)
    case 'dropIndex':
      return dropIndex(state, operation.index)
    case 'dropUnique':
      return dropIndex(state, operation.unique)
    case 'addForeignKey':
      return addForeignKey(state, operation)
    case 'dropForeignKey':
      return dropForeignKey(state, operation)
    case 'addCheck':
      return addCheck(state, operation)
    case 'dropCheck':
      return dropCheck(state, operation, abilities.altersConstraints)
    case 'alterPrimaryKey':
      return alterPrimaryKey(state, operation)
    case 'alterComment':
      return { state, native: [] }
    case 'alterOptions': {
      const strict = isSet({ options: operation.to }, 'strict')
      const withoutRowid = isSet({ options: operation.to }, 'withoutRowid')
      const { text } = state
      if (strict === text.strict && withoutRowid === text.withoutRowid) return { state, native: [] }
      const tail = readTail(tableOptions({ strict, withoutRowid }))
      return { state: { ...state, text: { ...text, ...tail } }, native: null }
    }
  }
}

function addColumn(state: TableState, column: Column, inline: ForeignKey | null): Edit {
  if (columnOf(state.text, column.name) !== undefined) {
    throw refused(`${state.name} already has a column ${column.name}.`, {
      why: 'SQLite tells names apart only by their letters, not by their case.',
      fix: 'Give the new column another name, or alter the one that is there.',
    })
  }
  if (state.text.strict) expectStrictType(state.name, column)
  const counts = isCounter(column)
  if (counts && primaryKeyOf(state.text) !== null) {
    throw refused(`${state.name}.${column.name} cannot count: the table has a primary key.`, {
      why: 'SQLite counts only in a column that is the whole primary key.',
      fix: `Make ${column.name} an integer.`,
    })
  }
  const reference = inline === null ? '' : ` ${inlineForeignKey(inline)}`
  const definition = `${columnDefinition(column)}${reference}`
  const value = plainDefault(column.default, column.type)
  // https://sqlite.org/lang_altertable.html, section 4: what ADD COLUMN does not take.
  const isPlain =
    !counts && column.generated?.stored !== true && (value === null || value.kind === 'literal')
  return {
    state: withColumn(state, definition),
    native: isPlain ? [`alter table ${quote(state.name)} add column ${definition}`] : null,
  }
}

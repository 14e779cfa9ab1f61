/** One column of a table builder, with everything that is said on it. */
import { MigrateError } from '../../errors.js'
import type { Column, ColumnType, DefaultValue } from '../../schema/column.js'
import { columnCheckSql, columnChecks } from '../column-checks.js'
import type { ColumnBuilderFields } from '../knex/knex-fields.js'
import { textOrNull } from '../knex/knex-fields.js'
import { automaticName } from '../names.js'
import type { ReadContext } from './read-context.js'
import type { Definition, NamedClause } from './read-definition.js'
import { readDefinition } from './read-definition.js'
import type { TypeSaid } from './read-type.js'
import { isCounter, readType } from './read-type.js'
import { typeOfSql } from '../sql-type.js'
import type { StatedColumn, TableWord } from './words.js'

export interface ReadColumn {
  readonly stated: StatedColumn
  readonly isAltered: boolean
  /** Checks on the column, in Knex's order. */
  readonly checks: readonly Extract<TableWord, { readonly kind: 'check' }>[]
  /** Uniques that a definition's text holds. */
  readonly uniques: readonly TableWord[]
  /** The key that the column makes by itself: `increments()`, `uuid({ primaryKey: true })`. */
  readonly primary: NamedClause | null
  readonly createsEnum: boolean
}

/** A column builder read; null where it is a word that Knex 3 does not have. */
export function readColumn(builder: ColumnBuilderFields, context: ReadContext): ReadColumn | null {
  const method = builder._type.toLowerCase()
  const said = readType(method, builder._args.slice(1), context.types)
  if (said === null) return null
  const definition =
    method === 'specifictype' ? readDefinition(String(builder._args[1]), context.expressions) : null
  const name = nameOf(builder, said.type, context)
  const isAltered = builder._method === 'alter'
  return {
    stated: stateColumn(
      builder,
      { name, type: typeOf(said, definition, builder) },
      definition,
      context,
    ),
    isAltered,
    checks: checksOf(builder, name, definition, context),
    uniques: uniqueOf(name, definition?.unique ?? null, builder, context),
    primary: definition?.primary ?? (said.isPrimary && !isAltered ? { name: null } : null),
    createsEnum: said.createsEnum,
  }
}

function nameOf(builder: ColumnBuilderFields, type: ColumnType, context: ReadContext): string {
  const name = rawNameOf(builder)
  if (name !== null) return context.identifier(name, builder.queryContext())
  if (isCounter(type)) return context.identifier('id', builder.queryContext())
  throw new MigrateError(
    'VOCABULARY_COLUMN_NAME',
    1,
    `A column of table ${context.table} has no name.`,
    { fix: `Name it: table.${builder._type}('name').` },
  )
}

function rawNameOf(builder: ColumnBuilderFields): string | null {
  return textOrNull(builder._args[0])
}

function typeOf(
  said: TypeSaid,
  definition: Definition | null,
  builder: ColumnBuilderFields,
): ColumnType {
  const isUnsigned = 'unsigned' in builder._modifiers
  const type = definition === null ? said.type : definedType(definition, said.type)
  if (!isUnsigned) return type
  if (type.kind === 'native') return { ...type, text: `${type.text} unsigned` }
  return 'unsigned' in type ? { ...type, unsigned: true } : type
}

function definedType(definition: Definition, whole: ColumnType): ColumnType {
  const type = typeOfSql(definition.type)
  if (!definition.counts) return type
  if (type.kind === 'integer') return { kind: 'increments' }
  return type.kind === 'bigInteger' ? { kind: 'bigIncrements' } : whole
}

function stateColumn(
  builder: ColumnBuilderFields,
  { name, type }: { readonly name: string; readonly type: ColumnType },
  definition: Definition | null,
  context: ReadContext,
): StatedColumn {
  const { nullable, collate, comment } = builder._modifiers
  const identity = definition?.identity ?? null
  const mayBeNull = nullable === undefined ? (definition?.nullable ?? true) : nullable[0] !== false
  const collation = collate === undefined ? (definition?.collation ?? null) : textOrNull(collate[0])
  const column: Column = {
    name,
    type,
    nullable: mayBeNull && !isCounter(type) && identity === null,
    default: defaultOf(builder, type, context) ?? definition?.default ?? null,
    generated: definition?.generated ?? null,
    identity,
    collation: collation === 'default' ? null : collation,
    comment: comment === undefined ? (definition?.comment ?? null) : textOrNull(comment[0]),
  }
  return {
    column,
    says: {
      collation: collate !== undefined || column.collation !== null,
      comment: comment !== undefined || column.comment !== null,
      generation: column.generated !== null || identity !== null,
      type: builder.alterType !== false,
      nullable: builder.alterNullable !== false,
    },
  }
}

function defaultOf(
  builder: ColumnBuilderFields,
  type: ColumnType,
  context: ReadContext,
): DefaultValue | null {
  const said = builder._modifiers.defaultTo
  const value = said === undefined ? null : context.expressions.defaultValue(said[0])
  if (value?.kind !== 'literal' || type.kind !== 'boolean') return value
  // Knex's own reading of a boolean's default: the text 'false' is false.
  return { kind: 'literal', value: value.value !== 'false' && Boolean(value.value) }
}

function checksOf(
  builder: ColumnBuilderFields,
  column: string,
  definition: Definition | null,
  context: ReadContext,
): ReadColumn['checks'] {
  const found = columnChecks(builder._modifiers)
  if (found.length === 0 && definition === null && !('check' in builder._modifiers)) return []
  const { expressions, regexOperator } = context
  const spelling = { literal: expressions.literal, regexOperator }
  const [sql, bindings, name] = builder._modifiers.check ?? []
  const own =
    typeof sql === 'string'
      ? [{ name: textOrNull(name), sql: expressions.bound(sql, bindings) }]
      : []
  const words = found.map((check) => ({
    name: check.name,
    sql: columnCheckSql(column, check, spelling),
  }))
  return [...(definition?.checks ?? []), ...own, ...words].map((check) => ({
    kind: 'check',
    ...check,
  }))
}

function uniqueOf(
  column: string,
  unique: NamedClause | null,
  builder: ColumnBuilderFields,
  context: ReadContext,
): readonly TableWord[] {
  if (unique === null) return []
  const raw = rawNameOf(builder) ?? column
  const name = unique.name ?? context.identifier(automaticName(context.table, [raw], 'unique'))
  return [
    {
      kind: 'unique',
      unique: { name, columns: [column], deferrable: null, nullsNotDistinct: false },
    },
  ]
}

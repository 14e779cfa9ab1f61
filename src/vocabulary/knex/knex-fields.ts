/** The fields of Knex's own objects that are read here; Knex 3 has no types for them. */

/** A table builder after its callback ran. */
export interface TableBuilderFields {
  readonly _method: string
  readonly _schemaName: string | undefined
  readonly _tableName: string
  readonly _statements: readonly StatementFields[]
  readonly _single: Readonly<Record<string, unknown>>
  queryContext(): unknown
}

/** One statement of a table builder; what it holds depends on its grouping. */
export interface StatementFields {
  readonly grouping: string
  readonly method?: string
  readonly args?: readonly unknown[]
  readonly builder?: ColumnBuilderFields
}

export interface ColumnBuilderFields {
  readonly _method: string
  readonly _type: string
  readonly _args: readonly unknown[]
  readonly _modifiers: Readonly<Record<string, readonly unknown[]>>
  readonly alterNullable?: boolean
  readonly alterType?: boolean
  queryContext(): unknown
}

/** Raw SQL: `knex.raw`, `knex.ref`, `knex.fn.now()`. */
export interface RawFields {
  readonly isRawInstance: true
  toSQL(): CompiledSql
}

export interface CompiledSql {
  readonly sql: string
  readonly bindings: readonly unknown[]
}

/** Whether a value is an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is raw SQL of any Knex. */
export function isRaw(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && 'isRawInstance' in value
}

/** A value as text; null for what is none. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** The whole number in a value, as Knex reads the sizes of types: `'80'` is 80. */
export function numberOrNull(value: unknown): number | null {
  if (value === undefined || value === null) return null
  const number = typeof value === 'number' ? Math.trunc(value) : Number.parseInt(textIn(value), 10)
  return Number.isNaN(number) ? null : number
}

/** One value or a list of them, as a list; nothing is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** The texts in a value or a list, everything else made text. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).map(textIn)
}

/** A value as text; an object, which nobody means as text, as JSON. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : JSON.stringify(value)
}

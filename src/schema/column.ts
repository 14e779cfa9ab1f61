/** Columns of a table in the neutral form that models, scripts and every database share. */

/** A whole-number type; its size is the one Knex's method of that name gives on an engine. */
export type IntegerKind = 'tinyint' | 'smallint' | 'mediumint' | 'integer' | 'bigInteger'

/** An engine-neutral type: the builder method of Knex that makes it, with its arguments resolved. */
export type ColumnType =
  | { readonly kind: IntegerKind; readonly unsigned: boolean }
  /** A counting column. It is the primary key unless the table says otherwise. */
  | { readonly kind: 'increments' | 'bigIncrements' }
  | { readonly kind: 'string'; readonly length: number }
  | { readonly kind: 'text'; readonly size: 'tinytext' | 'text' | 'mediumtext' | 'longtext' }
  /** `precision: null` is Knex's `decimal(name, null)`: as many digits as the engine holds. */
  | {
      readonly kind: 'decimal'
      readonly precision: number | null
      readonly scale: number | null
      readonly unsigned: boolean
    }
  | {
      readonly kind: 'float' | 'double'
      readonly precision: number | null
      readonly scale: number | null
      readonly unsigned: boolean
    }
  | {
      readonly kind:
        'boolean' | 'date' | 'json' | 'jsonb' | 'uuid' | 'geometry' | 'geography' | 'point'
    }
  | { readonly kind: 'time'; readonly precision: number | null }
  | {
      readonly kind: 'timestamp' | 'datetime'
      readonly tz: boolean
      readonly precision: number | null
    }
  | { readonly kind: 'binary'; readonly length: number | null }
  | { readonly kind: 'bit'; readonly length: number | null }
  /** `native` names the database's own enum type; null is a check (or the engine's inline enum). */
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly native: string | null }
  | { readonly kind: 'set'; readonly values: readonly string[] }
  /** A type only the engine's own spelling can name: `citext`, `int[]`, `tsvector`. */
  | { readonly kind: 'native'; readonly text: string }

export type LiteralValue =
  | string
  | number
  | boolean
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue | null }

export type DefaultValue =
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  | { readonly kind: 'now'; readonly precision: number | null }
  | { readonly kind: 'uuid' }
  /** An expression; identifiers in it are in double quotes where they are quoted at all. */
  | { readonly kind: 'sql'; readonly text: string }

export interface Generated {
  readonly sql: string
  readonly stored: boolean
}

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  readonly default: DefaultValue | null
  readonly generated: Generated | null
  /** An SQL-standard identity column: `always` refuses written values, `byDefault` takes them. */
  readonly identity: 'always' | 'byDefault' | null
  readonly collation: string | null
  readonly comment: string | null
}

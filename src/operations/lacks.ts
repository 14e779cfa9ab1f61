/** What an engine has no counterpart of, as rules that each dialect lists. */
import type { Column, ColumnType } from '../schema/column.js'
import type { Index, IndexPart, TableOptions } from '../schema/table.js'
import type { Stated } from './stated.js'

/** Something stated that an engine has no counterpart of. */
export interface Lack {
  /** What it is, as a noun that follows no article: `citext`, `partial index`. */
  readonly what: string
  /** What the engine does in its stead, as a verb phrase; null where it refuses the statement. */
  readonly instead: string | null
  /** The versions that lack it, where newer ones do not: `before 18`. */
  readonly versions?: string
}

export interface LackRule<T> {
  /** What the thing says that the engine has no counterpart of; null where it does not say it. */
  readonly what: (it: T) => string | null
  readonly instead: string | null
  readonly versions?: string
}

export type LackRules = {
  readonly [K in Stated['kind']]: readonly LackRule<Extract<Stated, { readonly kind: K }>['it']>[]
}

const NOTHING: readonly Lack[] = []

/** Types that every engine has a counterpart of, whatever their sizes. */
const COMMON_TYPES: ReadonlySet<string> = new Set<ColumnType['kind']>([
  'increments',
  'bigIncrements',
  'tinyint',
  'smallint',
  'mediumint',
  'integer',
  'bigInteger',
  'decimal',
  'float',
  'double',
  'boolean',
  'string',
  'text',
  'binary',
  'date',
  'time',
  'timestamp',
  'datetime',
  'json',
  'jsonb',
  'uuid',
])

/** Whether all engines have it, which of thousands of columns is sooner asked than each rule of each engine. */
function isEverywhere({ type, default: value, generated, identity, collation }: Column): boolean {
  const isPlain = generated === null && identity === null && collation === null
  return isPlain && value?.kind !== 'sql' && COMMON_TYPES.has(type.kind)
}

/** The question what an engine lacks of something stated, answered by its rules in their order. */
export function lacksBy(rules: LackRules): (stated: Stated) => readonly Lack[] {
  return ({ kind, it }) => {
    if (kind === 'column' && isEverywhere(it)) return NOTHING
    // The compiler does not follow that the rules of a kind are over things of that kind.
    const own = rules[kind] as readonly LackRule<typeof it>[]
    let lacks = NOTHING
    for (const rule of own) {
      const what = rule.what(it)
      if (what !== null) lacks = [...lacks, { ...rule, what }]
    }
    return lacks
  }
}

/** The word where a thing says what the word stands for. */
export function says<T>(what: string, test: (it: T) => boolean): (it: T) => string | null {
  return (it) => (test(it) ? what : null)
}

/** The words that a text of SQL holds outside of its strings and names, each as a pattern and what it is. */
export type ForeignWords = readonly (readonly [pattern: RegExp, what: string])[]

/** The first word of a foreign engine in an expression. */
export function foreignWord(sql: string, words: ForeignWords): string | null {
  if (sql === '') return null
  const bare = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "''")
  return words.find(([pattern]) => pattern.test(bare))?.[1] ?? null
}

/** The expressions of a column: its default, or what it is generated as. */
export function columnSql({ default: value, generated }: Column): string {
  return generated?.sql ?? (value?.kind === 'sql' ? value.text : '')
}

/** The expressions of an index: its parts, and which rows are in it. */
export function indexSql({ parts, where }: Index): string {
  const sql = parts.flatMap(({ on }) => ('sql' in on ? [on.sql] : []))
  return [...(where === null ? [] : [where]), ...sql].join(' , ')
}

/** What is said of the first part of an index of which something is. */
export function firstOfParts(
  { parts }: Index,
  what: (part: IndexPart) => string | null,
): string | null {
  return parts.map(what).find((said) => said !== null) ?? null
}

/** The first option of a table that an engine does not know, by its name. */
export function otherOption(options: TableOptions, known: readonly string[]): string | null {
  const other = Object.keys(options).find((name) => !known.includes(name))
  return other === undefined ? null : `option ${other}`
}

/**
 * What SQLite has no counterpart of. That it checks no types, keeps no comments and knows no sizes is
 * how it holds every column, and no lack of one; what changes which rows there can be is.
 */
import type { ForeignWords, LackRules } from '../../operations/lacks.js'
import {
  columnSql,
  firstOfParts,
  foreignWord,
  indexSql,
  lacksBy,
  otherOption,
  says,
} from '../../operations/lacks.js'
import type { Column } from '../../schema/column.js'
import type { PrimaryKey } from '../../schema/table.js'
import { isCounter } from './emit/column-definition.js'
import { isSameName } from './names.js'
import { neutralType } from './types.js'

/** https://sqlite.org/lang_expr.html has none of these. */
const SYNTAX: ForeignWords = [
  [/::/, 'cast with ::'],
  [/(?<![!<>=~])!?~\*?(?=\s*'')/, 'match with ~'],
  [/\bilike\b/i, 'ilike'],
  [/\bsimilar\s+to\b/i, 'similar to'],
  [/\barray\s*\[/i, 'array'],
  [/\binterval\b/i, 'interval'],
  [/\bisnull\s*\(/i, 'isnull'],
  [/\bon\s+update\s+(?:current_timestamp|now)\b/i, 'on update current_timestamp'],
]

/** https://sqlite.org/lang_corefunc.html has none of these; regexp only where the program defines it. */
const FUNCTIONS: ForeignWords = [
  [/\bregexp\b/i, 'regexp'],
  [/\b(?:nextval|to_tsvector|gen_random_uuid|date_trunc)\s*\(/i, 'function of PostgreSQL'],
  [/\b(?:date_format|adddate|conv|curdate|uuid)\s*\(/i, 'function of MariaDB'],
]

const FOREIGN: ForeignWords = [...SYNTAX, ...FUNCTIONS]

const RULES: LackRules = {
  table: [
    // Its attached databases are no schemas (https://sqlite.org/lang_attach.html).
    { what: says('schema', ({ name }) => name.includes('.')), instead: null },
    // https://sqlite.org/autoinc.html: only an INTEGER PRIMARY KEY counts.
    { what: ({ columns, primaryKey }) => otherCounter(columns, primaryKey), instead: null },
    {
      what: ({ options }) => otherOption(options, ['strict', 'withoutRowid']),
      instead: 'leaves it out',
    },
  ],
  column: [
    // https://sqlite.org/datatype3.html, section 3: any word can be a type, and only gives an affinity.
    // https://sqlite.org/syntax/type-name.html: nothing stands behind the sizes of a type.
    { what: (column) => attributed(nativeType(column), true), instead: null },
    {
      what: (column) => attributed(nativeType(column), false),
      instead: 'only keeps the name and takes any value',
    },
    { what: says('set', ({ type }) => type.kind === 'set'), instead: 'takes any text' },
    {
      what: says('identity', ({ identity }) => identity !== null),
      instead: 'does not count there',
    },
    // https://sqlite.org/datatype3.html, section 7: other collations must be defined by the program.
    { what: ({ collation }) => otherCollation(collation), instead: null },
    { what: (column) => foreignWord(columnSql(column), SYNTAX), instead: null },
    { what: ({ generated }) => foreignWord(generated?.sql ?? '', FUNCTIONS), instead: null },
    // It looks for the function of a default when a row takes it.
    {
      what: ({ default: value }) =>
        value?.kind === 'sql' ? foreignWord(value.text, FUNCTIONS) : null,
      instead: 'refuses the rows that need it',
    },
  ],
  columnChange: [],
  unique: [
    // https://sqlite.org/lang_createtable.html: only foreign keys can be deferred.
    {
      what: says('deferrable unique', (it) => it.deferrable !== null),
      instead: 'checks each row at once',
    },
    { what: says('nulls not distinct', (it) => it.nullsNotDistinct), instead: 'lets nulls repeat' },
  ],
  index: [
    // https://sqlite.org/lang_createindex.html
    {
      what: ({ method }) => (isOrdered(method) ? null : `${method} index`),
      instead: 'makes an ordered one',
    },
    { what: says('include', ({ include }) => include.length > 0), instead: 'leaves it out' },
    { what: says('nulls not distinct', (it) => it.nullsNotDistinct), instead: 'lets nulls repeat' },
    {
      what: says('operator class', ({ parts }) => parts.some((part) => part.opclass !== null)),
      instead: 'leaves it out',
    },
    {
      what: says('place of nulls', ({ parts }) => parts.some((part) => part.nulls !== null)),
      instead: 'leaves it out',
    },
    {
      what: says('index of a prefix', ({ parts }) => parts.some((part) => part.prefix !== null)),
      instead: 'indexes whole values',
    },
    {
      what: (index) => firstOfParts(index, (part) => otherCollation(part.collation)),
      instead: null,
    },
    {
      what: (index) => foreignWord(indexSql(index), FOREIGN),
      instead: null,
    },
  ],
  foreignKey: [],
  check: [{ what: ({ sql }) => foreignWord(sql, FOREIGN), instead: null }],
  enumChange: [{ what: () => 'change of an enum type', instead: null }],
}

/** What SQLite lacks of something stated. */
export const lacks = lacksBy(RULES)

/** Types that SQLite itself writes or has a word of ours for. */
function nativeType({ type }: Column): string | null {
  if (type.kind !== 'native' || neutralType(type.text).kind !== 'native') return null
  return /^(?:|any|real|numeric|clob|(?:n?char|nvarchar)\b.*)$/i.test(type.text.trim())
    ? null
    : type.text
}

/** The type, if it is one with words behind its sizes, or if it is not. */
function attributed(type: string | null, isIt: boolean): string | null {
  return type !== null && /\)\s*\w/.test(type) === isIt ? type : null
}

function otherCounter(columns: readonly Column[], key: PrimaryKey | null): string | null {
  const other = columns.filter(isCounter).find((column) => {
    const [only, second] = key?.columns ?? [column.name]
    return second !== undefined || only === undefined || !isSameName(only, column.name)
  })
  return other === undefined ? null : 'counter that is not the primary key'
}

function otherCollation(collation: string | null): string | null {
  const isKnown = collation === null || /^(?:binary|nocase|rtrim|default)$/i.test(collation)
  return isKnown ? null : `collation ${collation}`
}

/** `btree` is what every index is. */
function isOrdered(method: string | null): boolean {
  return method === null || /^btree$/i.test(method)
}

/** What MariaDB has no counterpart of. An enum type it has in each column that uses it. */
import type { ForeignWords, LackRules } from '../../operations/lacks.js'
import { columnSql, foreignWord, lacksBy, otherOption, says } from '../../operations/lacks.js'
import type { Column } from '../../schema/column.js'
import type { Table } from '../../schema/table.js'
import { parseType } from './parse-type.js'
import { engineOf, holdsForeignKeys } from './storage-engine.js'

/** https://mariadb.com/kb/en/operators/ and https://mariadb.com/kb/en/built-in-functions/ know none of these. */
const FOREIGN: ForeignWords = [
  [/::/, 'cast with ::'],
  [/(?<![!<>=~])!?~\*?(?=\s*'')/, 'match with ~'],
  [/\bilike\b/i, 'ilike'],
  [/\bsimilar\s+to\b/i, 'similar to'],
  [/\barray\s*\[/i, 'array'],
  [/\binterval\s*''/i, 'interval'],
  [/\bglob\b/i, 'glob'],
  [/\b(?:to_tsvector|gen_random_uuid|date_trunc)\s*\(/i, 'function of PostgreSQL'],
  [/\b(?:strftime|julianday|randomblob|typeof)\s*\(/i, 'function of SQLite'],
]

/** https://mariadb.com/kb/en/data-types/, as `parseType` spells them. */
const TYPES = new Set(
  'tinyint smallint mediumint int bigint decimal float double bit year date time datetime timestamp char varchar binary varbinary tinytext text mediumtext longtext tinyblob blob mediumblob longblob enum set json uuid inet4 inet6 geometry point linestring polygon multipoint multilinestring multipolygon geometrycollection serial'.split(
    ' ',
  ),
)

const RULES: LackRules = {
  table: [
    {
      what: ({ options }) => otherOption(options, ['engine', 'charset', 'collate', 'rowFormat']),
      instead: 'leaves it out',
    },
    { what: unkeptKey, instead: 'makes an index of it' },
  ],
  column: [
    { what: foreignType, instead: null },
    {
      what: says('identity that is always generated', ({ identity }) => identity === 'always'),
      instead: 'takes written values',
    },
    { what: ({ collation }) => foreignCollation(collation), instead: null },
    { what: (column) => foreignWord(columnSql(column), FOREIGN), instead: null },
  ],
  columnChange: [],
  unique: [
    // https://mariadb.com/kb/en/constraint/: a constraint cannot be deferred.
    {
      what: says('deferrable unique', (it) => it.deferrable !== null),
      instead: 'checks each row at once',
    },
    { what: says('nulls not distinct', (it) => it.nullsNotDistinct), instead: 'lets nulls repeat' },
  ],
  // https://mariadb.com/kb/en/create-index/
  index: [
    {
      what: says('partial unique index', ({ unique, where }) => unique && where !== null),
      instead: null,
    },
    {
      what: says('partial index', ({ unique, where }) => !unique && where !== null),
      instead: 'indexes all rows',
    },
    {
      what: says('index over an expression', ({ parts }) => parts.some(({ on }) => 'sql' in on)),
      instead: null,
    },
    {
      what: ({ method }) =>
        method === null || /^(?:btree|fulltext|spatial)$/i.test(method) ? null : `${method} index`,
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
      what: ({ parts }) => {
        const part = parts.find(({ collation }) => collation !== null)
        return part === undefined ? null : `collation ${part.collation}`
      },
      instead: 'takes that of the column',
    },
  ],
  foreignKey: [
    {
      what: says('deferrable foreign key', (it) => it.deferrable !== null),
      instead: 'checks each row at once',
    },
    // https://mariadb.com/kb/en/foreign-keys/: InnoDB does not do it.
    {
      what: says(
        'set default',
        (it) => it.onDelete === 'set default' || it.onUpdate === 'set default',
      ),
      instead: null,
    },
  ],
  check: [{ what: ({ sql }) => foreignWord(sql, FOREIGN), instead: null }],
  enumChange: [{ what: () => 'change of an enum type', instead: null }],
}

/** What MariaDB lacks of something stated. */
export const lacks = lacksBy(RULES)

/** https://mariadb.com/kb/en/foreign-keys/: other engines take the words and keep no key. */
function unkeptKey({ options, foreignKeys }: Table): string | null {
  const engine = engineOf(options)
  const isKept = engine === null || foreignKeys.length === 0 || holdsForeignKeys(engine)
  return isKept ? null : `foreign key of a ${engine} table`
}

function foreignType({ type }: Column): string | null {
  if (type.kind === 'geography') return 'geography'
  if (type.kind !== 'native') return null
  const base = parseType(type.text)?.base ?? ''
  return TYPES.has(base) ? null : type.text
}

function foreignCollation(collation: string | null): string | null {
  const isOwn =
    collation === null ||
    /^(?:binary|default|(?:utf8(?:mb[34])?|utf16(?:le)?|utf32|ucs2|latin\d|ascii|cp\d+|big5|gbk|greek|hebrew|koi8[ru]|sjis|uca1400|[a-z]+\d*)_\w*(?:ci|cs|bin)\w*)$/i.test(
      collation,
    )
  return isOwn ? null : `collation ${collation}`
}

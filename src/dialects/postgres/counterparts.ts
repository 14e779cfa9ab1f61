/** What PostgreSQL has no counterpart of. An unsigned number, the size of a text and a prefix it has in its own way. */
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
import type { ColumnChange } from '../../operations/stated.js'
import type { Column } from '../../schema/column.js'

/** https://www.postgresql.org/docs/current/functions.html knows none of these. */
const FOREIGN: ForeignWords = [
  [/\bglob\b/i, 'glob'],
  [/\b(?:regexp|rlike)\b/i, 'regexp'],
  [/\b(?:strftime|julianday|randomblob|typeof|ifnull)\s*\(/i, 'function of SQLite'],
  [
    /\b(?:date_format|adddate|unhex|conv|curdate|json_valid|isnull|if)\s*\(/i,
    'function of MariaDB',
  ],
  [/\bon\s+update\s+(?:current_timestamp|now)\b/i, 'on update current_timestamp'],
]

/** What only MariaDB, MySQL or SQLite spell as a type (https://mariadb.com/kb/en/data-types/). */
const FOREIGN_TYPE =
  /\b(?:unsigned|zerofill|compressed|auto_increment|character set|charset|on update)\b|^(?:year|tinyint|mediumint|int3|datetime|double(?! precision)|tiny(?:text|blob)|(?:medium|long)(?:text|blob)|blob|clob|(?:var)?binary|nvarchar|enum|set|inet[46]|linestring|multi\w+|geometrycollection|any)(?![\w$])/i

const RULES: LackRules = {
  table: [{ what: ({ options }) => otherOption(options, ['inherits']), instead: 'leaves it out' }],
  column: [
    { what: foreignType, instead: null },
    // It is a type of an extension, and so are its kin.
    {
      what: says('geometry', ({ type }) => type.kind === 'geometry'),
      instead: null,
      versions: 'without PostGIS',
    },
    { what: says('set', ({ type }) => type.kind === 'set'), instead: 'takes any text' },
    // https://www.postgresql.org/docs/18/ddl-generated-columns.html
    {
      what: says('virtual column', ({ generated }) => generated?.stored === false),
      instead: null,
      versions: 'before 18',
    },
    { what: ({ collation }) => foreignCollation(collation), instead: null },
    { what: (column) => foreignWord(columnSql(column), FOREIGN), instead: null },
  ],
  columnChange: [
    // Its values are the type's; to change that is an operation of its own, which only it knows.
    {
      what: says('other values of an enum type', changesEnumType),
      instead: 'keeps the values that its type has',
    },
  ],
  unique: [],
  index: [
    // https://www.postgresql.org/docs/current/indexes-types.html: there a text is searched through gin.
    {
      what: ({ method }) =>
        /^(?:fulltext|spatial)$/i.test(method ?? '') ? `${method} index` : null,
      instead: null,
    },
    {
      what: says('index of a prefix', ({ parts }) => parts.some((part) => part.prefix !== null)),
      instead: 'indexes whole values',
    },
    {
      what: (index) => firstOfParts(index, (part) => foreignCollation(part.collation)),
      instead: null,
    },
    {
      what: (index) => foreignWord(indexSql(index), FOREIGN),
      instead: null,
    },
  ],
  foreignKey: [],
  check: [{ what: ({ sql }) => foreignWord(sql, FOREIGN), instead: null }],
  enumChange: [],
}

/** What PostgreSQL lacks of something stated. */
export const lacks = lacksBy(RULES)

function changesEnumType({ from, to }: ColumnChange): boolean {
  if (from.type.kind !== 'enum' || to.type.kind !== 'enum' || to.type.native === null) return false
  const { values } = to.type
  return (
    from.type.values.length !== values.length ||
    from.type.values.some((one, i) => one !== values[i])
  )
}

function foreignType({ type }: Column): string | null {
  return type.kind === 'native' && FOREIGN_TYPE.test(type.text.trim()) ? type.text : null
}

/** Those of other engines; its own are as many as the system has. */
function foreignCollation(collation: string | null): string | null {
  const isForeign =
    collation !== null &&
    /^(?:nocase|rtrim|binary|(?:utf8(?:mb[34])?|utf16|utf32|ucs2|latin\d|ascii|cp\d+|uca1400)_\w+)$/i.test(
      collation,
    )
  return isForeign ? `collation ${collation}` : null
}

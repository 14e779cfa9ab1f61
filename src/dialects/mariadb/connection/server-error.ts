/** What the server refuses, in words that say what to do next. Rows' values are never repeated. */
import { MigrateError } from '../../../errors.js'
import { driverError, isLost } from './driver-error.js'

interface Rule {
  /** Numbers of the server's messages (https://mariadb.com/kb/en/mariadb-error-code-reference/). */
  readonly errnos: readonly number[]
  readonly code: string
  /** Null is the server's own message. */
  readonly message: string | null
  readonly why?: string
  readonly fix: string
}

const BEFORE = 'in the script before that call.'
const COMPARE = 'Compare with `migrate-tui inspect database`, then mend the script or the database.'

const RULES: readonly Rule[] = [
  {
    errnos: [1062, 1169, 1586],
    code: 'ROWS_NOT_UNIQUE',
    message: 'Rows are not unique under a key.',
    fix: `Change or remove the duplicates first, ${BEFORE}`,
  },
  {
    errnos: [1048, 1138, 1364],
    code: 'ROWS_NULL',
    message: 'Rows hold no value in a column that may not be null.',
    fix: 'Give those rows a value first, or the column a default.',
  },
  {
    errnos: [1216, 1452],
    code: 'ROWS_ORPHANED',
    message: 'Rows break a foreign key: they point at rows that are not there.',
    fix: `Mend or remove those rows first, ${BEFORE}`,
  },
  {
    errnos: [1217, 1451, 1701, 3730],
    code: 'STILL_USED',
    message: null,
    why: 'A foreign key of another table points there.',
    fix: 'Drop that foreign key, or remove the rows that point there, first.',
  },
  {
    errnos: [1553, 1832, 1833, 1828, 1829, 1834, 3780],
    code: 'STILL_USED',
    message: null,
    why: 'A foreign key needs the column or the index as it is.',
    fix: 'Drop the foreign key first, and add it again afterwards if it is still wanted.',
  },
  {
    errnos: [4025, 3819],
    code: 'ROWS_BREAK_CHECK',
    message: 'Rows break a check.',
    fix: 'Change those rows first, or loosen the check.',
  },
  {
    errnos: [1005, 1215, 1822, 1824, 1825, 6125],
    code: 'FOREIGN_KEY_REFUSED',
    message: 'The server does not take the foreign key.',
    why: 'The two columns differ in type, sign or collation, what it points at is not there or has no unique index, or the name of the key is taken in the database.',
    fix: 'Give both columns the same type (an increments column is an unsigned integer), and the other one a unique index.',
  },
  {
    errnos: [1050, 1060, 1061, 1826, 3822],
    code: 'ALREADY_THERE',
    message: null,
    why: 'The database was changed by hand, another tool made it, or an earlier run ended half-way.',
    fix: 'Drop or rename it, or make this revision applied with `migrate-tui stamp`.',
  },
  { errnos: [1051, 1146, 1109], code: 'TABLE_MISSING', message: null, fix: COMPARE },
  { errnos: [1054, 1072], code: 'COLUMN_MISSING', message: null, fix: COMPARE },
  {
    errnos: [1091, 1176],
    code: 'OBJECT_MISSING',
    message: null,
    why: 'Another revision dropped or renamed it, or the database was changed by hand.',
    fix: COMPARE,
  },
  {
    errnos: [1265, 1366, 1292, 1411, 4038, 3140],
    code: 'VALUES_DO_NOT_CONVERT',
    message: 'Rows hold values that the column does not take.',
    why: 'They do not convert to its type, or are none of its enum.',
    fix: `Change them first, ${BEFORE}`,
  },
  {
    errnos: [4078],
    code: 'TYPES_DIFFER',
    message: null,
    fix: 'Change the column in steps of your own: a new column, its values, then the old one dropped.',
  },
  {
    errnos: [1406],
    code: 'VALUES_TOO_LONG',
    message: 'Rows hold values that are too long for the column.',
    fix: `Shorten them first, ${BEFORE}`,
  },
  {
    errnos: [1264, 1690],
    code: 'VALUES_OUT_OF_RANGE',
    message: 'Rows hold numbers that are too large for the column.',
    fix: `Change them first, ${BEFORE}`,
  },
  {
    errnos: [1205],
    code: 'LOCK_TIMEOUT',
    message: 'Another session holds a table or a row that this statement needs.',
    why: 'It did not let go within the lock timeout.',
    fix: 'Run again when it is done (`show processlist` names it), or wait longer with --lock-timeout.',
  },
  {
    errnos: [1213],
    code: 'DEADLOCK',
    message: 'Another session and this one waited for each other.',
    fix: 'Run again when the application is quieter.',
  },
  {
    errnos: [1969, 3024, 1317],
    code: 'STATEMENT_TIMEOUT',
    message: 'The statement was stopped before it was done.',
    why: 'It took longer than the statement timeout, or somebody stopped it.',
    fix: 'Set a larger statementTimeout in the configuration, or split the work.',
  },
  {
    errnos: [1044, 1045, 1142, 1143, 1227, 1370, 1419],
    code: 'NOT_ALLOWED',
    message: null,
    why: 'The user of this connection lacks the right.',
    fix: 'Grant it, or connect as a user who has it.',
  },
  {
    errnos: [1290, 1792, 1836],
    code: 'READ_ONLY',
    message: null,
    why: 'The session may only read, or the server is a replica.',
    fix: 'Connect to the primary server.',
  },
  {
    errnos: [1021, 1114],
    code: 'DISK_FULL',
    message: "The server's disk, or the space of the table, is full.",
    fix: 'Make room on the server; a change that copies a table needs its size again.',
  },
  {
    errnos: [1170],
    code: 'NOT_SUPPORTED',
    message: null,
    why: 'A text of any length cannot be a key here.',
    fix: 'Give the column a length (table.string), or index its beginning with raw SQL.',
  },
  {
    errnos: [1071, 1118, 1059, 1069, 1070, 1117],
    code: 'NOT_SUPPORTED',
    message: null,
    why: 'The engine has limits: names of 64 characters, keys of 3072 bytes, rows of 65535 bytes.',
    fix: 'Name or size it smaller.',
  },
  {
    errnos: [1075],
    code: 'NOT_SUPPORTED',
    message: null,
    why: 'A table has one column that counts, and it is a key.',
    fix: 'Change the key and the counting column in the same alterTable call.',
  },
  {
    errnos: [1115, 1273, 1253],
    code: 'OBJECT_MISSING',
    message: null,
    why: 'The server has no character set or collation of that name.',
    fix: 'Name one that it has (`show collation`), or none where the table is meant for several databases.',
  },
  {
    errnos: [4161],
    code: 'NOT_SUPPORTED',
    message: null,
    why: 'The type belongs to another database.',
    fix: 'Use a type of the table builder that every database has, or one of this server in specificType.',
  },
  {
    errnos: [1901, 1903, 3813, 3814],
    code: 'NOT_SUPPORTED',
    message: null,
    why: 'A check, a default or a computed column cannot use that: a function that answers differently each time, or a column that counts or that a foreign key changes.',
    fix: 'Write the expression without it.',
  },
  {
    errnos: [1067, 1101, 1294],
    code: 'NOT_SUPPORTED',
    message: null,
    why: 'The value does not fit the type of the column, or the column takes no default.',
    fix: 'Correct the default.',
  },
  {
    errnos: [1064, 1149],
    code: 'SQL_SYNTAX',
    message: null,
    why: 'Each statement is sent alone: several in one text are a mistake here.',
    fix: 'Correct the SQL of the expression or statement; run several one by one.',
  },
]

const BY_NUMBER = new Map(RULES.flatMap((rule) => rule.errnos.map((errno) => [errno, rule])))

/** What the driver threw, as one that a person can solve; null where it means nothing here. */
export function explain(thrown: unknown): MigrateError | null {
  if (!isLost(thrown)) return explainServerError(thrown)
  return new MigrateError('CONNECT_LOST', 1, 'The connection to the server was lost.', {
    why: `${driverError(thrown).message}.`,
    fix: 'See with `migrate-tui current` where the database stands, then run again.',
    cause: thrown,
  })
}

/** An error of the server as one that a person can solve; null where it is none of the server's. */
export function explainServerError(thrown: unknown): MigrateError | null {
  if (thrown instanceof MigrateError) return thrown
  const { errno, message } = driverError(thrown)
  if (errno === null) return null
  const rule = BY_NUMBER.get(errno)
  const details = { errno }
  if (rule === undefined) {
    return new MigrateError('SERVER_REFUSED', 1, sentence(message), {
      why: `The server refused with the number ${errno}.`,
      fix: 'Correct what the message names, and run again.',
      details,
      cause: thrown,
    })
  }
  return new MigrateError(rule.code, 1, rule.message ?? sentence(message), {
    ...(rule.why === undefined ? {} : { why: rule.why }),
    fix: rule.fix,
    details: { ...details, ...namesIn(message) },
    cause: thrown,
  })
}

/** The names of objects in a message; of a message about rows, which repeats values, only a key's. */
function namesIn(message: string): Readonly<Record<string, string>> {
  const key = /for key '([^']+)'/.exec(message)?.[1] ?? /CONSTRAINT `([^`]+)`/.exec(message)?.[1]
  const column = /(?:column|field) [`']([^`']+)[`']/i.exec(message)?.[1]
  return { ...(key === undefined ? {} : { key }), ...(column === undefined ? {} : { column }) }
}

function sentence(text: string): string {
  const [first = '', ...rest] = text
  const whole = first.toUpperCase() + rest.join('')
  return whole.endsWith('.') ? whole : `${whole}.`
}

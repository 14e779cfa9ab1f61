/** What to say of the server's codes (manual, appendix A). */

/** The fields of an error message of the protocol (manual, 55.8) as the driver hands them on. */
export interface ServerFields {
  readonly code: string
  readonly message: string
  readonly table: string | null
  readonly column: string | null
  readonly constraint: string | null
  readonly hint: string | null
  /** More of what happened; it may repeat values of rows. */
  readonly detail: string | null
}

/** What to say of a code. */
export interface Rule {
  readonly code: string
  readonly message: (fields: ServerFields) => string
  readonly why?: (fields: ServerFields) => string | null
  readonly fix: string
}

/** The objects that a detail names: only for codes whose details hold no values of rows. */
const namedIn = ({ detail }: ServerFields): string | null =>
  detail === null ? null : sentence(detail.replaceAll(/\s*\n\s*/g, '; '))

const on = ({ table }: ServerFields): string => table ?? 'a table'

/** By SQLSTATE (manual, appendix A). */
const RULES: Readonly<Record<string, Rule>> = {
  '23505': {
    code: 'ROWS_NOT_UNIQUE',
    message: (f) => `Rows of ${on(f)} are not unique under ${f.constraint ?? 'the new key'}.`,
    fix: 'Change or remove the duplicates first, in the script before that call.',
  },
  '23502': {
    code: 'ROWS_NULL',
    message: (f) =>
      `Rows of ${on(f)} hold no value in ${f.column ?? 'a column'}, which may not be null.`,
    fix: 'Give those rows a value first, or the column a default.',
  },
  '23503': {
    code: 'ROWS_ORPHANED',
    message: (f) => `Rows of ${on(f)} break the foreign key ${f.constraint ?? ''}`.trim() + '.',
    why: () => 'They point at rows that are not there, or rows that go are still pointed at.',
    fix: 'Mend or remove those rows first, in the script before that call.',
  },
  '23514': {
    code: 'ROWS_BREAK_CHECK',
    message: (f) => `Rows of ${on(f)} break the check ${f.constraint ?? ''}`.trim() + '.',
    fix: 'Change those rows first, or loosen the check.',
  },
  '23P01': {
    code: 'ROWS_EXCLUDED',
    message: (f) =>
      `Rows of ${on(f)} break the exclusion constraint ${f.constraint ?? ''}`.trim() + '.',
    fix: 'Change or remove those rows first.',
  },
  '42P07': {
    code: 'ALREADY_THERE',
    message: (f) => sentence(f.message),
    why: () =>
      'The database was changed by hand, another tool made it, or a create index concurrently that failed left it invalid.',
    fix: 'Drop or rename it, or make this revision applied with `migrate-tui stamp` where it is whole.',
  },
  '42P01': {
    code: 'TABLE_MISSING',
    message: (f) => sentence(f.message),
    fix: 'Compare with `migrate-tui inspect database`, then mend the script or the database.',
  },
  '42703': {
    code: 'COLUMN_MISSING',
    message: (f) => sentence(f.message),
    fix: 'Correct the name; a name with capitals needs double quotes in SQL.',
  },
  '42704': {
    code: 'OBJECT_MISSING',
    message: (f) => sentence(f.message),
    why: () => 'A type, a collation or an index of that name is not on the search path.',
    fix: 'Correct the name, or create it first (a type of an extension: `create extension …`).',
  },
  '42883': {
    code: 'FUNCTION_MISSING',
    message: (f) => sentence(f.message),
    fix: 'Correct the expression, or add a cast to the types that the function takes.',
  },
  '42804': {
    code: 'TYPES_DIFFER',
    message: (f) => sentence(f.message),
    fix: 'Change the column in steps of your own: a new column, its values, then the old one dropped.',
  },
  '42601': {
    code: 'SQL_SYNTAX',
    message: (f) => sentence(f.message),
    fix: 'Correct the SQL of the expression or statement.',
  },
  '42501': {
    code: 'NOT_ALLOWED',
    message: (f) => sentence(f.message),
    why: () => 'The user of this connection lacks the right.',
    fix: 'Grant it, or connect as the owner of the tables.',
  },
  '55P03': {
    code: 'LOCK_TIMEOUT',
    message: (f) => `Another session holds ${f.table ?? 'a table'} that this statement needs.`,
    why: () => 'It did not let go within the lock timeout.',
    fix: 'Run again when it is done, or wait longer with --lock-timeout.',
  },
  '40P01': {
    code: 'DEADLOCK',
    message: () => 'Another session and this one waited for each other.',
    fix: 'Run again when the application is quieter.',
  },
  '57014': {
    code: 'STATEMENT_TIMEOUT',
    message: () => 'The statement was cancelled before it was done.',
    why: () => 'It took longer than the statement timeout, or somebody cancelled it.',
    fix: 'Set a larger statementTimeout in the configuration, or split the work.',
  },
  '53100': {
    code: 'DISK_FULL',
    message: () => "The server's disk is full.",
    fix: 'Make room on the server; a change that rewrites a table needs its size again.',
  },
  '53200': {
    code: 'SERVER_MEMORY',
    message: (f) => sentence(f.message),
    why: () => 'Too many objects are locked in one transaction, or the server is short of memory.',
    fix: 'Split the revision, or raise max_locks_per_transaction on the server.',
  },
  '2BP01': {
    code: 'STILL_USED',
    message: (f) => sentence(f.message),
    why: (f) => namedIn(f) ?? 'Views, foreign keys or defaults elsewhere depend on it.',
    fix: 'Drop what depends on it first, in the script before that call.',
  },
  '0A000': {
    code: 'NOT_SUPPORTED',
    message: (f) => sentence(f.message),
    why: namedIn,
    fix: 'Make the change in steps that the server knows, in a script of your own.',
  },
  '22001': {
    code: 'VALUES_TOO_LONG',
    message: () => 'Rows hold values that are too long for the column.',
    fix: 'Shorten them first, in the script before that call.',
  },
  '22003': {
    code: 'VALUES_OUT_OF_RANGE',
    message: () => 'Rows hold numbers that are too large for the column.',
    fix: 'Change them first, in the script before that call.',
  },
  '22P02': {
    code: 'VALUES_DO_NOT_CONVERT',
    message: () => 'Rows hold values that do not convert to the new type.',
    fix: 'Change them first, in the script before that call.',
  },
  '55P04': {
    code: 'ENUM_VALUE_TOO_NEW',
    message: () => 'A value was added to an enum and used in the same transaction.',
    why: () =>
      'The server allows its use only after the transaction that added it (manual, ALTER TYPE).',
    fix: 'Use it in a revision of its own, after the one that adds it.',
  },
  '25001': {
    code: 'NOT_IN_TRANSACTION',
    message: (f) => sentence(f.message),
    fix: 'Give the script `export const config = { transaction: false }`.',
  },
  '25006': {
    code: 'READ_ONLY',
    message: (f) => sentence(f.message),
    why: () => 'The session may only read, or the server is a standby.',
    fix: 'Connect to the primary server, or as a user and to a database whose default_transaction_read_only is off.',
  },
}

/** The same words for codes that mean the same here. */
const ALIASES: Readonly<Record<string, string>> = {
  '42710': '42P07',
  '42P06': '42P07',
  '42701': '42P07',
  '42P16': '0A000',
  '42846': '42804',
  '3F000': '42P01',
  '22007': '22P02',
  '22008': '22003',
  '22023': '22P02',
  '53300': '53200',
}

/** The words for a code of the server; undefined where it has none of its own. */
export function ruleFor(code: string): Rule | undefined {
  return RULES[ALIASES[code] ?? code]
}

/** A message of the server as a sentence. */
export function sentence(text: string): string {
  const [first = '', ...rest] = text
  const whole = first.toUpperCase() + rest.join('')
  return whole.endsWith('.') ? whole : `${whole}.`
}

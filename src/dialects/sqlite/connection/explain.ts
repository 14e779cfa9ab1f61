/** What a driver threw, as a problem that a person can solve. */
import { MigrateError, messageOf } from '../../../errors.js'

interface Known {
  readonly code: string
  readonly message: string
  readonly why?: string
  readonly fix: string
}

/** By SQLite's result code (https://sqlite.org/rescode.html), the extended ones under their first word. */
const KNOWN: Readonly<Record<string, Known>> = {
  BUSY: {
    code: 'DATABASE_LOCKED',
    message: 'Another process is writing to the database.',
    // Every command reads, and only those that run revisions have an option for it.
    fix: 'Wait for it or end it, then run the command again; `lockTimeout` of the configuration makes every command wait longer.',
  },
  LOCKED: {
    code: 'DATABASE_LOCKED',
    message: 'Another connection of this process holds the table.',
    fix: 'Inside a script use only the knex that it was given, then run the command again.',
  },
  NOTADB: {
    code: 'CONNECT_NOT_A_DATABASE',
    message: 'The file is not a SQLite database.',
    why: 'It is another kind of file, or it is encrypted.',
    fix: 'Look at connection.filename in the Knex configuration.',
  },
  FULL: {
    code: 'DISK_FULL',
    message: 'The disk, or the limit set for the database, is full.',
    fix: 'Make room (a rebuild needs as much as the table and its indexes), then run the command again.',
  },
  CORRUPT: {
    code: 'DATABASE_CORRUPT',
    message: 'The database file is damaged.',
    why: 'A write went wrong outside of SQLite: a copy made while it was in use, a disk, a deleted journal.',
    fix: 'Stop every writer, put a copy of the database back in its place, or try `sqlite3 <file> .recover`.',
  },
  READONLY: {
    code: 'DATABASE_READ_ONLY',
    message: 'The database cannot be written.',
    why: 'The file or its folder is write-protected, or it was opened to read only.',
    fix: 'Give this user the right to write to the file and to its folder, then run the command again.',
  },
  CANTOPEN: {
    code: 'CONNECT_FAILED',
    message: 'The database file cannot be opened.',
    why: 'SQLite also needs to make a journal beside it.',
    fix: 'Look at the path and at the rights on the file and on its folder.',
  },
  PERM: {
    code: 'CONNECT_NO_PERMISSION',
    message: 'The database file may not be used.',
    fix: 'Give this user the right to read and write it.',
  },
  IOERR: {
    code: 'DATABASE_IO',
    message: 'Reading or writing the database file failed.',
    why: 'The disk or the network file system reported an error.',
    fix: 'Look at the disk; SQLite is not safe on network file systems.',
  },
  MISMATCH: {
    code: 'ROWS_VIOLATE',
    message: 'A row has a value that an integer primary key cannot hold.',
    why: 'A column of type integer that is the primary key takes whole numbers and nothing else.',
    fix: 'Change these rows before, in the script.',
  },
}

/** What else is known of the failure. */
export interface Circumstances {
  /** The statement that failed. */
  readonly sql?: string
  /** The database's file. */
  readonly path?: string | null
  readonly state?: string
}

/** The problem behind what a driver threw; what is a MigrateError already stays itself. */
export function explain(thrown: unknown, known: Circumstances = {}): MigrateError {
  if (thrown instanceof MigrateError) return thrown
  const text = plainMessage(thrown)
  const found = KNOWN[resultCode(thrown)]
  const details = {
    ...(known.sql === undefined ? {} : { sql: known.sql }),
    ...(known.path == null ? {} : { path: known.path }),
    sqlite: text,
  }
  const more = {
    details,
    cause: thrown,
    ...(known.state === undefined ? {} : { state: known.state }),
  }
  if (found !== undefined) {
    const where = known.path == null ? '' : ` (${known.path})`
    return new MigrateError(found.code, 1, `${found.message}${where}`, {
      why: found.why ?? `SQLite said: ${text}.`,
      fix: found.fix,
      ...more,
    })
  }
  const missing = /^no such (function|collation sequence): (.+)$/.exec(text)
  if (missing !== null) {
    const [, what = '', name = ''] = missing
    return new MigrateError('SQLITE_MISSING_FUNCTION', 1, `SQLite has no ${what} ${name} here.`, {
      why: 'The application defines it on its own connections only.',
      fix: `Do without it, or leave the tables that use ${name} to the application.`,
      ...more,
    })
  }
  const broken = /^error in (view|trigger) (.+?)(?: after \w+(?: column)?)?: (.+)$/s.exec(text)
  if (broken !== null) {
    const [, kind = '', name = '', problem = ''] = broken
    return new MigrateError(
      'SQLITE_BROKEN_OBJECT',
      1,
      `The ${kind} ${name} does not work: ${problem}.`,
      {
        why: 'SQLite alters no table while a view or a trigger of the database names what is not there.',
        fix: `Drop the ${kind} ${name} before, and make it again afterwards if it is still wanted.`,
        ...more,
      },
    )
  }
  return new MigrateError('STATEMENT_FAILED', 1, `SQLite refused a statement: ${text}`, {
    fix: 'Mend the statement, or what it names, and run again.',
    ...more,
  })
}

/** The message without the code that the sqlite3 driver puts before it. */
export function plainMessage(thrown: unknown): string {
  return messageOf(thrown).replace(/^SQLITE_[A-Z_]+: /, '')
}

/** `BUSY` for SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT and their kin; empty where it is no error of SQLite. */
export function resultCode(thrown: unknown): string {
  const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : null
  return typeof code === 'string' ? (/^SQLITE_([A-Z]+)/.exec(code)?.[1] ?? '') : ''
}

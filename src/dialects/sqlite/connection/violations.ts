/** Rows that stand in the way of a change: how many, after the statement that they stopped. */
import { MigrateError } from '../../../errors.js'
import { readCreateIndex } from '../text/create-index-text.js'
import { readCreateTable } from '../text/create-table-text.js'
import { isSameExpression } from '../enum-check.js'
import { plainMessage, resultCode } from './explain.js'
import type { KeyPart } from '../text/key-parts.js'
import { isSameName, quote, quoteText } from '../names.js'
import type { Reader } from '../text/reader.js'
import {
  UnreadableText,
  isDone,
  readerOf,
  take,
  takeName,
  takeParentheses,
  takeSign,
  takeWords,
} from '../text/reader.js'
import type { Session } from './session.js'
import { checksOf } from '../catalog/table-parts.js'
import { nameOf, tokensOf } from '../text/tokens.js'

/** What was asked of which rows. */
interface Violation {
  readonly table: string
  /** What the rows do, in words: `have no value in age`. */
  readonly what: string
  readonly fix: string
  /** Counts the rows in the way; null where there is no way to. */
  readonly count: string | null
}

/**
 * The error of a statement that rows of the table stopped, with their number; null for any other.
 * It looks at the database as the failed statement left it.
 */
export async function explainViolation(
  session: Session,
  sql: string,
  thrown: unknown,
): Promise<MigrateError | null> {
  const message = plainMessage(thrown)
  const isViolation =
    resultCode(thrown) === 'CONSTRAINT' ||
    /^(?:Cannot add a NOT NULL column|CHECK constraint failed|cannot store)/.test(message)
  const found = isViolation ? await readViolation(session, sql, message) : null
  if (found === null) return null
  const rows = found.count === null ? null : await countRows(session, found.count)
  const number = rows === null ? 'Rows' : rows === 1 ? '1 row' : `${rows} rows`
  const verb =
    rows === 1 ? found.what.replace(/^have /, 'has ').replace(/^break /, 'breaks ') : found.what
  return new MigrateError('ROWS_VIOLATE', 1, `${number} of ${found.table} ${verb}.`, {
    why: `SQLite said: ${message}.`,
    fix: found.fix,
    details: { table: found.table, rows, sql },
    cause: thrown,
  })
}

async function readViolation(
  session: Session,
  sql: string,
  message: string,
): Promise<Violation | null> {
  try {
    const reader = readerOf(sql)
    if (takeWords(reader, 'create', 'unique', 'index')) return ofUniqueIndex(sql)
    if (takeWords(reader, 'alter', 'table')) return ofAlter(reader)
    if (takeWords(reader, 'insert', 'or', 'abort') && takeWords(reader, 'into'))
      return await ofCopy(session, reader, message)
    return null
  } catch (thrown) {
    if (thrown instanceof UnreadableText) return null
    throw thrown
  }
}

function ofUniqueIndex(sql: string): Violation {
  const reader = readerOf(sql)
  while (!takeWords(reader, 'on')) take(reader)
  const { parts, where } = readCreateIndex(sql)
  return duplicates(takeName(reader), parts, where)
}

function ofAlter(reader: Reader): Violation | null {
  const table = takeName(reader)
  if (takeWords(reader, 'add', 'constraint')) {
    const name = takeName(reader)
    if (takeWords(reader, 'check')) return brokenCheck(table, name, takeParentheses(reader))
  }
  if (takeWords(reader, 'add', 'column')) {
    const column = takeName(reader)
    return {
      table,
      what: `have no value for the new column ${column}, which may not be null or breaks its check`,
      fix: `Give ${column} a default, or add it nullable, fill it, and make it NOT NULL then.`,
      count: `select count(*) as n from ${quote(table)}`,
    }
  }
  if (takeWords(reader, 'alter', 'column')) {
    const column = takeName(reader)
    return noValue(table, column, `${quote(column)} is null`)
  }
  return null
}

/** Of `insert or abort into new (…) select … from old`, by which a rebuild copies the rows. */
async function ofCopy(
  session: Session,
  reader: Reader,
  message: string,
): Promise<Violation | null> {
  const target = takeName(reader)
  const columns = namesInParentheses(reader)
  if (!takeWords(reader, 'select')) return null
  while (!takeWords(reader, 'from')) take(reader)
  const table = takeName(reader)
  const failed = /^([A-Za-z ]+) constraint failed: ([\s\S]+)$/.exec(message)
  const about = failed?.[2] ?? ''
  const named = about.split(', ').map((name) => name.slice(name.lastIndexOf('.') + 1))
  const copies = (name: string): boolean => columns.some((each) => isSameName(each, name))
  switch (failed?.[1]) {
    case 'NOT NULL': {
      const column = about.slice(target.length + 1)
      return noValue(table, column, copies(column) ? `${quote(column)} is null` : 'true')
    }
    case 'UNIQUE':
      return duplicates(
        table,
        named.map((column) => ({ on: { column }, collation: null, order: 'asc' })),
        null,
      )
    case 'CHECK': {
      const rows = await session.all(
        `select sql from sqlite_master where type = 'table' and name = ${quoteText(target)}`,
        [],
      )
      const text = readCreateTable(String(rows[0]?.sql))
      const checks = checksOf(target, text)
      const check =
        checks.find((each) => isSameName(each.name, about) || isSameExpression(each.sql, about)) ??
        checks.find((each) => unquotedStart(each.sql) === about)
      if (check?.enumOf != null) return notInEnum(table, check.enumOf)
      return brokenCheck(table, about, check?.sql ?? null)
    }
    default:
      return {
        table,
        what: 'have values that do not fit the new type',
        fix: 'Change these values in the script before the type changes.',
        count: null,
      }
  }
}

function noValue(table: string, column: string, where: string): Violation {
  return {
    table,
    what: `have no value in ${column}, which is to be NOT NULL`,
    fix: `Give them one in the script before: knex('${table}').whereNull('${column}').update(…).`,
    count: `select count(*) as n from ${quote(table)} where ${where}`,
  }
}

function brokenCheck(table: string, name: string, sql: string | null): Violation {
  return {
    table,
    what: `break the check ${name}`,
    fix: 'Change these rows in the script before the check is added.',
    count: sql === null ? null : `select count(*) as n from ${quote(table)} where not (${sql})`,
  }
}

function notInEnum(
  table: string,
  { column, values }: { readonly column: string; readonly values: readonly string[] },
): Violation {
  const list = values.map(quoteText).join(', ')
  return {
    table,
    what: `have a value in ${column} that is none of ${list}`,
    fix: 'Change these values in the script before, or allow them.',
    count: `select count(*) as n from ${quote(table)} where ${quote(column)} not in (${list})`,
  }
}

/** SQLite takes the quotes off an unnamed check's text, and with them all that follows. */
function unquotedStart(sql: string): string | null {
  const [first] = tokensOf(sql)
  return first?.kind === 'quoted' ? nameOf(first) : null
}

function duplicates(table: string, parts: readonly KeyPart[], where: string | null): Violation {
  const texts = parts.map((part) => {
    const on = 'column' in part.on ? quote(part.on.column) : part.on.sql
    return part.collation === null ? on : `${on} collate ${quote(part.collation)}`
  })
  const present = texts.map((text) => `(${text}) is not null`)
  const conditions = [...present, ...(where === null ? [] : [`(${where})`])].join(' and ')
  const groups = `select count(*) as size from ${quote(table)} where ${conditions} group by ${texts.join(', ')}`
  const named = parts.map((part) => ('column' in part.on ? part.on.column : part.on.sql)).join(', ')
  return {
    table,
    what: `have the same ${named} as another row, which is to be unique`,
    fix: 'Change or merge these rows in the script before.',
    count: `select coalesce(sum(size - 1), 0) as n from (${groups}) where size > 1`,
  }
}

/** Null where the count itself fails: the error that it explains must not be lost. */
async function countRows(session: Session, sql: string): Promise<number | null> {
  try {
    const [row] = await session.all(sql, [])
    const rows = Number(row?.n)
    return Number.isInteger(rows) && rows > 0 ? rows : null
  } catch {
    return null
  }
}

function namesInParentheses(reader: Reader): readonly string[] {
  const inner = readerOf(takeParentheses(reader))
  const names: string[] = []
  while (!isDone(inner)) {
    names.push(takeName(inner))
    takeSign(inner, ',')
  }
  return names
}

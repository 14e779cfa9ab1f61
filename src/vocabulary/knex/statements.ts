/** Statements that are no schema calls: what they read, and how they look with their values written in. */
import type { RawStatement } from '../call.js'
import type { KnexDialect } from './knex-dialect.js'
import { piecesOf, solidPieces, statementsIn, textOf } from '../sql-text.js'

/** A statement of Knex's as it is told to others; its text is made when somebody asks for it. */
export function rawStatement(
  { sql, bindings }: { readonly sql: string; readonly bindings: readonly unknown[] },
  dialect: KnexDialect,
  timezone: string,
): RawStatement {
  let text: string | null = null
  return {
    sql,
    bindings,
    reads: onlyReads(sql, dialect),
    spelling: dialect.spelling,
    get text() {
      text ??= formatStatement(sql, bindings, { dialect, timezone })
      return text
    },
  }
}

/** How values are written for one client. */
export interface StatementFormat {
  readonly dialect: KnexDialect
  /** MySQL's driver sends dates in it: `local`, `Z` or `+02:00`. */
  readonly timezone: string
}

/** SQL with its bindings written in, as offline SQL prints it; without a semicolon at the end. */
export function formatStatement(
  sql: string,
  bindings: readonly unknown[],
  { dialect, timezone }: StatementFormat,
): string {
  let used = 0
  const fill = (part: string): string =>
    part.replace(/\\?\?/g, (sign) => {
      if (sign === '\\?') return '?'
      return used === bindings.length ? sign : dialect.literal(bindings[used++], timezone)
    })
  const filled = dialect.seesQuotes ? fillOutsideQuotes(sql, dialect, fill) : fill(sql)
  return filled.replace(/;\s*$/, '')
}

function fillOutsideQuotes(
  sql: string,
  dialect: KnexDialect,
  fill: (part: string) => string,
): string {
  if (!/['"`]/.test(sql)) return fill(sql)
  const parts: string[] = []
  let open = ''
  for (const piece of piecesOf(sql, dialect.spelling)) {
    if (piece.kind === 'string' || piece.kind === 'name') {
      parts.push(fill(open), piece.text)
      open = ''
    } else {
      open += piece.text
    }
  }
  return parts.join('') + fill(open)
}

/** Whether what is sent changes nothing, neither data nor structure: none of its statements does. */
export function onlyReads(sql: string, dialect: KnexDialect): boolean {
  if (!/;\s*\S/.test(sql)) return readsOnly(sql, dialect)
  const statements = statementsIn(piecesOf(sql, dialect.spelling))
  return statements.every((pieces) => readsOnly(textOf(pieces), dialect))
}

function readsOnly(sql: string, dialect: KnexDialect): boolean {
  const start = sql.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()+/, '')
  const word = /^[a-z]+/i.exec(start)?.[0].toLowerCase()
  switch (word) {
    case 'show':
    case 'describe':
    case 'desc':
    case 'values':
      return true
    case 'select':
      return !words(start, dialect).includes('into')
    case 'with':
      return !words(start, dialect).some((each) => WRITES.has(each))
    case 'explain':
      return !/^explain\s*\(?\s*analy[sz]e/i.test(start) || readsOnly(explained(start), dialect)
    case 'pragma':
      return /^pragma\s+(?:\w+\.)?(?:\w+$|\w+(?:_x?info|_list|_check)\b)/i.test(
        start.replace(/;?\s*$/, ''),
      )
    default:
      return false
  }
}

const WRITES = new Set(['insert', 'update', 'delete', 'merge', 'replace', 'into'])

function words(sql: string, dialect: KnexDialect): readonly string[] {
  return solidPieces(piecesOf(sql, dialect.spelling)).flatMap((piece) =>
    piece.kind === 'word' ? [piece.text.toLowerCase()] : [],
  )
}

function explained(sql: string): string {
  return sql.replace(/^explain\s*(?:\([^)]*\)|analy[sz]e)?\s*(?:verbose)?\s*/i, '')
}

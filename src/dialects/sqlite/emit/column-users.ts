/** Which views, triggers and other tables' keys use a column. */
import type { Connection } from '../../connection.js'
import type { CatalogRow } from '../catalog/catalog.js'
import { plainMessage } from '../connection/explain.js'
import { viewsAndTriggers } from '../catalog/known-schema.js'
import { fold, isSameName, quote } from '../names.js'
import type { Session } from '../connection/session.js'
import { openBeside } from '../connection/session.js'
import { copyInto } from '../connection/shadow.js'
import { primaryKeyOf, uniquesOf } from '../catalog/table-parts.js'
import type { TableState } from './table-state.js'
import { nameOf, tokensOf } from '../text/tokens.js'

/** Each in full: `view adults`, `trigger log_users`, `foreign key of orders (user_id)`. */
export async function columnUsers(
  connection: Connection,
  state: TableState,
  column: string,
): Promise<readonly string[]> {
  const candidates = (await viewsAndTriggers(connection)).filter((row) =>
    mentions(row.sql ?? '', column),
  )
  const programs =
    candidates.length === 0 ? [] : await programUsers(connection, state.name, column, candidates)
  return [...programs, ...(await referencing(connection, state, column))]
}

function mentions(sql: string, column: string): boolean {
  const name = fold(column)
  return tokensOf(sql).some(
    (token) =>
      token.kind !== 'sign' &&
      token.kind !== 'number' &&
      token.kind !== 'blob' &&
      fold(nameOf(token)) === name,
  )
}

/**
 * Asks SQLite itself: in a copy of the structure the column is renamed, and what that rewrites, or
 * breaks, names the column.
 */
async function programUsers(
  connection: Connection,
  table: string,
  column: string,
  candidates: readonly CatalogRow[],
): Promise<readonly string[]> {
  const session = await openBeside(connection, ':memory:')
  try {
    await copyInto(session, connection)
    const broken = await renameThrough(session, table, column)
    const texts = new Map(
      (await session.all(`select type, name, sql from sqlite_master`, [])).map((row) => [
        `${String(row.type)} ${String(row.name)}`,
        row.sql,
      ]),
    )
    const rewritten = candidates
      .map((row) => ({ what: `${row.type} ${row.name}`, sql: row.sql }))
      .filter(({ what, sql }) => texts.has(what) && texts.get(what) !== sql)
      .map(({ what }) => what)
    return [...broken, ...rewritten]
  } finally {
    await session.close()
  }
}

/** Renames; views and triggers that stop it are dropped in the copy. Those that it breaks come back. */
async function renameThrough(
  session: Session,
  table: string,
  column: string,
): Promise<readonly string[]> {
  const broken: string[] = []
  for (;;) {
    try {
      const [from, to] = [quote(column), quote('migrate_tui_probe')]
      await session.run(`alter table ${quote(table)} rename column ${from} to ${to}`, [])
      return broken
    } catch (thrown) {
      const problem = /^error in (view|trigger) ([\s\S]+?)( after rename)?: /.exec(
        plainMessage(thrown),
      )
      if (problem === null) throw thrown
      const [, kind = '', name = '', after] = problem
      if (after !== undefined) broken.push(`${kind} ${name}`)
      await session.run(`drop ${kind} ${quote(name)}`, [])
    }
  }
}

/** Keys of other tables that reference the column; only a unique column can be referenced. */
async function referencing(
  connection: Connection,
  state: TableState,
  column: string,
): Promise<readonly string[]> {
  const key = primaryKeyOf(state.text)?.columns ?? []
  const unique = [
    ...key,
    ...uniquesOf(state.name, state.text).flatMap((each) => each.columns),
    ...state.indexes.flatMap((index) =>
      index.text.unique
        ? index.text.parts.flatMap((part) => ('column' in part.on ? [part.on.column] : []))
        : [],
    ),
  ]
  if (!unique.some((name) => isSameName(name, column))) return []
  const rows = await connection.query(
    `select m.name as child, f."from" as source, f."to" as target from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' and f."table" = ? collate nocase and m.name <> ? collate nocase`,
    [state.name, state.name],
  )
  return rows
    .filter((row) => {
      const target = row.target
      return typeof target === 'string'
        ? isSameName(target, column)
        : key.some((name) => isSameName(name, column))
    })
    .map((row) => `foreign key of ${String(row.child)} (${String(row.source)})`)
}

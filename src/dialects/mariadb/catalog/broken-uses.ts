/** Views and triggers that stand on when what they use is dropped or renamed, and fail from then on. */
import type { Operation } from '../../../operations/operation.js'
import type { TableName } from '../../../schema/table.js'
import type { Connection } from '../../connection.js'
import type { BrokenUse } from '../../dialect.js'
import { text } from '../connection/server.js'
import { solidTokens, type Token, unquoted } from '../expression/tokens.js'
import { splitTable } from '../quote.js'

const VIEWS = `select table_schema as db, table_name as name, view_definition as definition
  from information_schema.views where table_schema = database() order by table_name`

const TRIGGERS = `select trigger_name as name, event_object_table as tbl, action_statement as body
  from information_schema.triggers where trigger_schema = database() order by trigger_name`

/** What operations take from a name: a table, or a column of one. */
interface Taken {
  readonly table: TableName
  readonly column: string | null
}

/**
 * The views and triggers that name what operations drop or rename, in the order of the operations. The
 * server refuses none of them, and does not rewrite what names the old one.
 */
export async function breaks(
  connection: Connection,
  operations: readonly Operation[],
): Promise<readonly BrokenUse[]> {
  const taken = takenBy(operations)
  if (taken.length === 0) return []
  const [views, triggers] = await Promise.all([connection.query(VIEWS), connection.query(TRIGGERS)])
  const users = [
    ...views.map((row) => ({
      name: `view ${text(row, 'name')}`,
      uses: viewUses(text(row, 'definition'), text(row, 'db')),
    })),
    ...triggers.map((row) => ({
      name: `trigger ${text(row, 'name')}`,
      uses: triggerUses(text(row, 'body'), text(row, 'tbl')),
    })),
  ]
  return taken.flatMap(({ table, column }) => {
    const object = column === null ? table : `${table}.${column}`
    const found = users.filter(({ uses }) => uses(splitTable(table).name, column))
    return found.map(({ name }) => ({ object, user: name }))
  })
}

/** By the names that tables and columns have before the operations. */
function takenBy(operations: readonly Operation[]): readonly Taken[] {
  const origins = new Map<TableName, TableName>()
  const originOf = (table: TableName): TableName => origins.get(table) ?? table
  return operations.flatMap((operation, at): readonly Taken[] => {
    switch (operation.kind) {
      case 'dropTable':
        return [{ table: originOf(operation.table.name), column: null }]
      case 'renameTable': {
        const table = originOf(operation.from)
        origins.set(operation.to, table)
        return [{ table, column: null }]
      }
      case 'renameColumn':
        return [{ table: originOf(operation.table), column: operation.from }]
      case 'dropColumn': {
        const { table, column } = operation
        const comesBack = operations
          .slice(at + 1)
          .some(
            (later) =>
              later.kind === 'addColumn' &&
              later.table === table &&
              later.column.name === column.name,
          )
        return comesBack ? [] : [{ table: originOf(table), column: column.name }]
      }
      default:
        return []
    }
  })
}

/** Whether something names a table, or a column of it. */
type Uses = (table: string, column: string | null) => boolean

/** The server keeps a view with every name in backticks, its tables with their database. */
function viewUses(definition: string, database: string): Uses {
  const paths = pathsOf(solidTokens(definition))
  return (table, column) => {
    const names = new Set<string>()
    for (const [at, path] of paths.entries()) {
      if (!isSame(path.names, [database, table])) continue
      names.add(table.toLowerCase())
      const next = paths[at + 1]
      // A name right behind a table's is what the view calls it.
      if (next?.follows === true && next.names.length === 1)
        names.add((next.names[0] ?? '').toLowerCase())
    }
    if (column === null || names.size === 0) return names.size > 0
    return paths.some(({ names: path }) => {
      const [last, before] = path.toReversed()
      return (
        path.length > 1 && isSame([last ?? ''], [column]) && names.has((before ?? '').toLowerCase())
      )
    })
  }
}

/** A trigger is kept as it was typed: its own row's columns stand behind NEW and OLD. */
function triggerUses(body: string, own: string): Uses {
  const tokens = solidTokens(body)
  const nameAt = (at: number): string => nameOf(tokens[at]) ?? ''
  return (table, column) => {
    if (column !== null) {
      if (!isSame([own], [table])) return false
      return tokens.some(
        (_, at) =>
          /^(?:new|old)$/i.test(nameAt(at)) &&
          tokens[at + 1]?.text === '.' &&
          isSame([nameAt(at + 2)], [column]),
      )
    }
    // It goes with its own table.
    if (isSame([own], [table])) return false
    return tokens.some(
      (_, at) =>
        /^(?:into|from|join|update|table)$/i.test(tokens[at]?.text ?? '') &&
        isSame([nameAt(at + 1)], [table]),
    )
  }
}

interface Path {
  /** Names with dots between them. */
  readonly names: readonly string[]
  /** Whether nothing stands between it and the one before it. */
  readonly follows: boolean
}

function pathsOf(tokens: readonly Token[]): readonly Path[] {
  const paths: { names: string[]; follows: boolean }[] = []
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'quoted') continue
    const [before, further] = [tokens[at - 1], tokens[at - 2]]
    const isPart = before?.text === '.' && further?.kind === 'quoted'
    if (isPart) paths.at(-1)?.names.push(unquoted(token.text))
    else paths.push({ names: [unquoted(token.text)], follows: before?.kind === 'quoted' })
  }
  return paths
}

function nameOf(token: Token | undefined): string | null {
  if (token?.kind === 'quoted') return unquoted(token.text)
  return token?.kind === 'word' ? token.text : null
}

/** Names in another case may be the same, and a word too many is better than one too few. */
function isSame(some: readonly string[], others: readonly string[]): boolean {
  return (
    some.length === others.length &&
    some.every((name, at) => name.toLowerCase() === others[at]?.toLowerCase())
  )
}

/** Where in its script a failed statement is called. */
import { MigrateError } from '../../errors.js'
import type { Session } from '../session.js'

/** The same failure with the script's absolute path and, where it can be told, the line of the call. */
export function withScriptLine(thrown: unknown, { files }: Pick<Session, 'files'>): unknown {
  if (!(thrown instanceof MigrateError)) return thrown
  const { revision, sql, path } = thrown.details
  const file = typeof revision === 'string' ? files.get(revision) : undefined
  const where = file?.revision.path ?? null
  if (file === undefined || where === null) return thrown
  const statement = typeof sql === 'string' ? sql : null
  const line = lineInStack(thrown.cause, where) ?? lineOfStatement(file.text(), statement)
  const fix =
    line === null || typeof path !== 'string'
      ? thrown.fix
      : thrown.fix.replace(`${path},`, `${path}:${line},`)
  return new MigrateError(thrown.code, thrown.exit, thrown.message, {
    ...(thrown.why === null ? {} : { why: thrown.why }),
    fix,
    ...(thrown.state === null ? {} : { state: thrown.state }),
    details: { ...thrown.details, file: where, line },
    cause: thrown.cause,
  })
}

/** What the script itself threw says where. */
function lineInStack(thrown: unknown, path: string): number | null {
  if (!(thrown instanceof Error)) return null
  const frame = (thrown.stack ?? '').split('\n').find((line) => line.includes(`${path}:`))
  const line = /:(\d+):\d+\)?$/.exec(frame ?? '')?.[1]
  return line === undefined ? null : Number(line)
}

/**
 * The line that holds the beginning of a raw statement or, for one that a builder made, the first
 * that names its table in a call of `knex`.
 */
function lineOfStatement(text: string, sql: string | null): number | null {
  if (sql === null) return null
  const lines = text.split('\n')
  const begun = sql.split('\n')[0]?.trim().slice(0, 40) ?? ''
  const raw = lines.findIndex((line) => begun.length > 8 && line.includes(begun))
  if (raw !== -1) return raw + 1
  const [, table] = /(?:table|into|update|from|on)\s+[`"]?([^\s`"(]+)/i.exec(sql) ?? []
  if (table === undefined) return null
  const called = lines.findIndex(
    (line) => line.includes('knex') && new RegExp(`['"\`]${escaped(table)}['"\`]`).test(line),
  )
  return called === -1 ? null : called + 1
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

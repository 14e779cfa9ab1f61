/** What the server refuses, in words that say what to do next. Rows' values are never repeated. */
import { MigrateError, messageOf } from '../../../errors.js'
import type { ServerFields } from './server-rules.js'
import { ruleFor, sentence } from './server-rules.js'

/** An error of the server as one that a person can solve; null where it is none of the server's. */
export function explainServerError(thrown: unknown): MigrateError | null {
  if (thrown instanceof MigrateError) return thrown
  const fields = serverFields(thrown)
  if (fields === null) return null
  const rule = ruleFor(fields.code)
  const details = {
    sqlState: fields.code,
    table: fields.table,
    column: fields.column,
    constraint: fields.constraint,
  }
  if (rule === undefined) {
    return new MigrateError('SERVER_REFUSED', 1, sentence(fields.message), {
      why: `The server refused with the code ${fields.code}.`,
      fix: fields.hint ?? 'Correct what the message names, and run again.',
      details,
      cause: thrown,
    })
  }
  const why = rule.why?.(fields) ?? null
  return new MigrateError(rule.code, 1, rule.message(fields), {
    ...(why === null ? {} : { why }),
    fix: rule.fix,
    details,
    cause: thrown,
  })
}

/** The server's fields of what the driver threw; null where the server said nothing. */
export function serverFields(thrown: unknown): ServerFields | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('severity' in thrown)) return null
  const field = (name: string): string | null => {
    const value: unknown = Reflect.get(thrown, name)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const code = field('code')
  if (code === null || !/^[0-9A-Z]{5}$/.test(code)) return null
  return {
    code,
    message: messageOf(thrown),
    table: field('table'),
    column: field('column'),
    constraint: field('constraint'),
    hint: field('hint'),
    detail: field('detail'),
  }
}

/**
 * The questions about single tables, prepared once a session: a run asks them for every schema call, and
 * most of their time would go into planning them anew.
 */
import { MigrateError } from '../../../errors.js'
import type { Row } from '../../connection.js'
import { BEFORE_QUESTIONS, questionsAbout, tableParameters } from './catalog.js'
import type { PostgresConnection } from '../connection/session.js'
import type { SplitName } from '../names.js'
import { readConsistently } from './read-consistently.js'
import { nodeCrypto } from '../../../node-crypto.js'

/** Sessions in which the questions are prepared. */
const prepared = new WeakSet<PostgresConnection>()

/** The answers to `BEFORE_QUESTIONS` and to each question about these tables, in order. */
export async function askAboutTables(
  connection: PostgresConnection,
  tables: readonly SplitName[],
): Promise<readonly (readonly Row[])[]> {
  const questions = questionsAbout({ kind: 'tables', tables }, connection.version).map(
    ([, sql]) => sql,
  )
  const parameters = tableParameters(tables)
  const asked = [
    ...BEFORE_QUESTIONS,
    ...questions.map((sql) => `execute ${nameOf(sql)}${takes(sql) ? parameters : ''}`),
  ]
  if (!prepared.has(connection)) await prepare(connection, questions)
  try {
    return await readConsistently(connection, asked)
  } catch (thrown) {
    if (!isForgotten(thrown)) throw thrown
    await prepare(connection, questions)
    return await readConsistently(connection, asked)
  }
}

/** Under the path that they are asked with, so that their plans stay good. */
async function prepare(
  connection: PostgresConnection,
  questions: readonly string[],
): Promise<void> {
  const names = `select name from pg_catalog.pg_prepared_statements where name like 'migrate\\_tui\\_%'`
  const there = new Set((await connection.query(names)).map((row) => row.name))
  const statements = questions
    .filter((sql) => !there.has(nameOf(sql)))
    .map((sql) => `prepare ${nameOf(sql)}${takes(sql) ? '(text[], text[])' : ''} as ${sql}`)
  await readConsistently(connection, [...BEFORE_QUESTIONS, ...statements])
  prepared.add(connection)
}

function takes(sql: string): boolean {
  return sql.includes('$1')
}

const names = new Map<string, string>()

/** By its text: another version of the tool may have used a pooled session before. */
function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = `migrate_tui_${nodeCrypto().createHash('sha256').update(sql).digest('hex').slice(0, 16)}`
  names.set(sql, name)
  return name
}

/** SQLSTATE 26000: the session was reset, or is another one behind a pooler. */
function isForgotten(thrown: unknown): boolean {
  return thrown instanceof MigrateError && thrown.details.sqlState === '26000'
}

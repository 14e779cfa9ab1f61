/** The statements of a script that is written nowhere: what its body would send to this database. */
import { runInThisContext } from 'node:vm'
import { columnWord } from '../../answer-word.js'
import { MigrateError } from '../../errors.js'
import { createPerformer } from '../../plan/perform.js'
import { openShadow } from '../../project/connection.js'
import type { ScriptFunction } from '../../scripts/loading/record.js'
import * as functions from '../../vocabulary/functions.js'
import { shellWord } from '../../shell-word.js'
import { knexOf } from '../running/project-knex.js'
import type { Session } from '../session.js'
import { bodyLines } from './body-lines.js'
import type { GeneratedScript } from './generated-script.js'

/**
 * What the `up` of a generated script sends, tried on a copy of the database's structure.
 * @throws MigrateError `FILL_NEEDED` (exit 3) where rows need a value that nobody gave
 */
export async function scriptStatements(
  session: Session,
  { up, open }: GeneratedScript,
): Promise<readonly string[]> {
  const [need] = open
  if (need !== undefined) throw fillNeeded(need)
  const { dialect, database, connection } = session
  const shadow = await openShadow(database, connection)
  const performer = createPerformer(dialect, shadow.connection, knexOf(session))
  const statements: string[] = []
  try {
    await dialect.frame.enter(shadow.connection)
    dialect.offline.portable?.(shadow.connection)
    await performer.perform(
      { kind: 'script', run: functionOf(bodyLines(up).lines), transaction: true },
      {
        onOperations: () => Promise.resolve(),
        onRaw: () => Promise.resolve(),
        onStatement: (sql) => {
          statements.push(sql)
        },
      },
    )
    return statements
  } finally {
    await performer.destroy()
    await shadow.close()
  }
}

/** The text that a file would hold, as Node would run it from there. */
function functionOf(lines: readonly string[]): ScriptFunction {
  const names = Object.keys(functions)
  const written = runInThisContext(
    `(async (knex, ${names.join(', ')}) => {\n${lines.join('\n')}\n})`,
  ) as (...given: readonly unknown[]) => Promise<void> // our own text, written just now
  return (knex) => written(knex, ...Object.values(functions))
}

function fillNeeded({ table, column, rows }: GeneratedScript['open'][number]): MigrateError {
  const name = `${table}.${column}`
  const found = `${rows} ${rows === 1 ? 'row has' : 'rows have'}`
  return new MigrateError(
    'FILL_NEEDED',
    3,
    `${name} may not be null, and ${found} no value for it.`,
    {
      why: 'Without a value the statements would fail on these rows.',
      fix: `Say which value they get: \`--fill ${shellWord(columnWord({ table, column }))}=<sql expression>\`.`,
      state: 'Nothing was written, and the database was not touched.',
      details: { name, rows },
    },
  )
}

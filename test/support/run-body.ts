/** The body of a generated script, run as its file would be. */
import { runInThisContext } from 'node:vm'
import type { Knex } from 'knex'
import * as functions from '../../src/vocabulary/functions.js'

/** A function over `knex` with these lines as its body. */
export function functionOf(lines: readonly string[]): (knex: Knex) => Promise<unknown> {
  const names = Object.keys(functions)
  const run = runInThisContext(
    `(async (knex, ${names.join(', ')}) => {\n${lines.join('\n')}\n})`,
  ) as (knex: Knex, ...imported: readonly unknown[]) => Promise<unknown> // the text of a script
  return (knex) => run(knex, ...Object.values(functions))
}

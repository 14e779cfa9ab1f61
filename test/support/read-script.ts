/** Runs the text of a script against builders of one of Knex's clients, without a database. */
import knex from 'knex'
import { applyOperation } from '../../src/operations/apply.js'
import type { Operation } from '../../src/operations/operation.js'
import type { Schema } from '../../src/schema/schema.js'
import type { SchemaCall } from '../../src/vocabulary/call.js'
import type { ScriptSession } from '../../src/vocabulary/client.js'
import { scriptKnex } from '../../src/vocabulary/client.js'
import * as functions from '../../src/vocabulary/functions.js'

export const CLIENTS = ['better-sqlite3', 'pg', 'mysql2'] as const

export interface ScriptReader {
  /** The operations of the statements, each call read against the schema that those before it leave. */
  read(lines: readonly string[], before: Schema): Promise<readonly Operation[]>
  /** The calls of the statements. */
  calls(lines: readonly string[]): Promise<readonly SchemaCall[]>
}

/** A reader over a client; further settings of Knex as the project would have them. */
export function scriptReader(client: string, config: Record<string, unknown> = {}): ScriptReader {
  let calls: SchemaCall[] = []
  const session: ScriptSession = scriptKnex({
    knexModule: knex,
    config: { client, useNullAsDefault: true, ...config },
    connection: null,
    frame: null,
    onSchemaCall: (call) => {
      calls.push(call)
      return Promise.resolve()
    },
    onStatement: () => Promise.resolve('skip'),
  })
  const names = Object.keys(functions)

  async function callsOf(lines: readonly string[]): Promise<readonly SchemaCall[]> {
    calls = []
    const body = `return (async () => {\n${lines.join('\n')}\n})()`
    // The text is what is under test, so it has to be run as text.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function('knex', ...names, body) as (...args: unknown[]) => Promise<void>
    await session.transaction((trx) => run(trx, ...Object.values(functions)))
    return calls
  }

  return {
    calls: callsOf,
    async read(lines, before) {
      const operations: Operation[] = []
      let schema = before
      for (const call of await callsOf(lines)) {
        for (const operation of operationsOf(call, schema)) {
          operations.push(operation)
          schema = applyOperation(schema, operation)
        }
      }
      return operations
    },
  }
}

function operationsOf(call: SchemaCall, schema: Schema): readonly Operation[] {
  const found = (name: string) => schema.tables.find((table) => table.name === name) ?? null
  switch (call.kind) {
    case 'table':
      return call.read(call.method === 'createTable' ? null : found(call.table))
    case 'dropTable': {
      const table = found(call.table)
      if (table === null) throw new Error(`no table ${call.table}`)
      return [{ kind: 'dropTable', table }]
    }
    case 'renameTable':
      return [{ kind: 'renameTable', from: call.from, to: call.to }]
    case 'operation':
      return [call.operation]
    case 'unknown':
      throw new Error(`unknown: ${call.what}`)
  }
}

/** Knex's table builder, made to record on every client what it otherwise allows on one only. */
import { MigrateError } from '../../errors.js'
import { isRecord } from './knex-fields.js'
import type { RunnableTableBuilder } from './knex-module.js'

/**
 * The same builder: the options of a table and `deferrable` no longer throw on other clients, and
 * `references('app.teams.id')` names a schema, a table and a column.
 */
export function loosenBuilder(builder: RunnableTableBuilder): RunnableTableBuilder {
  return Object.assign(builder, LOOSE)
}

const LOOSE = {
  engine: optionWord('engine'),
  charset: optionWord('charset'),
  collate: optionWord('collate'),
  inherits: optionWord('inherits'),
  foreign: looseForeign,
}

type OptionWord = (this: RunnableTableBuilder, value: unknown) => RunnableTableBuilder

function optionWord(word: string): OptionWord {
  return function option(value) {
    if (this._method === 'alter') throw optionInAlter(word, this._tableName)
    Reflect.set(this._single, word, value)
    return this
  }
}

function optionInAlter(word: string, table: string): MigrateError {
  return new MigrateError(
    'VOCABULARY_OPTION',
    1,
    `table.${word}() stands in an alterTable call of table ${table}.`,
    {
      why: 'Knex has it for new tables only.',
      fix: `Use tableExtras(table, { options: { ${word}: '…' } }) of migrate-tui/operations.`,
    },
  )
}

type ForeignChain = Record<string, unknown>

/** Knex's `foreign` with two of the methods that are chained on it replaced. */
function looseForeign(this: RunnableTableBuilder, ...args: unknown[]): unknown {
  const original: unknown = Reflect.get(Object.getPrototypeOf(this) as object, 'foreign')
  if (typeof original !== 'function') throw new Error('Knex has no table.foreign()')
  const chain: unknown = Reflect.apply(original, this, args)
  const said = this._statements.at(-1)?.args?.[0]
  if (!isRecord(chain) || !isRecord(said)) return chain
  const { references } = chain
  // Column builders take these methods over, so that `this` may be one.
  return Object.assign(chain, {
    deferrable(this: ForeignChain, type: unknown) {
      Reflect.set(said, 'deferrable', type)
      return this
    },
    references(this: ForeignChain, column: unknown) {
      const parts = typeof column === 'string' ? column.split('.') : []
      if (parts.length < 3 && typeof references === 'function') {
        return Reflect.apply(references, this, [column]) as unknown
      }
      Reflect.set(said, 'inTable', parts.slice(0, -1).join('.'))
      Reflect.set(said, 'references', parts.at(-1))
      return this
    },
  })
}

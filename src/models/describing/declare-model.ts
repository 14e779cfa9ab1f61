/** Runs `defineTable` of a model against the recorder. */
import { isPromise } from 'node:util/types'
import type { Table } from '../../schema/table.js'
import type { ModelRecorder } from '../../vocabulary/client.js'
import { withExtras } from '../../vocabulary/reading/extras.js'
import { readExtras } from '../../vocabulary/reading/read-extras.js'
import type { Model } from './described.js'
import { wholeTable } from './whole-table.js'

/** A member of a class that could not be read, and why. */
export class MemberError extends Error {
  readonly member: string

  constructor(member: string, cause: unknown) {
    super(`${member} failed`, { cause })
    this.name = 'MemberError'
    this.member = member
  }
}

/** Whether the class, or one that it extends, declares its table. */
export function isDeclared({ model }: Model): boolean {
  return model.defineTable !== undefined && model.defineTable !== null
}

/**
 * The table as `defineTable` and `tableExtras` declare it.
 * @throws MemberError
 */
export function declareModel({ model, table }: Model, recorder: ModelRecorder): Table {
  const { defineTable, tableExtras } = model
  if (typeof defineTable !== 'function') {
    throw new MemberError('defineTable', new Error('it is no function'))
  }
  const recorded = attempt('defineTable', () => {
    const read = recorder.readTable(model.getTableName(), (builder, knex) => {
      const result: unknown = Reflect.apply(defineTable, model, [builder, knex])
      if (!isPromise(result)) return
      // Nobody waits for it, and what it throws later is no news.
      result.catch(() => null)
      throw new Error('it is async, and what it declares after an await would be missed')
    })
    return wholeTable(read)
  })
  if (tableExtras === undefined || tableExtras === null) return { ...recorded, name: table }
  return attempt('tableExtras', () =>
    withExtras({ ...recorded, name: table }, readExtras(tableExtras, table)),
  )
}

function attempt<T>(member: string, run: () => T): T {
  try {
    return run()
  } catch (thrown) {
    throw new MemberError(member, thrown)
  }
}

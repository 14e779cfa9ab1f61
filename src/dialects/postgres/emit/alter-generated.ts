/** A column that becomes computed, is no more, or is computed in another way. */
import { isSame } from '../../../operations/equal.js'
import type { Column, Generated } from '../../../schema/column.js'
import { surroundingsOf } from '../enum-check.js'
import { canonicalExpression } from '../expression/canonical.js'
import { quote, quoteName } from '../names.js'
import { emittedDefault } from '../defaults.js'
import { storedType } from '../types.js'
import type { Change } from './change.js'
import type { EmitContext } from './context.js'
import { remakeColumn } from './remake-column.js'

export interface GeneratedChange {
  readonly texts: readonly string[]
  /** The column after these statements. */
  readonly now: Column
  /** Whether nothing of the change is left to do. */
  readonly isDone: boolean
}

/** The statements that change how a column is computed; null where that stays as it is. */
export async function changeGenerated(
  context: EmitContext,
  change: Change,
): Promise<GeneratedChange | null> {
  const { table, now, to } = change
  const columns = context.table(table)?.columns ?? [now]
  const around = surroundingsOf(table, columns)
  const form = (generated: Generated | null): unknown =>
    generated === null ? null : { ...generated, sql: canonicalExpression(generated.sql, around) }
  if (isSame(form(now.generated), form(to.generated))) return null
  const alter = `alter table ${quoteName(table)}`
  const column = quote(to.name)
  if (now.generated !== null && to.generated === null) {
    const plain = { ...now, generated: null }
    if (now.generated.stored) {
      // The values that were computed last stay.
      return {
        texts: [`${alter} alter column ${column} drop expression`],
        now: plain,
        isDone: false,
      }
    }
    return { texts: await filledColumn(context, change, now.generated), now: to, isDone: true }
  }
  const newExpression =
    now.generated !== null && to.generated !== null && now.generated.stored === to.generated.stored
  // An expression of another type would not fit before the type is changed, nor that before the expression.
  const sameType = storedType(now.type) === storedType(to.type)
  if (newExpression && sameType && context.survey.version >= 170000) {
    const texts = [`${alter} alter column ${column} set expression as (${to.generated.sql})`]
    return { texts, now: { ...now, generated: to.generated }, isDone: false }
  }
  const aside = await context.survey.dependents(table, [to.name])
  const { drop, restore } = remakeColumn(context, table, { now, to })
  const texts = [...aside.drop, ...drop, ...restore, ...aside.restore]
  return { texts, now: to, isDone: true }
}

/** What was computed when read becomes a column of its own, filled with what would have been read. */
async function filledColumn(
  context: EmitContext,
  { table, now, to }: Change,
  generated: Generated,
): Promise<readonly string[]> {
  const aside = await context.survey.dependents(table, [to.name])
  const loose = { ...to, nullable: true, default: null }
  const { drop, restore } = remakeColumn(context, table, { now, to: loose })
  const [add = '', ...rest] = restore
  const alter = `alter table ${quoteName(table)} alter column ${quote(to.name)}`
  return [
    ...aside.drop,
    ...drop,
    add,
    `update ${quoteName(table)} set ${quote(to.name)} = (${generated.sql})`,
    ...(to.default === null ? [] : [`${alter} set default ${emittedDefault(to.default, to)}`]),
    ...(to.nullable ? [] : [`${alter} set not null`]),
    ...rest,
    ...aside.restore,
  ]
}

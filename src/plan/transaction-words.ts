/** Statements that would begin or end a transaction where the script runs in ours. */
import { MigrateError } from '../errors.js'
import type { RawStatement } from '../vocabulary/call.js'
import { bareText, piecesOf, statementsIn } from '../vocabulary/sql-text.js'

const BEGINS_OR_ENDS =
  /^(?:commit|rollback|begin|end|abort|start\s+transaction)(?:\s+(?:work|transaction|deferred|immediate|exclusive))?$/i

/** What holds statements of its own, between a `begin` and an `end`. */
const HAS_A_BODY = /^create\b[\s\S]*\b(?:trigger|procedure|function|event)\b/i

/** @throws MigrateError `SCRIPT_TRANSACTION` */
export function refuseTransactionWords({ sql, spelling }: RawStatement): void {
  for (const pieces of statementsIn(piecesOf(sql, spelling))) {
    const text = bareText(pieces)
    if (HAS_A_BODY.test(text)) return
    if (BEGINS_OR_ENDS.test(text)) throw notItsOwn(text)
  }
}

function notItsOwn(sql: string): MigrateError {
  return new MigrateError('SCRIPT_TRANSACTION', 1, `it sends ${sql} inside its transaction`, {
    why: 'The revision and its record are one transaction, which a script neither begins nor ends.',
    fix: 'Leave it out, or set config.transaction = false where the script needs its own transactions.',
    details: { sql },
  })
}

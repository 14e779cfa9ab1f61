/** A constraint as one line of text. */
import { foreignKeyText, indexText, uniqueText } from '../operations/describe.js'
import type { NeutralConstraint } from './constraints.js'

/** What a constraint amounts to, without its name: `(team_id) to teams (id), on delete cascade`. */
export function constraintText({ kind, object }: NeutralConstraint): string {
  switch (kind) {
    case 'unique':
      return uniqueText(object)
    case 'index':
      return object.unique ? `unique ${indexText(object)}` : indexText(object)
    case 'foreignKey':
      return foreignKeyText(object)
    case 'check':
      return object.sql
  }
}

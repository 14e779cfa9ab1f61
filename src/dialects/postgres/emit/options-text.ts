/** What only this engine has a word for, changed on a table that stands. */
import type { Operation } from '../../../operations/operation.js'
import { quoteName } from '../names.js'

type AlterOptions = Extract<Operation, { readonly kind: 'alterOptions' }>

/** Other engines' options are passed over. */
export function alterOptionsTexts({ table, from, to }: AlterOptions): readonly string[] {
  const alter = `alter table ${quoteName(table)}`
  const logged =
    from.unlogged === to.unlogged
      ? []
      : [`${alter} set ${to.unlogged === 'true' ? 'unlogged' : 'logged'}`]
  const gone = namesOf(from.with).filter((name) => !namesOf(to.with).includes(name))
  return [
    ...logged,
    ...(gone.length === 0 ? [] : [`${alter} reset (${gone.join(', ')})`]),
    ...(to.with === undefined || to.with === '' || to.with === from.with
      ? []
      : [`${alter} set (${to.with})`]),
  ]
}

function namesOf(parameters: string | undefined): readonly string[] {
  return (parameters ?? '')
    .split(',')
    .map((each) => each.split('=')[0]?.trim() ?? '')
    .filter((name) => name !== '')
}

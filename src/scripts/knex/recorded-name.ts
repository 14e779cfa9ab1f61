/** The names under which Knex's history lists scripts that were compiled before Knex ran them. */
import type { ScriptFile } from '../folder.js'
import { stemOf } from '../script-name.js'

/**
 * The scripts under the names that are recorded. Where Knex ran a TypeScript script as the `.js` that
 * was made of it, those that it has not run yet will be found as `.js` too.
 */
export function withRecordedNames(
  scripts: readonly ScriptFile[],
  recorded: readonly string[],
): readonly ScriptFile[] {
  if (recorded.length === 0) return scripts
  const names = new Map(recorded.map((name) => [stemOf(name), name]))
  const compiled = scripts.some(({ knexName }) => {
    const name = names.get(stemOf(knexName))
    return isTypeScript(knexName) && name !== undefined && !isTypeScript(name)
  })
  return scripts.map((script) => {
    const { knexName } = script
    const unknown = compiled ? knexName.replace(/\.([cm]?)ts$/, '.$1js') : knexName
    return { ...script, knexName: names.get(stemOf(knexName)) ?? unknown }
  })
}

function isTypeScript(name: string): boolean {
  return /\.[cm]?ts$/.test(name)
}

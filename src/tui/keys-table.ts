/** The keys of every screen as Markdown, for the README. */
import { SCREEN_KEYS, type ScreenName } from './bindings.js'
import type { Binding } from './keys/binding.js'
import { keyText } from './keys/binding.js'
import { EVERYWHERE, MOVES } from './keys/everywhere.js'

const TITLES: Readonly<Record<ScreenName, string>> = {
  tree: 'tree',
  diff: 'diff',
  review: 'review',
  plan: 'plan',
  output: 'output of a command',
  log: 'log',
}

/** A row a key: where it is, the key, what it does, and the name by which `keys` gives it others. */
export function keysTable(): string {
  const names = Object.keys(TITLES) as ScreenName[] // the keys are written above
  const rows = [
    ...names.flatMap((name) => SCREEN_KEYS[name].map((one) => rowOf(TITLES[name], one))),
    ...MOVES.map((one) => rowOf('moving', one)),
    ...EVERYWHERE.map((one) => rowOf('everywhere', one)),
  ]
  return ['| where | key | what it does | name |', '|---|---|---|---|', ...rows].join('\n')
}

function rowOf(where: string, { keys, help, action }: Binding): string {
  const shown = keys.map((key) => `\`${keyText(key).replace('|', '\\|')}\``).join(' ')
  return `| ${where} | ${shown} | ${help.replaceAll('|', '\\|')} | \`${action}\` |`
}

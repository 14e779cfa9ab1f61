/** What the words of a command line are, before they are read against one command: also of one that cannot be. */
import type { OptionSpec } from './command-spec.js'
import { COMMANDS, GLOBAL_OPTIONS, SCREEN_OPTIONS } from './commands.js'

export interface Words {
  /** Where the command's name stands: the first word that is no option and no option's value. */
  readonly commandAt: number | null
  /** The first option before it that no command has; null where there is none. */
  readonly stray: string | null
  /** The switches that are given, by their long names: `--json`. */
  readonly switches: ReadonlySet<string>
}

/** Tells options from their values and from what stands by itself. */
export function wordsOf(argv: readonly string[]): Words {
  const switches = new Set<string>()
  let commandAt: number | null = null
  let stray: string | null = null
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (word === '--') {
      if (index + 1 < argv.length) commandAt ??= index + 1
      break
    }
    if (!word.startsWith('-')) commandAt ??= index
    if (!isOption(word)) continue
    const { found, unknown, takesNext } = optionsIn(word)
    for (const { long, value } of found) if (value === null) switches.add(long)
    if (unknown !== null && commandAt === null) stray ??= unknown
    if (takesNext) index += 1
  }
  return { commandAt, stray, switches }
}

/** `-m=text` as `-m text` is read everywhere else; whatever else it is stays as it is. */
export function withoutShortEquals(word: string): string {
  const [, flag = '', rest = ''] = /^(-[a-z])=(.*)$/is.exec(word) ?? []
  return takesValue(specOf(flag)) && rest !== '' ? `${flag}${rest}` : word
}

/** Not a number: `-1` and `-1:head` are arguments. */
function isOption(word: string): boolean {
  return /^-[^\d]/.test(word)
}

interface OptionsInWord {
  readonly found: readonly OptionSpec[]
  readonly unknown: string | null
  /** Whether the next word is the value of the last one. */
  readonly takesNext: boolean
}

/** One long option, or a cluster of short ones of which the last may have its value behind it. */
function optionsIn(word: string): OptionsInWord {
  if (word.startsWith('--')) {
    const name = word.replace(/=.*$/s, '')
    const spec = specOf(name)
    return spec === undefined
      ? { found: [], unknown: name, takesNext: false }
      : { found: [spec], unknown: null, takesNext: takesValue(spec) && name === word }
  }
  const found: OptionSpec[] = []
  for (let at = 1; at < word.length; at += 1) {
    const flag = `-${word[at] ?? ''}`
    const spec = specOf(flag)
    if (spec === undefined) return { found, unknown: flag, takesNext: false }
    found.push(spec)
    if (takesValue(spec)) return { found, unknown: null, takesNext: at === word.length - 1 }
  }
  return { found, unknown: null, takesNext: false }
}

function takesValue(spec: OptionSpec | undefined): boolean {
  return spec !== undefined && spec.value !== null
}

function specOf(flag: string): OptionSpec | undefined {
  return [...GLOBAL_OPTIONS, ...SCREEN_OPTIONS, ...COMMANDS.flatMap(({ options }) => options)].find(
    ({ long, short }) => long === flag || short === flag,
  )
}

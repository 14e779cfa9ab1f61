/** What a command line can say, as data: parsing, help, completion and the README's table read it. */

export interface ArgumentSpec {
  readonly name: string
  readonly help: string
  readonly isVariadic: boolean
  /** Null means that it must be given. */
  readonly default: string | null
  /** The words that are allowed; null allows all. */
  readonly choices: readonly string[] | null
}

export interface OptionSpec {
  /** `--message`, as it is typed; a `--no-…` turns off what is on without it. */
  readonly long: string
  /** `-m`; null where it has none. */
  readonly short: string | null
  /** What its value is: `text`; null where it takes none. */
  readonly value: string | null
  readonly isRepeatable: boolean
  readonly help: string
  /** What holds without it, for people; null where that goes without saying. */
  readonly default: string | null
  readonly choices: readonly string[] | null
  /** What a shell offers for the value. */
  readonly completes: 'file' | 'folder' | null
}

interface ExampleSpec {
  /** Without the program's name. */
  readonly line: string
  readonly says: string
}

export interface CommandSpec {
  readonly name: string
  readonly group: CommandGroup
  /** One line without a full stop. */
  readonly summary: string
  /** What it does and leaves alone, in sentences. */
  readonly description: string
  readonly arguments: readonly ArgumentSpec[]
  readonly options: readonly OptionSpec[]
  readonly examples: readonly ExampleSpec[]
  /** What exit codes mean here beyond what they mean everywhere. */
  readonly exits: readonly { readonly code: number; readonly when: string }[]
}

/** In the order of the help. */
export const COMMAND_GROUPS = [
  'Start',
  'Write revisions',
  'Run revisions',
  'See where things stand',
  'Compare and check',
  'Other',
] as const

type CommandGroup = (typeof COMMAND_GROUPS)[number]

/** An option from its flags as people write them: `-m, --message <text>`. */
export function option(
  flags: string,
  help: string,
  more: Partial<Pick<OptionSpec, 'default' | 'isRepeatable' | 'choices' | 'completes'>> = {},
): OptionSpec {
  const match = /^(?:(-\w), )?(--[\w-]+)(?: <([^>]+)>)?$/.exec(flags)
  const [, short = null, long, value = null] = match ?? []
  if (long === undefined) throw new Error(`${flags} is no option.`)
  return {
    short,
    long,
    value,
    help,
    isRepeatable: more.isRepeatable ?? false,
    default: more.default ?? null,
    choices: more.choices ?? null,
    completes: more.completes ?? null,
  }
}

/** An argument that may be left out where it has a default. */
export function argument(
  name: string,
  help: string,
  more: Partial<Pick<ArgumentSpec, 'default' | 'isVariadic' | 'choices'>> = {},
): ArgumentSpec {
  return {
    name,
    help,
    isVariadic: more.isVariadic ?? false,
    default: more.default ?? null,
    choices: more.choices ?? null,
  }
}

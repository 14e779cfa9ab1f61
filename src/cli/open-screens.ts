/** Opens the screens at a terminal: what the command line says of the project, and what the terminal can show. */
import { resolve } from 'node:path'
import type { ExitCode } from '../errors.js'
import type { ForkedHost } from '../host/fork-host.js'
import { failureLines } from '../present/failure-lines.js'
import { editorAt } from '../workflows/open-editor.js'
import type { CommandSpec } from './command-spec.js'
import type { CommandLine } from './command-line.js'
import { COMMANDS } from './commands.js'
import { failureOf } from './failure.js'
import { isGiven, valueOf, variablesOf } from './given-options.js'
import type { Output } from './output.js'
import { showsColour, showsUnicode } from './output.js'
import type { AskedAt } from './command-context.js'

/** Shows the screens until they are left, and then what was done. */
export async function openScreens(
  from: AskedAt & { readonly host: ForkedHost | null },
  line: CommandLine,
  output: Output,
): Promise<ExitCode> {
  // Loaded here: no command needs Ink or React.
  const { openScreens: open } = await import('../tui/open.js')
  const isDemo = isGiven(line, 'demo')
  const demo = isDemo ? await (await import('./demo-project.js')).makeDemoProject() : null
  const { env } = from
  try {
    const { exit, summary } = await open({
      project: {
        cwd: demo?.folder ?? resolve(from.cwd, valueOf(line, 'cwd') ?? '.'),
        config: valueOf(line, 'config'),
        database: valueOf(line, 'database'),
        environment: valueOf(line, 'env'),
        variables: variablesOf(line),
      },
      host: from.host,
      start: {
        readOnly: isGiven(line, 'readOnly'),
        commandOptions: givenWords(line),
        commands: COMMANDS.map(commandWords),
      },
      abilities: {
        colour: isColoured(line, env),
        unicode: !isGiven(line, 'ascii') && showsUnicode(env),
      },
      stdin: from.stdin,
      stdout: process.stdout,
      env,
      editor: editorAt,
      describe: (thrown) => failureLines(failureOf(thrown, true), output.notes).join('\n'),
    })
    output.print(summary)
    return exitCode(exit)
  } finally {
    await demo?.remove()
  }
}

function isColoured(line: CommandLine, env: AskedAt['env']): boolean {
  return line.given.color !== false && showsColour(true, env)
}

/** The options that the same command line needs, as they were typed. */
function givenWords(line: CommandLine): readonly string[] {
  const value = (name: string, option: string): readonly string[] => {
    const text = valueOf(line, name)
    return text === null ? [] : [option, text]
  }
  return [...value('cwd', '--cwd'), ...value('config', '--config'), ...value('env', '--env')]
}

const READS = new Set(['See where things stand', 'Compare and check'])
const ONLY_PRINT = new Set(['completion', 'list-templates', 'help'])

function commandWords({ name, group, summary, options, arguments: args }: CommandSpec): {
  readonly name: string
  readonly summary: string
  readonly options: readonly string[]
  readonly choices: readonly string[]
  readonly takesRevisions: boolean
  readonly onlyReads: boolean
} {
  return {
    name,
    summary,
    options: options.map(({ long }) => long),
    choices: args.flatMap(({ choices }) => choices ?? []),
    takesRevisions: args.some((one) => ['rev', 'revs', 'target'].includes(one.name)),
    onlyReads: READS.has(group) || ONLY_PRINT.has(name),
  }
}

function exitCode(exit: number): ExitCode {
  // Signals end with codes of their own, which no command has.
  return exit as ExitCode
}

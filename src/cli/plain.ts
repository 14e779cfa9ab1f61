/** The same flows as the screens, as numbered lines: for screen readers, simple terminals and editors' shells. */
import { createInterface } from 'node:readline/promises'
import type { ReadStream } from 'node:tty'
import type { ExitCode } from '../errors.js'
import type { AskedAt } from './command-context.js'

export interface PlainOptions {
  readonly stdin: ReadStream
  readonly stderr: AskedAt['stderr']
  /** What the program was started with: options of every command go to each of them. */
  readonly argv: readonly string[]
  /** Runs one command; what goes wrong is printed, and its exit code answered. */
  readonly run: (words: readonly string[]) => Promise<ExitCode>
}

/** A choice: what it says, and the commands that it runs. */
interface Entry {
  readonly says: string
  readonly does: (from: PlainOptions) => Promise<readonly (readonly string[])[]>
}

const ENTRIES: readonly Entry[] = [
  { says: 'Where the database stands', does: () => Promise.resolve([['current', '--verbose']]) },
  { says: 'Compare the models with the database', does: () => Promise.resolve([['diff']]) },
  { says: 'Write a revision from the models', does: writeRevision },
  { says: 'Upgrade, step by step', does: (from) => planned(from, 'upgrade', 'head') },
  { says: 'Downgrade, step by step', does: (from) => planned(from, 'downgrade', '-1') },
  { says: 'List the revisions', does: () => Promise.resolve([['history', '--indicate-current']]) },
  { says: 'Show a revision', does: (from) => withRevision(from, 'show') },
  { says: 'Edit a revision in your editor', does: (from) => withRevision(from, 'edit') },
  { says: 'Merge the heads', does: () => Promise.resolve([['merge']]) },
  { says: 'Type another command', does: typedCommand },
]

/** Asks until the person leaves; a closed keyboard leaves too. */
export async function runPlain(from: PlainOptions): Promise<ExitCode> {
  const shared = sharedWords(from.argv)
  await from.run(['current', ...shared])
  for (;;) {
    tell(from, [
      '',
      ...ENTRIES.map(({ says }, index) => `${String(index + 1).padStart(2)}  ${says}`),
      ' 0  Quit',
    ])
    const answer = await ask(from, 'Number: ')
    if (answer === null || answer === '0' || answer === 'q') return 0
    const entry = ENTRIES[Number(answer) - 1]
    if (entry === undefined) {
      tell(from, [`There is no ${answer}: type a number from 0 to ${ENTRIES.length}.`])
      continue
    }
    for (const words of await entry.does(from)) await from.run([...words, ...shared])
  }
}

/** The plan first; only then whether to run it. */
async function planned(
  from: PlainOptions,
  command: string,
  usual: string,
): Promise<readonly (readonly string[])[]> {
  const target = (await ask(from, `To which revision? Enter is ${usual}: `)) ?? ''
  const to = target === '' ? usual : target
  const exit = await from.run([command, to, '--dry-run', ...sharedWords(from.argv)])
  if (exit !== 0) return []
  const answer = await ask(from, 'Run it step by step? y or n: ')
  return answer?.toLowerCase().startsWith('y') === true ? [[command, to, '--step']] : []
}

async function writeRevision(from: PlainOptions): Promise<readonly (readonly string[])[]> {
  const message = await ask(from, 'What is it for, in a few words? ')
  if (message === null || message === '') return []
  return [['migrate', '-m', message]]
}

async function withRevision(
  from: PlainOptions,
  command: string,
): Promise<readonly (readonly string[])[]> {
  const name = await ask(from, 'Which revision? Enter is head: ')
  if (name === null) return []
  return [name === '' ? [command] : [command, name]]
}

async function typedCommand(from: PlainOptions): Promise<readonly (readonly string[])[]> {
  const { parseArgsStringToArgv } = await import('string-argv')
  const text = await ask(from, 'migrate-tui ')
  return text === null || text === '' ? [] : [parseArgsStringToArgv(text)]
}

/** The options that every command takes, without those of the screens. */
function sharedWords(argv: readonly string[]): readonly string[] {
  const own = new Set(['--plain', '--read-only', '--ascii', '--demo'])
  return argv.filter((word) => !own.has(word))
}

function tell({ stderr }: PlainOptions, lines: readonly string[]): void {
  stderr.write(`${lines.join('\n')}\n`)
}

/** A line; null where there are no more. */
async function ask({ stdin, stderr }: PlainOptions, prompt: string): Promise<string | null> {
  const lines = createInterface({ input: stdin, output: stderr, terminal: true })
  try {
    return await new Promise<string | null>((resolve) => {
      lines.once('close', () => {
        resolve(null)
      })
      void lines.question(prompt).then(
        (answer) => {
          resolve(answer.trim())
        },
        () => {
          resolve(null)
        },
      )
    })
  } finally {
    lines.close()
  }
}

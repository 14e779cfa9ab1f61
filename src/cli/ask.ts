/** Asks a person at the terminal, on standard error, so that results stay apart. */
import { createInterface } from 'node:readline/promises'
import type { ReadStream } from 'node:tty'
import { columnWord } from '../answer-word.js'
import { MigrateError } from '../errors.js'
import { cleanLine } from '../present/clean.js'
import type { Look } from '../present/look.js'
import { counted } from '../present/text-width.js'
import type { Ask } from '../workflows/io.js'
import { shellWord } from '../shell-word.js'

/** The terminal to ask at. */
export interface AskAt {
  readonly stdin: ReadStream
  readonly stderr: NodeJS.WritableStream
  readonly look: Look
  readonly signal: AbortSignal
}

/** Questions as lines: the same for a person who reads and one who listens. */
export function askAt(at: AskAt): Ask {
  const { look } = at
  const { theme } = look
  return {
    askRename: async ({ kind, from, to, evidence, flag }) => {
      tell(at, [
        '',
        theme.strong(`Was the ${kind} ${cleanLine(from)} renamed to ${cleanLine(to)}?`),
        ...evidence.map((fact) => `  ${cleanLine(fact)}`),
        `  y  rename it: its values stay`,
        `  n  drop the one and add the other: the values are lost`,
        theme.faint(`  The same as ${cleanLine(flag)}`),
      ])
      return askYesOrNo(at, 'y or n: ')
    },
    askFill: async ({ table, column, type, rows, offered }) => {
      const name = `${cleanLine(table)}.${cleanLine(column)}`
      tell(at, [
        '',
        theme.strong(`What do the ${counted(rows, 'row')} of ${cleanLine(table)} get in ${name}?`),
        `  It is ${cleanLine(type)} and not null. Type an SQL expression: 0, 'none', lower(name).`,
        offered === null
          ? '  Nothing leaves a marked place in the script for you.'
          : `  Nothing takes what the model offers: ${cleanLine(offered)}`,
        theme.faint(
          `  The same as --fill ${cleanLine(shellWord(columnWord({ table, column })))}=…`,
        ),
      ])
      const answer = (await askLine(at, 'value: ')).trim()
      return answer === '' ? offered : answer
    },
    confirmLoss: async ({ object, message }) => {
      const name = cleanLine(object)
      tell(at, ['', theme.bad(theme.strong('This cannot be undone')), `  ${cleanLine(message)}`])
      await discardTypedAhead(at.stdin)
      const answer = await askLine(at, `Type ${name} to go on, anything else to stop: `)
      return answer.trim() === name
    },
    askStep: async ({ revision, message, direction, index, of }) => {
      const word = direction === 'up' ? 'upgrade' : 'downgrade'
      const step = `${theme.name(cleanLine(revision))} ${cleanLine(message)}`
      tell(at, ['', `Step ${index} of ${of}: ${word} ${step}`])
      return askYesOrNo(at, 'Run it? y or n: ')
    },
  }
}

function tell(at: AskAt, lines: readonly string[]): void {
  at.stderr.write(`${lines.join('\n')}\n`)
}

async function askYesOrNo(at: AskAt, prompt: string): Promise<boolean> {
  for (;;) {
    const answer = (await askLine(at, prompt)).trim().toLowerCase()
    if (answer === 'y' || answer === 'yes') return true
    if (answer === 'n' || answer === 'no') return false
  }
}

/** @throws MigrateError `INTERRUPTED` on ctrl-c, ctrl-d and a closed terminal */
async function askLine(at: AskAt, prompt: string): Promise<string> {
  const lines = createInterface({ input: at.stdin, output: at.stderr, terminal: true })
  const closed = new AbortController()
  lines.on('close', () => {
    closed.abort()
  })
  try {
    const signal = AbortSignal.any([at.signal, closed.signal])
    return await lines.question(at.look.theme.strong(prompt), { signal })
  } catch (thrown) {
    at.stderr.write('\n')
    throw new MigrateError('INTERRUPTED', 130, 'The question was not answered.', {
      fix: 'Run the command again, or give the answer as an option.',
      cause: thrown,
    })
  } finally {
    lines.close()
  }
}

/** Milliseconds in which keys that were pressed before the question arrive. */
const TYPED_AHEAD = 100

/** Throws away what was typed before there was a question: an answer to a loss is given on purpose. */
async function discardTypedAhead(stdin: ReadStream): Promise<void> {
  // In raw mode the terminal also gives up a line that was not ended yet.
  stdin.setRawMode(true)
  const discard = (): void => undefined
  stdin.on('data', discard)
  stdin.resume()
  await new Promise((resolve) => setTimeout(resolve, TYPED_AHEAD))
  stdin.off('data', discard)
  stdin.pause()
  stdin.setRawMode(false)
}

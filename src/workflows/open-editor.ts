/** Hands a file to the person's editor and waits until it is closed. */
import { spawn } from 'node:child_process'
import { parseArgsStringToArgv } from 'string-argv'
import { MigrateError } from '../errors.js'

/** Editors that return at once unless they are told to wait. */
const NEEDS_WAIT = new Set(['code', 'code-insiders', 'codium', 'cursor', 'subl', 'zed', 'atom'])

/** Editors that take `--goto file:line`. */
const GOES_TO = new Set(['code', 'code-insiders', 'codium', 'cursor'])
/** Editors that take `+line file`. */
const TAKES_PLUS = new Set([
  'vi',
  'vim',
  'nvim',
  'view',
  'nano',
  'emacs',
  'emacsclient',
  'micro',
  'kak',
  'joe',
])

/**
 * Opens `$VISUAL`, else `$EDITOR`, else `vi` on a file, with the terminal handed over.
 * @throws MigrateError `EDITOR_MISSING` (exit 2) or `EDITOR_FAILED` (exit 1)
 */
export async function openEditor(file: string): Promise<void> {
  if (!process.stdin.isTTY && editorNamed() === undefined) throw noTerminal(file)
  const [program, ...args] = editorCommand()
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(program, [...args, file], { stdio: 'inherit' })
    child.on('error', (cause) => {
      reject(editorMissing(program, file, cause))
    })
    child.on('close', (status) => {
      resolve(status ?? 1)
    })
  })
  if (code === 0) return
  throw new MigrateError('EDITOR_FAILED', 1, `${program} ended with exit code ${code}.`, {
    fix: `The script is at ${file}; open it yourself, or set $EDITOR to another editor.`,
    state: 'The database was not touched.',
  })
}

/** A variable that is set to nothing names none. */
function editorNamed(): string | undefined {
  const { VISUAL, EDITOR } = process.env
  return [VISUAL, EDITOR].find((name) => name !== undefined && name.trim() !== '')
}

function noTerminal(file: string): MigrateError {
  return new MigrateError('EDITOR_NO_TERMINAL', 2, 'There is no terminal to open an editor in.', {
    fix: `Open ${file} yourself, or name an editor that needs none in $EDITOR.`,
    state: 'The database was not touched.',
  })
}

/** The editor's words and a file at a line, in the way that the editor takes it; null is wherever it opens. */
export function editorAt(
  file: string,
  line: number | null,
): { readonly command: readonly [string, ...string[]]; readonly file: string } {
  const command = editorCommand()
  if (line === null) return { command, file }
  const [program, ...args] = command
  const name = program.split(/[\\/]/).at(-1) ?? program
  if (GOES_TO.has(name)) return { command: [program, ...args, '--goto'], file: `${file}:${line}` }
  return TAKES_PLUS.has(name)
    ? { command: [program, ...args, `+${line}`], file }
    : { command, file }
}

/** Split as a shell splits words, and run without a shell: an editor's name is no program text. */
function editorCommand(): readonly [string, ...string[]] {
  const words = parseArgsStringToArgv(
    editorNamed() ?? (process.platform === 'win32' ? 'notepad' : 'vi'),
  )
  const [program, ...args] = words
  if (program === undefined) return ['vi']
  const name = program.split(/[\\/]/).at(-1) ?? program
  const waits = args.includes('--wait') || args.includes('-w')
  return NEEDS_WAIT.has(name) && !waits ? [program, ...args, '--wait'] : [program, ...args]
}

function editorMissing(program: string, file: string, cause: unknown): MigrateError {
  return new MigrateError('EDITOR_MISSING', 2, `The editor ${program} could not be started.`, {
    why: 'It is named by $VISUAL or $EDITOR, or is vi where neither is set.',
    fix: `The script is at ${file}; open it yourself, or set $EDITOR to a program that is installed: \`EDITOR=nano migrate-tui edit\`.`,
    state: 'The database was not touched.',
    cause,
  })
}

/** Runs a program at a real terminal. */
import { spawn } from '@lydell/node-pty'
import { onTestFinished } from 'vitest'
import { folderOf } from '../folder.js'
import { PtyScreen } from './pty-screen.js'

export interface StartOptions {
  /** 80 */
  readonly columns?: number
  /** 24 */
  readonly rows?: number
  /** Added to the environment of the tests; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
}

/**
 * Runs the program, notes its process id before it and how it left the terminal after it, and ends with
 * its exit code. Signals that the keyboard sends to everyone are the program's. What was not read yet is
 * lost once nobody has the terminal open, so it stays open until `ALL_SAID` was read.
 */
const WRAPPER = `trap : HUP INT QUIT TERM
sh -c 'echo $$ > "$0"; exec "$@"' "$NOTES/pid" "$@"
code=$?
stty -a > "$NOTES/stty"
printf '\\033_said\\033\\134' || exit $code
for _ in 1 2 3 4 5 6 7 8 9 10; do for _ in 1 2 3 4 5; do [ -e "$NOTES/read" ] && exit $code; sleep 0.04; done; done
exit $code`

/** Starts a program at a terminal of its own; it is killed when the test ends. */
export function start(argv: readonly [string, ...string[]], options: StartOptions = {}): PtyScreen {
  const { columns = 80, rows = 24, cwd = process.cwd() } = options
  const notes = folderOf({})
  const pty = spawn('sh', ['-c', WRAPPER, 'sh', ...argv], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    env: { ...plainEnvironment(), NOTES: notes, ...options.env },
  })
  const screen = new PtyScreen(pty, notes)
  onTestFinished(() => screen.close())
  return screen
}

/** The environment of the tests without what makes programs behave as in CI or under a test runner. */
export function plainEnvironment(): Record<string, string | undefined> {
  const left =
    /^(CI|CI_.*|CONTINUOUS_INTEGRATION|VITEST.*|NODE_ENV|NODE_OPTIONS|TMUX|STY|EDITOR|VISUAL|NO_COLOR|FORCE_COLOR|COLORTERM|COLUMNS|LINES|LC_ALL)$/
  const kept = Object.entries(process.env).filter(([name]) => !left.test(name))
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8' }
}

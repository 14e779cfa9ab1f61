/** A window of a tmux of its own: what a person sees in it and types into it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { folderOf } from '../folder.js'
import { plainEnvironment } from './start.js'

const PATIENCE_MS = 30_000

export interface Tmux {
  /** Types keys by the names that tmux has for them: `q`, `Enter`, `C-z`. */
  readonly keys: (...names: readonly string[]) => void
  /** Types a line of text, and enter. */
  readonly line: (text: string) => void
  /** The rows of the window, without spaces at their ends. */
  readonly text: () => string
  /** One of tmux's own variables: `alternate_on`, `cursor_flag`. */
  readonly flag: (name: string) => string
  /** What a command of tmux's prints. */
  readonly ask: (...args: readonly string[]) => string
  /** @throws Error with what the window shows where it is not so after a while */
  readonly waitFor: (wanted: string | RegExp | (() => boolean)) => Promise<void>
}

/**
 * A shell in a window of 120 columns and 35 rows, tmux as it is without a configuration; it ends with the test.
 * @throws Error where tmux is not installed
 */
export function openTmux(cwd: string): Tmux {
  const socket = join(folderOf({}), 'tmux')
  const env = plainEnvironment()
  const ask = (...args: readonly string[]): string => {
    const { error, stdout, stderr, status } = spawnSync('tmux', ['-S', socket, ...args], {
      encoding: 'utf8',
      env,
    })
    if (error !== undefined) throw new Error("Debian's tmux is needed.", { cause: error })
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`)
    return stdout.replace(/\n$/, '')
  }
  const shell = "exec env 'PS1=shell> ' bash --norc --noprofile --noediting -i"
  ask('-f', '/dev/null', 'new-session', '-d', '-x', '120', '-y', '35', '-c', cwd, shell)
  onTestFinished(() => {
    execFileSync('tmux', ['-S', socket, 'kill-server'])
  })
  const text = (): string =>
    ask('capture-pane', '-p')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
  const isShown = (wanted: string | RegExp | (() => boolean)): boolean => {
    if (typeof wanted === 'function') return wanted()
    return typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text())
  }
  return {
    keys: (...names) => {
      ask('send-keys', ...names)
    },
    line: (line) => {
      ask('send-keys', '-l', line)
      ask('send-keys', 'Enter')
    },
    text,
    flag: (name) => ask('display-message', '-p', `#{${name}}`),
    ask,
    waitFor: async (wanted) => {
      const end = performance.now() + PATIENCE_MS
      while (!isShown(wanted)) {
        if (performance.now() > end) throw new Error(`Not in tmux: ${String(wanted)}\n${text()}`)
        await wait(50)
      }
    },
  }
}

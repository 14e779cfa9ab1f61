/** Hands the terminal to the person's editor, and takes it back. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { outside } from './outside.js'
import type { Streams } from './streams.js'

export interface HandOffOptions {
  /** The editor's program and the arguments in front of the file. */
  readonly command: readonly [string, ...string[]]
}

/**
 * The exit code of the editor once it closed, 128 and more where a signal ended it, or `missing` where
 * it could not be started.
 */
export async function handOver(
  streams: Streams,
  file: string,
  { command }: HandOffOptions,
): Promise<number | 'missing'> {
  const [program, ...args] = command
  return outside(streams, () => runInForeground(program, [...args, file]))
}

/** Without a shell: neither a file's name nor an editor's is program text. */
function runInForeground(program: string, args: readonly string[]): Promise<number | 'missing'> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' })
    // An editor that outlives us would fight with the shell for the keyboard.
    const end = (): void => {
      child.kill('SIGHUP')
    }
    process.once('exit', end)
    child.once('error', () => {
      process.off('exit', end)
      resolve('missing')
    })
    child.once('close', (code, signal) => {
      process.off('exit', end)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

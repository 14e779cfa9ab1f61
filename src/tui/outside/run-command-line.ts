/** Runs a command line of our own as a process of its own, and tells what it prints. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { HostProject } from '../../host/calls.js'
import type { Effect } from '../messages.js'

export interface CommandListener {
  readonly printed: (lines: readonly string[]) => void
  readonly ended: (exit: number) => void
}

/** Starts it; what is returned interrupts it, as ctrl-c would. */
export function runCommandLine(
  { words, project }: Extract<Effect, { readonly kind: 'command' }>,
  { printed, ended }: CommandListener,
): () => void {
  const [, program = ''] = process.argv
  const child = spawn(process.execPath, [program, ...words, ...optionsOf(project, words)], {
    cwd: project.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
  })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      printed([line])
    })
  }
  child.on('error', (error) => {
    printed([error.message])
    ended(70)
  })
  child.on('close', (code) => {
    ended(code ?? 130)
  })
  return () => child.kill('SIGINT')
}

/** The options that make it the same project; those that were typed are stronger. */
function optionsOf(project: HostProject, words: readonly string[]): readonly string[] {
  const given = (name: string, value: string | null): readonly string[] =>
    value === null || words.includes(name) ? [] : [name, value]
  return [
    ...given('--config', project.config),
    ...given('--database', project.database),
    ...given('--env', project.environment),
    ...Object.entries(project.variables).flatMap(([key, value]) => ['-x', `${key}=${value}`]),
  ]
}

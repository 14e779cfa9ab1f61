/** Runs a command line of our own as a process of its own, and tells what it prints. */
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { messageOf } from '../../errors.js'
import type { HostProject } from '../../host/calls.js'
import { counted } from '../../present/text-width.js'
import type { Effect } from '../messages.js'

export interface CommandListener {
  readonly printed: (lines: readonly string[]) => void
  readonly ended: (exit: number) => void
}

/** Starts it; what is returned interrupts it, as ctrl-c would. */
export function runCommandLine(
  { words, into, project }: Extract<Effect, { readonly kind: 'command' }>,
  { printed, ended }: CommandListener,
): () => void {
  const [, program = ''] = process.argv
  const file = into === null ? null : path.resolve(project.cwd, into)
  if (file !== null && existsSync(file)) {
    setImmediate(() => {
      printed([`${file} is there already: nothing ran. Name another file.`])
      ended(1)
    })
    return () => undefined
  }
  const result: string[] = []
  const child = spawn(process.execPath, [program, ...words, ...optionsOf(project, words)], {
    cwd: project.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (file === null) printed([line])
    else result.push(line)
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    printed([line])
  })
  child.on('error', (error) => {
    printed([error.message])
    ended(70)
  })
  child.on('close', (code) => {
    const exit = code ?? 130
    ended(file === null ? exit : kept({ file, result, exit }, printed))
  })
  return () => child.kill('SIGINT')
}

/** Writes a whole result; what failed is shown instead, so that nothing of it is lost. The exit code of both. */
function kept(
  {
    file,
    result,
    exit,
  }: { readonly file: string; readonly result: readonly string[]; readonly exit: number },
  printed: CommandListener['printed'],
): number {
  if (exit !== 0) {
    printed([...result, `${file} was not written.`])
    return exit
  }
  try {
    writeFileSync(file, result.map((line) => `${line}\n`).join(''), { flag: 'wx' })
    printed([`Wrote ${counted(result.length, 'line')} to ${file}`])
    return 0
  } catch (thrown) {
    printed([...result, `${file} was not written: ${messageOf(thrown)}`])
    return 1
  }
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

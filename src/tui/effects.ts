/** The one place where the screens reach outside: the hosts, the editor, the clipboard, other programs, files that change. */
import { readFileSync } from 'node:fs'
import type { HostProject } from '../host/calls.js'
import type { Ending } from '../host/died.js'
import type { ForkedHost } from '../host/fork-host.js'
import type { HostClient } from '../host/host-client.js'
import { HostError, openHost } from '../host/host-client.js'
import { isWork } from './call.js'
import type { EditorWords } from './editor.js'
import type { CallEffect, Effect, Message } from './messages.js'
import { newestOf } from './outside/newest.js'
import { createPulse } from './outside/pulse.js'
import { runCommandLine } from './outside/run-command-line.js'
import { bufferOfTmux } from './outside/tmux-buffer.js'
import { createWatch } from './outside/watch.js'
import { copyCommand, isInTmux } from './terminal/clipboard.js'
import { handOver } from './terminal/hand-off.js'
import type { Streams } from './terminal/streams.js'
import { suspend } from './terminal/suspend.js'

export interface EffectsOptions {
  readonly streams: Streams
  readonly project: HostProject
  /** The host that looks, where it was started already. */
  readonly host: ForkedHost | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** The editor with a file, at a line where it can be told. */
  readonly editor: EditorWords
  readonly send: (message: Message) => void
  readonly quit: (exit: number) => void
}

export interface Effects {
  readonly perform: (effect: Effect) => void
  /** Ends everything that was started. */
  readonly close: () => void
}

/** Milliseconds between two things told of scripts that are tried. */
const FRAME = 100

type Lane = CallEffect['lane']

/** What performs effects; the host that looks is started at once. */
export function createEffects(options: EffectsOptions): Effects {
  const { streams, send, env } = options
  const lanes = new Map<Lane, HostClient>([['look', open('look', options.project, options.host)]])
  const inUse = new Map<Lane, HostProject>([['look', options.project]])
  /** Numbers of calls at their host, by place and ticket. */
  const calls = new Map<string, { readonly lane: Lane; readonly id: number }>()
  const questions = new Map<string, (value: boolean | string | null) => void>()
  const timers = new Map<string, NodeJS.Timeout>()
  const commands = new Map<number, () => void>()
  const watch = createWatch((what, paths) => {
    send({ kind: 'changedOutside', what, paths })
  })
  const pulse = createPulse({
    ask: async () => (await laneOf('look', null).call('pulse', {})).position,
    moved: () => {
      send({ kind: 'changedOutside', what: 'database' })
    },
  })

  // A plan of a thousand revisions tries a thousand scripts in a second.
  const trying = newestOf(FRAME, send)

  function open(lane: Lane, project: HostProject, host: ForkedHost | null = null): HostClient {
    const died = ({ how, output }: Ending): void => {
      // It looks through the one that looks, which the project's own code may end each time.
      if (lane === 'look') pulse.rest()
      send({ kind: 'hostEnded', lane, how, output: lastLines(output) })
    }
    return openHost(project, died, host)
  }

  function laneOf(lane: Lane, project: HostProject | null): HostClient {
    const known = lanes.get(lane)
    const wanted = project ?? inUse.get(lane) ?? options.project
    const client = known ?? open(lane, wanted)
    lanes.set(lane, client)
    if (inUse.get(lane) !== wanted) client.use(wanted)
    inUse.set(lane, wanted)
    return client
  }

  async function call(effect: CallEffect): Promise<void> {
    const { slot, ticket, name } = effect
    const key = `${slot}#${ticket}`
    if (isWork(effect.name)) pulse.rest()
    // After the frame, which React draws in a microtask: a host takes longer to start.
    if (!lanes.has(effect.lane)) await Promise.resolve()
    try {
      const answer = await laneOf(effect.lane, effect.project).call(name, effect.given, {
        onStart: (id) => calls.set(key, { lane: effect.lane, id }),
        onEvent: (event) => {
          const message = { kind: 'runEvent', slot, ticket, event } as const
          if (event.kind === 'trying') trying(message)
          else send(message)
        },
        onWarning: (message) => {
          send({ kind: 'warned', slot, message })
        },
        onAsk: (asks) =>
          new Promise((resolve) => {
            const question = questions.size + 1
            questions.set(`${key}#${question}`, resolve)
            send({ kind: 'asked', slot, ticket, question, asks })
          }),
      })
      // The answer belongs to the name, which the compiler cannot follow through the union.
      const message = {
        kind: 'answered',
        slot,
        ticket,
        name,
        given: effect.given,
        answer,
      } as Message
      if (message.kind === 'answered' && message.name === 'overview')
        pulse.at(message.answer.position)
      send(message)
    } catch (thrown) {
      if (!(thrown instanceof HostError)) throw thrown
      send({ kind: 'failed', slot, ticket, name, failure: thrown.failure })
    } finally {
      calls.delete(key)
    }
  }

  async function edit(path: string, line: number | null): Promise<void> {
    const before = textOf(path)
    const { command, file } = options.editor(path, line)
    const exit = await handOver(streams, file, { command })
    const result =
      exit === 'missing'
        ? ({ kind: 'missing', program: command[0] } as const)
        : ({ kind: 'closed', exit } as const)
    send({ kind: 'editorClosed', path, before, result })
  }

  async function copy(text: string, what: string): Promise<void> {
    const command = copyCommand(text, env)
    const isTaken = command === null || (isInTmux(env) && (await bufferOfTmux(text)))
    if (!isTaken) streams.terminal.send(command)
    send({ kind: 'copied', what, tooLong: command === null })
  }

  function later(name: string, ms: number): void {
    clearTimeout(timers.get(name))
    timers.set(
      name,
      setTimeout(() => {
        send({ kind: 'due', name })
      }, ms),
    )
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'call':
        void call(effect)
        return
      case 'stop': {
        const open = calls.get(`${effect.slot}#${effect.ticket}`)
        if (open !== undefined) lanes.get(open.lane)?.stop(open.id)
        return
      }
      case 'kill':
        lanes.get(effect.lane)?.kill()
        return
      case 'answer':
        questions.get(`${effect.slot}#${effect.ticket}#${effect.question}`)?.(effect.value)
        return
      case 'later':
        later(effect.name, effect.ms)
        return
      case 'edit':
        void edit(effect.path, effect.line)
        return
      case 'copy':
        void copy(effect.text, effect.what)
        return
      case 'command': {
        const end = runCommandLine(effect, {
          printed: (lines) => {
            send({ kind: 'commandPrinted', id: effect.id, lines })
          },
          ended: (exit) => {
            commands.delete(effect.id)
            send({ kind: 'commandEnded', id: effect.id, exit })
          },
        })
        commands.set(effect.id, end)
        return
      }
      case 'endCommand':
        commands.get(effect.id)?.()
        return
      case 'watch':
        watch.see(effect.paths)
        return
      case 'suspend':
        void suspend(streams)
        return
      case 'repaint':
        streams.frames.pause()
        streams.frames.resume()
        return
      case 'quit':
        options.quit(effect.exit)
    }
  }

  return {
    perform,
    close: () => {
      for (const client of lanes.values()) client.kill()
      for (const timer of timers.values()) clearTimeout(timer)
      for (const end of commands.values()) end()
      watch.close()
      pulse.close()
    },
  }
}

/** The last lines of what a process printed. */
function lastLines(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-5)
}

/** The text that a file has before it is edited; nothing where it cannot be read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

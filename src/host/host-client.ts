/** The screens' side of a host: calls that answer, questions, and a host that is started again. */
import type {
  CallName,
  FromHost,
  HostCalls,
  HostFailure,
  HostProject,
  HostQuestion,
  ToHost,
} from './calls.js'
import type { RunEvent } from '../workflows/io.js'
import type { Ending, Told } from './died.js'
import { hostDied, toldMore } from './died.js'
import type { ForkedHost } from './fork-host.js'
import type { HostListener, HostProcess } from './host-process.js'
import { startHost } from './host-process.js'

/** A call that failed, with what the host said. */
export class HostError extends Error {
  constructor(readonly failure: HostFailure) {
    super(failure.message)
    this.name = 'HostError'
  }
}

/** Who hears of a call while it runs; all of it may be left out. */
export interface CallListener {
  /** The call's number, for `stop`. */
  readonly onStart?: (id: number) => void
  readonly onEvent?: (event: RunEvent) => void
  readonly onWarning?: (message: string) => void
  /**
   * The person's answer: whether, or a fill's expression; without it nobody agrees. One that
   * rejects stops the call.
   */
  readonly onAsk?: (asks: HostQuestion) => Promise<boolean | string | null>
  /** Aborted, the call stops after the current revision. */
  readonly signal?: AbortSignal
}

/** One lane of calls: a host of its own, so that another lane answers while this one is blocked. */
export interface HostClient {
  /**
   * What the call answers.
   * @throws HostError the failure of the call; `HOST_DIED` where its host ended before
   */
  call<Name extends CallName>(
    name: Name,
    given: HostCalls[Name]['given'],
    listener?: CallListener,
  ): Promise<HostCalls[Name]['answer']>
  /** Stops a call after the current revision. */
  stop(id: number): void
  /** The project and database of the calls from now on. */
  use(project: HostProject): void
  /** Ends the host at once, with all its calls; the next call starts another. */
  kill(): void
}

interface OpenCall {
  readonly message: Extract<ToHost, { readonly kind: 'call' }>
  readonly listener: CallListener
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: HostError) => void
  told: Told
}

interface Lane {
  readonly process: HostProcess
  readonly open: Map<number, OpenCall>
  /** Whether it was ended from here. */
  isKilled: boolean
}

/**
 * A lane with its host started: that takes a while, so begin before the first call. `died` hears of a
 * host that nobody here ended, whatever it did; its calls have failed by then. `forked` is one that was
 * started even before.
 */
export function openHost(
  project: HostProject,
  died: (ending: Ending) => void = () => undefined,
  forked: ForkedHost | null = null,
): HostClient {
  let waiting = forked
  let asked = project
  let last = 0
  let lane: Lane | null = null
  const lanes = new Set<Lane>()

  function start(): Lane {
    const open = new Map<number, OpenCall>()
    const listener: HostListener = {
      message: (message) => {
        hear(started, message)
      },
      ended: (ending) => {
        lanes.delete(started)
        if (lane === started) lane = null
        failAll(started, ending)
        if (!started.isKilled) died(ending)
      },
    }
    const started: Lane = {
      open,
      isKilled: false,
      process: startHost(asked.cwd, listener, waiting),
    }
    waiting = null
    lanes.add(started)
    return started
  }

  function hear(from: Lane, message: FromHost): void {
    if (message.kind === 'ready') return
    const call = from.open.get(message.id)
    if (call === undefined) return
    switch (message.kind) {
      case 'stale':
        from.open.delete(message.id)
        if (lane === from) lane = null
        begin(call)
        break
      case 'done':
        from.open.delete(message.id)
        call.resolve(message.answer)
        break
      case 'doneInText':
        from.open.delete(message.id)
        call.resolve(JSON.parse(message.text))
        break
      case 'failed':
        from.open.delete(message.id)
        call.reject(new HostError(message.failure))
        break
      default:
        tell(from, call, message)
    }
    if (lane !== from && from.open.size === 0) kill(from)
  }

  function begin(call: OpenCall): void {
    lane ??= start()
    lane.open.set(call.message.id, call)
    lane.process.send(call.message)
  }

  function stop(id: number): void {
    for (const { open, process } of lanes) if (open.has(id)) process.send({ kind: 'stop', id })
  }

  lane = start()
  return {
    call(name, given, listener = {}) {
      last += 1
      const id = last
      const stopThis = (): void => {
        stop(id)
      }
      const answered = new Promise<unknown>((resolve, reject) => {
        const message = { kind: 'call', id, project: asked, name, given } as const
        const told = { name, takesBack: null, running: null, finished: [] }
        begin({ message, listener, resolve, reject, told })
      })
      listener.onStart?.(id)
      listener.signal?.addEventListener('abort', stopThis, { once: true })
      if (listener.signal?.aborted === true) stopThis()
      return answered.finally(() => {
        listener.signal?.removeEventListener('abort', stopThis)
      }) as Promise<never> // the host answers each call by its name
    },
    stop,
    use(next) {
      asked = next
    },
    kill() {
      for (const one of lanes) kill(one)
      lane = null
    },
  }
}

function kill(lane: Lane): void {
  lane.isKilled = true
  lane.process.kill()
}

function failAll({ open }: Lane, ending: Ending): void {
  for (const call of open.values()) call.reject(new HostError(hostDied(call.told, ending)))
  open.clear()
}

type Telling = Extract<FromHost, { readonly kind: 'began' | 'event' | 'warning' | 'asked' }>

function tell({ process }: Lane, call: OpenCall, message: Telling): void {
  const { listener } = call
  switch (message.kind) {
    case 'began':
      call.told = { ...call.told, takesBack: message.takesBack }
      return
    case 'event':
      call.told = toldMore(call.told, message.event)
      listener.onEvent?.(message.event)
      return
    case 'warning':
      listener.onWarning?.(message.message)
      return
    case 'asked':
      void answerQuestion(process, listener, message)
  }
}

async function answerQuestion(
  process: HostProcess,
  { onAsk }: CallListener,
  { id, question, asks }: Extract<FromHost, { readonly kind: 'asked' }>,
): Promise<void> {
  try {
    const value = onAsk === undefined ? null : await onAsk(asks)
    process.send({ kind: 'answer', id, question, value })
  } catch {
    process.send({ kind: 'stop', id })
  }
}

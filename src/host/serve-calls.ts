/** Runs workflows for the screens: answers calls until the parent is gone. */
import { writeCompiledCode } from '../compiled-code/keep.js'
import { MigrateError } from '../errors.js'
import type { Ask, Io } from '../workflows/io.js'
import type { CallName, FromHost, HostCalls, HostQuestion, LeftInFile, ToHost } from './calls.js'
import { hostFailure } from './failure.js'
import { createProjectKeeper } from './kept-project.js'
import { leftInFile, wasTaken } from './large-answers.js'
import { runCall } from './run-call.js'
import { endWithParent } from './watchdog.js'

/** Milliseconds after an answer in which another call may come. */
const AT_REST = 100

type CallMessage = Extract<ToHost, { readonly kind: 'call' }>

/** A call under way. */
interface OpenCall {
  readonly controller: AbortController
  /** What takes the answer of each question that is open. */
  readonly questions: Map<number, (value: unknown) => void>
}

const keeper = createProjectKeeper()
const open = new Map<number, OpenCall>()

// Ctrl-c reaches every process of the terminal; what it means is the parent's to say.
process.on('SIGINT', () => undefined)
process.once('disconnect', () => process.exit())
process.on('message', (message: ToHost) => {
  receive(message)
})
send({ kind: 'ready' })

function receive(message: ToHost): void {
  switch (message.kind) {
    case 'call':
      void answer(message)
      return
    case 'answer':
      open.get(message.id)?.questions.get(message.question)?.(message.value)
      return
    case 'stop':
      open.get(message.id)?.controller.abort()
      return
    case 'taken':
      wasTaken()
  }
}

/** The overview goes as text: ten thousand revisions cross twice as fast as what Node makes of objects. */
async function answer({ id, project: asked, name, given }: CallMessage): Promise<void> {
  const call: OpenCall = { controller: new AbortController(), questions: new Map() }
  open.set(id, call)
  try {
    const project = await keeper.projectOf(asked)
    if (project === null) {
      send({ kind: 'stale', id })
      return
    }
    if (name === 'run') endWithParent()
    send({ kind: 'began', id, takesBack: project.database.dialect.facts.transactionalDdl })
    // The parent is our own, and its types are those of the calls.
    const typed = given as HostCalls[CallName]['given']
    const done = await runCall<CallName>(name, project, typed, ioOf(id, call))
    send(name === 'overview' ? inText(id, done) : { kind: 'done', id, answer: done })
  } catch (thrown) {
    send({ kind: 'failed', id, failure: hostFailure(thrown) })
  } finally {
    open.delete(id)
    if (open.size === 0) setTimeout(writeCompiledCode, AT_REST).unref()
  }
}

function inText(id: number, done: unknown): FromHost | LeftInFile {
  const text = JSON.stringify(done)
  const bytes = leftInFile(text)
  return bytes === null ? { kind: 'doneInText', id, text } : { kind: 'doneInFile', id, bytes }
}

function ioOf(id: number, call: OpenCall): Io {
  return {
    ask: askOf(id, call),
    event: (event) => {
      send({ kind: 'event', id, event })
    },
    signal: call.controller.signal,
    warn: (message) => {
      send({ kind: 'warning', id, message })
    },
  }
}

function askOf(id: number, { controller, questions }: OpenCall): Ask {
  let last = 0
  const ask = (asks: HostQuestion): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1
      const question = last
      const calledOff = (): void => {
        questions.delete(question)
        reject(notAnswered())
      }
      questions.set(question, (value) => {
        questions.delete(question)
        controller.signal.removeEventListener('abort', calledOff)
        resolve(value)
      })
      controller.signal.addEventListener('abort', calledOff, { once: true })
      send({ kind: 'asked', id, question, asks })
    })
  return {
    askRename: async (question) => (await ask({ kind: 'rename', question })) === true,
    askFill: async (question) => {
      const value = await ask({ kind: 'fill', question })
      return typeof value === 'string' ? value : null
    },
    confirmLoss: async (question) => (await ask({ kind: 'loss', question })) === true,
    // The screens ask for one step by asking for one.
    askStep: () => Promise.resolve(true),
  }
}

function notAnswered(): MigrateError {
  return new MigrateError('INTERRUPTED', 130, 'The question was not answered.', {
    fix: 'Ask for it again.',
    state: 'Nothing ran: the database is as it was.',
  })
}

function send(message: FromHost | LeftInFile): void {
  process.send?.(message)
}

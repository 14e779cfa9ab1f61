/** Stopping what runs, and quitting. */
import { inTurn } from './call.js'
import { layoutOf } from './layout.js'
import type { Effect, Step } from './messages.js'
import { chosenFrom } from './screens/tree/choices.js'
import type { AppState, RunningCommand } from './state.js'
import { noticed, withPlan } from './changed.js'
import { isPlanningLong, stopPlanning } from './tries.js'
import type { UnderWay } from './under-way.js'
import { changingCommands, runningPlan, underWay } from './under-way.js'
import { workWord } from './work-word.js'

/** `q`: quits; while a step or a command runs it asks first, and what is over in a moment is waited for. */
export function quit(app: AppState): Step {
  const work = underWay(app)
  if (work === null) return [app, [{ kind: 'quit', exit: app.leavesWith ?? 0 }]]
  if (work.kind === 'call') return [waitingFor(app, work, 0), []]
  const title = work.kind === 'plan' ? 'A step is running' : 'A command is running'
  if (layoutOf(app).isTooSmall) {
    return [noticed(app, `${title}: ctrl-c stops it after its revision.`), []]
  }
  return [
    chosenFrom(app, {
      title,
      text: [
        ...(work.kind === 'command' ? [`It is ${commandText(work.command)}.`] : []),
        'It can be stopped after its revision: that is whole then, and what follows stays pending.',
      ],
      choices: [
        {
          key: 's',
          label: 'stop after this revision, then quit',
          detail: '',
          does: { kind: 'stopAndQuit' },
        },
        { key: 'n', label: 'go on', detail: '', does: { kind: 'nothing' } },
      ],
      takesEnter: false,
      command: null,
    }),
    [],
  ]
}

/**
 * ctrl-c: the first stops what runs after its revision, the second at once; without a run it ends a plan
 * that takes long to make, else it quits.
 * A command is left with the screens, as in a shell.
 */
export function interrupt(app: AppState): Step {
  const work = underWay(app)
  switch (work?.kind) {
    case undefined:
      return isPlanningLong(app) ? stopPlanning(app) : quit(app)
    case 'plan':
      if (!work.isStopping) return stopAll(app)
      return [noticed(app, 'Stopping the statement now …'), [{ kind: 'kill', lane: 'run' }]]
    case 'command':
      if (!work.isStopping) return stopAndQuit(app)
      return [
        noticed(app, 'Stopping the command now …'),
        changingCommands(app).map(({ id }) => ({ kind: 'endCommand', id })),
      ]
    case 'call':
      if (app.leavesWith === null) return [waitingFor(app, work, 0), []]
      return [app, [{ kind: 'quit', exit: app.leavesWith }]]
  }
}

const EXITS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** A signal: what runs is stopped after its revision first, and a second signal does not wait. */
export function told(app: AppState, signal: keyof typeof EXITS): Step {
  const exit = EXITS[signal]
  const work = underWay(app)
  if (signal === 'SIGINT' && work?.kind === 'plan') return interrupt(app)
  if (work === null) return [app, [{ kind: 'quit', exit }]]
  if (work.kind === 'call') return [waitingFor(app, work, exit), []]
  if (work.isStopping) return [app, [{ kind: 'quit', exit }]]
  const [next, effects] = stopAll(app)
  return [{ ...next, leavesWith: exit }, effects]
}

/** Stops what runs after its revision, and quits then. */
export function stopAndQuit(app: AppState): Step {
  if (underWay(app) === null) return quit(app)
  const [next, effects] = stopAll(app)
  return [{ ...next, leavesWith: 0 }, effects]
}

/** Ends a command that its screen was closed over; one that changes things is at its revision's end first. */
export function endCommand(app: AppState, id: number): Step {
  const command = app.commands.get(id)
  if (command === undefined || command.isStopping) return [app, []]
  return command.changes ? stopCommand(app, command) : [app, [{ kind: 'endCommand', id }]]
}

/**
 * What follows once nothing is under way: the question about it goes, and who wanted to leave leaves
 * as soon as it is known where the database stands.
 */
export function leaveIfDone(step: Step): Step {
  const [app, effects] = step
  if (underWay(app) !== null) return step
  const next = withoutQuestion(app)
  if (app.leavesWith === null || app.calls.has('overview')) return [next, effects]
  const quitting: Effect = { kind: 'quit', exit: app.leavesWith }
  return [next, [...effects, quitting]]
}

function withoutQuestion(app: AppState): AppState {
  const popups = app.popups.filter(
    (popup) =>
      popup.kind !== 'choice' || popup.choices.every(({ does }) => does.kind !== 'stopAndQuit'),
  )
  return popups.length === app.popups.length ? app : { ...app, popups }
}

function waitingFor(
  app: AppState,
  { name }: Extract<UnderWay, { readonly kind: 'call' }>,
  exit: number,
): AppState {
  const text = `${workWord(name)} …: quits once that is done. ctrl-c again quits at once.`
  return { ...noticed(app, text), leavesWith: exit }
}

function stopAll(app: AppState): Step {
  const commands = changingCommands(app).filter(({ isStopping }) => !isStopping)
  return inTurn(
    stopPlan(app),
    ...commands.map((command) => (next: AppState) => stopCommand(next, command)),
  )
}

function stopCommand(app: AppState, command: RunningCommand): Step {
  const { id } = command
  const commands = new Map(app.commands).set(id, { ...command, isStopping: true })
  const text = `Stopping ${commandText(command)} after its revision. ctrl-c again stops it now.`
  return [noticed({ ...app, commands }, text), [{ kind: 'endCommand', id }]]
}

function commandText({ words }: RunningCommand): string {
  return `migrate-tui ${words.join(' ')}`
}

function stopPlan(app: AppState): Step {
  const plan = runningPlan(app)
  if (plan?.running == null || plan.running.isStopping) return [app, []]
  const call = app.calls.get('run')
  const asked = app.popups.find((popup) => popup.kind === 'loss')
  if (asked !== undefined) {
    // Whoever stops agrees to nothing: the run ends where it asked.
    const { slot, ticket, question } = asked
    const popups = app.popups.filter((popup) => popup !== asked)
    return [{ ...app, popups }, [{ kind: 'answer', slot, ticket, question, value: false }]]
  }
  const next = noticed(
    withPlan(app, { ...plan, running: { ...plan.running, isStopping: true } }),
    'Stopping after this revision. ctrl-c again stops it now.',
  )
  return [next, call === undefined ? [] : [{ kind: 'stop', slot: 'run', ticket: call.ticket }]]
}

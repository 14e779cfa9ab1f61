/** Keys that mean the same on every screen. */
import type { Binding } from './binding.js'
import { binding } from './binding.js'

export type EverywhereAction =
  'back' | 'help' | 'command' | 'log' | 'refresh' | 'suspend' | 'interrupt' | 'quit' | 'repaint'

export const EVERYWHERE: readonly Binding<EverywhereAction>[] = [
  binding('back', ['escape'], 'Go one level back; it never acts'),
  binding(
    'command',
    [':'],
    'Type any command, with completion and history; > and a file at its end writes what it prints there',
    { short: 'command' },
  ),
  binding('log', [';'], 'See what ran since the start'),
  binding('help', ['?', 'f1'], 'See all keys of this screen', { short: 'keys' }),
  binding('refresh', ['r'], 'Read the files and the database again'),
  binding('repaint', ['ctrl+l'], 'Draw the screen anew'),
  binding('suspend', ['ctrl+z'], 'Go back to the shell for a while; fg returns'),
  binding(
    'interrupt',
    ['ctrl+c'],
    'Stop what runs after its revision, or a plan that takes long; else quit',
  ),
  binding('quit', ['q'], 'Quit', { short: 'quit' }),
]

export type MoveAction = 'up' | 'down' | 'pageUp' | 'pageDown' | 'first' | 'last'

/** Moving in whatever list or text has the focus. */
export const MOVES: readonly Binding<MoveAction>[] = [
  binding('up', ['up', 'k'], 'Up'),
  binding('down', ['down', 'j'], 'Down'),
  binding('pageUp', ['pageUp', 'ctrl+b'], 'A page up'),
  binding('pageDown', ['pageDown', 'ctrl+f'], 'A page down'),
  binding('first', ['home', '<'], 'To the first'),
  binding('last', ['end', '>', 'G'], 'To the last'),
]

/** The place after a move, among `count` places, `page` of them visible. */
export function movedTo(
  action: MoveAction,
  from: number,
  { count, page }: { readonly count: number; readonly page: number },
): number {
  const steps: Readonly<Record<MoveAction, number>> = {
    up: -1,
    down: 1,
    pageUp: -Math.max(1, page - 1),
    pageDown: Math.max(1, page - 1),
    first: -count,
    last: count,
  }
  return Math.max(0, Math.min(count - 1, from + steps[action]))
}

/** Whether an action only moves. */
export function isMove(action: string): action is MoveAction {
  return MOVES.some((one) => one.action === action)
}

/** States of the screens with revisions in them, and what the host answers there. */
import type { Effect } from '../../src/tui/messages.js'
import type { AppState } from '../../src/tui/state.js'
import type { PlanDocument, TreeRevision } from '../../src/workflows/screens/screen-documents.js'
import { appState } from './tui.js'

/** An applied revision. */
export function revision(id: string, more: Partial<TreeRevision> = {}): TreeRevision {
  return {
    revision: id,
    downRevision: [],
    dependsOn: [],
    branchLabels: [],
    message: `step ${id}`,
    createdAt: null,
    path: `/shop/migrations/${id}.js`,
    applied: true,
    head: false,
    current: false,
    missing: false,
    failed: null,
    state: 'applied',
    fillIn: false,
    ...more,
  }
}

/** Two heads over a base that is applied. */
export function withRevisions(): Partial<AppState> {
  const { overview } = appState()
  if (overview.value === null) throw new Error('The state has no overview.')
  const pending = { applied: false, state: 'pending', head: true } as const
  const revisions = [
    revision('cccccccccccc', { ...pending, downRevision: ['aaaaaaaaaaaa'] }),
    revision('bbbbbbbbbbbb', { ...pending, downRevision: ['aaaaaaaaaaaa'] }),
    revision('aaaaaaaaaaaa', { state: 'current', current: true }),
  ]
  const heads = ['cccccccccccc', 'bbbbbbbbbbbb']
  const value = { ...overview.value, revisions, heads, current: ['aaaaaaaaaaaa'], pending: 2 }
  return {
    overview: { value, failure: null, isLoading: false },
    tree: { ...appState().tree, selected: 'cccccccccccc' },
    idLength: 8,
  }
}

/** A plan of one step that drops a column, with or without rows in it. */
export function planOf(destructive: boolean): PlanDocument {
  return {
    direction: 'up',
    from: ['aaaaaaaaaaaa'],
    to: ['cccccccccccc'],
    target: 'cccccccccccc',
    isTransactional: true,
    steps: [
      {
        revision: 'cccccccccccc',
        message: 'drop about',
        direction: 'up',
        statements: ['alter table "users" drop column "about"'],
        hazards: destructive
          ? [
              {
                code: 'H01',
                class: 'losesData',
                object: 'users.about',
                message: 'dropping the column users.about loses its values',
                rows: 3,
              },
            ]
          : [],
        destructive,
        unforeseen: null,
        file: 'migrations/c.js',
        path: '/shop/migrations/c.js',
        isAtomic: true,
        operations: ['Drop column users.about'],
        notUndone: [],
        locks: [],
        isBlocked: false,
        target: 'cccccccccccc',
      },
    ],
  }
}

/** The call of that name that was made last. */
export function lastCall(
  effects: readonly Effect[],
  name: string,
): Extract<Effect, { kind: 'call' }> {
  const found = effects.filter((effect) => effect.kind === 'call' && effect.name === name).at(-1)
  if (found?.kind !== 'call') throw new Error(`${name} was not called.`)
  return found
}

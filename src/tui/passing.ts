/** Notices about what passes: they stay while it is so, and no longer. */
import { bindingsOf } from './bindings.js'
import { noticed } from './changed.js'
import { boundTo } from './keys/binding.js'
import type { AppState, Notice } from './state.js'
import { underWay } from './under-way.js'
import { workWord } from './work-word.js'

/** The state that says why a key cannot be used now. */
export function unavailable(app: AppState, key: string, why: string): AppState {
  const holds = { while: 'unavailable', key, why } as const
  return { ...app, notice: { tone: 'plain', text: `${key}: ${why}`, holds } }
}

/** The state that says that files and database are read again. */
export function readingAgain(app: AppState): AppState {
  const holds = { while: 'reading' } as const
  return { ...app, notice: { tone: 'plain', text: 'Reading again …', holds } }
}

/** What is written at this moment, which no key takes off the screen; null where nothing is. */
export function workNotice(app: AppState): Notice | null {
  const work = underWay(app)
  return work?.kind === 'call' ? noticed(app, `${workWord(work.name)} …`).notice : null
}

/** The state without a notice of something that is no longer so. */
export function withoutPassed(app: AppState): AppState {
  return app.notice?.holds == null || isSo(app, app.notice.holds) ? app : { ...app, notice: null }
}

function isSo(app: AppState, holds: NonNullable<Notice['holds']>): boolean {
  switch (holds.while) {
    case 'unavailable':
      return boundTo(bindingsOf(app), holds.key, app.keys)?.unavailable?.(app) === holds.why
    case 'reading':
      return app.overview.isLoading || app.comparison.isLoading
  }
}

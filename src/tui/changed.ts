/** What lies on top of the screens, and the state with one thing of it changed. */
import type { Popup } from './popups/popup.js'
import type { PlanScreen } from './screens/plan/state.js'
import type { AppState, LogEntry, Notice, Screen, TreeScreen } from './state.js'

/** The screen over the tree that is shown; null where the tree itself is. */
export function topScreen(app: AppState): Screen | null {
  return app.screens.at(-1) ?? null
}

/** The popup that has the keys. */
export function topPopup(app: AppState): Popup | null {
  return app.popups.at(-1) ?? null
}

/** The state with the shown screen in another state. */
export function withScreen(app: AppState, screen: Screen): AppState {
  return { ...app, screens: [...app.screens.slice(0, -1), screen] }
}

/** The plan among the screens; it goes on while another screen is over it. */
export function planAmong(app: AppState): PlanScreen | null {
  return app.screens.findLast((screen) => screen.kind === 'plan') ?? null
}

/** The state with that plan in another state. */
export function withPlan(app: AppState, plan: PlanScreen): AppState {
  const at = app.screens.findLastIndex((screen) => screen.kind === 'plan')
  return at === -1 ? app : { ...app, screens: app.screens.with(at, plan) }
}

/** The state with the tree in another state. */
export function withTree(app: AppState, change: Partial<TreeScreen>): AppState {
  return { ...app, tree: { ...app.tree, ...change } }
}

/** The state with a popup over everything. */
export function withPopup(app: AppState, popup: Popup): AppState {
  return { ...app, popups: [...app.popups, popup] }
}

/** The state with the popup that has the keys replaced; null closes it. */
export function withTopPopup(app: AppState, popup: Popup | null): AppState {
  const under = app.popups.slice(0, -1)
  return { ...app, popups: popup === null ? under : [...under, popup] }
}

/** The state with a line above the footer. */
export function noticed(app: AppState, text: string, tone: Notice['tone'] = 'plain'): AppState {
  return { ...app, notice: { text, tone, holds: null } }
}

type NewEntry = Omit<LogEntry, 'at' | 'about' | 'isOver'> & Partial<Pick<LogEntry, 'about'>>

/** The state with one more entry in the log. */
export function logged(app: AppState, entry: NewEntry): AppState {
  return { ...app, log: [...app.log, { about: null, ...entry, at: app.now, isOver: false }] }
}

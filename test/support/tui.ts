/** A state of the screens, and what of their lines is looked at. */
import type { AppState, Screen, Size } from '../../src/tui/state.js'
import { startState } from '../../src/tui/state.js'
import type { View } from '../../src/tui/draw/view.js'
import { uiTheme } from '../../src/tui/draw/theme.js'
import type {
  OverviewDocument,
  ReviewDocument,
} from '../../src/workflows/screens/screen-documents.js'
import { reviewDocument } from './review-document.js'

export const SIZES: readonly Size[] = [
  { columns: 120, rows: 35 },
  { columns: 80, rows: 24 },
  { columns: 60, rows: 15 },
]

/** A state with an overview and a comparison, and a screen over the tree. */
export function appState(more: Partial<AppState> = {}, screen: Screen | null = null): AppState {
  const start = startState(
    { readOnly: false, commandOptions: [], commands: [] },
    {
      project: { cwd: '/shop', config: null, database: null, environment: null, variables: {} },
      size: { columns: 120, rows: 35 },
      now: Date.parse('2026-11-21T09:30:00Z'),
    },
  )
  return {
    ...start,
    overview: { value: overviewDocument(), failure: null, isLoading: false },
    comparison: { value: reviewDocument(), failure: null, isLoading: false },
    screens: screen === null ? [] : [screen],
    ...more,
  }
}

/** The state with another comparison. */
export function comparedWith(app: AppState, more: Partial<ReviewDocument>): AppState {
  const value = { ...reviewDocument(), ...more }
  return { ...app, comparison: { value, failure: null, isLoading: false } }
}

/** What views are given; without colour, so that lines are their text and weight. */
export function viewOf(app: AppState, unicode = true): View {
  return { app, theme: uiTheme({ colour: false, unicode }) }
}

/** A line without its weight and inversion. */
export function textOf(line: string): string {
  return line.replaceAll(/\u001b\[\d+m/g, '')
}

function overviewDocument(): OverviewDocument {
  const project = {
    name: 'shop',
    root: '/shop',
    environment: 'development',
    configPath: '/shop/migrate-tui.config.ts',
    keys: {},
  }
  return {
    project,
    database: {
      name: 'default',
      described: 'dev.sqlite3',
      dialect: 'sqlite',
      protection: 'none',
      isMissing: false,
      canBackUp: true,
    },
    databases: ['default'],
    revisions: [],
    current: ['7c1e0b5d9921'],
    heads: ['7c1e0b5d9921'],
    pending: 0,
    position: 7,
    watched: { config: [], migrations: [], models: [] },
  }
}

/** What every view is given. */
import type { AppState } from '../state.js'
import type { UiTheme } from './theme.js'

export interface View {
  readonly app: AppState
  readonly theme: UiTheme
}

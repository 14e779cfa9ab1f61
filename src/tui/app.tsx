/** The screens in Ink: a header, a body, a footer, and what stands over them. Keys never come through here. */
import { Box, Text, useApp } from 'ink'
import { memo, type ReactElement, useEffect, useSyncExternalStore } from 'react'
import { completionLines } from './command-line/lines.js'
import { fitLine } from './draw/line.js'
import { wrapped } from './draw/overlay.js'
import { layoutOf, LEAST } from './layout.js'
import { footerLines, headerLine } from './frame-lines.js'
import { placedPopup } from './popups/lines.js'
import { diffScreenLines } from './screens/diff/lines.js'
import { logLines } from './screens/log/lines.js'
import { outputLines } from './screens/output/lines.js'
import { planLines } from './screens/plan/lines.js'
import { reviewScreenLines } from './screens/review/lines.js'
import { treeLines } from './screens/tree/lines.js'
import { topPopup, topScreen } from './changed.js'
import { type AppState } from './state.js'
import type { Store } from './store.js'
import { underWay } from './under-way.js'
import type { View } from './draw/view.js'
import type { UiTheme } from './draw/theme.js'

export interface AppProps {
  readonly store: Store
  readonly theme: UiTheme
  /** Told once how the screens are left. */
  readonly ready: (exit: () => void) => void
}

/** The program, drawn anew whenever its state changes. */
export function App({ store, theme, ready }: AppProps): ReactElement {
  const app = useSyncExternalStore(store.subscribe, store.state)
  const { exit } = useApp()
  useEffect(() => {
    ready(exit)
  }, [exit, ready])
  return <Screens app={app} theme={theme} />
}

/** The screens in one state. */
function Screens({ app, theme }: View): ReactElement {
  const { columns, rows } = app.size
  const { isTooSmall, bodyRows } = layoutOf(app)
  if (isTooSmall) return <Lines lines={tooSmall({ app, theme })} theme={theme} />
  const view = { app, theme }
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Lines lines={[headerLine(view)]} theme={theme} />
      <Lines lines={filled(bodyLines(view), bodyRows, columns)} theme={theme} />
      <Lines lines={footerLines(view)} theme={theme} />
      <Over app={app} theme={theme} />
    </Box>
  )
}

/** What stands over the body: the popup that has the keys, or what may follow on the command line. */
function Over({ app, theme }: View): ReactElement | null {
  const popup = topPopup(app)
  if (app.commandLine !== null) {
    const lines = completionLines({ app, theme }, app.commandLine)
    const top = app.size.rows - layoutOf(app).footRows - lines.length
    return lines.length === 0 ? null : <Placed left={0} top={top} lines={lines} theme={theme} />
  }
  if (popup === null) return null
  const { place, lines } = placedPopup({ app, theme }, popup)
  return <Placed left={place.left} top={place.top} lines={lines} theme={theme} />
}

function Placed({
  left,
  top,
  lines,
  theme,
}: {
  readonly left: number
  readonly top: number
} & LinesProps): ReactElement {
  return (
    <Box position="absolute" marginLeft={left} marginTop={top}>
      <Lines lines={lines} theme={theme} />
    </Box>
  )
}

interface LinesProps {
  readonly lines: readonly string[]
  readonly theme: UiTheme
}

/** Lines that have their width already. */
function Lines({ lines, theme }: LinesProps): ReactElement {
  return <Fitted text={theme.spell(lines.join('\n'))} />
}

/** One text for a whole pane: Ink's cost grows with the number of its elements. */
const Fitted = memo(function Fitted({ text }: { readonly text: string }): ReactElement {
  return (
    <Box flexShrink={0}>
      <Text>{text}</Text>
    </Box>
  )
})

/** The body of the shown screen. */
function bodyLines(view: View): readonly string[] {
  const screen = topScreen(view.app)
  switch (screen?.kind) {
    case undefined:
      return treeLines(view)
    case 'diff':
      return diffScreenLines(view, screen)
    case 'review':
      return reviewScreenLines(view, screen)
    case 'plan':
      return planLines(view, screen)
    case 'output':
      return outputLines(view, screen)
    case 'log':
      return logLines(view, screen)
  }
}

/** Exactly `rows` lines. */
function filled(lines: readonly string[], rows: number, columns: number): readonly string[] {
  return Array.from({ length: rows }, (_, index) => lines[index] ?? ' '.repeat(columns))
}

function tooSmall({ app }: { readonly app: AppState; readonly theme: UiTheme }): readonly string[] {
  const { columns, rows } = app.size
  const stop = underWay(app) === null ? [] : ['ctrl-c stops what runs']
  return [
    `needs ${LEAST.columns}x${LEAST.rows} (now ${columns}x${rows})`,
    ...(app.notice === null ? stop : wrapped(app.notice.text, columns)),
    'or: migrate-tui history',
  ]
    .slice(0, rows)
    .map((line) => fitLine([line], columns))
}

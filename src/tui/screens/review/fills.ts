/** Values for rows that exist, asked for as text. */
import type { FillQuestion } from '../../../workflows/io.js'
import { counted } from '../../../present/text-width.js'
import { commandLike } from '../../commands-like.js'
import type { AppState } from '../../state.js'
import { withPopup } from '../../changed.js'
import { textField } from '../../text-field.js'
import { fillKey } from './rows.js'
import type { ReviewScreen } from './state.js'

/** The state with the question for one column over it. */
export function askFill(
  app: AppState,
  screen: ReviewScreen,
  { question, thenWrites }: { readonly question: FillQuestion; readonly thenWrites: boolean },
): AppState {
  const key = fillKey(question)
  const text = screen.fills.get(key) ?? question.offered ?? ''
  return withPopup(app, {
    kind: 'field',
    title: `A value for ${key}`,
    text: [
      `${key} (${question.type}) may not be null, and ${counted(question.rows, 'row')} ${question.rows === 1 ? 'has' : 'have'} no value for it.`,
      "An SQL expression: 0, 'none', lower(email). Empty leaves a marked place in the script.",
    ],
    field: textField(text),
    purpose: { kind: 'fill', question, thenWrites },
    command: commandLike(app, 'migrate', '--fill', `${key}=…`),
  })
}

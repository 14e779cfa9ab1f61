/** What can stand over a screen and take its keys. */
import type { HostFailure } from '../../host/calls.js'
import type { RenameQuestion } from '../../workflows/documents.js'
import type { FillQuestion, LossQuestion } from '../../workflows/io.js'
import type { SampleDocument } from '../../workflows/screens/screen-documents.js'
import type { Part } from '../draw/line.js'
import type { TextField } from '../text-field.js'

/** Something that a person can choose, by its letter or by moving to it. */
export interface Choice {
  readonly key: string
  readonly label: string
  /** What follows from it; empty where the label says it. */
  readonly detail: string
  readonly does: Chosen
}

/** What a choice leads to. */
export type Chosen =
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'database'; readonly name: string }
  | { readonly kind: 'stamp'; readonly revision: string }
  | { readonly kind: 'dropUnmanaged'; readonly table: string }
  | {
      readonly kind: 'rename'
      readonly table: string
      readonly column: string | null
      readonly to: string
    }
  | { readonly kind: 'merge' }
  | { readonly kind: 'runBatch'; readonly steps: number }
  | { readonly kind: 'runStep' }
  | { readonly kind: 'write' }
  | { readonly kind: 'stopAndQuit' }
  | { readonly kind: 'show'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'nothing' }

/** What a line of text is for. */
export type FieldPurpose =
  /** The head that it is to follow, as it is typed. */
  | { readonly kind: 'newRevision'; readonly head: string }
  | { readonly kind: 'merge' }
  /** The message of a part of the review, counted from 0. */
  | { readonly kind: 'message'; readonly part: number }
  /** The value of existing rows in a new column of the review. */
  | {
      readonly kind: 'fill'
      readonly question: FillQuestion
      /** Whether it was asked on the way to writing, which goes on then. */
      readonly thenWrites: boolean
    }

/** A question that may have more text than the screen has room for. */
interface Scrolled {
  /** The first line that is seen, once a person scrolled; without it, or null, what answers is in view. */
  readonly scrolled?: number | null
}

export type Popup = TextPopup | QuestionPopup

/** Something to read. */
type TextPopup =
  | { readonly kind: 'help'; readonly top: number }
  | {
      readonly kind: 'viewer'
      readonly title: string
      readonly lines: readonly string[]
      readonly top: number
    }
  | { readonly kind: 'failure'; readonly failure: HostFailure; readonly top: number }

/** Something to answer. */
export type QuestionPopup = Question & Scrolled

type Question =
  | {
      readonly kind: 'choice'
      readonly title: string
      /** Above the choices; cleaned and wrapped when drawn. */
      readonly text: readonly string[]
      readonly choices: readonly Choice[]
      readonly selected: number
      /** Whether enter takes what is selected; where it changes something, only its letter does. */
      readonly takesEnter: boolean
      /** The command that would do the same; null where there is none. */
      readonly command: string | null
    }
  | {
      readonly kind: 'field'
      readonly title: string
      readonly text: readonly string[]
      readonly field: TextField
      readonly purpose: FieldPurpose
      readonly command: string | null
    }
  /** The loss of a step that waits for consent: the words are typed, and nothing else goes on. */
  | {
      readonly kind: 'loss'
      readonly asks: LossQuestion
      readonly slot: string
      readonly ticket: number
      readonly question: number
      readonly field: TextField
      /** Milliseconds since the epoch: keys that come at once were meant for something else. */
      readonly openedAt: number
    }
  | {
      readonly kind: 'rename'
      readonly asks: RenameQuestion
      /** How many were asked before it in this review. */
      readonly asked: number
      /** How many are open, this one included. */
      readonly open: number
      readonly selected: number | null
      /** Values of the old column, once they were asked for; `loading` while they come. */
      readonly samples: SampleDocument | 'loading' | null
    }

/** Lines before they are fitted. */
export interface PopupBody {
  readonly lines: readonly (readonly Part[])[]
  /** The lines of the choice that is selected, or that is typed on: from the first to before the last. */
  readonly seen: { readonly from: number; readonly to: number } | null
}

/** Whether a popup is only read. */
export function isText(popup: Popup): popup is TextPopup {
  return popup.kind === 'help' || popup.kind === 'viewer' || popup.kind === 'failure'
}

/** The file that a failure names and that may be changed; null where there is none. */
export function fileToMend(
  start: { readonly readOnly: boolean },
  { failure }: Extract<Popup, { readonly kind: 'failure' }>,
): string | null {
  const { file } = failure.details
  return typeof file === 'string' && !start.readOnly ? file : null
}

/** Milliseconds in which a prompt for a loss takes no key. */
export const MUTED_MS = 400

/** Cuts what a terminal sends into what one key sends each. */

export interface SplitKeys {
  /** One key, or one answer of the terminal, each; in order. */
  readonly sequences: readonly string[]
  /** The beginning of a sequence whose end has not come yet; may be empty. */
  readonly unfinished: string
}

/**
 * Function keys of the Linux console; commands; short function keys; strings, which are a terminal's
 * late answers to questions that another program asked; alt and a letter; a character. An escape
 * before a control character is the key of that name: whoever presses ctrl-c after it means both.
 */
const SEQUENCE =
  /\u001b\[\[[A-E]|\u001b\[[0-?]*[ -/]*[@-~]|\u001bO[ -~]|\u001b[\]P_^X][^\u0000-\u001f]*(?:\u0007|\u001b\\)|\u001b[^\u0000-\u001f]|[^]/gu

const UNFINISHED = /\u001b(?:\[\[|\[[0-?]*[ -/]*|O|[\]P_^X][^\u0000-\u001f]*\u001b?)?$/

/** The sequences of a text that begins where a sequence begins. */
export function splitKeys(text: string): SplitKeys {
  const unfinished = UNFINISHED.exec(text)?.[0] ?? ''
  return {
    sequences: sequencesOf(text.slice(0, text.length - unfinished.length)),
    unfinished,
  }
}

/** The same where nothing more comes: an unfinished command or string is dropped, since it is no key. */
export function lastKeys(unfinished: string): readonly string[] {
  return unfinished.length <= 2 ? sequencesOf(unfinished) : []
}

function sequencesOf(text: string): readonly string[] {
  return text.match(SEQUENCE) ?? []
}

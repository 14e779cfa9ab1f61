/** What a host finds open beside the usual, by the numbers of `fork-host`. */

/** The pipe whose end tells that the parent is gone. */
export const LIFELINE_FD = 4

/** The file that takes its large answers, where it was started with this word. */
export const ANSWERS_FD = 5
export const HAS_ANSWERS_FILE = 'answers-file'

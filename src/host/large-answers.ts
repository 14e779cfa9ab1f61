/** Large answers go through a file: as a message, Node would join what has come at every piece of it. */
import { writeAnswer } from '../shared-file.js'
import { ANSWERS_FD, HAS_ANSWERS_FILE } from './descriptors.js'

/** Whether the file may be written over: the parent has read what was in it. */
let isFree = process.argv.includes(HAS_ANSWERS_FILE)

/** Writes an answer for the parent, and gives its bytes; null where the file takes none now. */
export function leftInFile(text: string): number | null {
  if (!isFree) return null
  try {
    const bytes = writeAnswer(ANSWERS_FD, text)
    isFree = false
    return bytes
  } catch {
    // No space for it.
    return null
  }
}

/** The parent has read the last. */
export function wasTaken(): void {
  isFree = true
}

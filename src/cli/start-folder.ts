/** The folder that the process was started in, which may be gone by now. */
import { MigrateError } from '../errors.js'

/**
 * Absolute.
 * @throws MigrateError `FOLDER_GONE`
 */
export function startFolder(): string {
  try {
    return process.cwd()
  } catch (thrown) {
    throw new MigrateError('FOLDER_GONE', 2, 'The folder that this was started in is gone.', {
      why: 'It was removed, or made anew, after this shell went into it.',
      fix: 'Go to a folder that is there (cd), and type the command again.',
      state: 'Nothing was changed.',
      cause: thrown,
    })
  }
}

/** Whether it is still there. */
export function isStartFolderThere(): boolean {
  try {
    startFolder()
    return true
  } catch {
    return false
  }
}

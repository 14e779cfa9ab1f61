/** Whether a script can be loaded and recorded as it stands. */
import type { ScriptFile } from '../../scripts/folder.js'
import { loadScript } from '../../scripts/loading/load.js'

/**
 * Loads a script anew.
 * @throws MigrateError `SCRIPT_SYNTAX`, `SCRIPT_IMPORT`, `SCRIPT_NO_UP`, with file and line
 */
export async function validateScript(file: ScriptFile): Promise<void> {
  await loadScript(file)
}

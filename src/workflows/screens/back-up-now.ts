/** A copy of the database because somebody asked for one. */
import { MigrateError } from '../../errors.js'
import type { Project } from '../../project/project.js'
import { backUp } from '../running/back-up.js'
import type { Io } from '../io.js'
import { connectionOf, inSession } from '../session.js'

/** The copy's absolute path and its size in bytes. */
export interface MadeBackup {
  readonly path: string
  readonly bytes: number
}

/**
 * Copies the database as a run does before it loses data; the oldest copies beyond `keep` go.
 * @throws MigrateError `BACKUP_OFF`, `BACKUP_NOT_A_FILE` (exit 2), `BACKUP_TOO_LARGE` (exit 3)
 */
export async function backUpNow(project: Project, io: Io): Promise<MadeBackup> {
  const { database } = project
  const settings = database.backup
  if (settings === null) throw turnedOff()
  return await inSession(project, { readOnly: true }, async (session) => {
    const made: MadeBackup[] = []
    const { dialect, file, connection } = session
    if (file === null || connection === null) throw notAFile(session.described)
    const request = {
      dialect,
      connection: connectionOf(session),
      file,
      settings,
      revision: 'anything',
      lockTimeout: null,
    }
    await backUp(request, {
      ...io,
      event: (event) => {
        if (event.kind === 'backup') made.push({ path: event.path, bytes: event.bytes })
        io.event(event)
      },
    })
    const [copy] = made
    if (copy === undefined) throw notAFile(session.described)
    return copy
  })
}

function turnedOff(): MigrateError {
  return new MigrateError('BACKUP_OFF', 2, 'Copies of the database are turned off.', {
    why: 'The configuration says `backup: false`.',
    fix: 'Take that out of the configuration.',
  })
}

function notAFile(described: string): MigrateError {
  return new MigrateError('BACKUP_NOT_A_FILE', 2, `${described} is no file that could be copied.`, {
    why: 'Only a database that is one file, and there, is copied.',
    fix: "Make a copy with the database's own tools.",
  })
}

/** Records revisions as applied, or as not, without running anything. */
import { withState } from '../errors.js'
import os from 'node:os'
import type { Project } from '../project/project.js'
import type { StampPlan } from '../revisions/stamp.js'
import { stampTargets } from '../revisions/stamp.js'
import { userName } from '../user-name.js'
import { createHistoryTables, hasHistory } from '../runner/history-tables.js'
import type { HistoryRow, LogRow } from '../runner/history-row.js'
import { deleteRevisions, insertLog, insertRevisions, lastPositions } from '../runner/history.js'
import { deleteKnexRow, insertKnexRow } from '../runner/knex-history.js'
import type { StampDocument } from './documents.js'
import { unlistedByKnex } from './history-doubts.js'
import { historyStatements } from './running/history-statements.js'
import type { Io } from './io.js'
import { fileOf } from './running/load-scripts.js'
import type { StampOptions } from './options.js'
import type { Session } from './session.js'
import { connectionOf, inSession, keptKnexHistory, offlineSession } from './session.js'
import { TOOL_VERSION } from './tool-version.js'

/**
 * Makes the targets current in the history alone, and, where it takes nothing back, lists in Knex's
 * what is applied and missing there; with `sql` writes the statements instead.
 * @throws MigrateError `REV_…`, `DATABASE_LOCKED`
 */
export function stamp(project: Project, options: StampOptions, _io: Io): Promise<StampDocument> {
  if (options.sql) return offlineStamp(project, options)
  return inSession(project, { readOnly: false }, async (session) => {
    const plan = stampTargets(session.graph, session.applied, requestOf(options))
    await writeStamp(session, plan)
    return { from: plan.from, to: plan.to, sql: null }
  })
}

function requestOf(options: StampOptions): Parameters<typeof stampTargets>[2] {
  return { targets: options.revisions, purge: options.purge }
}

async function writeStamp(session: Session, plan: StampPlan): Promise<void> {
  const { dialect, tables, database } = session
  const knex = keptKnexHistory(session)
  const connection = connectionOf(session)
  await dialect.frame.begin(connection, database.lockTimeout)
  try {
    if (!(await hasHistory(dialect, connection, tables))) {
      for (const sql of createHistoryTables(dialect, tables)) await connection.execute(sql)
    }
    const positions = await lastPositions(dialect, connection, tables)
    let { revisions, log } = positions
    for (const id of plan.remove) {
      await deleteRevisions(dialect, connection, tables, [id])
      log += 1
      await insertLog(dialect, connection, tables, [logRow(session, id, log)])
      if (knex !== null) await deleteKnexRow(dialect, connection, knex, knexNameOf(session, id))
    }
    // One that takes something back may be the first of several that Knex rolled back.
    const unlisted = plan.remove.length === 0 ? unlistedByKnex(session) : null
    for (const id of unlisted?.revisions ?? []) {
      if (knex !== null) await insertKnexRow(dialect, connection, knex, knexNameOf(session, id))
    }
    const listed = new Set(session.rows.map((row) => row.revision))
    for (const { id } of plan.add) {
      if (listed.has(id) && !plan.remove.includes(id)) continue
      revisions += 1
      log += 1
      const row = logRow(session, id, log)
      await insertRevisions(dialect, connection, tables, [{ ...row, position: revisions }])
      await insertLog(dialect, connection, tables, [row])
      if (knex !== null) await insertKnexRow(dialect, connection, knex, knexNameOf(session, id))
    }
    await dialect.frame.commit(connection)
  } catch (thrown) {
    await dialect.frame.rollback(connection)
    throw withState(thrown, 'Nothing was changed: the history is as it was.')
  }
}

function knexNameOf(session: Session, id: string): string {
  return session.files.get(id)?.knexName ?? id
}

function logRow(session: Session, id: string, position: number): LogRow & HistoryRow {
  const now = new Date().toISOString()
  const file = session.files.get(id)
  return {
    revision: id,
    position,
    direction: 'stamp',
    downRevisions: file?.revision.parents ?? [],
    message: file?.revision.message ?? '',
    checksum: file?.checksum() ?? null,
    state: 'stamped',
    startedAt: now,
    finishedAt: now,
    durationMs: 0,
    toolVersion: TOOL_VERSION,
    appliedBy: `${userName()}@${os.hostname()}`,
    hazards: [],
    error: null,
  }
}

/** Without a database nobody knows what to forget, so everything is, and the targets' history is written. */
async function offlineStamp(project: Project, options: StampOptions): Promise<StampDocument> {
  const session = await offlineSession(project)
  const { dialect, tables } = session
  const plan = stampTargets(session.graph, new Set(), requestOf(options))
  const rows = plan.add.flatMap((revision, i) => {
    const file = fileOf(session, revision.id)
    const checksum = file.checksum()
    const planned = { ...revision, path: revision.path, checksum, knexName: file.knexName }
    return historyStatements(session, { revision: planned, direction: 'up' }, i + 1, 'stamped')
  })
  const sql = [
    ...createHistoryTables(dialect, tables, true),
    ...dialect.offline.begin,
    `delete from ${dialect.quote(tables.revisions)}`,
    ...rows,
    ...dialect.offline.commit,
  ]
  return { from: [], to: plan.to, sql }
}

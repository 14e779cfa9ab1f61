/** The one session that a script's Knex runs on: who may use it when, and its transactions. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connection } from '../../dialects/connection.js'
import type { TransactionFrame } from '../../dialects/dialect.js'
import { MigrateError } from '../../errors.js'
import type { KnexClient, KnexTransaction, RowStream } from './knex-module.js'
import { createRowStreams } from './row-streams.js'

/** Milliseconds that a statement waits for a transaction in which nothing happens. */
const PATIENCE = 10_000

/** Milliseconds that a transaction of a script's own waits for the write lock. */
const LOCK_TIMEOUT = 3_000

/** A transaction of Knex's while its callback runs. */
interface OpenTransaction {
  readonly transaction: KnexTransaction
  readonly client: KnexClient
}

interface TransactionRecord {
  open: OpenTransaction | null
}

/**
 * In which transaction of which session a call is. One for all sessions: Node 20 goes through every
 * storage that was ever entered at every promise, and lets go of none.
 */
const inside = new AsyncLocalStorage<ReadonlyMap<object, TransactionRecord>>()

/** Sessions that are not closed: without one the storage is turned off. */
const openSessions = new Set<object>()

export interface KnexSession {
  /** What Knex takes for the driver's connection. */
  readonly handle: unknown
  /** Waits for the session's turn. @throws MigrateError `SCRIPT_OUTSIDE_TRANSACTION`, `SCRIPT_WAITS` */
  acquire(): Promise<unknown>
  release(): void
  /** Knows of a stream of rows; unless a transaction has the session, others may use it meanwhile. */
  stream(stream: RowStream, isOfTransaction: boolean): void
  /** Resolves when Knex may speak on the handle itself. */
  settled(): Promise<void>
  /** Runs one statement after the other, however many were asked for at once. */
  inTurn<T>(run: () => Promise<T>): Promise<T>
  /**
   * Runs the callback of a transaction so that what it starts is known to be inside. Where nothing is
   * sent nobody need know it of an outermost one: nothing waits for it.
   */
  enter<T>(record: TransactionRecord, isOutermost: boolean, run: () => T): T
  /** The innermost open transaction whose callback this is called from. */
  current(): OpenTransaction | null
  /** Carries out what Knex says to begin or end a transaction; `native` sends it to the driver. */
  control(sql: string, native: () => Promise<unknown>): Promise<unknown>
  /** Runs work whose outermost transaction somebody else has begun and will end. */
  framed<T>(work: () => Promise<T>): Promise<T>
  /** Stops following who calls from where: it slows down every promise of the process. */
  close(): void
}

/** A session on a connection; null is none: then beginning and ending transactions does nothing. */
export function createSession(
  connection: Connection | null,
  frame: TransactionFrame | null,
): KnexSession {
  /** What stands for this session among those that a call is inside of. */
  const self = {}
  openSessions.add(self)
  const handle = connection?.handle ?? {}
  let isFramed = false
  let isRunning = false
  const turns: (() => void)[] = []
  const streams = createRowStreams()
  let holders = 0
  const waiting: (() => void)[] = []

  function current(): OpenTransaction | null {
    const open = inside.getStore()?.get(self)?.open ?? null
    return open === null || open.transaction.isCompleted() ? null : open
  }

  async function acquire(): Promise<unknown> {
    if (current() !== null) throw outsideTransaction()
    if (isHeld()) await nextFree()
    else holders += 1
    return handle
  }

  /** Whether somebody uses the session alone. */
  function isHeld(): boolean {
    return holders > streams.sharing()
  }

  function nextFree(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setInterval(() => {
        if (isRunning) return
        clearInterval(timer)
        waiting.splice(waiting.indexOf(go), 1)
        reject(waitsForNothing())
      }, PATIENCE)
      const go = (): void => {
        clearInterval(timer)
        resolve()
      }
      waiting.push(go)
    })
  }

  function release(): void {
    holders -= 1
    letNextIn()
  }

  function letNextIn(): void {
    if (isHeld()) return
    const next = waiting.shift()
    if (next === undefined) return
    holders += 1
    next()
  }

  async function inTurn<T>(run: () => Promise<T>): Promise<T> {
    streams.takeAll()
    if (isRunning) await new Promise<void>((go) => turns.push(go))
    isRunning = true
    try {
      return await run()
    } finally {
      const next = turns.shift()
      if (next === undefined) isRunning = false
      else next()
    }
  }

  async function control(sql: string, native: () => Promise<unknown>): Promise<unknown> {
    if (connection === null) return undefined
    if (frame === null) return native()
    const alone = async (): Promise<unknown> => {
      await connection.settled?.()
      return await native()
    }
    const [, action = '', name = 'script'] = CONTROL.exec(sql) ?? []
    switch (action.toLowerCase()) {
      case 'begin':
        return isFramed ? frame.savepoint(connection, name) : frame.begin(connection, LOCK_TIMEOUT)
      case 'commit':
        return isFramed ? frame.release(connection, name) : frame.commit(connection)
      case 'rollback':
        return isFramed ? undo(connection, frame, name) : frame.rollback(connection)
      case 'savepoint':
        return frame.savepoint(connection, name)
      case 'release savepoint':
        return frame.release(connection, name)
      case 'rollback to savepoint':
        return undo(connection, frame, name)
      default:
        // An isolation level is the business of whoever began the outermost transaction.
        return isFramed ? undefined : alone()
    }
  }

  return {
    handle,
    acquire,
    release,
    stream: (stream, isOfTransaction) => {
      streams.takeAll()
      streams.add(stream, !isOfTransaction)
      letNextIn()
    },
    settled: async () => {
      await connection?.settled?.()
    },
    inTurn,
    current,
    control,
    enter: (record, isOutermost, run) =>
      isOutermost && connection === null
        ? run()
        : inside.run(new Map(inside.getStore()).set(self, record), run),
    close: () => {
      openSessions.delete(self)
      if (openSessions.size === 0) inside.disable()
    },
    framed: async (work) => {
      isFramed = true
      try {
        return await work()
      } finally {
        isFramed = false
      }
    },
  }
}

const CONTROL =
  /^(begin|commit|rollback|savepoint|release savepoint|rollback to savepoint)(?: (\w+))?;?$/i

async function undo(connection: Connection, frame: TransactionFrame, name: string): Promise<void> {
  await frame.rollbackTo(connection, name)
  await frame.release(connection, name)
}

function outsideTransaction(): MigrateError {
  return new MigrateError(
    'SCRIPT_OUTSIDE_TRANSACTION',
    1,
    'Inside a transaction the script uses a knex that is outside of it.',
    {
      why: 'There is one session for the whole script, so the statement would wait for ever.',
      fix: 'Inside knex.transaction(async (trx) => …) use trx for every query and schema call.',
    },
  )
}

function waitsForNothing(): MigrateError {
  return new MigrateError(
    'SCRIPT_WAITS',
    1,
    `A statement of the script waited ${PATIENCE / 1000} s for a transaction that does nothing.`,
    {
      why: 'The script began a transaction, did not end it, and used knex outside of it.',
      fix: 'Use the transaction for every statement until it is committed, and await them all.',
    },
  )
}

/** The overview crosses in a file, and as a message where that has no room or is not read yet. */
import { fork } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FromHost, LeftInFile, ToHost } from '../../src/host/calls.js'
import { HAS_ANSWERS_FILE } from '../../src/host/descriptors.js'
import { openSharedFile, readAnswer } from '../../src/shared-file.js'
import { hostOf, hostProject } from '../support/hosts.js'
import type { TestProject } from '../support/project.js'
import { ROOT } from '../support/project.js'
import { add, line, projectWith } from '../support/revision-line.js'

type Answered = LeftInFile | Extract<FromHost, { readonly kind: 'doneInText' }>

interface Fork {
  send(message: ToHost): void
  /** The next answer in text, wherever it is. */
  answer(): Promise<Answered>
}

/** A host whose descriptor for answers is that one. */
function forked(project: TestProject, answers: number | 'ignore', ...words: string[]): Fork {
  const child = fork(path.join(ROOT, 'dist/host.cjs'), words, {
    cwd: project.folder,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe', answers],
  })
  const waiting: ((told: Answered) => void)[] = []
  child.on('message', (message: FromHost | LeftInFile) => {
    if (message.kind === 'doneInFile' || message.kind === 'doneInText') waiting.shift()?.(message)
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return {
    send: (message) => child.send(message),
    answer: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
      }),
  }
}

function overviewOf(project: TestProject, id: number): ToHost {
  return { kind: 'call', id, project: hostProject(project), name: 'overview', given: {} }
}

/** Names of more bytes than characters. */
function namedProject(): TestProject {
  const project = projectWith(line('one'))
  add(project, { id: 'groesse', parents: ['one'], message: 'größer als ein 🐘' })
  return project
}

function fileOf(open: () => number): number {
  const file = open()
  onTestFinished(() => {
    closeSync(file)
  })
  return file
}

describe('the overview of a host', () => {
  test('is left in the file, and sent until that was read', async () => {
    const project = namedProject()
    const file = fileOf(openSharedFile)
    const host = forked(project, file, HAS_ANSWERS_FILE)
    host.send(overviewOf(project, 1))
    const first = await host.answer()
    if (first.kind !== 'doneInFile') expect.fail('the first was not left in the file')
    host.send(overviewOf(project, 2))
    const second = await host.answer()
    if (second.kind !== 'doneInText') expect.fail('the second was written over the first')
    const text = readAnswer(file, first.bytes)
    expect(JSON.parse(text)).toEqual(JSON.parse(second.text))
    expect(text).toContain('größer als ein 🐘')
    host.send({ kind: 'taken' })
    host.send(overviewOf(project, 3))
    expect(await host.answer()).toMatchObject({ kind: 'doneInFile', id: 3 })
  })

  test('is sent where the file has no room', async () => {
    const project = namedProject()
    const full = fileOf(() => openSync('/dev/full', 'r+'))
    const host = forked(project, full, HAS_ANSWERS_FILE)
    host.send(overviewOf(project, 1))
    expect(await host.answer()).toMatchObject({ kind: 'doneInText', id: 1 })
  })

  test('is sent where no file could be made', async () => {
    const project = namedProject()
    const host = forked(project, 'ignore')
    host.send(overviewOf(project, 1))
    expect(await host.answer()).toMatchObject({ kind: 'doneInText', id: 1 })
  })

  test('comes whole, however many are asked for at once', async () => {
    const project = namedProject()
    const host = hostOf(project)
    const all = await Promise.all(Array.from({ length: 8 }, () => host.call('overview', {})))
    for (const one of all) expect(one).toEqual(all[0])
    expect(all[0]?.revisions.map(({ message }) => message)).toContain('größer als ein 🐘.')
    expect(await host.call('overview', {})).toEqual(all[0])
  })
})

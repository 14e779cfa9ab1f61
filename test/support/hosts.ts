/** Hosts of test projects, ended with their test. */
import { onTestFinished } from 'vitest'
import type { HostFailure, HostProject } from '../../src/host/calls.js'
import type { RunDocument } from '../../src/workflows/documents.js'
import type { RunEvent } from '../../src/workflows/io.js'
import type { HostClient } from '../../src/host/host-client.js'
import { HostError, openHost } from '../../src/host/host-client.js'
import type { TestProject } from './project.js'

/** What a host is told about a test project. */
export function hostProject({ folder }: TestProject): HostProject {
  return { cwd: folder, config: null, database: null, environment: null, variables: {} }
}

/** A lane on a project, ended when the test is over. */
export function hostOf(project: TestProject): HostClient {
  const host = openHost(hostProject(project))
  onTestFinished(() => {
    host.kill()
  })
  return host
}

/** The failure that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<HostFailure> {
  try {
    await call
  } catch (thrown) {
    if (thrown instanceof HostError) return thrown.failure
    throw thrown
  }
  throw new Error('The call did not fail.')
}

/** A review in which nothing was answered. */
export const NO_ANSWERS = { renames: [], apart: [], dropUnmanaged: [] }

/** Runs the whole plan to the head; nobody is asked. */
export async function upgradeAll(
  host: HostClient,
): Promise<{ readonly document: RunDocument; readonly events: readonly RunEvent[] }> {
  const events: RunEvent[] = []
  const { steps } = await host.call('plan', { direction: 'up', target: 'head' })
  const expected = steps.map(({ revision }) => revision)
  const document = await host.call(
    'run',
    { direction: 'up', target: 'head', expected, backup: true },
    { onEvent: (event) => events.push(event) },
  )
  return { document, events }
}

/** The revisions of a plan, as a person saw them. */
export async function expectedOf(
  host: HostClient,
  direction: 'up' | 'down',
  target: string,
): Promise<readonly string[]> {
  const { steps } = await host.call('plan', { direction, target })
  return steps.map(({ revision }) => revision)
}

/** Waits until something is so, for at most 20 s. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not come true.')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

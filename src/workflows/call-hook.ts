/** Calls the hooks of a project's configuration. */
import { MigrateError, messageOf } from '../errors.js'
import type { Hooks } from '../project/config.js'

/**
 * Calls a hook and waits for it. `state` says what stands when it fails.
 * @throws MigrateError `HOOK_FAILED`; what the hook threw itself where that is one of ours
 */
export async function calledHook(
  name: keyof Hooks,
  call: () => void | Promise<void>,
  { state }: { readonly state: string },
): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof MigrateError) throw thrown
    throw new MigrateError('HOOK_FAILED', 1, `The hook ${name} failed: ${messageOf(thrown)}`, {
      why: 'It is a function of the configuration, and what it throws stops the command.',
      fix: `Mend \`hooks.${name}\` in the configuration, and run the command again.`,
      state,
      cause: thrown,
    })
  }
}

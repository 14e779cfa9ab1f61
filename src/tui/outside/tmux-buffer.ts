/** Hands a text to tmux, which keeps it as its buffer and passes it on to the terminal's clipboard. */
import { spawn } from 'node:child_process'

/** tmux answers in a few ms, or is not there. */
const PATIENCE_MS = 1_000

/**
 * Whether tmux took it. As tmux is set up by default it neither takes a program's own command for the
 * clipboard (`set-clipboard external`) nor passes it on (`allow-passthrough off`); this it does (3.2).
 */
export function bufferOfTmux(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const tmux = spawn('tmux', ['load-buffer', '-w', '-'], {
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: PATIENCE_MS,
    })
    tmux.once('error', () => {
      resolve(false)
    })
    tmux.once('close', (code) => {
      resolve(code === 0)
    })
    // One that ended early does not read it, and its exit code says so.
    tmux.stdin.on('error', () => undefined)
    tmux.stdin.end(text)
  })
}

/** Copies text to the clipboard of the terminal, also from another machine. */

/** xterm takes 100,000 bytes for one command: 8 around the text, and base64 makes 4 of 3. */
const MOST_BYTES = 74_994

/** A line of base64 for GNU screen, which takes 768 bytes at once. */
const SCREEN_BYTES = 512

/**
 * The command (OSC 52) that has a terminal copy the text, or null where the text is too long for it. The
 * text travels as base64, so that nothing in it reaches the terminal as a command.
 */
export function copyCommand(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const bytes = Buffer.from(text)
  if (bytes.length > MOST_BYTES) return null
  const command = `\u001b]52;c;${bytes.toString('base64')}\u0007`
  // tmux takes the bare one where `set-clipboard` is on, and passes the other on where it may.
  if (isInTmux(env)) return command + passedByTmux(command)
  return given(env.STY) ? passedByScreen(command) : command
}

/** Whether the terminal is one of tmux's on this machine. */
export function isInTmux({ TMUX }: Readonly<Record<string, string | undefined>>): boolean {
  return given(TMUX)
}

function given(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}

function passedByTmux(command: string): string {
  return `\u001bPtmux;${command.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`
}

function passedByScreen(command: string): string {
  const parts = command.match(new RegExp(`[^]{1,${SCREEN_BYTES}}`, 'g')) ?? []
  return parts.map((part) => `\u001bP${part}\u001b\\`).join('')
}

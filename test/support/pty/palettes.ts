/** The colours of a dark and of a light terminal. */

export type PaletteName = 'dark' | 'light'

export interface Palette {
  readonly front: string
  readonly back: string
  /** The 16 colours that programs name, black to bright white. */
  readonly named: readonly string[]
}

export const PALETTES: Readonly<Record<PaletteName, Palette>> = {
  dark: {
    front: '#d4d7dd',
    back: '#16181d',
    named: [
      ...['#2b2f38', '#f0717a', '#8fcf7c', '#e5c06b', '#6fb0f5', '#cf8ef0', '#5cc9cf', '#c8ccd4'],
      ...['#727a88', '#ff8f96', '#a8e296', '#f3d488', '#8fc4ff', '#dfa9f8', '#7fdfe4', '#ffffff'],
    ],
  },
  light: {
    front: '#2a2d34',
    back: '#fdfdfb',
    named: [
      ...['#2a2d34', '#c0252f', '#2c7d1e', '#8a6100', '#1d5fb8', '#8b35ab', '#0f7379', '#c9ccd1'],
      ...['#6b7280', '#d63a44', '#3a9329', '#a37400', '#2f74d0', '#a04dc0', '#168a91', '#fdfdfb'],
    ],
  },
}

/** The levels of red, green and blue in the cube of the 256 colours. */
const LEVELS = [0, 95, 135, 175, 215, 255]

/** One of the 256: the named ones, a cube of 6 by 6 by 6, and 24 greys. */
export function paletteColour({ named, front }: Palette, index: number): string {
  if (index < 16) return named[index] ?? front
  if (index >= 232) return hex([0, 0, 0].map(() => 8 + (index - 232) * 10))
  const place = index - 16
  return hex(
    [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((at) => LEVELS[at] ?? 0),
  )
}

function hex(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

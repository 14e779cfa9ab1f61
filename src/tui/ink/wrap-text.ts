/** In place of Ink's own, which brings three packages along: a text of the screens fits, so it is never wrapped. */
export default function wrapText(text: string): string {
  return text
}

/** Our own signs in ASCII, for terminals that show no others. */

/** Each takes one column, as what it stands for. */
const ASCII: Readonly<Record<string, string>> = {
  '…': '~',
  '·': '-',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '⏎': '$',
  '✓': '*',
  '✗': 'x',
  '●': '*',
  '◆': '@',
  '○': 'o',
  '◎': 'M',
  '│': '|',
  '─': '-',
}

const OURS = new RegExp(`[${Object.keys(ASCII).join('')}]`, 'g')

/** The line as wide as it was; what a person named keeps its letters. */
export function asciiLine(line: string): string {
  return line.replace(OURS, (sign) => ASCII[sign] ?? sign)
}

/** What Ink asks of a text before it wraps it. */
export { widestLine as default } from './measure-text.js'

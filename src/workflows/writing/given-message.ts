/** The message that a person gave a revision. */

/** The message, or null where none was given: `-m "$MESSAGE"` may well be empty. */
export function givenMessage({ message }: { readonly message: string | null }): string | null {
  return message === null || message.trim() === '' ? null : message
}

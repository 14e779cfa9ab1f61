/** The mark of a Knex client of ours. */

/** Registered, so that a script's own copy of `migrate-tui/operations` knows it too. */
const OUR_CLIENT = Symbol.for('migrate-tui:client')

/** Marks a class; on its prototype, which is all that the client of a transaction shares with others. */
export function markAsOurs<T extends { readonly prototype: object }>(clientClass: T): T {
  Object.defineProperty(clientClass.prototype, OUR_CLIENT, { value: true })
  return clientClass
}

/** Whether a client records for us; else it is Knex's own. */
export function isOurs(client: unknown): boolean {
  return typeof client === 'object' && client !== null && OUR_CLIENT in client
}

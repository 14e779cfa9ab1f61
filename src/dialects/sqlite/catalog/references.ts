/** Who references whom, both ways: asked for each operation, so it must not look through all tables. */

const NONE: readonly string[] = []

/** All names are folded. */
export class References {
  private readonly parents = new Map<string, readonly string[]>()
  private readonly children = new Map<string, Set<string>>()

  /** The tables that a table references. */
  parentsOf(table: string): readonly string[] {
    return this.parents.get(table) ?? NONE
  }

  /** The tables that reference a table. */
  childrenOf(table: string): readonly string[] {
    return [...(this.children.get(table) ?? NONE)]
  }

  /** Says anew what a table references; nothing is what a table that is gone references. */
  set(table: string, parents: readonly string[]): void {
    for (const parent of this.parentsOf(table)) this.children.get(parent)?.delete(table)
    if (parents.length === 0) this.parents.delete(table)
    else this.parents.set(table, parents)
    for (const parent of parents) {
      const children = this.children.get(parent)
      if (children === undefined) this.children.set(parent, new Set([table]))
      else children.add(table)
    }
  }
}

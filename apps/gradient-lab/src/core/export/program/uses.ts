import type { Settings } from "../../settings.ts";

/** What is imported from where. */
export class Uses {
  readonly #names = new Map<string, Set<string>>();

  from(source: string, ...names: string[]): void {
    const known = this.#names.get(source) ?? new Set();
    for (const name of names) known.add(name);
    this.#names.set(source, known);
  }

  imports(): string[] {
    return Array.from(this.#names)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([source, names]) => `import { ${Array.from(names).sort().join(", ")} } from "@unroll/${source}";`,
      );
  }
}

/** Whether the network reads and says tokens. */
export const usesTokens = ({ input }: Settings): boolean => input === "copy" || input === "text";

/** How the program is called. */
export const NAME = "npx pnpm demo";

/** Examples, for the beginning of a help text. */
export function examples(lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

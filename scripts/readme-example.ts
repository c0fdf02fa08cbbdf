import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { vi } from "vitest";

/**
 * Runs the first TypeScript block of a package's README and returns what it prints beside what the README says
 * (the text block after it). `runIn` is the package whose dependencies it may import.
 */
export async function readmeExample(
  packageFolder: string,
  runIn: string = packageFolder,
): Promise<{ printed: string; expected: string }> {
  const readme = readFileSync(join(packageFolder, "README.md"), "utf8");
  const blocks = /```ts\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme);
  if (!blocks)
    throw new Error(`${packageFolder}/README.md has no \`\`\`ts block followed by a \`\`\`text block`);
  const [, program, expected] = blocks;
  const folder = mkdtempSync(join(runIn, "test", ".readme-"));
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words: unknown[]) => {
    lines.push(words.map(String).join(" "));
  });
  try {
    const file = join(folder, "example.ts");
    writeFileSync(file, program as string);
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    log.mockRestore();
    rmSync(folder, { recursive: true });
  }
  return { printed: `${lines.join("\n")}\n`, expected: expected as string };
}

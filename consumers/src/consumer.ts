import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inject } from "vitest";
import type { Package } from "./packages.ts";

/** The folder outside the workspace where the tarballs are installed. */
export const consumer: string = inject("consumer");

/** Writes a file of the consumer and returns its path. */
export function write(name: string, text: string): string {
  writeFileSync(join(consumer, name), text);
  return join(consumer, name);
}

/** Runs a file of the consumer in plain Node and returns what it prints. */
export function node(file: string): string {
  return execFileSync(process.execPath, [file], { cwd: consumer, encoding: "utf8" });
}

/**
 * Type-checks programs of the consumer, the declarations of the packages included, and writes their JavaScript.
 * Returns the lines that the compiler writes: none if all is well.
 */
export function compile(files: readonly string[], resolution: "nodenext" | "bundler"): string[] {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const module = resolution === "nodenext" ? "nodenext" : "esnext";
  const target = [
    "--target",
    "es2022",
    "--module",
    module,
    "--moduleResolution",
    resolution,
    "--lib",
    "es2023,dom",
  ];
  const { stdout } = spawnSync(process.execPath, [tsc, ...files, "--strict", ...target], {
    cwd: consumer,
    encoding: "utf8",
  });
  return stdout.split("\n").filter((line) => line !== "");
}

/** The example of a package's README and what the README says it prints; undefined if there is none. */
export function example({ folder }: Package): { program: string; printed: string } | undefined {
  const file = join(folder, "README.md");
  const readme = existsSync(file) ? readFileSync(file, "utf8") : "";
  const blocks = /```ts\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme);
  return blocks ? { program: blocks[1] as string, printed: blocks[2] as string } : undefined;
}

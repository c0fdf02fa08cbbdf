import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
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
 * Type-checks a program of the consumer, the declarations of the packages included, and writes its JavaScript.
 * Returns what the compiler has to say: nothing.
 */
export function compile(file: string, resolution: "nodenext" | "bundler"): string {
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
  try {
    return execFileSync(process.execPath, [tsc, file, "--strict", ...target], {
      cwd: consumer,
      encoding: "utf8",
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** The example of a package's README and what the README says it prints. */
export function example({ folder, name }: Package): { program: string; printed: string } {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const blocks = /```ts\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme);
  if (!blocks) throw new Error(`${name}: its README has no example`);
  return { program: blocks[1] as string, printed: blocks[2] as string };
}

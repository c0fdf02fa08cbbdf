import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packages } from "./packages.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder outside the workspace where the tarballs of all packages are installed. */
    consumer: string;
    /** Package → the files in its tarball. */
    contents: Record<string, string[]>;
  }
}

/**
 * Packs every package and installs the tarballs in a folder outside the workspace. Siblings are tarballs; other
 * dependencies come from the store that the workspace's own installation has filled.
 */
export default function setUp(project: TestProject): () => void {
  const consumer = mkdtempSync(join(tmpdir(), "unroll-consumer-"));
  const tarballs = join(consumer, "tarballs");
  mkdirSync(tarballs);
  const dependencies: Record<string, string> = {};
  const contents: Record<string, string[]> = {};
  for (const { name, folder } of packages()) {
    const packed = JSON.parse(pnpm(folder, "pack", "--json", "--pack-destination", tarballs));
    dependencies[name] = `file:${packed.filename}`;
    contents[name] = packed.files.map(({ path }: { path: string }) => path);
  }
  writeJson(join(consumer, "package.json"), {
    name: "consumer",
    private: true,
    type: "module",
    dependencies,
  });
  // JSON is YAML: siblings that packages ask for by range are the tarballs too.
  writeJson(join(consumer, "pnpm-workspace.yaml"), { packages: [], overrides: dependencies });
  pnpm(consumer, "install", "--prefer-offline", "--ignore-scripts", "--no-frozen-lockfile");
  project.provide("consumer", consumer);
  project.provide("contents", contents);
  return () => rmSync(consumer, { recursive: true });
}

/** Runs the pnpm that runs this test, or else the one that npx finds. */
function pnpm(folder: string, ...words: string[]): string {
  const path = process.env.npm_execpath ?? "npx";
  const [command, ...first] = path.endsWith("pnpm")
    ? [path]
    : /pnpm\.[cm]?js$/.test(path)
      ? [process.execPath, path]
      : ["npx", "--yes", "pnpm"];
  try {
    return execFileSync(command as string, [...first, ...words], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`pnpm ${words.join(" ")} in ${folder} failed:\n${stdout ?? ""}${stderr ?? ""}`);
  }
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

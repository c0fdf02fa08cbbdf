import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { consumer, node, write } from "../src/consumer.ts";
import { packages } from "../src/packages.ts";

const contents = inject("contents");

test("every package is a dependency here, so that turbo builds it first", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(Object.keys(manifest.dependencies)).toEqual(packages().map(({ name }) => name));
});

describe.each(packages())("$name", ({ name, doors, version }) => {
  test("its tarball holds code, types, sources, README and license, and no tests", () => {
    const files = contents[name] as string[];
    const needed = ["README.md", "LICENSE", "src/index.ts", "dist/index.js", "dist/index.d.ts"];
    expect(needed.filter((file) => !files.includes(file))).toEqual([]);
    const known = /^(dist|src)\/|^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/;
    expect(files.filter((file) => !known.test(file) || /\.test\.|fixture|test-results/.test(file))).toEqual(
      [],
    );
  });

  test("its manifest asks for released versions and runs nothing at installation", () => {
    const manifest = JSON.parse(readFileSync(join(consumer, "node_modules", name, "package.json"), "utf8"));
    expect(manifest.version).toBe(version);
    for (const range of Object.values(manifest.dependencies ?? {})) expect(range).toMatch(/^\^?\d/);
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => /install|^prepare/.test(script))).toEqual(
      [],
    );
  });

  test.each(doors)("%s has in plain Node the names of its sources", async (door) => {
    const program = write(
      "names.mjs",
      `console.log(JSON.stringify(Object.keys(await import("${door}")).sort()));\n`,
    );
    expect(JSON.parse(node(program))).toEqual(Object.keys(await import(/* @vite-ignore */ door)).sort());
  });
});

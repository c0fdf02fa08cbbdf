import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle, callExport, inBrowser, slowDown, violations, violationsInLooks } from "@unroll/testing";
import { expect, onTestFinished, test } from "vitest";

const program = await bundle(new URL("./page/main.ts", import.meta.url));
const page = (body: string): { "index.html": string } => ({
  "index.html": `<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="data:,"><main><h1>Test</h1>${body}</main>`,
});

inBrowser("a page", (session) => {
  test.each([
    { policy: undefined, isolated: false },
    { policy: "default-src 'none'; script-src 'self'; img-src data:", isolated: true },
  ])("calls a bundled program and its worker, isolated: $isolated", async ({ policy, isolated }) => {
    const opened = await session.open(await session.serve(program, { policy, isolated }));
    expect(await callExport(opened.page, "twice", 21)).toBe(42);
    expect(await callExport(opened.page, "twiceInWorker", -0.5)).toBe(-1);
    expect(await callExport(opened.page, "isIsolated")).toBe(isolated);
    expect(await callExport(opened.page, "compilesText")).toBe(policy === undefined);
    expect(opened.problems).toEqual([]);
  });

  test("is read from a folder, and nothing beside the folder is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unroll-site-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "index.html"), page("<p>Hello</p>")["index.html"]);
    const url = await session.serve(folder, { others: { "x-test": "yes" } });
    const opened = await session.open(url);
    expect(await opened.page.textContent("p")).toBe("Hello");
    expect(opened.problems).toEqual([]);
    expect((await fetch(url)).headers.get("x-test")).toBe("yes");
    expect((await fetch(`${url}..%2f..%2fetc%2fhostname`)).status).toBe(404);
    expect((await fetch(`${url}none.js`)).status).toBe(404);
  });

  test("tells what went wrong", async () => {
    const files = page(
      `<script>console.error("one"); setTimeout(() => { throw new Error("two"); });</script>`,
    );
    const opened = await session.open(await session.serve(files));
    await expect.poll(() => opened.problems, { timeout: 30_000 }).toEqual(["one", "Error: two"]);
  });

  test("is looked at for violations, light and dark, at every width", async () => {
    const good = await session.open(await session.serve(page("<p>Hello</p>")));
    expect(await violationsInLooks(good.page)).toEqual([]);
    const faint = page(
      "<style>@media (prefers-color-scheme: dark) and (max-width: 400px) { p { color: #eee } }</style><p>Hello</p>",
    );
    const opened = await session.open(await session.serve(faint, {}));
    expect(await violations(opened.page)).toEqual([]);
    const found = await violationsInLooks(opened.page, [360, 1280]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^dark, 360 px: color-contrast: p: /);
  });

  test("is slowed down", async () => {
    const { page: quick } = await session.open(await session.serve(program));
    await slowDown(quick, 4);
    expect(await callExport(quick, "twice", 1)).toBe(2);
  });
});

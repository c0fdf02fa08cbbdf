import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Files, inBrowser, type Opened } from "@unroll/testing";
import { build } from "tsup";
import { expect, test } from "vitest";
import program from "../tsup.config.ts";
import { buildSite } from "./page/site.ts";
import { visit } from "./page/visitor.ts";

/** All that the app's build makes, in a folder of its own. */
const dist = fileURLToPath(new URL("dist", import.meta.url));
const put = (folder: string, files: Files): void => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, folder, name)), { recursive: true });
    writeFileSync(join(dist, folder, name), content);
  }
};
put("page", await buildSite());
put("single-file", await buildSite("single-file"));
await build({ ...program, config: false, outDir: join(dist, "terminal"), silent: true });

const PROGRAM = join(dist, "terminal/gradient-lab.js");
const SINGLE = pathToFileURL(join(dist, "single-file/gradient-lab.html")).href;

const LINKS = [
  "#v1",
  "#v1&hidden=12&steps=20&gain=1.25&init=gaussian&noise=0.5&seed=3&norm=frobenius",
  "#v1&hidden=10&steps=16&cell=relu&input=adding&trained=60&rate=0.05",
  "#v1&hidden=8&steps=24&input=text&truncate=6&clip=norm&optimizer=adam&trained=25&norm=loss",
];

/** What the page saves as JSON, but for the time it took. */
async function savedNumbers(page: Opened["page"]): Promise<object> {
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "All numbers" }).click(),
  ]);
  return { ...JSON.parse(await readFile(await file.path(), "utf8")), milliseconds: 0 };
}

/** The same of the terminal. */
async function toldNumbers(link: string): Promise<object> {
  const run = promisify(execFile)(process.execPath, [PROGRAM, "run", link, "--json"], { maxBuffer: 2 ** 27 });
  const { stdout, stderr } = await run;
  expect(stderr).toBe("");
  return { ...JSON.parse(stdout), milliseconds: 0 };
}

inBrowser("the lab as it is built", (session) => {
  test("its page gives the numbers of its terminal program, every digit, training included", async () => {
    const url = await session.serve(join(dist, "page"));
    for (const link of LINKS) {
      const { page, problems } = await visit(session, url + link);
      await page.waitForFunction(() => document.querySelector(".status")?.textContent?.includes("exact"));
      expect(await savedNumbers(page)).toEqual(await toldNumbers(link));
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test("is served under a policy that lets it work, until the server is told to end", async () => {
    const server = spawn(process.execPath, [PROGRAM], { stdio: ["ignore", "pipe", "pipe"] });
    const [line] = await once(server.stdout, "data");
    const { page, problems } = await visit(session, `${String(line).trim()}#v1&gain=0.8&trained=5`);
    expect(await page.locator(".answer").textContent()).toMatch(/\d/);
    expect(problems).toEqual([]);
    server.kill("SIGTERM");
    expect(await once(server, "exit")).toEqual([0, null]);
  });

  test("is one file that opens from a disk, offline, and asks for nothing", async () => {
    const html = readFileSync(fileURLToPath(SINGLE), "utf8");
    expect(html).not.toMatch(/<(script|link|img)[^>]*\s(src|href)="(?!data:)/);
    const context = await session.browser.newContext({ offline: true, reducedMotion: "reduce" });
    const page = await context.newPage();
    const asked: string[] = [];
    const problems: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(`${SINGLE}#v1&hidden=8&steps=20&gain=1.25`);
    await page.waitForSelector("#lab:not(.still) .spectrum");
    expect(await page.locator(".question").textContent()).toMatch(/step 20/);
    await page.keyboard.press(".");
    await expect.poll(() => page.locator(".scrubber span").textContent()).toBe("update 1");
    await page.getByRole("button", { name: "Export" }).click();
    expect(await page.getByRole("button", { name: "Map, SVG" }).count()).toBe(1);
    expect(problems).toEqual([]);
    // Its own address, its worker and its pictures: all from the file itself.
    expect(asked.filter((url) => !/^(data|blob):/.test(url))).toEqual([SINGLE]);
  });
});

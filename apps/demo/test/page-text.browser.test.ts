import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pagePolicy } from "@unroll/terminal";
import { inBrowser, type Opened } from "@unroll/testing";
import { expect, test } from "vitest";
import { buildSite } from "./page/site.ts";
import { CLI, runCli } from "./run-cli.ts";
import { folderForTests, smallFile, smallText } from "./small.ts";

type Page = Opened["page"];

const site = await buildSite();
const policy = pagePolicy(String(site["index.html"]));
const folder = folderForTests();
const sea = smallFile(folder);

const paper = (page: Page) => page.getByRole("region", { name: "The text" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const update = (page: Page) => page.locator(".progress p").first();
const message = (page: Page) => page.getByRole("alert").filter({ visible: true });

/** The settings of a run of less than a second, and the terminal's words for them. */
const SETTINGS = { Units: 8, Updates: 20, Window: 10, Streams: 4 };
const WORDS = ["--hidden", "8", "--updates", "20", "--seq-len", "10", "--batch", "4"];

async function set(page: Page, settings: Readonly<Record<string, number>>): Promise<void> {
  const more = page.locator(".model details");
  if (!(await more.evaluate((fold: HTMLDetailsElement) => fold.open))) await more.locator("summary").click();
  for (const [label, value] of Object.entries(settings)) {
    const box = page.getByLabel(`${label}, value`);
    await box.fill(String(value));
    await box.press("Enter");
  }
}

/** Gives the page a small text, and waits until it has it. */
async function give(page: Page, path = sea): Promise<void> {
  await page.locator('.data input[type="file"]').setInputFiles(path);
  await page.locator(".data").getByText("sea.txt").waitFor();
}

/** The loss of each update so far, with all digits that the table has. */
async function losses(page: Page): Promise<string[]> {
  const table = page.locator(".training .values");
  if (!(await table.evaluate((fold: HTMLDetailsElement) => fold.open)))
    await table.locator("summary").click();
  await table.locator("tbody tr").first().waitFor();
  return table.locator("tbody tr").allTextContents();
}

async function saved(page: Page): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Save model").click()]);
  return readFile(await file.path());
}

inBrowser("the text tab", (session) => {
  const opened = async (options = {}) => {
    const url = await session.serve(site, { policy });
    const { page, problems } = await session.open(url, { reducedMotion: "reduce", ...options });
    await page.waitForSelector("[data-live]");
    return { page, problems };
  };

  test("opens on a network that writes, and goes on with what was in the page before any program ran", async () => {
    const url = await session.serve(site, { policy });
    const still = await session.open(url, { javaScriptEnabled: false });
    const before = (await paper(still.page).textContent()) as string;
    expect(before).toMatch(/^Call me \w+/);
    const { page, problems } = await session.open(url);
    await expect
      .poll(async () => (await paper(page).textContent())?.length)
      .toBeGreaterThan(before.length + 30);
    expect((await paper(page).textContent())?.slice(0, before.length)).toBe(before);
    await button(page, "Stop writing").click();
    await button(page, "Write another").click();
    await expect
      .poll(async () => (await paper(page).textContent())?.slice(0, 40))
      .not.toBe(before.slice(0, 40));
    expect(problems).toEqual([]);
  });

  test("writes anew at another temperature, by keys alone", async () => {
    const { page } = await opened();
    const before = await paper(page).textContent();
    const temperature = page.getByRole("slider", { name: /^Temperature/ });
    await page.keyboard.press("Tab");
    while (!(await temperature.evaluate((slider) => slider === document.activeElement)))
      await page.keyboard.press("Tab");
    await page.keyboard.press("Home");
    await expect.poll(() => paper(page).textContent()).not.toBe(before);
    const surest = await paper(page).textContent();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => paper(page).textContent()).toBe(surest);
    await page.getByLabel("Begins with").fill("Call me ☃");
    await page.keyboard.press("Enter");
    await expect.poll(() => message(page).textContent()).toMatch(/does not know the character "☃"/);
  });

  test("trains step by step, rewinds to the same weights, pauses, and ends with the bytes of the terminal", async () => {
    const { page, problems } = await opened();
    await give(page);
    await set(page, SETTINGS);
    for (const made of [1, 2, 3]) {
      await button(page, "One update").click();
      await expect.poll(() => update(page).textContent()).toMatch(`Update ${made} of 20.`);
    }
    const first = await losses(page);
    expect(first).toHaveLength(3);
    await button(page, "Rewind to the first weights").click();
    await expect.poll(() => update(page).textContent()).toMatch("Update 0 of 20.");
    for (const made of [1, 2, 3]) {
      await button(page, "One update").click();
      await expect.poll(() => update(page).textContent()).toMatch(`Update ${made} of 20.`);
    }
    expect(await losses(page)).toEqual(first);

    const unfinished = join(folder, "unfinished.safetensors");
    writeFileSync(unfinished, await saved(page));
    await button(page, "Go on").click();
    await expect.poll(() => update(page).textContent()).toMatch("Update 20 of 20. Done.");
    await page.locator(".ladder").getByText("this network").waitFor();
    const ours = await saved(page);

    const run = await runCli(["train", "text", "--data", "sea.txt", "--out", "t.safetensors", ...WORDS], {
      cwd: folder,
    });
    expect(run.code).toBe(0);
    expect(ours.equals(readFileSync(join(folder, "t.safetensors")))).toBe(true);
    const rest = await runCli(["train", "text", "--resume", "unfinished.safetensors"], { cwd: folder });
    expect(rest.code).toBe(0);
    expect(ours.equals(readFileSync(unfinished))).toBe(true);
    expect(problems).toEqual([]);
  });

  test("pauses in the middle, draws its curves, and scores where it was stopped", async () => {
    const { page } = await opened();
    await give(page);
    await set(page, { Units: 16, Updates: 10_000 });
    await button(page, "Train").click();
    await expect.poll(() => page.locator(".training .chart-line").count()).toBeGreaterThan(2);
    await button(page, "Pause").click();
    await expect.poll(() => update(page).textContent()).toMatch("Paused.");
    const stood = await update(page).textContent();
    expect(stood).not.toMatch("Update 0 ");
    await button(page, "Stop and score").click();
    await expect.poll(() => update(page).textContent()).toBe(stood!.replace("Paused", "Done"));
  });

  test("says what is wrong with a file, and keeps what it had", async () => {
    const { page } = await opened();
    const before = await page.locator(".model-line").textContent();
    const files = page.locator('.use input[type="file"]');
    const whole = readFileSync(new URL("../checkpoints/moby-dick.safetensors", import.meta.url));
    await files.setInputFiles({ name: "cut.safetensors", mimeType: "", buffer: whole.subarray(0, 5000) });
    await expect.poll(() => message(page).textContent()).toMatch(/^Cut\.safetensors: /);
    expect(await page.locator(".model-line").textContent()).toBe(before);
    await files.setInputFiles({ name: "whole.safetensors", mimeType: "", buffer: whole });
    await expect.poll(() => message(page).count()).toBe(0);

    const text = page.locator('.data input[type="file"]');
    await text.setInputFiles({ name: "latin.txt", mimeType: "", buffer: Buffer.from("caf\xe9\n", "latin1") });
    await expect
      .poll(() => message(page).textContent())
      .toMatch(/byte 3, in line 1, is 0xe9, expected text in UTF-8/);
    await button(page, "Paste").click();
    await page.getByLabel(/^Your text/).fill(smallText(2000));
    await button(page, "Take this").click();
    await page.locator(".data").getByText("pasted data").waitFor();
  });

  test("loses its worker, and goes on from what was kept", async () => {
    const { page } = await opened();
    await give(page);
    await set(page, { ...SETTINGS, Updates: 200 });
    await button(page, "One update").click();
    await expect.poll(() => update(page).textContent()).toMatch("Update 1 of 200.");
    await page.workers()[0]!.evaluate("setTimeout(() => { throw new Error('out of memory') }); undefined");
    await expect.poll(() => message(page).textContent()).toMatch(/broke off: .*out of memory/);
    await button(page, "Start it again").click();
    await expect.poll(() => update(page).textContent()).toMatch("Update 1 of 200. Paused.");
    await button(page, "One update").click();
    await expect.poll(() => update(page).textContent()).toMatch("Update 2 of 200.");
    expect(await message(page).count()).toBe(0);
  });

  test("is served to this machine, until the server is told to end", async () => {
    const place = new URL("dist/page/", import.meta.url);
    for (const [name, content] of Object.entries(site)) {
      mkdirSync(dirname(fileURLToPath(new URL(name, place))), { recursive: true });
      writeFileSync(new URL(name, place), content);
    }
    const server = spawn(process.execPath, [CLI, "serve", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = await once(server.stdout, "data");
    const { page, problems } = await session.open(JSON.parse(String(line)).url);
    await page.waitForSelector("[data-live]");
    expect(problems).toEqual([]);
    server.kill("SIGINT");
    expect(await once(server, "close")).toEqual([0, null]);
  });

  test("opens from a disk as a single file, offline, and trains there", async () => {
    const files = await buildSite("single-file");
    const path = join(folder, "unroll-demo.html");
    writeFileSync(path, files["unroll-demo.html"]!);
    const { page, problems } = await session.open(pathToFileURL(path).href, { offline: true });
    await page.waitForSelector("[data-live]");
    await give(page);
    await set(page, SETTINGS);
    await button(page, "Train").click();
    await expect.poll(() => update(page).textContent()).toMatch("Done.");
    expect(problems).toEqual([]);
  });
});

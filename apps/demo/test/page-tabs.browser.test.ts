import { readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pagePolicy } from "@unroll/terminal";
import { inBrowser, type Opened } from "@unroll/testing";
import { expect, test } from "vitest";
import { buildSite } from "./page/site.ts";
import { runCli } from "./run-cli.ts";
import { folderForTests } from "./small.ts";

type Page = Opened["page"];

const site = await buildSite();
const policy = pagePolicy(String(site["index.html"]));
const folder = folderForTests();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const message = (page: Page) => page.getByRole("alert").filter({ visible: true });

async function saved(page: Page): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Save model").click()]);
  return readFile(await file.path());
}

async function updates(page: Page, count: number): Promise<void> {
  const box = page.getByLabel("Updates, value");
  await box.fill(String(count));
  await box.press("Enter");
}

/** A month of hours with a daily wave. */
function waves(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const time = new Date(Date.UTC(2024, 0, 1, i)).toISOString().slice(0, 16).replace("T", " ");
    return `${time},${(10 + 3 * Math.sin((2 * Math.PI * i) / 24) + (i % 5) / 10).toFixed(2)}`;
  });
  return `time,load\n${lines.join("\n")}\n`;
}

inBrowser("the other tabs", (session) => {
  const opened = async (tab: string) => {
    const url = await session.serve(site, { policy });
    const { page, problems } = await session.open(`${url}#${tab}`, { reducedMotion: "reduce" });
    await page.locator(".scores").waitFor();
    return { page, problems };
  };

  test("series: the cut is moved by keys and by pointer, and the forecast follows", async () => {
    const { page, problems } = await opened("series");
    const cut = page.getByRole("slider", { name: /^The cut/ });
    const verdict = page.locator(".verdict-line");
    await expect.poll(() => verdict.textContent()).toMatch(/^From 2014-12-04 on, 28 rows ahead: off by \d+/);
    await expect.poll(() => page.locator("path.band").count()).toBe(1);
    await cut.press("ArrowLeft");
    await expect.poll(() => verdict.textContent()).toMatch("From 2014-12-03 on");
    expect(await cut.getAttribute("aria-valuetext")).toBe("after 2014-12-02");
    await cut.press("End");
    await expect
      .poll(() => verdict.textContent())
      .toMatch("From 2015-01-01 on, 28 rows ahead: nobody knows yet");
    const { x, y, width, height } = (await cut.boundingBox())!;
    await page.mouse.move(x + 0.8 * width, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 0.5 * width, y + height / 2, { steps: 6 });
    await page.mouse.up();
    await expect
      .poll(() => verdict.textContent())
      .toMatch(/From 2014-(09|10)-\d\d on, 28 rows ahead: off by/);
    await expect.poll(() => page.locator("path.band").count()).toBe(1);
    expect(problems).toEqual([]);
  });

  test("series: a table of one's own is learned and forecast, with the bytes of the terminal", async () => {
    const { page, problems } = await opened("series");
    const files = page.locator('.data input[type="file"]');
    const rows = waves(700);
    const broken = rows.split("\n").with(5, "2024-01-01 04:00,ten").join("\n");
    await files.setInputFiles({ name: "load.csv", mimeType: "", buffer: Buffer.from(broken) });
    await expect.poll(() => message(page).textContent()).toMatch(/line 6, column load: "ten" is no number/);
    await files.setInputFiles({ name: "load.csv", mimeType: "", buffer: Buffer.from(rows) });
    await page.getByText("No network has learned this series").waitFor();
    await updates(page, 40);
    await button(page, "Train").click();
    await page.getByText("Update 40 of 40. Done.").waitFor();
    await expect.poll(() => page.locator(".verdict-line").textContent()).toMatch(/rows ahead: off by \d/);
    const ours = await saved(page);
    writeFileSync(join(folder, "load.csv"), rows);
    const words = ["train", "series", "--data", "load.csv", "--updates", "40", "--out", "load.safetensors"];
    expect((await runCli(words, { cwd: folder })).code).toBe(0);
    expect(ours.equals(readFileSync(join(folder, "load.safetensors")))).toBe(true);
    expect(problems).toEqual([]);
  });

  test("classify: labels what is written, and tells by pointer and keys which characters decided", async () => {
    const { page, problems } = await opened("classify");
    const text = page.getByRole("textbox", { name: "A text" });
    const first = page.locator(".labels tr").first();
    await expect.poll(() => first.textContent()).toMatch(/^Polish9\d %/);
    await text.fill("Rossi");
    await expect.poll(() => first.textContent()).toMatch(/^Italian/);
    const told = page.locator(".deciding p");
    await page.getByRole("toolbar").getByRole("button").nth(5).hover();
    await expect.poll(() => told.textContent()).toMatch(/^“i” speaks (for|against) Italian/);
    await page.getByRole("toolbar").locator('[tabindex="0"]').focus();
    await page.keyboard.press("Home");
    await expect.poll(() => told.textContent()).toMatch(/^The start/);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => told.textContent()).toMatch(/^“r”/);
    await page.getByText("Who was taken for whom").first().click();
    expect(await page.locator(".confusion tbody tr").count()).toBe(10);
    expect(problems).toEqual([]);
  });

  test("classify: lines of one's own are learned, and a file of another task is refused", async () => {
    const { page } = await opened("classify");
    const lines = Array.from(
      { length: 60 },
      (_, i) => `${i % 2 ? "up" : "down"}\t${i % 2 ? "a" : "b"}${"xyz"[i % 3]}${i}`,
    );
    await page.locator('.data input[type="file"]').setInputFiles({
      ...{ name: "lines.tsv", mimeType: "", buffer: Buffer.from(lines.join("\n")) },
    });
    await page.locator(".data").getByText("lines.tsv").waitFor();
    await updates(page, 60);
    await button(page, "Train").click();
    await page.getByText("Update 60 of 60. Done.").waitFor();
    await page.getByRole("textbox", { name: "A text" }).fill("bx77");
    await expect.poll(() => page.locator(".labels tr").first().textContent()).toMatch(/^down/);
    await page.locator('.use input[type="file"]').setInputFiles({
      ...{ name: "births.safetensors", mimeType: "" },
      buffer: readFileSync(new URL("../checkpoints/births.safetensors", import.meta.url)),
    });
    await expect.poll(() => message(page).textContent()).toMatch(/is a model of something else/);
  });
});

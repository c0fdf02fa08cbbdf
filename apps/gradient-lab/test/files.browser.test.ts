import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPaper } from "@unroll/terminal/on-paper";
import { inBrowser, type Opened } from "@unroll/testing";
import { afterAll, expect, test } from "vitest";
import { run } from "../src/terminal/run.ts";
import { buildSite } from "./page/site.ts";
import { textModelFile } from "./page/text-model.ts";
import { visit } from "./page/visitor.ts";

type Page = Opened["page"];

const site = await buildSite();
const folder = mkdtempSync(join(tmpdir(), "unroll-lab-"));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const model = put("sea.safetensors", textModelFile());

const answer = (page: Page) => page.locator(".answer");
const notes = (page: Page) => page.locator(".note");

async function choose(page: Page, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Open", exact: true }).click(),
  ]);
  await chooser.setFiles(path);
}

async function saved(page: Page, label: string): Promise<Buffer> {
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: label }).click(),
  ]);
  return readFile(await file.path());
}

const timeless = (json: string): object => ({ ...JSON.parse(json), milliseconds: 0 });

inBrowser("the files of the page", (session) => {
  const opened = async (link: string) => visit(session, `${await session.serve(site)}${link}`);

  test("a lab is saved with the way its training came there, and opened again, in the page and in the terminal", async () => {
    const { page, problems } = await opened("#v1&hidden=4&steps=8&trained=3");
    const updates = page.locator(".scrubber span");
    await expect.poll(() => updates.textContent()).toBe("update 3");
    await page.locator(".controls summary").first().click();
    await page.getByRole("combobox", { name: "Clipping" }).selectOption("value");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press(".");
    await expect.poll(() => updates.textContent()).toBe("update 4");
    await expect.poll(() => page.locator(".status").textContent()).toMatch(/exact/);
    const file = put("saved.lab.json", await saved(page, "This lab"));
    const numbers = timeless((await saved(page, "All numbers")).toString());
    expect(JSON.parse(await readFile(file, "utf8")).course).toEqual([
      "#v1&hidden=4&steps=8",
      "#v1&hidden=4&steps=8&clip=value&trained=3",
    ]);
    await page.evaluate(() => {
      location.hash = "#v1&gain=0.5";
    });
    await expect.poll(() => updates.textContent()).toBe("update 0");
    await choose(page, file);
    await expect.poll(() => updates.textContent()).toBe("update 4");
    await expect.poll(async () => timeless((await saved(page, "All numbers")).toString())).toEqual(numbers);
    const { code, stdout } = await onPaper(run, ["run", file, "--json"]);
    expect([code, timeless(stdout)]).toEqual([0, numbers]);
    expect(problems).toEqual([]);
  });

  test("a model of the demo is opened with its text on the axes, and its numbers are those of the terminal", async () => {
    const { page, problems } = await opened("#v1&gain=0.8");
    await choose(page, model);
    await page.getByRole("heading", { name: "sea.safetensors" }).waitFor();
    const axis = async () => (await page.locator(".axis-k span").allTextContents()).join("");
    // Capitals, among others, are not among its characters.
    await expect.poll(axis).toMatch(/^all␣me␣shmael\./);
    expect(await page.getByRole("slider", { name: "Gain", exact: true }).count()).toBe(0);
    await expect.poll(() => page.locator(".status").textContent()).toMatch(/exact/);
    const { code, stdout, stderr } = await onPaper(run, ["run", model, "--json"]);
    expect(code).toBe(0);
    expect(timeless((await saved(page, "All numbers")).toString())).toEqual(timeless(stdout));
    expect(stderr).toMatch(/^sea.safetensors does not know .*; left out.\n$/);
    expect(`${await page.locator(".model-card [role=status]").textContent()}\n`).toBe(stderr);
    await page.getByRole("button", { name: "Share" }).click();
    await notes(page).getByText("A link can't hold the opened model.").waitFor();

    const whole = put("model.lab.json", await saved(page, "This lab"));
    await page.getByRole("button", { name: "Close the model" }).click();
    await page.getByRole("slider", { name: "Gain", exact: true }).first().waitFor();
    await choose(page, whole);
    await page.getByRole("heading", { name: "sea.safetensors" }).waitFor();
    expect(problems).toEqual([]);
  });

  test("a file of another kind is refused with what is wrong, and nothing else changes", async () => {
    const { page, problems } = await opened("#v1&gain=0.8");
    const before = await answer(page).textContent();
    await choose(page, put("broken.safetensors", textModelFile().subarray(0, -8)));
    await notes(page).getByText("broken.safetensors was not opened. readSafetensors: ").waitFor();
    await choose(page, put("<b>.json", "[]"));
    await notes(page).getByText("<b>.json was not opened. lab file: ").waitFor();
    expect(await answer(page).textContent()).toBe(before);
    expect(await page.evaluate(() => location.hash)).toBe("#v1&gain=0.8");
    expect(problems).toEqual([]);
  });

  test("what is shown is copied as a program and as a command", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const link = "#v1&hidden=4&steps=8";
    const { page } = await visit(session, `${await session.serve(site)}${link}`, { permissions });
    const copied = async (label: string): Promise<string> => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("button", { name: label }).click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await expect
      .poll(() => copied("Copy as TypeScript"))
      .toMatch(/^import [\s\S]*const \[n, T, seed\] = \[4, 8, 7\]/);
    await expect.poll(() => copied("Copy the terminal command")).toBe(`npx pnpm lab run '${link}' --json`);
  });

  test("a file can be dropped on the page", async () => {
    const { page } = await opened("#v1&gain=0.8");
    const file = JSON.stringify({ gradientLab: 1, link: "#v1&steps=9", course: ["#v1&steps=9"] });
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "dropped.lab.json"));
      return transfer;
    }, file);
    await page.dispatchEvent("body", "drop", { dataTransfer: data });
    await expect.poll(() => page.locator(".question").textContent()).toMatch(/step 9/);
  });

  test("a page that opened the lab can send it a model; another page can't", async () => {
    const lab = await session.serve(site);
    const sender = await session.serve({
      "index.html": "<!doctype html><title>x</title><link rel=icon href=data:,>",
    });
    const { page } = await session.open(sender);
    const [child] = await Promise.all([
      page.waitForEvent("popup"),
      page.evaluate(
        ([url, bytes]) => {
          const lab = window.open(`${url}#v1`);
          addEventListener("message", ({ source, data }) => {
            if (source !== lab || data.gradientLab !== "ready") return;
            lab?.postMessage(
              { gradientLab: "model", name: "sent", bytes: Uint8Array.from(bytes).buffer },
              "*",
            );
          });
        },
        [lab, Array.from(textModelFile())] as const,
      ),
    ]);
    await child.getByRole("heading", { name: "sent" }).waitFor();
    await child.getByRole("button", { name: "Close the model" }).click();
    await child.evaluate((bytes) => {
      postMessage({ gradientLab: "model", name: "own", bytes: Uint8Array.from(bytes).buffer }, "*");
    }, Array.from(textModelFile()));
    await child.waitForTimeout(300);
    expect(await child.getByRole("heading", { name: "own" }).count()).toBe(0);
  });
});

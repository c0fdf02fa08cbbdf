import { OptionError } from "@unroll/kernels";
import { bundle, callExport, inBrowser } from "@unroll/testing";
import { browserStore } from "@unroll/train";
import { expect, test } from "vitest";

const program = await bundle(new URL("./support/browser-store/main.ts", import.meta.url));

test("where there is no IndexedDB, there is no store", () => {
  expect(() => browserStore("run")).toThrow(OptionError);
  expect(() => browserStore("run")).toThrow("option database is undefined, expected an IndexedDB");
});

inBrowser("a place in the browser", (session) => {
  test("keeps what was saved last, under its name, for other pages too", async () => {
    const url = await session.serve(program);
    const { page, problems } = await session.open(url);
    expect(await callExport(page, "load", "a")).toBeUndefined();
    for (const [name, number] of [
      ["a", 1],
      ["a", 2],
      ["b", 3],
    ])
      await callExport(page, "save", name, number);
    const other = await page.context().newPage();
    await other.goto(url);
    expect(await callExport(other, "load", "a")).toBe(2);
    expect(await callExport(other, "load", "b")).toBe(3);
    await callExport(other, "remove", "a");
    expect(await callExport(page, "load", "a")).toBeUndefined();
    expect(await callExport(page, "load", "b")).toBe(3);
    expect(problems).toEqual([]);
  });

  test("keeps the old file when there is no room for the new one", async () => {
    const url = await session.serve(program);
    const { page } = await session.open(url);
    const client = await page.context().newCDPSession(page);
    await client.send("Storage.overrideQuotaForOrigin", {
      origin: new URL(url).origin,
      quotaSize: 1_000_000,
    });
    expect(await callExport(page, "save", "full", 4)).toBeUndefined(); // 300 kB
    expect(await callExport(page, "save", "full", 7)).toBe("QuotaExceededError"); // 1.2 MB
    expect(await callExport(page, "load", "full")).toBe(4);
    expect(await callExport(page, "save", "full", 8)).toBeUndefined(); // 300 kB
    expect(await callExport(page, "load", "full")).toBe(8);
  });

  test("a page that ends while it saves leaves the old file or the new one, whole", async () => {
    const url = await session.serve(program);
    const { page } = await session.open(url);
    const found = new Set<number>();
    let next = 1;
    for (let i = 0; i < 20; i++) {
      const saving = await page.context().newPage();
      await saving.goto(url);
      await callExport(saving, "saveForever", "cut", next);
      await saving.waitForFunction(() => document.title !== "");
      await saving.waitForTimeout(7 * i);
      const last = Number(await saving.title());
      await saving.close();
      const number = (await callExport<number>(page, "load", "cut"))!;
      expect(number).toBeGreaterThanOrEqual(last);
      found.add(number);
      next = number + 1;
    }
    expect(found.size).toBe(20);
  });

  test("a run goes on from it with the same bits", async () => {
    const { page, problems } = await session.open(await session.serve(program));
    expect(await callExport(page, "resumes", "run")).toBe(true);
    expect(problems).toEqual([]);
  });
});

import { pagePolicy } from "@unroll/terminal";
import { inBrowser, type Opened, violationsInLooks } from "@unroll/testing";
import { expect, test } from "vitest";
import { buildSite } from "./page/site.ts";
import { folderForTests, smallFile } from "./small.ts";

type Page = Opened["page"];

const site = await buildSite();
const policy = pagePolicy(String(site["index.html"]));
const sea = smallFile(folderForTests());

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** States of the page, and what leads to each. */
const STATES: readonly [name: string, act: (page: Page) => Promise<unknown>, tab?: string][] = [
  ["as it opens, with all folds and helps open", openEverything],
  ["text: paused in the middle, with a problem", pausedWithProblem],
  ["text: scored", scored],
  ["the worker is lost", lost],
  ["series: a forecast, with all folds open", forecast, "series"],
  ["series: no network for the data that is there", strange, "series"],
  ["classify: a label and who was taken for whom", labelled, "classify"],
];

async function openEverything(page: Page): Promise<void> {
  await button(page, "Paste").click();
  await openFolds(page);
}

async function openFolds(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLElement>("summary, .mini[aria-expanded=false]"))
      one.click();
  });
}

async function pausedWithProblem(page: Page): Promise<void> {
  for (const made of [1, 2, 3]) {
    await button(page, "One update").click();
    await page.getByText(`Update ${made} of`).waitFor();
  }
  await page.locator(".training .values summary").click();
  await page.locator('.use input[type="file"]').setInputFiles(sea);
  await page.getByRole("alert").filter({ visible: true }).waitFor();
}

async function scored(page: Page): Promise<void> {
  await page.locator('.data input[type="file"]').setInputFiles(sea);
  await page.locator(".data").getByText("sea.txt").waitFor();
  await button(page, "One update").click();
  await page.getByText("Update 1 of").waitFor();
  await button(page, "Stop and score").click();
  await page.getByText("Done.").first().waitFor();
}

async function lost(page: Page): Promise<void> {
  await page.workers()[0]!.evaluate("setTimeout(() => { throw new Error('lost') }); undefined");
  await button(page, "Start it again").waitFor();
}

async function forecast(page: Page): Promise<void> {
  await page.locator(".scores").waitFor();
  await page.locator("path.band").waitFor({ state: "attached" });
  await openFolds(page);
}

async function strange(page: Page): Promise<void> {
  await page.locator(".scores").waitFor();
  await page.getByLabel("Data that comes with the page").selectOption("weather");
  await page.getByText("No network has learned this series").waitFor();
}

async function labelled(page: Page): Promise<void> {
  await page.locator(".scores").waitFor();
  await page.getByRole("toolbar").getByRole("button").nth(3).click();
  await openFolds(page);
}

inBrowser("axe finds nothing, light and dark, at 360, 768 and 1280 px,", (session) => {
  test.each(STATES)("%s", async (_, act, tab = "text") => {
    const url = await session.serve(site, { policy });
    const { page } = await session.open(`${url}#${tab}`, { reducedMotion: "reduce", bypassCSP: true });
    await page.locator("[data-live] .data p b").waitFor();
    await act(page);
    expect(await violationsInLooks(page)).toEqual([]);
  });

  test("nothing scrolls sideways on a phone, and what is touched is large enough", async () => {
    const url = await session.serve(site, { policy });
    const { page } = await session.open(url, {
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      isMobile: true,
    });
    await page.waitForSelector("[data-live]");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          "button:not(.mini), select, input:not([type=file], [type=checkbox]), label.check, nav a",
        ),
      ]
        .filter((target) => target.checkVisibility() && !target.closest(".values, .fold"))
        .map((target) => [target.textContent, target.getBoundingClientRect().height] as const)
        .filter(([, height]) => height < 28),
    );
    expect(small).toEqual([]);
  });
});

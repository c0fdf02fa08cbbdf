import { inBrowser, type Opened, violationsInLooks } from "@unroll/testing";
import { expect, test } from "vitest";
import { buildSite } from "./page/site.ts";
import { visit } from "./page/visitor.ts";

type Page = Opened["page"];

const site = await buildSite();

const nothing = async () => {};

/** States of the page: what each opens with, and what is done then. */
const STATES: readonly [name: string, link: string, act: (page: Page) => Promise<unknown>][] = [
  ["vanishing, with all folds, helps and tables open", "#v1&gain=0.8", openEverything],
  ["holding", "#v1&gain=1.1", nothing],
  ["exploding, with a cross in the middle", "#v1&gain=1.25&t=30&k=12", nothing],
  ["cut, clipped, on text", "#v1&truncate=10&clip=norm&threshold=0.01&input=text", nothing],
  ["nothing to measure", "#v1&cell=relu&init=x1&gain=0", nothing],
  ["a difference to a pinned state", "#v1&gain=1.2&map=difference&pin=gain:0.8", nothing],
  ["the share of the gradient", "#v1&map=share", nothing],
  ["complaints about a link", "#v1&hidden=4096&gain=lots&colour=red", nothing],
  ["training that stopped", "#v1&cell=linear&gain=3&noise=1&rate=10&trained=900", nothing],
  ["a story that asks", "#v1&story=3&card=2", (page) => page.locator(".question-box").waitFor()],
  ["a story, answered wrong", "#v1&story=3&card=2", (page) => page.locator(".answer-choice").first().click()],
  [
    "an example",
    "#v1&hidden=2&init=x2&gain=1&noise=0",
    (page) => page.getByText("Example").first().waitFor(),
  ],
  ["what keys do to the map", "#v1", (page) => page.getByRole("application").press("ArrowUp")],
  ["the list of keys", "#v1", (page) => page.keyboard.press("?")],
  ["the menu for export", "#v1", (page) => page.getByRole("button", { name: "Export" }).click()],
  ["a page that a teacher made shorter", "#v1&hide=training,advanced,story", nothing],
  ["a picture in another page", "#v1&embed=1", nothing],
];

async function openEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLElement>("summary, aside [aria-expanded=false]"))
      one.click();
  });
  await page.getByRole("button", { name: "One update on" }).click();
  await page.getByRole("button", { name: "One update on" }).click();
  await page.waitForSelector(".training-panel .chart");
}

inBrowser("axe finds nothing, light and dark, at 360, 768 and 1280 px,", (session) => {
  test.each(STATES)("%s", async (_, link, act) => {
    const { page, problems } = await visit(session, `${await session.serve(site)}${link}`, {
      viewport: { width: 1280, height: 800 },
    });
    await act(page);
    expect(await violationsInLooks(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each([
    ["the controls", "#v1", openControls],
    ["the keys", "#v1", (page: Page) => page.getByRole("button", { name: "Keys" }).click()],
    ["a story", "#v1&story=1&card=1", (page: Page) => page.locator(".card-title").waitFor()],
    ["all that folds", "#v1&hidden=16&steps=30", openFolds],
  ] as const)("%s on a phone", async (_, link, act) => {
    const { page } = await visit(session, `${await session.serve(site)}${link}`, {
      viewport: { width: 360, height: 780 },
      hasTouch: true,
    });
    await act(page);
    expect(await violationsInLooks(page, [360])).toEqual([]);
  });
});

async function openControls(page: Page): Promise<void> {
  await page.getByRole("button", { name: "More controls" }).click();
  for (const fold of ["Training", "Advanced"])
    await page.getByRole("dialog").locator("summary", { hasText: fold }).click();
}

async function openFolds(page: Page): Promise<void> {
  for (const one of await page.getByRole("button", { name: "More", exact: true }).all()) await one.click();
}

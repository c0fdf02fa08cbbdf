import { readFile } from "node:fs/promises";
import { inBrowser, type Opened } from "@unroll/testing";
import { describe, expect, test } from "vitest";
import { buildSite } from "./page/site.ts";
import { visit } from "./page/visitor.ts";

type Page = Opened["page"];

const site = await buildSite();

const gain = (page: Page) => page.getByRole("slider", { name: "Gain", exact: true });
const answer = (page: Page) => page.locator(".answer");
const regime = (page: Page) => page.locator(".headline").getAttribute("data-regime");

inBrowser("the page", (session) => {
  const opened = async (link = "#v1", options = {}) =>
    visit(session, `${await session.serve(site)}${link}`, options);

  describe("introduces itself", () => {
    /** What the headline says over time. */
    const watch = (page: Page) =>
      page.evaluate(() => {
        const told = new Set<string>();
        Object.assign(window, { told });
        const note = () => {
          const headline = document.querySelector<HTMLElement>(".headline");
          if (headline?.dataset.regime) told.add(headline.dataset.regime);
        };
        new MutationObserver(note).observe(document.body, {
          subtree: true,
          attributes: true,
          childList: true,
        });
        note();
      });
    const told = (page: Page) => page.evaluate(() => [...(window as unknown as { told: Set<string> }).told]);

    test.each(["no-preference", "reduce"] as const)(
      "to who comes without a link: vanishes, explodes, and hands over the gain; motion: %s",
      async (reducedMotion) => {
        const { page, problems } = await opened("", { reducedMotion });
        await watch(page);
        await page.waitForFunction(() => document.activeElement?.matches("input[type=range]"));
        expect(await told(page)).toEqual(expect.arrayContaining(["vanishing", "holding", "exploding"]));
        await expect.poll(() => gain(page).getAttribute("aria-valuetext")).toBe("0.95");
        expect(await gain(page).evaluate((slider) => slider === document.activeElement)).toBe(true);
        expect(problems).toEqual([]);
      },
    );

    test("and lets them make each happen", async () => {
      const { page } = await opened("#v1");
      const goals = page.locator(".goal");
      for (const [value, praise] of [
        ["1.05", "It holds"],
        ["1.4", "It explodes"],
        ["0.7", "It vanishes"],
      ]) {
        const box = page.getByRole("spinbutton", { name: "Gain, value" });
        await box.fill(value);
        await box.press("Enter");
        await page.locator(".praise", { hasText: praise }).waitFor();
      }
      expect(await goals.count()).toBe(1);
    });

    test("until there is any input", async () => {
      const { page } = await opened("");
      await page.waitForFunction(() => document.querySelector(".headline")?.getAttribute("data-regime"));
      await page.keyboard.press("Shift");
      await expect.poll(() => gain(page).getAttribute("aria-valuetext")).toBe("0.95");
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    });

    test("not to who comes with a link", async () => {
      const { page } = await opened("#v1&gain=0.8");
      expect(await gain(page).getAttribute("aria-valuetext")).toBe("0.8");
    });
  });

  test("is in the page before any program runs, with the numbers of the program", async () => {
    const url = await session.serve(site);
    const still = await session.open(url, { javaScriptEnabled: false });
    const before = await still.page.locator(".answer").first().textContent();
    const { page } = await visit(session, `${url}#v1`);
    expect(before).toMatch(/%/);
    expect(await answer(page).textContent()).toBe(before);
  });

  test("can be used by keys alone", async () => {
    const { page } = await opened();
    await page.keyboard.press("Tab");
    while (!(await gain(page).evaluate((slider) => slider === document.activeElement)))
      await page.keyboard.press("Tab");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("ArrowRight");
    expect(await gain(page).getAttribute("aria-valuetext")).toBe("1.06");
    await expect.poll(() => regime(page)).toBe("holding");
    await page.keyboard.press("]");
    expect(await gain(page).getAttribute("aria-valuetext")).toBe("1.07");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByRole("checkbox").press("Space");
    await page.keyboard.press("Escape");
    await page.keyboard.press("]");
    expect(await gain(page).getAttribute("aria-valuetext")).toBe("1.07");
  });

  test("reads the map out", async () => {
    const { page } = await opened();
    const map = page.getByRole("application");
    await map.focus();
    const at = () => page.evaluate(() => location.hash);
    const heard = () => page.getByRole("status").textContent();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(heard).toMatch(/∂h39\/∂h6/);
    await page.keyboard.press("End");
    await expect.poll(heard).toMatch(/∂h39\/∂h39/);
    await expect.poll(at).toBe("#v1&t=39&k=39");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("button", { name: "Unpin A" }).count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  });

  test("saves pictures and numbers of what it shows", async () => {
    const { page, problems } = await opened("#v1&hidden=4&steps=8");
    const saved = async (label: string) => {
      await page.getByRole("button", { name: "Export" }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: label }).click(),
      ]);
      return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
    };
    const csv = await saved("Map, CSV");
    expect(csv.name).toBe("gradient-lab-map.csv");
    expect(csv.bytes.toString().trim().split("\r\n")).toHaveLength(1 + 36);
    const picture = await saved("Map, PNG");
    expect(picture.bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(picture.bytes.includes("iTXtDescription")).toBe(true);
    expect((await saved("Network, SVG")).bytes.toString()).toMatch(/^<svg[\s\S]*<title>/);
    const { link, steps } = JSON.parse((await saved("All numbers")).bytes.toString());
    expect([link, steps]).toEqual(["#v1&hidden=4&steps=8", 8]);
    expect(await page.locator("#export-menu").isHidden()).toBe(true);
    expect(problems).toEqual([]);
  });

  test("has the values of the map as a table of 25 rows a page", async () => {
    const { page } = await opened();
    await page.locator(".map-panel summary").click();
    const rows = page.locator(".map-panel tbody tr");
    await expect.poll(() => rows.count()).toBe(25);
    expect(await rows.nth(1).locator("td").nth(1).textContent()).toBe("0");
    await page.getByRole("button", { name: "Later" }).click();
    await expect.poll(() => rows.count()).toBe(15);
    expect(await page.getByText("rows 26 to 40 of 40").count()).toBe(1);
  });

  test("goes through training and back to the same weights", async () => {
    const { page } = await opened("#v1&gain=1.1&rate=0.1");
    const before = await answer(page).textContent();
    const updates = page.locator(".scrubber span");
    for (const update of [1, 2, 3]) {
      await page.keyboard.press(".");
      await expect.poll(() => updates.textContent()).toBe(`update ${update}`);
    }
    await expect.poll(() => page.locator(".status").textContent()).not.toBe("");
    await page.keyboard.press(",");
    await expect.poll(() => updates.textContent()).toBe("update 2");
    await page.getByRole("button", { name: "Branch here" }).click();
    await page.keyboard.press("r");
    await expect.poll(() => updates.textContent()).toBe("update 0");
    await expect.poll(() => answer(page).textContent()).toBe(before);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.locator(".training-panel .chart").first().waitFor();
  });

  test("follows its address, there and back", async () => {
    const { page } = await opened("#v1&gain=0.8");
    const first = await answer(page).textContent();
    await page.evaluate(() => {
      location.hash = "#v1&gain=1.25";
    });
    await expect.poll(() => answer(page).textContent()).not.toBe(first);
    await page.goBack();
    await expect.poll(() => answer(page).textContent()).toBe(first);
    await page.keyboard.press("p");
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/&pin=/);
    await page.goBack();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe("#v1&gain=0.8");
  });

  test("says what it had to change in a link", async () => {
    const { page } = await opened("#v1&steps=2&colour=red");
    await page.getByRole("alert").getByText("steps=2 is below 4; using 4.").waitFor();
    await page.getByRole("alert").getByText("colour is nothing the lab knows; left out.").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("compares with what was pinned", async () => {
    const { page } = await opened("#v1&gain=0.8");
    await page.getByRole("button", { name: "Pin A" }).click();
    await gain(page).press("PageUp");
    await expect.poll(() => page.locator(".decay .chart-label").allTextContents()).toContain("A");
    await page.getByLabel("What the map shows").selectOption("difference");
    await expect.poll(() => page.getByRole("application").getAttribute("aria-label")).toMatch(/^Map/);
  });

  test("draws nothing while nothing changes", async () => {
    const { page } = await opened();
    await page.evaluate(() => {
      const pending = new Set<number>();
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (run) => {
        const id = ask((time) => {
          pending.delete(id);
          run(time);
        });
        pending.add(id);
        return id;
      };
      Object.assign(window, { pending });
    });
    const pending = () => page.evaluate(() => (window as unknown as { pending: Set<number> }).pending.size);
    await gain(page).press("ArrowRight");
    await expect.poll(() => answer(page).textContent()).not.toBe("4.3 %");
    await expect.poll(pending).toBe(0);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  test("lets values and gradient flow after a change, if motion is welcome", async () => {
    const { page } = await opened("#v1", { reducedMotion: "no-preference" });
    await gain(page).press("ArrowRight");
    await page.waitForFunction(() => document.getAnimations().length > 40);
    await page.waitForFunction(() => document.getAnimations().length === 0);
  });

  test("shows on a phone what fits: one column, smaller first values, targets for thumbs", async () => {
    const { page } = await opened("", {
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      isMobile: true,
    });
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/hidden=16&steps=30|^$/);
    expect(await page.locator(".question").textContent()).toMatch(/step 30/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await gain(page).isVisible()).toBe(true);
    await page.getByRole("button", { name: "More controls" }).tap();
    await page.getByRole("dialog").getByLabel("Steps", { exact: true }).press("ArrowRight");
    await expect.poll(() => page.locator(".question").textContent()).toMatch(/step 31/);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button:not(.mini), select, summary, input[type=range]")]
        .filter((target) => target.checkVisibility() && !target.closest(".values, .fold"))
        .map((target) => [target.textContent, target.getBoundingClientRect()] as const)
        .filter(([, { height }]) => height < 36)
        .map(([text]) => text),
    );
    expect(small).toEqual([]);
  });

  test("keeps its lines and marks in forced colors", async () => {
    const { page } = await opened("#v1", { forcedColors: "active" });
    const colors = await page.evaluate(() => {
      const of = (selector: string, property: string) =>
        getComputedStyle(document.querySelector(selector)!).getPropertyValue(property);
      return {
        paper: of("body", "background-color"),
        line: of(".chart-line", "stroke"),
        label: of(".chart-label", "fill"),
        point: of(".point", "fill"),
        bar: of(".bar", "fill"),
      };
    });
    for (const [name, color] of Object.entries(colors))
      if (name !== "paper") expect(color, name).not.toBe(colors.paper);
  });
});

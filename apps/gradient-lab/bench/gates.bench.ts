// What the lab promises about time and size, measured beside the promise:
//   npx pnpm --filter @unroll/gradient-lab bench
import { cpus, loadavg } from "node:os";
import process from "node:process";
import { inBrowser, type Session, slowDown } from "@unroll/testing";
import type { Page } from "playwright-core";
import { test } from "vitest";
import { firstLoad } from "../test/page/first-load.ts";
import { buildSite } from "../test/page/site.ts";
import { delays, percentile, seenBy, settled, watch, work } from "./watch.ts";

const MOVES = 120;
const site = await buildSite();

const print = (line = ""): void => void process.stdout.write(`${line}\n`);
function row(name: string, measured: number, gate: number | undefined, unit = "ms"): void {
  const verdict = gate === undefined ? "" : `≤ ${gate} ${unit}   ${measured <= gate ? "kept" : "MISSED"}`;
  print(`${name.padEnd(66)}${`${measured.toFixed(unit === "kB" ? 1 : 0)} ${unit}`.padStart(9)}   ${verdict}`);
}

/** Opens the page, watched, at full speed or slowed down from the first byte on. */
async function open(session: Session, link: string, { slow = 1, width = 1280 } = {}): Promise<Page> {
  const context = await session.browser.newContext({
    viewport: { width, height: 800 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await watch(page);
  await slowDown(page, slow);
  await page.goto(`${await session.serve(site)}${link}`);
  await page.waitForSelector("#lab:not(.still) .spectrum");
  await settled(page);
  return page;
}

/** Takes hold of the slider of the gain; returns where it begins and how wide it is. */
async function hold(page: Page): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  const box = await page.locator('[data-name="gain"] input[type="range"]').first().boundingBox();
  if (!box) throw new Error("there is no slider for the gain");
  const [x, y] = [box.x + 0.3 * box.width, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  return { x, y, width: box.width };
}

inBrowser("gates", (session) => {
  test("all", async () => {
    const load = (): string => loadavg()[0].toFixed(1);
    print(`\n${cpus()[0]?.model}, ${cpus().length} cores; others at work before: ${load()}\n`);

    print("Loading");
    const files = firstLoad(site);
    const kB = (some: (name: string) => boolean): number =>
      files.reduce((sum, { name, bytes }) => sum + (some(name) ? bytes / 1000 : 0), 0);
    row(
      "programs, styles, WebAssembly, gzip",
      kB((name) => !name.endsWith(".html")),
      90,
      "kB",
    );
    row(
      "the page with the first picture in it, gzip",
      kB((name) => name.endsWith(".html")),
      undefined,
      "kB",
    );
    for (const [name, width] of [
      ["1280 px", 1280],
      ["360 px", 360],
    ] as const) {
      const page = await open(session, "", { slow: 4, width });
      const first = await page.evaluate(
        () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      );
      row(`first picture, processor 4 times slower, ${name}`, first, 800);
      row(`the page lives, processor 4 times slower, ${name}`, (await seenBy(page)).alive, undefined);
      await page.context().close();
    }

    print("\nThe slider of the gain, 32 units, 40 steps");
    const page = await open(session, "#v1");
    const used = await work(page);
    const { x, y, width } = await hold(page);
    const now = (): Promise<number> => page.evaluate(() => performance.now());
    await page.mouse.move(x + 2, y);
    await settled(page);
    let began = await now();
    for (let i = 0; i < MOVES; i++) {
      await page.mouse.move(x + (0.12 * width * i) / MOVES, y);
      await page.waitForTimeout(16);
    }
    await settled(page);
    const moving = delays(await seenBy(page), began);
    row(
      `moving: from the move to its exact frame, 95th percentile of ${moving.length}`,
      percentile(moving, 0.95),
      50,
    );
    row("moving: median", percentile(moving, 0.5), undefined);
    began = await now();
    const worked: number[] = [];
    for (let i = 0; i < MOVES / 2; i++) {
      const before = await used();
      await page.mouse.move(x + (0.12 * width * (MOVES - 2 * i)) / MOVES, y);
      await page.waitForTimeout(20);
      await settled(page);
      worked.push((await used()) - before);
    }
    const single = delays(await seenBy(page), began);
    row(`move by move: 95th percentile of ${single.length}`, percentile(single, 0.95), 50);
    row("move by move: median", percentile(single, 0.5), undefined);
    row("work of the main thread for a move, 95th percentile", percentile(worked, 0.95), 16);
    await page.mouse.up();
    await page.context().close();

    print("\n64 units, 128 steps");
    const large = await open(session, "#v1&hidden=64&steps=128");
    const go = async (link: string): Promise<void> => {
      await large.evaluate((hash) => {
        location.hash = hash;
      }, link);
    };
    const times: number[] = [];
    for (const gain of [0.9, 1, 1.1]) {
      const from = await large.evaluate(() => performance.now());
      await go(`#v1&hidden=64&steps=128&gain=${gain}`);
      await large.waitForTimeout(50);
      await settled(large);
      times.push(...delays(await seenBy(large), from));
    }
    row("exact frame, slowest of 3", Math.max(...times), 1000);
    const stops: number[] = [];
    for (const gain of [0.91, 1.01, 1.11]) {
      await go(`#v1&hidden=64&steps=128&gain=${gain}`);
      await large.waitForTimeout(200);
      const from = await large.evaluate(() => performance.now());
      await go(`#v1&hidden=8&steps=10&gain=${gain}`);
      await large.waitForTimeout(50);
      await settled(large);
      stops.push(Math.max(...delays(await seenBy(large), from)));
      await go("#v1&hidden=64&steps=128");
      await large.waitForTimeout(50);
      await settled(large);
    }
    row(
      "given up for a smaller network, which then stands there, slowest of 3",
      Math.max(...stops),
      undefined,
    );
    print(`\nothers at work after: ${load()}\n`);
  });
});

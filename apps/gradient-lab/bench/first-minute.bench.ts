// The pictures of docs/gradient-lab.md, made again:
//   npx pnpm --filter @unroll/gradient-lab screenshots
import { mkdirSync, writeFileSync } from "node:fs";
import { inBrowser } from "@unroll/testing";
import { decode, encode } from "fast-png";
import { expect, test } from "vitest";
import { buildSite } from "../test/page/site.ts";
import { visit } from "../test/page/visitor.ts";

const folder = new URL("../../../docs/pictures/", import.meta.url);
const site = await buildSite();

const SCREENS = [
  { name: "desktop", viewport: { width: 1280, height: 800 } },
  { name: "phone", viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true },
];
/** What the visitor sees, and the gain that brings it about; none for what the page opens with. */
const MOMENTS = [
  { name: "vanishes", gain: undefined, headline: "vanishing" },
  { name: "holds", gain: "1.05", headline: "holding" },
  { name: "explodes", gain: "1.4", headline: "exploding" },
];

inBrowser("pictures", (session) => {
  test.each(SCREENS)("$name", async ({ name: screen, ...options }) => {
    mkdirSync(folder, { recursive: true });
    const { page, problems } = await visit(session, await session.serve(site), {
      ...options,
      colorScheme: "light",
    });
    await page.keyboard.press("Shift"); // ends the introduction
    for (const { name, gain, headline } of MOMENTS) {
      if (gain) {
        const box = page.getByRole("spinbutton", { name: "Gain, value" });
        await box.fill(gain);
        await box.press("Enter");
        await box.blur();
      }
      await page.waitForSelector(`.headline[data-regime="${headline}"]`);
      await page.locator(".status", { hasText: "exact" }).waitFor();
      await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
      const file = new URL(`gradient-lab-${screen}-${name}.png`, folder);
      const bytes = small(await page.screenshot());
      expect(bytes.length).toBeLessThan(150_000);
      writeFileSync(file, bytes);
    }
    expect(problems).toEqual([]);
  });
});

/** The picture with 64 shades of each color: nobody sees it, and it is smaller by half. */
function small(png: Uint8Array): Uint8Array {
  const { width, height, data, channels } = decode(png);
  const colors = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) colors[3 * i + c] = Math.min(255, 4 * Math.round(data[channels * i + c] / 4));
  return encode({ width, height, data: colors, channels: 3, depth: 8 }, { zlib: { level: 9 } });
}

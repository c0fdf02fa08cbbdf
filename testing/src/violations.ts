import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** What axe-core finds wrong with a page as it stands: `rule: element: what is asked`. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe.source}; undefined`);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { resultTypes: ["violations"] })`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(" ")}: ${help}`),
  );
}

/** How a page is shown. */
export interface Look {
  readonly colorScheme: "light" | "dark";
  readonly width: number;
}

/** `violations` in light and dark, at every width; the page stays in the last look. */
export async function violationsInLooks(
  page: Page,
  widths: readonly number[] = [360, 768, 1280],
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      for (const one of await violations(page)) found.push(`${colorScheme}, ${width} px: ${one}`);
    }
  }
  return found;
}

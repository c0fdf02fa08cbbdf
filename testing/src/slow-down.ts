import type { Page } from "playwright-core";

/** Makes a page's processor `factor` times slower, as on a small device; 1 is full speed. */
export async function slowDown(page: Page, factor: number): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: factor });
}

import { afterAll, beforeAll, describe, test } from "vitest";
import { browserIsRequired, findChromium } from "./chromium.ts";
import { Session } from "./session.ts";

/**
 * A group of tests with one Chromium, started before them and ended after them. Where there is no Chromium they are
 * counted as skipped, or fail if UNROLL_BROWSER_TESTS is `required`.
 */
export function inBrowser(name: string, tests: (session: Session) => void): void {
  const path = findChromium();
  if (path === undefined && browserIsRequired()) {
    test(name, () => {
      throw new Error("there is no Chromium: put one on PATH, or its path into UNROLL_CHROMIUM");
    });
    return;
  }
  describe.skipIf(path === undefined)(name, () => {
    const session = new Session();
    beforeAll(() => session.launch(path as string), 60_000);
    afterAll(() => session.close(), 60_000);
    tests(session);
  });
}

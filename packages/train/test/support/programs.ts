import { bundleForNode, type Program } from "@unroll/testing";
import { afterAll, beforeAll } from "vitest";

/** Where the workers' program and the test's own parts are, as they stand in the sources; set before the tests. */
export const address: { script: URL | undefined; module: URL | undefined } = {
  script: undefined,
  module: undefined,
};

const made: Program[] = [];

/** Bundles them for the tests of a file. */
export function bundlePrograms(): void {
  beforeAll(async () => {
    const entries = ["../../src/train.worker.ts", "./own-parts.ts"];
    made.push(...(await Promise.all(entries.map((entry) => bundleForNode(new URL(entry, import.meta.url))))));
    address.script = made[0].url;
    address.module = made[1].url;
  }, 60_000);
  afterAll(() => Promise.all(made.splice(0).map((program) => program.remove())));
}

import type { KernelChoice } from "@unroll/kernels";
import { bundle, callExport, inBrowser } from "@unroll/testing";
import { expect, test } from "vitest";
import expected from "./fixtures/one-hash.json" with { type: "json" };
import { type RunResult, runs } from "./support/one-hash/runs.ts";

const program = await bundle(new URL("./support/one-hash/main.ts", import.meta.url));
const names = Object.keys(runs) as (keyof typeof expected)[];

inBrowser("Chromium leaves the weights of the fixture", (session) => {
  test.each(["run", "runInWorker"])("%s, portable and simd", async (where) => {
    const { page, problems } = await session.open(await session.serve(program));
    for (const name of names) {
      for (const kernels of ["portable", "simd"] satisfies KernelChoice[]) {
        const result = await callExport<RunResult>(page, where, name, kernels);
        expect(result).toEqual({ kernels, ...expected[name] });
      }
    }
    expect(problems).toEqual([]);
  });

  // Three workers on one memory where the page is isolated; otherwise one, which says so.
  test.each([true, false])(
    "by the workers of fit, isolated: %s",
    async (isolated) => {
      const { page, problems } = await session.open(await session.serve(program, { isolated }));
      const note = "the page is not cross-origin isolated: no memory can be shared";
      const report = isolated ? { count: 3, shared: true } : { count: 1, shared: false, note };
      for (const name of names) {
        for (const kernels of ["portable", "simd"] satisfies KernelChoice[]) {
          const result = await callExport<RunResult>(page, "runByWorkers", name, kernels, 3);
          expect(result).toEqual({ kernels, ...expected[name], report });
        }
      }
      expect(problems).toEqual([]);
    },
    240_000,
  );

  // Without 'wasm-unsafe-eval' a page may not compile WebAssembly: the default falls back to the portable kernels.
  test.each([
    { source: "'self'", isolated: false, kernels: "portable" },
    { source: "'self'", isolated: true, kernels: "portable" },
    { source: "'self' 'wasm-unsafe-eval'", isolated: false, kernels: "simd" },
    { source: "'self' 'wasm-unsafe-eval'", isolated: true, kernels: "simd" },
  ])("under script-src $source, isolated: $isolated, on $kernels kernels", async (row) => {
    const { source, isolated, kernels } = row;
    const policy = `default-src 'none'; script-src ${source}; worker-src 'self'; img-src data:`;
    const { page, problems } = await session.open(await session.serve(program, { policy, isolated }));
    expect(await callExport(page, "isIsolated")).toBe(isolated);
    for (const where of ["run", "runInWorker"]) {
      for (const name of names) {
        const result = await callExport<RunResult>(page, where, name, "reproducible");
        expect(result).toEqual({ kernels, ...expected[name] });
      }
    }
    expect(problems).toEqual([]);
  });
});

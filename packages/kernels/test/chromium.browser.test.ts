import { bundle, callExport, inBrowser } from "@unroll/testing";
import { describe, expect, test } from "vitest";
import { productLaws } from "./support/laws/products.ts";

const program = await bundle(new URL("./support/page.ts", import.meta.url));

// Chromium has relaxed SIMD whatever the Node that runs the tests, so that the "fast" kernels are always tested here.
inBrowser("in Chromium", (session) => {
  test("all three kinds of kernels run", async () => {
    const { page } = await session.open(await session.serve(program));
    expect(await callExport(page, "kinds")).toEqual(["relaxed-simd", "simd", "portable"]);
  });

  describe.each(["relaxed-simd", "simd", "portable"])("%s kernels", (kind) => {
    test.each(["float32", "float64"])("of %s keep the laws and the bound of rounding", async (type) => {
      const { page, problems } = await session.open(await session.serve(program));
      const broken = await callExport<string[]>(page, "brokenLaws", kind, type);
      const ofBits = productLaws.map(({ name }) => name);
      expect(kind === "relaxed-simd" ? broken.filter((name) => !ofBits.includes(name)) : broken).toEqual([]);
      expect(await callExport(page, "rounding", kind, type)).toBeLessThanOrEqual(1);
      await callExport(page, "batchRows", kind, type);
      expect(problems).toEqual([]);
    });
  });
});

import { bundle, callExport, inBrowser } from "@unroll/testing";
import { expect, test } from "vitest";
import { computeMeasured } from "../src/core/frame/compute-frame.ts";
import { detailAt } from "../src/core/frame/detail.ts";
import { stateOfLink } from "../src/core/link/link.ts";
import { bits } from "./page/bits.ts";

const program = await bundle(new URL("./page/numbers.ts", import.meta.url));

const LINKS = [
  "#v1",
  "#v1&hidden=12&steps=20&gain=1.25&init=gaussian&noise=0.5&seed=3",
  "#v1&hidden=10&steps=16&cell=relu&input=adding&trained=20&rate=0.05",
  "#v1&hidden=10&steps=16&cell=sigmoid&input=copy&optimizer=adam&trained=15&truncate=5&norm=frobenius",
  "#v1&hidden=8&steps=24&input=text&text=the%20same%20numbers&truncate=6&cut=chunked&clip=value&threshold=0.01&norm=loss",
  "#v1&init=x1&gain=1&noise=0&steps=60",
];

inBrowser("the worker of a page", (session) => {
  test("gives the numbers of the terminal, bit for bit", async () => {
    const url = await session.serve(program);
    const { page, problems } = await session.open(url);
    for (const link of LINKS) {
      const measured = computeMeasured(stateOfLink(link).state, () => 0);
      const { frame } = measured;
      const expected = bits({ ...frame, detail: detailAt(measured, frame.steps, 1) });
      expect(await callExport(page, "numbers", link)).toEqual(expected);
    }
    expect(problems).toEqual([]);
  });
});

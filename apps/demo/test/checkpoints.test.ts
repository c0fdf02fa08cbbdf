import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readModel } from "@unroll/io";
import { slice } from "@unroll/linalg";
import { expect, test } from "vitest";
import { runHere } from "./run-here.ts";
import { folderForTests } from "./small.ts";

const folder = folderForTests();
const checkpoint = (name: string): string =>
  fileURLToPath(new URL(`../checkpoints/${name}.safetensors`, import.meta.url));

test.each(["moby-dick", "births", "names"])(
  "%s: small, and made from the data that is there",
  async (name) => {
    expect(readFileSync(checkpoint(name)).length).toBeLessThanOrEqual(300_000);
    if (name === "moby-dick") return; // scoring the test text takes seconds
    const { code, stdout } = await runHere(["eval", checkpoint(name), "--json"]);
    expect(code).toBe(0);
    const { data, ...found } = JSON.parse(stdout);
    expect(data).toBe(name);
    const { figures } = JSON.parse((await runHere(["compare", checkpoint(name), "--json"])).stdout).runs[0];
    if (name === "births") expect(found.figures[0].network).toEqual(figures.test[0].network);
    else expect(found.network).toEqual(figures.network);
  },
);

test("births: the first of its networks, trained again, has the same bits", async () => {
  const path = join(folder, "births.safetensors");
  const { code } = await runHere(["train", "series", "--seeds", "1", "--quiet", "--out", path]);
  expect(code).toBe(0);
  const [all, first] = [checkpoint("births"), path].map((each) => readModel(readFileSync(each)).model);
  for (const name of ["0.W_xh", "0.W_hh", "0.b_h"]) {
    const [whole, own] = [all!, first!].map(({ parameters, layout }) => slice(parameters, layout, name));
    for (let r = 0; r < own!.rows; r++)
      for (let c = 0; c < own!.columns; c++)
        expect(whole!.data[whole!.offset + r * whole!.stride + c], `${name}[${r}, ${c}]`).toBe(
          own!.data[own!.offset + r * own!.stride + c],
        );
  }
});

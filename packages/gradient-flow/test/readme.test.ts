import { expect, test } from "vitest";
import { readmeExample } from "../../../scripts/readme-example.ts";

test("the README's example prints what the README says", async () => {
  const { printed, expected } = await readmeExample(new URL("..", import.meta.url).pathname);
  expect(printed).toBe(expected);
});

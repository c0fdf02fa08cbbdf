import { expect, test } from "vitest";
import { readmeExample } from "../../../scripts/readme-example.ts";

test("the program in the root README prints what the README says", async () => {
  const root = new URL("../../..", import.meta.url).pathname;
  const demo = new URL("..", import.meta.url).pathname;
  const { printed, expected } = await readmeExample(root, demo);
  expect(printed).toBe(expected);
});

import { expect, it } from "vitest";
import { portion, powerOfTen } from "./numbers.ts";

it("writes what is far from one as a power of ten", () => {
  expect([12.2, -3, 308.9, 0].map(powerOfTen)).toEqual(["10¹²", "10⁻³", "10³⁰⁹", "10⁰"]);
  expect([-12, 12, -6, 3].map(portion)).toEqual(["1/10¹²", "10¹² times", "1/1,000,000", "1,000 times"]);
});

import { expect, test } from "vitest";
import { truncationErrors, truncationTable } from "./support/truncation-experiment.ts";

// Spread over draws is wide, so the ordering is tested, and digits only roughly; the command `theory` prints all of it.
test("truncation bias falls with its length, grows with the gain, and chunks have more of it than windows", () => {
  const tables = Object.keys(truncationTable).map((gain) => truncationErrors(Number(gain), 30));
  for (const [i, { sliding, chunked }] of tables.entries()) {
    expect(sliding).toEqual([...sliding].sort((a, b) => b - a));
    expect(chunked).toEqual([...chunked].sort((a, b) => b - a));
    for (const [l, error] of chunked.entries()) expect(error).toBeGreaterThan(sliding[l + 1]);
    if (i > 0)
      for (const [l, error] of sliding.entries()) expect(error).toBeGreaterThan(tables[i - 1].sliding[l]);
    const stated = Object.values(truncationTable)[i];
    for (const [l, error] of sliding.slice(0, 3).entries()) {
      expect(error / stated.sliding[l]).toBeGreaterThan(0.6);
      expect(error / stated.sliding[l]).toBeLessThan(1.6);
    }
  }
});

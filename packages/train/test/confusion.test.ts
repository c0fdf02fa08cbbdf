import { Confusion } from "@unroll/train";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

function counted(pairs: readonly (readonly [actual: number, said: number])[], classes = 3): Confusion {
  const table = new Confusion(classes);
  for (const [actual, said] of pairs) table.add(actual, said);
  return table;
}

describe("Confusion", () => {
  // sklearn.metrics of y = 0 0 0 1 1 2, said 0 1 0 1 2 2: precision 1, 1/2, 1/2; recall 2/3, 1/2, 1; F1 4/5, 1/2, 2/3.
  const pairs = [
    [0, 0],
    [0, 1],
    [0, 0],
    [1, 1],
    [1, 2],
    [2, 2],
  ] as const;

  test("counts, and the figures of the textbook", () => {
    const table = counted(pairs);
    expect([table.count(0, 0), table.count(0, 1), table.count(1, 0), table.count(1, 2)]).toEqual([
      2, 1, 0, 1,
    ]);
    expect([table.items, table.itemsOf(0), table.saidAs(1)]).toEqual([6, 3, 2]);
    expect(table.accuracy).toBeCloseTo(4 / 6, 15);
    expect([0, 1, 2].map((i) => table.recall(i))).toEqual([2 / 3, 1 / 2, 1]);
    expect([0, 1, 2].map((i) => table.precision(i))).toEqual([1, 1 / 2, 1 / 2]);
    expect([0, 1, 2].map((i) => table.f1(i))).toEqual([4 / 5, 1 / 2, 2 / 3]);
    expect(table.macroRecall).toBeCloseTo((2 / 3 + 1 / 2 + 1) / 3, 15);
    expect(table.macroF1).toBeCloseTo((4 / 5 + 1 / 2 + 2 / 3) / 3, 15);
  });

  test("a class without items has no recall and no part in the means; said by mistake, it costs precision", () => {
    const table = counted([
      [0, 0],
      [0, 2],
      [1, 1],
    ]);
    expect(table.recall(2)).toBeNaN();
    expect(table.precision(2)).toBe(0);
    expect(table.macroRecall).toBe(3 / 4);
    expect(table.macroF1).toBeCloseTo((2 / 3 + 1) / 2, 15);
    expect(new Confusion(2).accuracy).toBeNaN();
  });

  test("accuracy is the mean of the recalls weighted by items, and does not depend on the order", () => {
    const pair = fc.tuple(fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1 }), (list) => {
        const table = counted(list, 4);
        const weighted = [0, 1, 2, 3].map((i) => (table.itemsOf(i) ? table.recall(i) * table.itemsOf(i) : 0));
        expect(table.accuracy * table.items).toBeCloseTo(
          weighted.reduce((a, b) => a + b),
          10,
        );
        const again = counted([...list].reverse(), 4);
        expect([again.accuracy, again.macroRecall, again.macroF1]).toEqual([
          table.accuracy,
          table.macroRecall,
          table.macroF1,
        ]);
      }),
    );
  });

  test("numbers that are no class are refused", () => {
    expect(() => new Confusion(0)).toThrow("Confusion: option classes is 0");
    expect(() => new Confusion(2).add(2, 0)).toThrow("Confusion: actual class is 2");
    expect(() => new Confusion(2).add(0, -1)).toThrow("Confusion: said class is -1");
  });
});

import { View } from "@unroll/kernels";
import { joinLayouts, layout, locate, slice } from "@unroll/linalg";
import { describe, expect, it } from "vitest";

describe("layout", () => {
  const cell = layout({ W_xh: [2, 3], W_hh: [2, 2], b_h: [1, 2] });

  it("puts matrices one behind the other, in the order given", () => {
    expect(cell).toEqual({
      size: 12,
      slices: {
        W_xh: { offset: 0, rows: 2, columns: 3 },
        W_hh: { offset: 6, rows: 2, columns: 2 },
        b_h: { offset: 10, rows: 1, columns: 2 },
      },
    });
    expect(Object.keys(cell.slices)).toEqual(["W_xh", "W_hh", "b_h"]);
  });

  it("takes empty matrices and no matrix at all", () => {
    expect(layout({})).toEqual({ size: 0, slices: {} });
    expect(layout({ a: [0, 3], b: [2, 1] }).slices.b.offset).toBe(0);
  });

  it.each([
    [[2, -1], "layout: W is 2×-1, expected rows×columns"],
    [[1.5, 2], "layout: W is 1.5×2, expected rows×columns"],
    [[NaN, 2], "layout: W is NaN×2, expected rows×columns"],
  ])("refuses the shape %s", (shape, message) => {
    expect(() => layout({ W: shape as [number, number] })).toThrow(message);
  });

  it("joins layouts under prefixes", () => {
    const joined = joinLayouts({ cell, readout: layout({ W_hy: [4, 2] }) });
    expect(joined.size).toBe(20);
    expect(Object.keys(joined.slices)).toEqual(["cell.W_xh", "cell.W_hh", "cell.b_h", "readout.W_hy"]);
    expect(joined.slices["cell.W_hh"]).toEqual(cell.slices.W_hh);
    expect(joined.slices["readout.W_hy"]).toEqual({ offset: 12, rows: 4, columns: 2 });
  });

  it("slices a flat vector on the same memory, from the vector's own offset", () => {
    const vector = new View(
      Float64Array.from({ length: 20 }, (_, i) => i),
      5,
      1,
      12,
    );
    const W_hh = slice(vector, cell, "W_hh");
    expect({ ...W_hh }).toEqual({ data: vector.data, offset: 11, rows: 2, columns: 2, stride: 2 });
    W_hh.data[W_hh.offset] = -1;
    expect(vector.data[11]).toBe(-1);
  });

  it.each(["W_hy", "toString", "__proto__"])("has no slice %s", (name) => {
    const vector = new View(new Float32Array(12), 0, 1, 12);
    expect(() => slice(vector, cell, name)).toThrow(
      `slice: option name is "${name}", expected one of W_xh, W_hh, b_h`,
    );
  });

  it("refuses a vector of another length", () => {
    const vector = new View(new Float32Array(20), 0, 1, 11);
    expect(() => slice(vector, cell, "W_hh")).toThrow("slice: vector is 1×11, expected 1×12");
  });

  it("locates every index of the vector where its slice reads it", () => {
    const vector = new View(
      Float64Array.from({ length: 12 }, (_, i) => i),
      0,
      1,
      12,
    );
    for (let index = 0; index < cell.size; index++) {
      const { name, row, column } = locate(cell, index);
      const view = slice(vector, cell, name);
      expect(view.data[view.offset + row * view.stride + column]).toBe(index);
      expect(column).toBeLessThan(view.columns);
    }
    expect(locate(cell, 9)).toEqual({ name: "W_hh", row: 1, column: 1 });
  });

  it.each([-1, 12, 0.5, NaN])("locates no index %d", (index) => {
    expect(() => locate(cell, index)).toThrow(/locate: option index is .*, expected 0 … 11/);
  });
});

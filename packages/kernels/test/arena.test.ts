import {
  Arena,
  availableKernels,
  MemoryError,
  OptionError,
  StateError,
  UnrollError,
  View,
} from "@unroll/kernels";
import { describe, expect, test } from "vitest";

const kinds = availableKernels();
const cases = kinds.flatMap((kind) => (["float32", "float64"] as const).map((type) => ({ kind, type })));

describe.each(cases)("an arena of $kind kernels and $type", ({ kind, type }) => {
  test("gives zeros of its type, each matrix at a multiple of 64 bytes, none over another", () => {
    const arena = new Arena(type, kind);
    const views = [arena.matrix(1, 1), arena.matrix(3, 5), arena.matrix(0, 7), arena.matrix(2, 2)];
    const tokens = arena.tokens(3);
    const last = arena.matrix(1, 4);
    expect(views[0].data).toHaveLength(0);
    arena.commit();
    expect(arena.kernels.kind).toBe(kind);
    expect(arena.kernels.type).toBe(type);
    for (const view of [...views, last]) {
      expect(view.data).toBeInstanceOf(type === "float32" ? Float32Array : Float64Array);
      expect((view.offset * arena.elementSize) % 64).toBe(0);
      expect(view.stride).toBe(view.columns);
    }
    expect(tokens.data).toBeInstanceOf(Int32Array);
    views.forEach((view, i) => {
      view.data.fill(i + 1, view.offset, view.offset + view.size);
    });
    tokens.data.fill(-1, tokens.offset, tokens.offset + tokens.rows);
    const sums = [...views, last].map((view) => arena.kernels.sum(view));
    expect(sums).toEqual([1, 2 * 15, 0, 4 * 4, 0]);
    expect([...tokens.data.subarray(tokens.offset, tokens.offset + 3)]).toEqual([-1, -1, -1]);
  });

  test("its size is what was reserved", () => {
    const arena = new Arena(type, kind);
    expect(arena.bytes).toBe(0);
    arena.matrix(1, 1);
    expect(arena.bytes).toBe(64);
    arena.tokens(17);
    expect(arena.bytes).toBe(64 + 128);
    expect(new Arena(type, kind).commit().bytes).toBe(0);
  });

  test("a part is a second view of a matrix, before and after commit", () => {
    const arena = new Arena(type, kind);
    const flat = arena.matrix(1, 12);
    const early = arena.part(flat, 2, 2, 3);
    arena.commit();
    const late = arena.part(flat, 2, 2, 2, 5);
    flat.data.set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], flat.offset);
    expect(arena.kernels.sum(early)).toBe(2 + 3 + 4 + 5 + 6 + 7);
    expect(arena.kernels.sum(late)).toBe(2 + 3 + 7 + 8);
    expect(late.stride).toBe(5);
  });

  test("a packed operand has the room that its kernels want", () => {
    const arena = new Arena(type, kind);
    const packed = arena.packed(5, 9);
    arena.commit();
    expect(packed.size).toBe(arena.kernels.packedSize(5, 9));
  });

  test("says when a call comes before or after its time", () => {
    const arena = new Arena(type, kind);
    expect(() => arena.kernels).toThrow(new StateError("Arena.kernels", "the arena is not committed yet"));
    arena.commit();
    expect(() => arena.commit()).toThrow(new StateError("Arena.commit", "the arena is already committed"));
    for (const reserve of [() => arena.matrix(1, 1), () => arena.tokens(1), () => arena.packed(1, 1)]) {
      expect(reserve).toThrow("a larger plan needs a new arena");
    }
  });

  test("says how many bytes it could not get", () => {
    const arena = new Arena(type, kind);
    arena.matrix(2 ** 26, 2 ** 26);
    const bytes = 2 ** 52 * arena.elementSize;
    const error = caught(() => arena.commit());
    expect(error).toBeInstanceOf(MemoryError);
    expect(error).toMatchObject({ code: "memory", details: { where: "Arena.commit", bytes } });
    expect((error as Error).message).toContain(`Arena.commit: could not get ${bytes} bytes: `);
    expect(() => arena.kernels).toThrow(StateError);
  });
});

test("an unknown choice of kernels is refused by name", () => {
  const error = caught(() => new Arena("float32", "fastest" as "fast"));
  expect(error).toBeInstanceOf(OptionError);
  expect((error as Error).message).toContain('option kernels is "fastest"');
});

test("a view counts its elements and takes its columns for its stride", () => {
  const view = new View(new Float32Array(8), 1, 2, 3);
  expect([view.size, view.stride]).toEqual([6, 3]);
  expect(new View(view.data, 0, 4, 2, 0).size).toBe(8);
});

function caught(run: () => unknown): UnrollError | undefined {
  try {
    run();
  } catch (error) {
    if (UnrollError.is(error)) return error;
    throw error;
  }
  return undefined;
}

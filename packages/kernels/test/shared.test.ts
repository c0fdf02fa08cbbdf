import {
  Arena,
  attach,
  availableKernels,
  OptionError,
  type SharedMemory,
  StateError,
  share,
  type View,
} from "@unroll/kernels";
import { describe, expect, test } from "vitest";

const cases = availableKernels().flatMap((kind) =>
  (["float32", "float64"] as const).map((type) => ({ kind, type })),
);

describe.each(cases)("an arena that threads share, of $kind kernels and $type", ({ kind, type }) => {
  const [M, N, K] = [13, 11, 7];

  function reserved(): { arena: Arena; C: View; A: View; B: View; P: View } {
    const arena = new Arena(type, kind);
    const matrices = { C: arena.matrix(M, N), A: arena.matrix(M, K), B: arena.matrix(K, N) };
    return { arena, ...matrices, P: arena.packed(K, N) };
  }

  /** tanh(A·B) by the kernels of an arena, so that their room and their constants are used. */
  function result({ arena: { kernels }, C, A, B, P }: ReturnType<typeof reserved>): number[] {
    kernels.fill(C, 0);
    kernels.pack(P, B);
    kernels.addProduct(C, A, P);
    kernels.tanh(C, C);
    kernels.addTransposedProduct(B, A, C);
    return [...C.data.slice(C.offset, C.offset + C.size), ...B.data.slice(B.offset, B.offset + B.size)];
  }

  function numbers({ A, B }: ReturnType<typeof reserved>): void {
    for (const { data, offset, size } of [A, B])
      for (let i = 0; i < size; i++) data[offset + i] = Math.sin(i + offset);
  }

  test("gives each thread the same numbers and the bits of an arena of its own", () => {
    const alone = reserved();
    alone.arena.commit();
    numbers(alone);
    const expected = result(alone);

    const own = reserved();
    const shared = share(own.arena, 3);
    expect(shared).toMatchObject({ kind, type, bytes: own.arena.bytes, threads: 3 });
    const others = [1, 2].map((thread) => {
      const there = reserved();
      attach(there.arena, shared, thread);
      return there;
    });
    for (const one of [own, ...others]) {
      expect(one.C.data.buffer).toBeInstanceOf(SharedArrayBuffer);
      numbers(one); // seen by all
      for (const reader of [own, ...others]) {
        numbers(own);
        expect(result(reader)).toEqual(expected);
      }
    }
  });

  test("is the same plan in all threads, and no more threads than said", () => {
    const shared: SharedMemory = share(reserved().arena, 2);
    const other = new Arena(type, kind);
    other.matrix(1, 1);
    expect(() => attach(other, shared, 1)).toThrow(OptionError);
    for (const thread of [0, 2, 0.5])
      expect(() => attach(reserved().arena, shared, thread)).toThrow(
        `option thread is ${thread}, expected a whole number from 1 to 1`,
      );
    const settled = reserved().arena.commit();
    expect(() => share(settled, 1)).toThrow(StateError);
  });
});

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { bfloat16ToFloat32, float16ToFloat32 } from "@unroll/io";
import { describe, expect, test } from "vitest";

interface Digest {
  count: number;
  sha256: string;
}
const expected: { float16: Digest; bfloat16: Digest } = JSON.parse(
  readFileSync(new URL("fixtures/expected.json", import.meta.url), "utf8"),
);

const every = Uint16Array.from({ length: 65536 }, (_, i) => i);
const wordsOf = (values: Float32Array) => new Uint32Array(values.buffer);

/** The bits of all values that are not NaN. */
function digestOf(values: Float32Array): Digest {
  const words = wordsOf(values).filter((_, i) => !Number.isNaN(values[i]));
  return {
    count: words.length,
    sha256: createHash("sha256").update(new Uint8Array(words.buffer)).digest("hex"),
  };
}

describe("float16ToFloat32", () => {
  test("all halves, against NumPy", () => {
    expect(digestOf(float16ToFloat32(every))).toEqual(expected.float16);
  });

  test("all halves, against the formula", () => {
    const values = float16ToFloat32(every);
    for (let half = 0; half < 65536; half++) {
      const [sign, e, m] = [half >> 15 ? -1 : 1, (half >> 10) & 31, half & 1023];
      const value =
        e === 31 ? (m ? Number.NaN : Infinity) : e ? 2 ** (e - 15) * (1 + m / 1024) : 2 ** -24 * m;
      if (!Object.is(values[half], sign * value)) throw new Error(`${half.toString(16)}: ${values[half]}`);
    }
  });

  test("NaN keeps sign and payload", () => {
    expect([...wordsOf(float16ToFloat32(Uint16Array.of(0x7e01, 0xfc01)))]).toEqual([0x7fc02000, 0xff802000]);
  });

  test("the digest notices one wrong bit", () => {
    const values = float16ToFloat32(every);
    wordsOf(values)[1]! ^= 1;
    expect(digestOf(values)).not.toEqual(expected.float16);
  });
});

describe("bfloat16ToFloat32", () => {
  test("all numbers, against PyTorch", () => {
    expect(digestOf(bfloat16ToFloat32(every))).toEqual(expected.bfloat16);
  });

  test("NaN keeps sign and payload", () => {
    expect([...wordsOf(bfloat16ToFloat32(Uint16Array.of(0x7fc1, 0xff81)))]).toEqual([0x7fc10000, 0xff810000]);
  });
});

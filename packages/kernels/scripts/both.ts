import { Arena } from "../src/index.ts";

const CHUNK = 65536;

/** How many results of the WebAssembly pass differ in a bit from those of the function, over every `stride`-th float32. */
export function differing(pass: "tanh" | "sigmoid", subject: (x: number) => number, stride: number): number {
  const arena = new Arena("float32", "simd");
  const [x, y] = [arena.matrix(1, CHUNK), arena.matrix(1, CHUNK)];
  arena.commit();
  const bits = (view: typeof x): Uint32Array => new Uint32Array(view.data.buffer, view.offset * 4, CHUNK);
  const [patterns, results] = [bits(x), bits(y)];
  const expected = new Float32Array(1);
  const wanted = new Uint32Array(expected.buffer);
  let count = 0;
  for (let first = 0; first < 2 ** 32; first += CHUNK * stride) {
    for (let i = 0; i < CHUNK; i++) patterns[i] = first + i * stride;
    arena.kernels[pass](y, x);
    for (let i = 0; i < CHUNK; i++) {
      expected[0] = subject(x.data[x.offset + i]);
      if (results[i] !== wanted[0] && !(Number.isNaN(expected[0]) && Number.isNaN(y.data[y.offset + i])))
        count++;
    }
  }
  return count;
}

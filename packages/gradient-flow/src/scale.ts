import { elementary64, type FloatArray } from "@unroll/kernels";

/** ln x, and -∞ for 0. */
export function log(x: number): number {
  return elementary64.log(x);
}

export function exp(x: number): number {
  return elementary64.exp(x);
}

/** e with 2^e ≤ x < 2^(e+1), for a normal number x > 0. */
function exponentOf(x: number): number {
  let e = 0;
  let y = x;
  while (y >= 18446744073709552000) {
    y *= 5.421010862427522e-20; // 2^-64
    e += 64;
  }
  while (y < 1) {
    y *= 18446744073709552000; // 2^64
    e -= 64;
  }
  while (y >= 2) {
    y *= 0.5;
    e++;
  }
  return e;
}

/**
 * Divides numbers by a power of two, if the largest is not within 2^±30; returns its exponent. A float32 network can
 * go on with them.
 */
export function rescale(data: FloatArray, start: number, count: number): number {
  let most = 0;
  for (let i = start; i < start + count; i++) most = Math.max(most, Math.abs(data[i]));
  if (!(most > 0 && most < Number.POSITIVE_INFINITY) || (most > 2 ** -30 && most < 2 ** 30)) return 0;
  const e = Math.max(exponentOf(most), -1000); // 2^1074, for the smallest number of all, does not exist
  const scale = powerOfTwo(-e);
  for (let i = start; i < start + count; i++) data[i] *= scale;
  return e + (e === -1000 ? rescale(data, start, count) : 0);
}

/** 2^e, for e from -1074 to 1023. */
export function powerOfTwo(e: number): number {
  let power = 1;
  for (let left = e; left > 0; left--) power *= 2;
  for (let left = e; left < 0; left++) power *= 0.5;
  return power;
}

/** √(Σ x²) of numbers of any size. NaN if one is. */
export function lengthOf(data: FloatArray, start: number, count: number): number {
  let most = 0;
  for (let i = start; i < start + count; i++) most = Math.max(most, Math.abs(data[i]));
  if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return most;
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += (data[i] / most) * (data[i] / most);
  return most * Math.sqrt(sum);
}

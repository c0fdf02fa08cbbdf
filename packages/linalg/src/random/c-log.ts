import { LOG_TABLE } from "./c-log-table.ts";
import { fusedMultiplyAdd as fma } from "./fused-multiply-add.ts";

/**
 * The natural logarithm with the bits of the GNU C library (2.28 and later) on processors with fused multiply-add;
 * error below 0.52 units in the last place. NumPy's normal numbers are made with it.
 *
 *     x = 2^k z,   c ≈ z from a table,   r = z/c - 1,   log x = k ln 2 + log c + log(1 + r)
 *
 * Near 1, where that sum would cancel, a longer polynomial in x - 1. NaN and negative numbers give NaN, ±0 gives -∞.
 *
 * The algorithm, its coefficients and its table are those of Arm's optimized-routines (log.c and log_data.c,
 * © 2018 Arm Limited, MIT licence), which musl and the GNU C library carry too; which additions are fused follows
 * the GNU library as compiled.
 */
export function cLog(x: number): number {
  if (x >= NEAR_ONE_LOW && x < NEAR_ONE_HIGH) return logNearOne(x);
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  double[0] = x < SMALLEST_NORMAL ? x * TWO_52 : x;
  const high = halves[1] - OFFSET;
  const entry = 2 * ((high >>> 13) & 127);
  const exponent = high >> 20;
  halves[1] -= exponent << 20;
  const z = double[0];
  const k = x < SMALLEST_NORMAL ? exponent - 52 : exponent;

  const r = fma(z, LOG_TABLE[entry], -1);
  const w = k * LN2_HIGH + LOG_TABLE[entry + 1]; // exact: both have trailing zeros
  const sum = w + r;
  const r2 = r * r;
  const rest = fma(r2, A0, fma(k, LN2_LOW, w - sum + r));
  const tail = fma(fma(r, A4, A3), r2, fma(A2, r, A1));
  return fma(r * r2, tail, rest) + sum;
}

function logNearOne(x: number): number {
  const r = x - 1;
  const r2 = r * r;
  const r3 = r * r2;
  const third = fma(r3, B10, fma(r2, B9, fma(B8, r, B7)));
  const second = fma(third, r3, fma(r2, B6, fma(B5, r, B4)));
  const first = fma(second, r3, fma(r2, B3, fma(B2, r, B1)));
  // r - r²/2 in two parts: the square of the upper half of r is exact.
  const shifted = r * TWO_27;
  const rHigh = r + shifted - shifted;
  const square = rHigh * rHigh * -0.5;
  const sum = r + square;
  const rest = fma(-0.5 * (r - rHigh), rHigh + r, r - sum + square);
  return sum + fma(first, r3, rest);
}

const NEAR_ONE_LOW = 0.9375; // 1 - 0x1p-4
const NEAR_ONE_HIGH = 1.064697265625; // 1 + 0x1.09p-4
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_27 = 134217728;
const TWO_52 = 4503599627370496;
const OFFSET = 0x3fe60000; // the upper half of 0x1.6p-1, where the intervals begin
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;

// log(1 + r) - r on |r| < 0x1.fp-9
const A0 = -0.5000000000000001;
const A1 = 0.33333333331825593;
const A2 = -0.2499999999622955;
const A3 = 0.20000304511814496;
const A4 = -0.16667054827627667;

// log(1 + r) - r + r²/2 near 1
const B1 = 0.3333333333333352;
const B2 = -0.24999999999998432;
const B3 = 0.19999999999320328;
const B4 = -0.16666666669929706;
const B5 = 0.14285715076560868;
const B6 = -0.12499997863982555;
const B7 = 0.11110712032936046;
const B8 = -0.10000486757818193;
const B9 = 0.09181994006195467;
const B10 = -0.08328363062289341;

const memory = /* @__PURE__ */ new ArrayBuffer(8);
const double: Float64Array = /* @__PURE__ */ new Float64Array(memory);
const halves: Uint32Array = /* @__PURE__ */ new Uint32Array(memory);

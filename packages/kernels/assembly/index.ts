// Everything that JavaScript calls, for both element types.
import { adam } from "./adam";
import "./constants";
import { crossEntropy } from "./cross-entropy";
import * as pass from "./elementwise";
import { firstNonFinite, reduce, SQUARES, SUM } from "./reductions";
import { addTokenColumns, scatterAddColumns } from "./tokens";

export * from "./products";
export { crossEntropy as crossEntropy32 };

export function copy32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.COPY, to, ts, x, xs, y, ys, R, C, a);
}

export function copy64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.COPY, to, ts, x, xs, y, ys, R, C, a);
}

export function add32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.ADD, to, ts, x, xs, y, ys, R, C, a);
}

export function add64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.ADD, to, ts, x, xs, y, ys, R, C, a);
}

export function scale32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.SCALE, to, ts, x, xs, y, ys, R, C, a);
}

export function scale64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.SCALE, to, ts, x, xs, y, ys, R, C, a);
}

export function relu32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.RELU, to, ts, x, xs, y, ys, R, C, a);
}

export function relu64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.RELU, to, ts, x, xs, y, ys, R, C, a);
}

export function identityBackward32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.IDENTITY_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function identityBackward64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.IDENTITY_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function reluBackward32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.RELU_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function reluBackward64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.RELU_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function tanhBackward32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.TANH_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function tanhBackward64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.TANH_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function sigmoidBackward32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.SIGMOID_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function sigmoidBackward64(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f64>(pass.SIGMOID_BACKWARD, to, ts, x, xs, y, ys, R, C, a);
}

export function tanh32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.TANH, to, ts, x, xs, y, ys, R, C, a);
}

export function sigmoid32(
  to: usize,
  ts: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
  R: usize,
  C: usize,
  a: f64,
): void {
  pass.eachOf<f32>(pass.SIGMOID, to, ts, x, xs, y, ys, R, C, a);
}

export function fill32(to: usize, ts: usize, R: usize, C: usize, value: f64): void {
  pass.fill<f32>(to, ts, R, C, value);
}

export function columnSums32(c: usize, a: usize, as_: usize, R: usize, N: usize): void {
  pass.columnSums<f32>(c, a, as_, R, N);
}

export function adam32(
  theta: usize,
  g: usize,
  m: usize,
  v: usize,
  N: usize,
  eta: f64,
  lambda: f64,
  kappa: f64,
  beta1: f64,
  share1: f64,
  beta2: f64,
  share2: f64,
  epsilon: f64,
): void {
  adam<f32>(theta, g, m, v, N, eta, lambda, kappa, beta1, share1, beta2, share2, epsilon);
}

export function fill64(to: usize, ts: usize, R: usize, C: usize, value: f64): void {
  pass.fill<f64>(to, ts, R, C, value);
}

export function columnSums64(c: usize, a: usize, as_: usize, R: usize, N: usize): void {
  pass.columnSums<f64>(c, a, as_, R, N);
}

export function adam64(
  theta: usize,
  g: usize,
  m: usize,
  v: usize,
  N: usize,
  eta: f64,
  lambda: f64,
  kappa: f64,
  beta1: f64,
  share1: f64,
  beta2: f64,
  share2: f64,
  epsilon: f64,
): void {
  adam<f64>(theta, g, m, v, N, eta, lambda, kappa, beta1, share1, beta2, share2, epsilon);
}

export function sum32(x: usize, xs: usize, R: usize, C: usize): f64 {
  return reduce<f32>(SUM, x, xs, R, C);
}

export function sumOfSquares32(x: usize, xs: usize, R: usize, C: usize): f64 {
  return reduce<f32>(SQUARES, x, xs, R, C);
}

export function firstNonFinite32(x: usize, xs: usize, R: usize, C: usize): i32 {
  return firstNonFinite<f32>(x, xs, R, C);
}

export function addTokenColumns32(c: usize, cs: usize, tokens: usize, w: usize, ws: usize, R: usize, N: usize): void {
  addTokenColumns<f32>(c, cs, tokens, w, ws, R, N);
}

export function scatterAddColumns32(dw: usize, dws: usize, tokens: usize, d: usize, ds: usize, R: usize, N: usize): void {
  scatterAddColumns<f32>(dw, dws, tokens, d, ds, R, N);
}

export function sum64(x: usize, xs: usize, R: usize, C: usize): f64 {
  return reduce<f64>(SUM, x, xs, R, C);
}

export function sumOfSquares64(x: usize, xs: usize, R: usize, C: usize): f64 {
  return reduce<f64>(SQUARES, x, xs, R, C);
}

export function firstNonFinite64(x: usize, xs: usize, R: usize, C: usize): i32 {
  return firstNonFinite<f64>(x, xs, R, C);
}

export function addTokenColumns64(c: usize, cs: usize, tokens: usize, w: usize, ws: usize, R: usize, N: usize): void {
  addTokenColumns<f64>(c, cs, tokens, w, ws, R, N);
}

export function scatterAddColumns64(dw: usize, dws: usize, tokens: usize, d: usize, ds: usize, R: usize, N: usize): void {
  scatterAddColumns<f64>(dw, dws, tokens, d, ds, R, N);
}

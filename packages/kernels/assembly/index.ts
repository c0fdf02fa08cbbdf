// Everything that JavaScript calls, for both element types: exports can't be generic.
import "./constants32";
import "./constants64";
import { columnSums, eachOf, fill, scaleRows } from "./elementwise";
import { packPanels } from "./pack";
import { firstNonFinite, reduce } from "./reductions";
import { crossEntropy, softmax } from "./softmax";
import { addTokenColumns, scatterAddColumns } from "./tokens";
import { clamp, update } from "./updates";

export * from "./products";

export function pack32(to: usize, from: usize, K: usize, N: usize, ks: usize, ns: usize): void {
  packPanels<f32>(to, from, K, N, ks, ns);
}
export function pack64(to: usize, from: usize, K: usize, N: usize, ks: usize, ns: usize): void {
  packPanels<f64>(to, from, K, N, ks, ns);
}
export function pass32(pass: i32, to: usize, ts: usize, x: usize, xs: usize, y: usize, ys: usize, R: usize, C: usize, a: f64): void {
  eachOf<f32>(pass, to, ts, x, xs, y, ys, R, C, a);
}
export function pass64(pass: i32, to: usize, ts: usize, x: usize, xs: usize, y: usize, ys: usize, R: usize, C: usize, a: f64): void {
  eachOf<f64>(pass, to, ts, x, xs, y, ys, R, C, a);
}
export function fill32(to: usize, ts: usize, R: usize, C: usize, value: f64): void {
  fill<f32>(to, ts, R, C, value);
}
export function fill64(to: usize, ts: usize, R: usize, C: usize, value: f64): void {
  fill<f64>(to, ts, R, C, value);
}
export function scaleRows32(y: usize, ys: usize, a: usize, as_: usize, R: usize, C: usize): void {
  scaleRows<f32>(y, ys, a, as_, R, C);
}
export function scaleRows64(y: usize, ys: usize, a: usize, as_: usize, R: usize, C: usize): void {
  scaleRows<f64>(y, ys, a, as_, R, C);
}
export function columnSums32(c: usize, a: usize, as_: usize, R: usize, N: usize): void {
  columnSums<f32>(c, a, as_, R, N);
}
export function columnSums64(c: usize, a: usize, as_: usize, R: usize, N: usize): void {
  columnSums<f64>(c, a, as_, R, N);
}
export function softmax32(y: usize, ys: usize, z: usize, zs: usize, R: usize, C: usize): void {
  softmax<f32>(y, ys, z, zs, R, C);
}
export function softmax64(y: usize, ys: usize, z: usize, zs: usize, R: usize, C: usize): void {
  softmax<f64>(y, ys, z, zs, R, C);
}
export function crossEntropy32(losses: usize, ls: usize, dz: usize, ds: usize, z: usize, zs: usize, targets: usize, weights: usize, ws: usize, R: usize, C: usize, scale: f32): void {
  crossEntropy<f32>(losses, ls, dz, ds, z, zs, targets, weights, ws, R, C, scale);
}
export function crossEntropy64(losses: usize, ls: usize, dz: usize, ds: usize, z: usize, zs: usize, targets: usize, weights: usize, ws: usize, R: usize, C: usize, scale: f64): void {
  crossEntropy<f64>(losses, ls, dz, ds, z, zs, targets, weights, ws, R, C, scale);
}
export function reduce32(what: i32, x: usize, xs: usize, y: usize, ys: usize, R: usize, C: usize): f64 {
  return reduce<f32>(what, x, xs, y, ys, R, C);
}
export function reduce64(what: i32, x: usize, xs: usize, y: usize, ys: usize, R: usize, C: usize): f64 {
  return reduce<f64>(what, x, xs, y, ys, R, C);
}
export function firstNonFinite32(x: usize, xs: usize, R: usize, C: usize): i32 {
  return firstNonFinite<f32>(x, xs, R, C);
}
export function firstNonFinite64(x: usize, xs: usize, R: usize, C: usize): i32 {
  return firstNonFinite<f64>(x, xs, R, C);
}
export function addTokenColumns32(c: usize, cs: usize, tokens: usize, w: usize, ws: usize, R: usize, N: usize, V: usize): void {
  addTokenColumns<f32>(c, cs, tokens, w, ws, R, N, V);
}
export function addTokenColumns64(c: usize, cs: usize, tokens: usize, w: usize, ws: usize, R: usize, N: usize, V: usize): void {
  addTokenColumns<f64>(c, cs, tokens, w, ws, R, N, V);
}
export function scatterAddColumns32(dw: usize, ds: usize, tokens: usize, d: usize, s: usize, R: usize, N: usize, V: usize): void {
  scatterAddColumns<f32>(dw, ds, tokens, d, s, R, N, V);
}
export function scatterAddColumns64(dw: usize, ds: usize, tokens: usize, d: usize, s: usize, R: usize, N: usize, V: usize): void {
  scatterAddColumns<f64>(dw, ds, tokens, d, s, R, N, V);
}
export function update32(rule: i32, theta: usize, g: usize, s: usize, t: usize, u: usize, N: usize, eta: f64, lambda: f64, kappa: f64, k1: f64, k2: f64, k3: f64, k4: f64, k5: f64, k6: f64): void {
  update<f32>(rule, theta, g, s, t, u, N, eta, lambda, kappa, k1, k2, k3, k4, k5, k6);
}
export function update64(rule: i32, theta: usize, g: usize, s: usize, t: usize, u: usize, N: usize, eta: f64, lambda: f64, kappa: f64, k1: f64, k2: f64, k3: f64, k4: f64, k5: f64, k6: f64): void {
  update<f64>(rule, theta, g, s, t, u, N, eta, lambda, kappa, k1, k2, k3, k4, k5, k6);
}
export function clamp32(g: usize, N: usize, limit: f32): i32 {
  return clamp<f32>(g, N, limit);
}
export function clamp64(g: usize, N: usize, limit: f64): i32 {
  return clamp<f64>(g, N, limit);
}

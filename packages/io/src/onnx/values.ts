import type { Activation } from "@unroll/activations";
import type { ElementType, FloatArray } from "@unroll/kernels";
import { type Axis, type Dimension, fixed, type Size, sizeOf } from "./axes.ts";
import type { Linear } from "./linear-map.ts";

/** What a name in a graph stands for. */
export type Value = Numbers | Filled | Sizes | Signal | States;

/** Numbers of the file: element i of dimension d is `strides[d]` · i further on. */
export interface Numbers {
  readonly kind: "numbers";
  readonly type: ElementType;
  readonly data: FloatArray;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** One number everywhere, in a shape that may not be known. */
export interface Filled {
  readonly kind: "filled";
  readonly value: number;
  readonly sizes: readonly Size[];
}

/** Integers about shapes: a list, or a single one. */
export interface Sizes {
  readonly kind: "sizes";
  readonly single: boolean;
  readonly sizes: readonly Size[];
}

/** Where a signal comes from. */
type Source = InputSource | LayerSource;

/** An input of the graph, or one entry of its first dimension. */
export interface InputSource {
  readonly from: "input";
  readonly name: string;
  readonly tokens: boolean;
  readonly entry: number | undefined;
}

interface LayerSource {
  readonly from: "layer";
  readonly index: number;
}

/** What goes through the network: source → linear map → activation. */
export interface Signal {
  readonly kind: "signal";
  readonly type: ElementType | "token";
  readonly source: Source;
  readonly dimensions: readonly Dimension[];
  /** y = A x + c on the features of the source; x itself if there is none. */
  readonly linear: Linear;
  /** The features, once something has worked on them. */
  readonly features: Axis | undefined;
  /** Only the last step is left. */
  readonly last: boolean;
  /** After the linear map, and what it was made of. */
  readonly activation: Activation | undefined;
  readonly before: Signal | undefined;
}

/** Final states of several layers, one behind the other in the first dimension. */
interface States {
  readonly kind: "states";
  readonly items: readonly Signal[];
}

/** What has dimensions that can be put in another order. */
export type Shaped = Numbers | Filled | Signal;

export function isShaped(value: Value): value is Shaped {
  return value.kind === "numbers" || value.kind === "filled" || value.kind === "signal";
}

/** The sizes of all dimensions. */
export function sizesOf(value: Shaped): readonly Size[] {
  if (value.kind === "filled") return value.sizes;
  return value.kind === "numbers" ? value.shape.map(fixed) : value.dimensions.map(sizeOf);
}

/** The dimensions named by their places, in that order; undefined is a new one of size 1. */
export function rearranged(value: Shaped, places: readonly (number | undefined)[]): Shaped {
  const take = <T>(of: readonly T[], one: T): T[] => places.map((d) => (d === undefined ? one : of[d]));
  if (value.kind === "filled") return { ...value, sizes: take(value.sizes, fixed(1)) };
  if (value.kind === "signal") return { ...value, dimensions: take<Dimension>(value.dimensions, []) };
  return { ...value, shape: take(value.shape, 1), strides: take(value.strides, 0) };
}

/** Row-major strides. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = strides[d + 1] * shape[d + 1];
  return strides;
}

/** Whether the numbers stand one behind the other, as their shape says. */
export function isDense({ shape, strides }: Numbers): boolean {
  const dense = stridesOf(shape);
  return shape.every((size, d) => size === 1 || strides[d] === dense[d]);
}

/** An element of a matrix of numbers. */
export function numberAt({ data, offset, strides }: Numbers, row: number, column: number): number {
  return data[offset + row * strides[0] + column * strides[1]];
}

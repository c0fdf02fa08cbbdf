/** An axis of what goes through a graph: of an input, or of features made on the way. Which one it is, is its identity. */
export interface Axis {
  /** Undefined if it is known only when the graph runs. */
  readonly size: number | undefined;
}

/** A dimension of a value: axes that were merged into one, outermost first; without axes its size is 1. */
export type Dimension = readonly Axis[];

/** A number in a computation on shapes: `factor` times the sizes of axes that are not known. */
export interface Size {
  readonly factor: number;
  readonly axes: readonly Axis[];
}

export function fixed(factor: number): Size {
  return { factor, axes: [] };
}

/** The product of sizes. */
export function product(sizes: readonly Size[]): Size {
  return {
    factor: sizes.reduce((all, { factor }) => all * factor, 1),
    axes: sizes.flatMap(({ axes }) => axes),
  };
}

/** a/b, or undefined if that is no size. */
export function quotient(a: Size, b: Size): Size | undefined {
  const axes = [...a.axes];
  for (const axis of b.axes) {
    const at = axes.indexOf(axis);
    if (at < 0) return undefined;
    axes.splice(at, 1);
  }
  const factor = a.factor / b.factor;
  return Number.isSafeInteger(factor) ? { factor, axes } : undefined;
}

export function sizeOf(dimension: Dimension): Size {
  return product(
    dimension.map((axis) => (axis.size === undefined ? { factor: 1, axes: [axis] } : fixed(axis.size))),
  );
}

export function sameSize(a: Size, b: Size): boolean {
  const ratio = quotient(a, b);
  return ratio?.factor === 1 && ratio.axes.length === 0;
}

/** A size of 1, whatever the inputs are. */
export function isOne({ factor, axes }: Size): boolean {
  return factor === 1 && axes.length === 0;
}

/** Two dimensions that run through the same axes in the same order. Axes of size 1 make no difference. */
export function sameAxes(a: Dimension, b: Dimension): boolean {
  const x = withoutOnes(a);
  const y = withoutOnes(b);
  return x.length === y.length && x.every((axis, i) => axis === y[i]);
}

function withoutOnes(dimension: Dimension): Axis[] {
  return dimension.filter(({ size }) => size !== 1);
}

/**
 * What Reshape makes of dimensions: their axes, in the same order, cut into dimensions of the sizes asked for. One
 * size may be −1, for what is left. Undefined if a size is not a product of neighboring whole axes.
 */
export function regroup(dimensions: readonly Dimension[], sizes: readonly Size[]): Dimension[] | undefined {
  const axes = withoutOnes(dimensions.flat());
  const rest = sizes.findIndex(({ factor }) => factor === -1);
  const head = rest < 0 ? sizes : sizes.slice(0, rest);
  const front = head.map((size) => takeAxes(axes, size, false));
  const back = sizes
    .slice(head.length + 1)
    .reverse()
    .map((size) => takeAxes(axes, size, true))
    .reverse();
  if (rest < 0 && axes.length > 0) return undefined;
  const all = rest < 0 ? front : [...front, axes, ...back];
  return all.every((dimension) => dimension !== undefined) ? all : undefined;
}

/** Takes axes from one end of a list until they make up the size. */
function takeAxes(axes: Axis[], size: Size, fromBack: boolean): Dimension | undefined {
  const taken: Axis[] = [];
  for (;;) {
    if (sameSize(sizeOf(taken), size)) return taken;
    const axis = fromBack ? axes.pop() : axes.shift();
    if (axis === undefined) return undefined;
    if (fromBack) taken.unshift(axis);
    else taken.push(axis);
  }
}

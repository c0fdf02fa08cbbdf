/**
 * Complex numbers for complex-step derivatives: functions of a number that keep an imaginary part of 1e-30 to full
 * relative accuracy, so that Im f(x + i·s)/s is f'(x) to the last digits.
 *
 * These functions use the host's `Math`. That is right here and only here: what checks the kernels must not share
 * their code.
 *
 * Where a function has a corner (relu, abs, maximum, minimum, compare), the real part alone decides.
 */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A complex number, or a real one that stands for it. */
export type ComplexLike = Complex | number;

/** re + i·im. */
export function complex(re: number, im: number = 0): Complex {
  return { re, im };
}

/** a + b. */
export function add(a: ComplexLike, b: ComplexLike): Complex {
  const x = lift(a);
  const y = lift(b);
  return { re: x.re + y.re, im: x.im + y.im };
}

/** a - b. */
export function subtract(a: ComplexLike, b: ComplexLike): Complex {
  const x = lift(a);
  const y = lift(b);
  return { re: x.re - y.re, im: x.im - y.im };
}

/** -a. */
export function negate(a: ComplexLike): Complex {
  const x = lift(a);
  return { re: -x.re, im: -x.im };
}

/** a · b. */
export function multiply(a: ComplexLike, b: ComplexLike): Complex {
  const x = lift(a);
  const y = lift(b);
  return { re: x.re * y.re - x.im * y.im, im: x.re * y.im + x.im * y.re };
}

/** a / b, without overflow of |b|² (Smith 1962). */
export function divide(a: ComplexLike, b: ComplexLike): Complex {
  const x = lift(a);
  const y = lift(b);
  if (Math.abs(y.re) >= Math.abs(y.im)) {
    const ratio = y.im / y.re;
    const scale = y.re + y.im * ratio;
    return { re: (x.re + x.im * ratio) / scale, im: (x.im - x.re * ratio) / scale };
  }
  const ratio = y.re / y.im;
  const scale = y.im + y.re * ratio;
  return { re: (x.re * ratio + x.im) / scale, im: (x.im * ratio - x.re) / scale };
}

/** A number as a complex one. */
export function lift(a: ComplexLike): Complex {
  return typeof a === "number" ? { re: a, im: 0 } : a;
}

import { type Complex, type ComplexLike, lift } from "./complex.ts";

/** e^z = e^x (cos y + i sin y), z = x + i·y. */
export function exp(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  const size = Math.exp(re);
  if (im === 0) return { re: size, im };
  return { re: size * Math.cos(im), im: size * Math.sin(im) };
}

/** e^z - 1, accurate near 0. */
export function expm1(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  if (im === 0) return { re: Math.expm1(re), im };
  const half = Math.sin(im / 2);
  return { re: Math.expm1(re) * Math.cos(im) - 2 * half * half, im: Math.exp(re) * Math.sin(im) };
}

/** log z = log|z| + i·arg z, the branch with arg in (-π, π]; accurate near 1. */
export function log(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  const size = Math.hypot(re, im);
  const nearOne = size > 0.5 && size < 2;
  return {
    re: nearOne ? Math.log1p((re - 1) * (re + 1) + im * im) / 2 : Math.log(size),
    im: Math.atan2(im, re),
  };
}

/** log(1 + z), accurate near 0. */
export function log1p(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  if (Math.abs(re) > 0.5 || Math.abs(im) > 0.5) return log({ re: 1 + re, im });
  return { re: Math.log1p(re * (2 + re) + im * im) / 2, im: Math.atan2(im, 1 + re) };
}

/** √z with a real part that is not negative. */
export function sqrt(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  const root = Math.sqrt(Math.hypot(re, im) / 2 + Math.abs(re) / 2);
  if (root === 0) return { re: 0, im };
  const other = im / (2 * root);
  if (re >= 0) return { re: root, im: other };
  return { re: Math.abs(other), im: im < 0 ? -root : root };
}

/**
 * tanh z = (sinh x cosh x + i sin y cos y) / (sinh² x + cos² y): the imaginary part is a quotient of products, so it
 * keeps its relative accuracy however small y is and however near tanh x is to ±1.
 */
export function tanh(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  const turn = Math.sin(im) * Math.cos(im);
  if (Math.abs(re) > 20) {
    const small = Math.exp(-Math.abs(re));
    return { re: Math.sign(re), im: 4 * turn * small * small };
  }
  const sinh = Math.sinh(re);
  const scale = sinh * sinh + Math.cos(im) ** 2;
  return { re: (sinh * Math.cosh(re)) / scale, im: turn / scale };
}

/** 1/(1 + e^(-z)), without overflow and without cancellation on either side. */
export function sigmoid(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  const size = Math.exp(-Math.abs(re));
  const real = size * Math.cos(im);
  const imaginary = size * Math.sin(im);
  const scale = (1 + real) ** 2 + imaginary ** 2;
  // With E = e^(-|x|) e^(±iy): 1/(1 + conj E) for x ≥ 0 and E/(1 + E) for x < 0.
  return { re: (re < 0 ? real + size * size : 1 + real) / scale, im: imaginary / scale };
}

/** The order of the real parts: negative, 0 or positive; NaN if one of them is NaN. */
export function compare(a: ComplexLike, b: ComplexLike): number {
  return lift(a).re - lift(b).re;
}

/** The one with the larger real part; the first of two equal ones. NaN wins. */
export function maximum(a: ComplexLike, b: ComplexLike): Complex {
  return compare(a, b) < 0 || Number.isNaN(lift(b).re) ? lift(b) : lift(a);
}

/** The one with the smaller real part; the first of two equal ones. NaN wins. */
export function minimum(a: ComplexLike, b: ComplexLike): Complex {
  return compare(a, b) > 0 || Number.isNaN(lift(b).re) ? lift(b) : lift(a);
}

/** z where its real part is positive, else 0: the derivative at 0 is 0. NaN stays NaN. */
export function relu(z: ComplexLike): Complex {
  return lift(z).re <= 0 ? { re: 0, im: 0 } : lift(z);
}

/** -z where the real part is negative, 0 where it is 0 (the derivative there is 0), else z. */
export function abs(z: ComplexLike): Complex {
  const { re, im } = lift(z);
  if (re === 0) return { re: 0, im: 0 };
  return re < 0 ? { re: -re, im: -im } : { re, im };
}

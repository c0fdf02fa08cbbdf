const f = Math.fround;

export function exp(x: number): number {
  return f(Math.exp(x));
}

export function expm1(x: number): number {
  return f(Math.expm1(x));
}

export function log(x: number): number {
  return f(Math.log(x));
}

export function log1p(x: number): number {
  return f(Math.log1p(x));
}

export function tanh(x: number): number {
  return f(Math.tanh(x));
}

export function sigmoid(x: number): number {
  return f(1 / (1 + Math.exp(-x)));
}

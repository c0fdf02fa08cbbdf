/** A small complex arithmetic for complex-step derivatives: f′(x) = Im f(x + ih)/h with no difference taken. */
export class Complex {
  readonly re: number;
  readonly im: number;

  constructor(re: number, im: number = 0) {
    this.re = re;
    this.im = im;
  }

  plus(other: Complex | number): Complex {
    const o = asComplex(other);
    return new Complex(this.re + o.re, this.im + o.im);
  }

  minus(other: Complex | number): Complex {
    const o = asComplex(other);
    return new Complex(this.re - o.re, this.im - o.im);
  }

  times(other: Complex | number): Complex {
    const o = asComplex(other);
    return new Complex(this.re * o.re - this.im * o.im, this.re * o.im + this.im * o.re);
  }

  exp(): Complex {
    const size = Math.exp(this.re);
    return new Complex(size * Math.cos(this.im), size * Math.sin(this.im));
  }

  log(): Complex {
    return new Complex(Math.log(Math.hypot(this.re, this.im)), Math.atan2(this.im, this.re));
  }
}

function asComplex(value: Complex | number): Complex {
  return typeof value === "number" ? new Complex(value) : value;
}

import { log } from "./scale.ts";

/** How a gradient changes on its way through time, in words and in steps. */
export interface Decay {
  /** Below a tenth at the end of the way, within a factor of ten, or above. */
  readonly regime: "vanishing" | "holding" | "exploding";
  /** Nats a step. */
  readonly rate: number;
  /** Steps in which it halves; negative: in which it doubles; infinite if it stays as it is. */
  readonly halfLife: number;
}

/** Of a factor e^logFactor over so many steps: rate = logFactor/lag, half-life = -ln 2/rate. Over 0 steps nothing changes. */
export function decayOf(logFactor: number, lag: number): Decay {
  const rate = lag > 0 ? logFactor / lag : 0;
  const tenfold = log(10);
  const regime = logFactor < -tenfold ? "vanishing" : logFactor > tenfold ? "exploding" : "holding";
  return { regime, rate, halfLife: rate === 0 ? Number.POSITIVE_INFINITY : -Math.LN2 / rate };
}

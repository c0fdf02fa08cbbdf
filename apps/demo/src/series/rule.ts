/** Says the next row of a series from those before it. Rows are `columns` numbers in one array. */
export interface Rule {
  /** Row t can be said from t = warmUp on. */
  readonly warmUp: number;
  /** A rule with a memory reads the rows before t, which are true; rows it was made to say are forgotten. */
  follow?(values: Float64Array, t: number): void;
  /** Row t of `values` ← what is expected, from the rows before it. */
  predict(values: Float64Array, t: number): void;
}

/** Row t is row t − lag. */
export function repeat(columns: number, lag: number): Rule {
  return {
    warmUp: lag,
    predict(values, t) {
      values.copyWithin(t * columns, (t - lag) * columns, (t - lag + 1) * columns);
    },
  };
}

/** Row t is what it was a season ago, and as much more as the row before it was: y_{t−s} + y_{t−1} − y_{t−s−1}. */
export function repeatChange(columns: number, season: number): Rule {
  return {
    warmUp: season + 1,
    predict(values, t) {
      for (let c = 0; c < columns; c++) {
        const at = t * columns + c;
        const ago = at - season * columns;
        values[at] = values[ago]! + values[at - columns]! - values[ago - columns]!;
      }
    },
  };
}

/** Row t is zeros: what a network adds to then is the series itself. */
export function zero(columns: number): Rule {
  return {
    warmUp: 0,
    predict(values, t) {
      values.fill(0, t * columns, (t + 1) * columns);
    },
  };
}

/** The mean and the standard deviation (over n − 1) of figures of several seeds: `2.346 ± 0.012`. */
export function spread(values: readonly number[], text: (value: number) => string): string {
  const { mean, deviation } = meanAndDeviation(values);
  return `${text(mean)} ± ${text(deviation)}`;
}

/** Mean, and the standard deviation over n − 1; 0 for a single value. */
function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** C[r,:] ← C[r,:] + W[:,tokens[r]]. C is R×N, W N×V; strides in bytes. */
export function addTokenColumns<T>(
  c: usize,
  cStride: usize,
  tokens: usize,
  w: usize,
  wStride: usize,
  R: usize,
  N: usize,
): void {
  for (let r: usize = 0; r < R; r++, c += cStride) {
    let column = w + <usize>load<i32>(tokens + r * 4) * sizeof<T>();
    for (let at = c; at < c + N * sizeof<T>(); at += sizeof<T>(), column += wStride) {
      store<T>(at, load<T>(at) + load<T>(column));
    }
  }
}

/** dW[:,tokens[r]] ← dW[:,tokens[r]] + D[r,:], rows from the last to the first. dW is N×V, D R×N. */
export function scatterAddColumns<T>(
  dw: usize,
  dwStride: usize,
  tokens: usize,
  d: usize,
  dStride: usize,
  R: usize,
  N: usize,
): void {
  for (let r = R; r > 0; r--) {
    const row = d + (r - 1) * dStride;
    let column = dw + <usize>load<i32>(tokens + (r - 1) * 4) * sizeof<T>();
    for (let at = row; at < row + N * sizeof<T>(); at += sizeof<T>(), column += dwStride) {
      store<T>(column, load<T>(column) + load<T>(at));
    }
  }
}

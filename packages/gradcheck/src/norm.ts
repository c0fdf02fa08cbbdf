/** ‖x‖ over x(0), …, x(length-1), free of overflow and underflow. */
export function norm(length: number, x: (i: number) => number): number {
  let largest = 0;
  for (let i = 0; i < length; i++) largest = Math.max(largest, Math.abs(x(i)));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (x(i) / largest) ** 2;
  return largest * Math.sqrt(sum);
}

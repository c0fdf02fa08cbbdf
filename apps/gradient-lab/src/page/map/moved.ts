import type { Cell } from "../parts/page.ts";

/** Where a key takes the cross: arrows by one, with Shift by five, Home and End to the ends of the row. */
export function moved({ t, k }: Cell, steps: number, key: string, far: boolean): Cell | undefined {
  const by = far ? 5 : 1;
  switch (key) {
    case "ArrowLeft":
      return { t, k: Math.max(1, k - by) };
    case "ArrowRight":
      return { t, k: Math.min(t, k + by) };
    case "ArrowUp":
      return { t: Math.max(1, t - by), k: Math.min(k, Math.max(1, t - by)) };
    case "ArrowDown":
      return { t: Math.min(steps, t + by), k };
    case "Home":
      return { t, k: 1 };
    case "End":
      return { t, k: t };
    default:
      return undefined;
  }
}

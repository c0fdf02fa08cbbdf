import type { RandomState } from "@unroll/linalg";

export function choose<T>(random: RandomState, list: readonly T[]): T {
  return list[random.randint(0, list.length)] as T;
}

/** Breaks a byte among the first `most`, wherever it is: another one, one less, one more, or some text in its place. */
export function mutateBytes(
  bytes: number[],
  random: RandomState,
  most: number,
  texts: readonly string[],
): void {
  const place = random.randint(0, Math.min(bytes.length, most) + 1);
  const kind = random.randint(0, 5);
  if (kind === 0) bytes[place] = random.randint(0, 256);
  else if (kind === 1) bytes.splice(place, 1);
  else if (kind === 2) bytes.splice(place, 0, random.randint(0, 256));
  else if (kind === 3)
    bytes.splice(place, random.randint(0, 4), ...new TextEncoder().encode(choose(random, texts)));
  else bytes.length = place;
  for (let i = 0; i < bytes.length; i++) bytes[i] ??= 0;
}

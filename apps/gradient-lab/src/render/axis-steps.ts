/** Steps that get a number on an axis of the map: the first, and round ones. */
export function roundSteps(steps: number): readonly number[] {
  const every = [1, 2, 5, 10, 20, 50].find((each) => steps / each <= 6) ?? 50;
  const round = Array.from({ length: steps }, (_, i) => i + 1).filter((t) => t % every === 0);
  return [1, ...round.filter((t) => t > every / 2 && t > 1)];
}

/** Steps that get their character on an axis: all, or as many as find room. */
export function everyCharacter(steps: number): readonly number[] {
  const every = Math.ceil(steps / 28);
  return Array.from({ length: steps }, (_, i) => i + 1).filter((t) => (t - 1) % every === 0);
}

/** A character that can be seen. */
export function visible(character: string): string {
  return character === " " ? "␣" : character === "\n" ? "↵" : character;
}

/** Steps that get a number on an axis of the map: the first, and round ones. */
export function roundSteps(steps: number): readonly number[] {
  const every = [1, 2, 5, 10, 20, 50].find((each) => steps / each <= 6) ?? 50;
  const round = Array.from({ length: steps }, (_, i) => i + 1).filter((t) => t % every === 0);
  return [1, ...round.filter((t) => t > every / 2 && t > 1)];
}

/** Pixels that a character on an axis needs. */
const CHARACTER = 7;

/** Steps that get their character on an axis so long: all of them, or every second, third, … where they would touch. */
export function characterSteps(steps: number, pixels: number): readonly number[] {
  const every = Math.max(1, Math.ceil((CHARACTER * steps) / pixels));
  return Array.from({ length: Math.ceil(steps / every) }, (_, i) => 1 + every * i);
}

/** A character that can be seen. */
export function visible(character: string): string {
  return character === " " ? "␣" : character === "\n" ? "↵" : character;
}

import type { Cell } from "../cell.ts";
import { type Law, LawError } from "./law.ts";

/** Sizes are whole numbers, the visible part of a state is within it, and the parameters fill their vector. */
export const sizes: Law = {
  name: "sizes",
  says: "sizes are whole numbers, the visible columns are some of the state's, the parameters fill their vector",
  run(cell: Cell): void {
    const least = {
      inputSize: 1,
      outputSize: 1,
      stateSize: 1,
      gateSize: 0,
      tapeSize: 0,
      deltaSize: 0,
    } as const;
    for (const [name, from] of Object.entries(least)) {
      const value = cell[name as keyof typeof least];
      if (!Number.isSafeInteger(value) || value < from)
        throw new LawError("sizes", `${name} is ${value}, expected a whole number of ${from} or more`, {
          name,
          value,
        });
    }
    const { outputSize, stateSize, parameters } = cell;
    if (outputSize > stateSize)
      throw new LawError("sizes", `outputSize is ${outputSize}, expected at most stateSize ${stateSize}`);
    let end = 0;
    for (const [name, at] of Object.entries(parameters.slices)) {
      if (at.offset !== end)
        throw new LawError("sizes", `parameter ${name} begins at ${at.offset}, expected ${end}`, { name });
      end += at.rows * at.columns;
    }
    if (parameters.size !== end)
      throw new LawError(
        "sizes",
        `the parameters' size is ${parameters.size}, expected ${end}, the end of the last`,
      );
  },
};
